// The text form of a question, as far as rows can show it. The hub's parser decides what a text means; this one only keeps
// rows and text in step, and steps back from everything that it does not know for certain.

export const attributes = JSON.parse(document.getElementById("attributes")?.textContent || "[]")
  .map((a) => ({
    short: a.name, aliases: [], operations: ["atLeast", "atMost", "between", "equals", "greater", "less", "exists"], held: 0, ...a,
    values: (a.values || []).map(([value, label = "", isOdd = 0]) => ({ value, label, isOdd })),
  }));
const byName = new Map();
for (const a of attributes) for (const name of [a.name, a.short, ...a.aliases]) byName.set(name.toLowerCase(), a);
export const attributeNamed = (name) => byName.get(name.toLowerCase());

const SIGNS = { "=": "equals", ">=": "atLeast", "<=": "atMost", ">": "greater", "<": "less" };
const LABELS = {
  equals: "is", oneOf: "is one of", contains: "contains", atLeast: "at least", atMost: "at most", greater: "more than",
  less: "less than", between: "between", exists: "is recorded",
};
const isNumber = (a) => a.kind === "number" || a.kind === "age";
export const isOrdered = (a) => isNumber(a) || a.kind === "date";
export const operationLabel = (a, operation) => operation === "equals" && isOrdered(a) ? "is exactly" : LABELS[operation];

function tokens(text) {
  const found = [], pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|(<=|>=|!=|[=<>(),])|([^\s"'=<>(),!≤≥≠]+))/gy;
  while (text.slice(pattern.lastIndex).trim()) {
    const match = pattern.exec(text);
    if (!match) return null;
    if (match[1] !== undefined) found.push({ value: match[1].replace(/\\(.)/g, "$1") });
    else if (match[2]) found.push({ sign: match[2] });
    else found.push({ value: match[3], word: match[3].toLowerCase() });
  }
  return found;
}

/** The rows that a text says, `{combine, rows}`; null where it says more than rows can show, or cannot be read. */
export function rowsOf(text) {
  const all = tokens(text);
  if (!all) return null;
  let i = 0;
  const isWord = (word) => all[i]?.word === word;
  const takeWord = (word) => isWord(word) && ++i;
  const take = (sign) => all[i]?.sign === sign && ++i;
  const takeAttribute = () => all[i]?.word && byName.get(all[i++].word);
  function takeValue(a) {
    const value = all[i++]?.value;
    if (value === undefined) return null;
    if (!isNumber(a)) return value;
    if (!/^-?\d+(\.\d+)?$/.test(value)) return null;
    // In the attribute's own unit, or in none; the hub converts others.
    if (a.unit) takeWord(a.unit.toLowerCase());
    return value;
  }
  function takeTest() {
    if (takeWord("exists")) {
      const attribute = takeAttribute();
      return attribute && { attribute, operation: "exists", values: [] };
    }
    const attribute = takeAttribute();
    if (!attribute) return null;
    let operation, values = [], not = false;
    if (takeWord("in")) {
      operation = "oneOf";
      if (!take("(")) return null;
      do values.push(takeValue(attribute)); while (take(","));
      if (!take(")")) return null;
    } else if (takeWord("between")) {
      operation = "between";
      values.push(takeValue(attribute));
      if (!takeWord("and")) return null;
      values.push(takeValue(attribute));
    } else {
      not = take("!=");
      operation = not ? "equals" : takeWord("contains") ? "contains" : SIGNS[all[i++]?.sign];
      if (isWord("unknown")) return null;
      values.push(takeValue(attribute));
    }
    return values.includes(null) || !attribute.operations.includes(operation) ? null : { attribute, operation, values, not };
  }
  function takeRow(depth) {
    let not = false;
    while (takeWord("not")) not = !not;
    if (!take("(")) {
      const test = takeTest();
      return test && { ...test, not: Boolean(test.not) !== not };
    }
    const inner = depth < 64 && takeRow(depth + 1);
    return inner && take(")") ? { ...inner, not: inner.not !== not } : null;
  }
  const rows = [];
  let combine = null;
  if (all.length === 1 && takeWord("everything")) return { combine, rows };
  while (i < all.length) {
    const row = takeRow(0);
    if (!row) return null;
    rows.push(row);
    if (i === all.length) break;
    const word = takeWord("and") ? "and" : takeWord("or") ? "or" : null;
    if (!word || (combine && combine !== word) || i === all.length) return null;
    combine = word;
  }
  return { combine, rows };
}

const RESERVED = new Set([
  "and", "or", "not", "in", "between", "contains", "exists", "everything", "nothing", "facets", "unknown",
]);
// A value as it is written: in quotes where it is no plain word, and where only a site knows it.
const written = (value, a) => /^[\w.-]+$/.test(value) && !RESERVED.has(value.toLowerCase())
  && !a.values.some((known) => known.isOdd && known.value === value)
  ? value : '"' + value.replace(/["\\]/g, "\\$&") + '"';

/** What a row says; null while a value is missing. */
function textOfRow({ attribute: a, operation, values, not }) {
  const filled = values.map((v) => v.trim()).filter(Boolean);
  if (filled.length < (operation === "exists" ? 0 : operation === "between" ? 2 : 1)) return null;
  const v = filled.map((x) => isNumber(a) && /^-?\d+([.,]\d+)?$/.test(x)
    ? x.replace(",", ".") + (a.unit && a.unit !== "years" ? " " + a.unit : "") : written(x, a));
  const sign = Object.keys(SIGNS).find((s) => SIGNS[s] === operation);
  const text = operation === "exists" ? `exists ${a.short}`
    : operation === "oneOf" ? `${a.short} in (${v.join(", ")})`
    : operation === "between" ? `${a.short} between ${v[0]} and ${v[1]}`
    : `${a.short} ${sign || operation} ${v[0]}`;
  return not ? `not (${text})` : text;
}

export const textOf = ({ combine, rows }) => rows.map(textOfRow).filter(Boolean).join(` ${combine} `);

/** A question narrowed by a condition. */
export function narrowed(text, condition) {
  const [, question, facets = ""] = /^\s*(.*?)\s*(\bfacets\s[^"']*)?$/is.exec(text) || [null, text];
  const read = rowsOf(question);
  if (read && !read.rows.length) return condition;
  return `${read && read.combine !== "or" ? question : `(${question})`} and ${condition} ${facets}`.trim();
}

/** The condition that a bar stands for; null where the language cannot say it. */
export function conditionOf(facet, value) {
  if (facet === "ageBand" && value !== "unknown") {
    const [, low, high] = /^(\d+)(?:-(\d+)|\+)$/.exec(value) || [];
    return !low ? null : high ? `age between ${low} and ${high}` : `age >= ${low}`;
  }
  const attribute = byName.get(facet === "ageBand" ? "age" : facet.toLowerCase());
  if (!attribute) return null;
  return value === "unknown" ? `not exists ${attribute.short}` : `${attribute.short} = ${written(value, attribute)}`;
}

/** The address of a question's page. */
export const address = (text, id) =>
  "/query?where=" + encodeURIComponent(text) + (id ? "&id=" + encodeURIComponent(id) : "");
