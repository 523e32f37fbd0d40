// The question as rows, in step with its text.

import { attributeNamed, attributes, isOrdered, operationLabel, rowsOf, textOf } from "./language.js";
import { $, element, fill, part, piece } from "./pieces.js";

const where = $("where"), builder = $("builder"), CHIPS = 16;
let list, state = { combine: "and", rows: [] }, fields = 0;
let changed = () => {};

/** Puts the rows on the page. `whenChanged` is called whenever the question changes by hand. */
export function startBuilder(whenChanged) {
  changed = whenChanged;
  builder.append($("piece-builder").content.cloneNode(true));
  list = builder.querySelector(".conditions");
  const add = builder.querySelector("[data-do=add]");
  builder.addEventListener("change", (event) => {
    if (event.target.name !== "combine") return;
    state.combine = event.target.value;
    rowsChanged();
  });
  add.addEventListener("click", () => {
    state.rows.push(blankRow());
    drawRows();
    list.lastElementChild.querySelector("select").focus();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do=remove]");
    if (!button) return;
    const index = [...list.children].indexOf(button.closest(".condition"));
    state.rows.splice(index, 1);
    drawRows();
    rowsChanged();
    (list.querySelectorAll("[data-do=remove]")[Math.max(0, index - 1)] || add).focus();
  });
  $("restart").addEventListener("click", () => {
    setText("");
    changed();
    list.querySelector("select").focus();
  });
  where.addEventListener("input", () => { textChanged(); changed(); });
  textChanged();
}

/** Replaces the whole question. */
export function setText(text) {
  where.value = text;
  textChanged();
}

function blankRow() {
  const used = new Set(state.rows.map((row) => row.attribute));
  const attribute = attributes.find((a) => !used.has(a)) || attributes[0];
  return { attribute, operation: attribute.operations[0], values: [""], not: false };
}

function rowsChanged() {
  where.value = textOf(state);
  changed();
}

// The text decides: rows follow where they can, and stand back where they cannot.
function textChanged() {
  const read = rowsOf(where.value);
  $("richer").hidden = Boolean(read);
  builder.hidden = !read;
  if (!read) return;
  state = { combine: read.combine || state.combine, rows: read.rows };
  if (!state.rows.length) state.rows.push(blankRow());
  drawRows();
}

function drawRows() {
  list.replaceChildren(...state.rows.map(drawRow));
  for (const radio of builder.querySelectorAll("[name=combine]")) radio.checked = radio.value === state.combine;
}

function drawRow(row, index) {
  const node = piece("piece-condition");
  node.setAttribute("aria-label", `Condition ${index + 1}`);
  const attribute = part(node, "attribute"), operation = part(node, "operation"), not = part(node, "not");
  attribute.value = row.attribute.short;
  not.checked = row.not;
  const drawOperations = () => {
    operation.replaceChildren(...row.attribute.operations.map((o) => new Option(operationLabel(row.attribute, o), o)));
    operation.value = row.operation;
    fill(node, "help", $(`help-${row.attribute.short}`).textContent);
    drawValues(node, row);
  };
  drawOperations();
  attribute.addEventListener("change", () => {
    row.attribute = attributeNamed(attribute.value);
    row.operation = row.attribute.operations[0];
    row.values = [""];
    drawOperations();
    rowsChanged();
  });
  operation.addEventListener("change", () => {
    row.operation = operation.value;
    if (row.operation === "exists") row.values = [];
    else if (row.operation === "between") row.values = [row.values[0] || "", row.values[1] || ""];
    else if (row.operation !== "oneOf") row.values = [row.values[0] || ""];
    drawValues(node, row);
    rowsChanged();
  });
  not.addEventListener("change", () => { row.not = not.checked; rowsChanged(); });
  return node;
}

function drawValues(node, row) {
  const box = part(node, "values"), { unit, values } = row.attribute;
  node.querySelector(".chips")?.remove();
  box.replaceChildren();
  if (row.operation === "exists") return;
  if (row.operation === "between") box.append(valueField(row, 0, "From"), valueField(row, 1, "To"));
  else if (row.operation !== "oneOf") box.append(valueField(row, 0, "Value"));
  else {
    box.append(valueField(row, 0, "Values, with commas between"));
    if (values.length) node.insertBefore(chips(row, box.querySelector("input")), part(node, "help"));
  }
  if (unit) box.append(element("span", { className: "unit", textContent: unit }));
}

function valueField(row, index, label) {
  const many = row.operation === "oneOf";
  const input = element("input", { type: "text", id: `value-${++fields}`, autocomplete: "off", spellcheck: false });
  input.value = many ? row.values.join(", ") : row.values[index] || "";
  if (isOrdered(row.attribute)) input.inputMode = "decimal";
  else if (!many && row.attribute.values.length) input.setAttribute("list", knownValues(row.attribute));
  input.addEventListener("input", () => {
    if (many) row.values = input.value.split(",").map((value) => value.trim());
    else row.values[index] = input.value;
    input.dispatchEvent(new CustomEvent("values", { bubbles: true }));
    rowsChanged();
  });
  return element("label", { className: "value", htmlFor: input.id }, element("span", { textContent: label }), input);
}

// The list of an attribute's known values, made when it is first wanted.
function knownValues({ short, values }) {
  const id = `values-${short}`;
  if (!$(id)) document.body.append(element("datalist", { id }, ...values.map((v) => new Option(v.label || v.value, v.value))));
  return id;
}

// The values that sites are known to hold, to be chosen by mouse.
function chips(row, input) {
  const box = element("div", { className: "chips", role: "group" });
  box.setAttribute("aria-label", `Known values of ${row.attribute.label}`);
  const press = () => { for (const chip of box.children) chip.setAttribute("aria-pressed", row.values.includes(chip.value)); };
  for (const { value, label } of row.attribute.values.slice(0, row.attribute.held || CHIPS)) {
    box.append(element("button", { type: "button", className: "chip", value, textContent: value, title: label || value }));
  }
  box.addEventListener("click", (event) => {
    const value = event.target.closest("button")?.value;
    if (!value) return;
    const chosen = row.values.filter(Boolean);
    row.values = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
    input.value = row.values.join(", ");
    press();
    rowsChanged();
  });
  input.addEventListener("values", press);
  press();
  return box;
}
