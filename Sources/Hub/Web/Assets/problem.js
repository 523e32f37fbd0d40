// What is wrong with a question, at its place in the text, and what may have been meant.

import { address } from "./language.js";
import { $, element, fill, part } from "./pieces.js";

const box = $("where-problem"), where = $("where");

export function clearProblem() {
  box.replaceChildren();
  where.removeAttribute("aria-invalid");
}

/** @param {{message: string, position?: number, suggestions?: string[]}} problem as the hub tells it; characters from 0 */
export function showProblem(text, { message, position = null, length = 0, suggestions = [] }) {
  const characters = Array.from(new Intl.Segmenter("en").segment(text), ({ segment }) => segment);
  box.replaceChildren($("piece-problem").content.cloneNode(true));
  fill(box, "message", message);
  const placed = text && Number.isInteger(position) && position >= 0 && position <= characters.length;
  let before = text, after = "";
  if (placed) {
    let end = position + length;
    while (!length && end < characters.length && /[\p{L}\p{N}._-]/u.test(characters[end])) end++;
    end = Math.max(end, position + 1);
    before = characters.slice(0, position).join("");
    after = characters.slice(end).join("");
    fill(box, "before", before);
    fill(box, "wrong", characters.slice(position, end).join("") || " ");
    fill(box, "after", after);
    where.setAttribute("aria-invalid", "true");
  } else box.querySelector(".problem-place").remove();
  if (!suggestions.length) box.querySelector(".problem-help").remove();
  else part(box, "suggestions").replaceChildren(...suggestions.map((s) => suggestion(placed ? before + s + after : s, s)));
}

function suggestion(text, label) {
  const link = element("a", { className: "example", href: address(text), textContent: label });
  link.dataset.where = text;
  return link;
}
