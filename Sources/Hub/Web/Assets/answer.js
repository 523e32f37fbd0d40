// An answer while it comes in: one line a site, the total, the bars. Drawn from what is known so far, whole, for every
// event: an event that comes twice (the browser connects again after an interruption) changes nothing.

import { address, conditionOf, narrowed } from "./language.js";
import { $, fill, piece, write } from "./pieces.js";

const answer = $("answer"), results = new Map();
const BARS = 8, WHOLE = new Set(["sex", "ageBand"]), NOT_RECORDED = "unknown";
let source = null, asked = "";

export const askedText = () => asked;

/** Clears what was there and follows the question `id`. */
export function showAnswer(text, id) {
  asked = text;
  results.clear();
  answer.hidden = false;
  write($("asked"), text);
  $("share").href = address(text, id);
  $("access").href = "/requests/new?where=" + encodeURIComponent(text);
  $("json").href = "/api/v1/queries/" + encodeURIComponent(id);
  $("site-rows").replaceChildren();
  for (const node of answer.querySelectorAll("[data-total]")) write(node, "–");
  write($("status"), "Asking…");
  $("progress").value = 0;
  $("facets-part").hidden = true;
  follow(text, id);
}

export function hideAnswer() {
  source?.close();
  answer.hidden = true;
}

/** Adds what comes in to what the page shows already. */
export function follow(text, id) {
  asked = text;
  source?.close();
  const mine = source = new EventSource(`/api/v1/queries/${encodeURIComponent(id)}/events`);
  mine.addEventListener("site", (event) => {
    const result = JSON.parse(event.data);
    results.set(result.site.id, result);
    drawSite(result);
    drawStatus();
  });
  mine.addEventListener("total", (event) => {
    drawTotal(JSON.parse(event.data));
    drawFacets();
  });
  mine.addEventListener("done", () => mine.close());
  mine.addEventListener("error", () => {
    if (mine.readyState === EventSource.CLOSED) {
      write($("status"), "The connection to the hub was lost. Reload the page to see the rest.");
    }
  });
}

// ---- Words and numbers: as the hub writes them in the page that it renders itself --------------------------------

const grouped = (number) => number.toLocaleString("en");
const rangeText = ({ low, high }) => high == null ? "≥ " + grouped(low) : high <= low ? grouped(low)
  : low === 0 ? "<" + grouped(high + 1) : grouped(low) + "–" + grouped(high);
const countText = (c) => !c ? "–" : c.count != null ? grouped(c.count)
  : c.about != null ? "≈" + grouped(c.about)
  : c.fewerThan != null ? "<" + grouped(c.fewerThan) : ">" + grouped(c.moreThan);
// Studies, series and images: where patients are hidden, these have a bound that says nothing.
const objectsText = (c) => c?.fewerThan != null ? "hidden" : countText(c);
const objectsRangeText = ({ low, high }) => low === high ? grouped(low) : low ? "≥ " + grouped(low) : "hidden";
const rangeOf = (c) => c.count != null ? { low: c.count, high: c.count }
  : c.about != null ? { low: Math.max(0, c.about - c.within), high: c.about + c.within }
  : c.fewerThan != null ? { low: 0, high: Math.max(0, c.fewerThan - 1) } : { low: c.moreThan + 1, high: null };
const sum = (a, b) => ({ low: a.low + b.low, high: a.high == null || b.high == null ? null : a.high + b.high });
const refused = (result) => (result.answer?.conditions || []).filter((c) => c.status === "unsupported" || c.status === "notApplicable");

function stateWords(result) {
  if (result.state === "cannotApply") {
    return "cannot apply " + (refused(result).map((c) => `“${c.text}”`).join(", ") || "the question");
  }
  return { waiting: "waiting for its answer", offline: "off line" }[result.state] || result.state;
}

function reasonWords(result) {
  if (result.state === "cannotApply") {
    return refused(result).map((c) => c.reason).filter(Boolean).join("; ") || result.reason || "";
  }
  if (result.state !== "answered") return result.reason || "";
  const words = ({ count, moreThan }) => count > 0 ? grouped(count) : moreThan >= 0 ? `more than ${grouped(moreThan)}` : "";
  const conditions = result.answer?.conditions || [];
  return [
    ...conditions.filter((c) => c.status === "approximated")
      .map((c) => `“${c.text}” is approximated${c.reason ? `: ${c.reason}` : ""}`),
    ...conditions.filter((c) => c.unknown && words(c.unknown))
      .map((c) => `“${c.text}”: not recorded for ${words(c.unknown)} patients, who are not counted`),
  ].join("; ");
}

const regions = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
function countryName(code) {
  try { return regions.of(code.toUpperCase()); } catch { return code; }
}

// ---- Drawing ----------------------------------------------------------------------------------------------------

function drawSite(result) {
  const { id, name, country } = result.site, rows = $("site-rows");
  let row = [...rows.children].find((other) => other.dataset.site === id);
  if (!row) {
    row = piece("piece-row");
    row.dataset.site = id;
    rows.append(row);
    fill(row, "country", countryName(country));
  }
  row.className = "is-" + result.state;
  row.querySelector("use").setAttribute("href", "#i-" + result.state);
  fill(row, "name", name);
  fill(row, "state", stateWords(result));
  fill(row, "reason", reasonWords(result));
  const counts = result.answer?.counts;
  fill(row, "patients", countText(counts?.patients));
  for (const n of ["studies", "series", "images"]) fill(row, n, objectsText(counts?.[n]));
}

function drawStatus() {
  const all = [...results.values()];
  const number = (state) => all.filter((result) => result.state === state).length;
  const clause = (state, one, many = one) => number(state) ? `${number(state)} ${number(state) === 1 ? one : many}` : null;
  const answered = number("answered");
  const others = [
    clause("waiting", "is still counting", "are still counting"), clause("late", "is late", "are late"),
    clause("offline", "is off line", "are off line"), clause("cannotApply", "cannot apply the question"),
    clause("failed", "failed"),
  ].filter(Boolean);
  const whole = !others.length && answered > 1 ? `All ${answered} sites answered`
    : `${answered} of ${all.length} ${all.length === 1 ? "site" : "sites"} answered`;
  write($("status"), [whole, ...others].join("; ") + ".");
  $("progress").max = Math.max(1, all.length);
  $("progress").value = all.filter((result) => !["waiting", "late", "offline"].includes(result.state)).length;
}

function drawTotal(total) {
  for (const node of answer.querySelectorAll("[data-total]")) {
    const name = node.dataset.total, text = name === "patients" ? rangeText : objectsRangeText;
    write(node, total.sitesAnswered ? text(total[name]) : "–");
  }
}

function drawFacets() {
  const facets = sumFacets([...results.values()].map((result) => result.answer).filter(Boolean));
  $("facets-part").hidden = !facets.length;
  // A list that the reader has opened stays open while further answers come.
  const open = new Set([...$("facets").querySelectorAll("details[open]")].map((d) => d.closest(".facet").dataset.facet));
  $("facets").replaceChildren(...facets.map((facet) => drawFacet(facet, open)));
}

// A site lists no value that fewer of its patients have than its threshold: one that it does not list may be there.
function sumFacets(answers) {
  const totals = new Map();
  for (const { name, label, cells } of answers.flatMap((answer) => answer.facets)) {
    if (!totals.has(name)) totals.set(name, { name, label, cells: new Map() });
    const known = totals.get(name).cells;
    for (const cell of cells) {
      const before = known.get(cell.value), range = rangeOf(cell.patients);
      known.set(cell.value, { ...cell, range: before ? sum(before.range, range) : range });
    }
  }
  for (const { name, cells: known } of totals.values()) {
    for (const { facets, threshold } of answers) {
      const listed = facets.find((facet) => facet.name === name)?.cells.map((cell) => cell.value);
      if (!listed) continue;
      for (const cell of known.values()) {
        if (!listed.includes(cell.value)) cell.range = sum(cell.range, { low: 0, high: Math.max(0, threshold - 1) });
      }
    }
  }
  return [...totals.values()].filter(({ cells }) => cells.size).map(({ name, label, cells }) => {
    const last = ({ value }) => value === NOT_RECORDED ? 1 : 0;
    const byNumber = (a, b) => last(a) - last(b) || b.range.low - a.range.low || (a.value < b.value ? -1 : 1);
    const lowest = ({ value }) => parseInt(/^\d/.test(value) ? value : "999", 10);
    const byAge = (a, b) => lowest(a) - lowest(b);
    return { name, label, cells: [...cells.values()].sort(name === "ageBand" ? byAge : byNumber) };
  });
}

// Where a bar ends. A number without an upper bound gets a short end that says so.
const reach = ({ low, high }) => high ?? low + Math.max(1, Math.floor(low / 12));

function drawFacet({ name, label, cells }, open) {
  const node = piece("piece-facet"), [bars, more] = node.querySelectorAll(".bars");
  node.dataset.facet = name;
  fill(node, "label", label);
  const most = Math.max(1, ...cells.map(({ range }) => reach(range)));
  const drawn = cells.map((cell) => drawCell(name, cell, most));
  const shown = WHOLE.has(name) ? drawn.length : BARS;
  bars.replaceChildren(...drawn.slice(0, shown));
  if (drawn.length > shown) {
    more.replaceChildren(...drawn.slice(shown));
    write(node.querySelector("summary"), `${drawn.length - shown} more`);
    node.querySelector("details").open = open.has(name);
  } else node.querySelector("details").remove();
  return node;
}

function drawCell(facet, { value, label, range }, most) {
  const node = piece("piece-cell"), [link, sure, maybe] = node.querySelectorAll("a, rect");
  const percent = (number) => Math.round(Math.max(0, Math.min(number, most)) / most * 1000) / 10;
  const condition = conditionOf(facet, value);
  if (condition) {
    link.dataset.condition = condition;
    link.href = address(narrowed(asked, condition));
  } else link.removeAttribute("href");
  const named = facet === "modality" && label !== value && value !== NOT_RECORDED ? `${value} · ${label}` : label;
  fill(node, "label", named);
  fill(node, "count", rangeText(range));
  sure.setAttribute("width", percent(range.low) + "%");
  maybe.setAttribute("x", percent(range.low) + "%");
  maybe.setAttribute("width", percent(reach(range) - range.low) + "%");
  return node;
}
