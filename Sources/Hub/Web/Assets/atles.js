// What the explorer does beyond plain HTML: rows that build a question, and counts that appear as sites answer. Everything
// also works without it, by the form and the links. No library.

import { askedText, follow, hideAnswer, showAnswer } from "./answer.js";
import { setText, startBuilder } from "./builder.js";
import { address, narrowed } from "./language.js";
import { $ } from "./pieces.js";
import { clearProblem, showProblem } from "./problem.js";

const form = $("ask"), where = $("where"), answer = $("answer");
if (form) start();

function start() {
  startBuilder(clearProblem);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!where.value.trim()) setText("everything");
    ask(where.value.trim());
  });
  where.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-where], a[data-condition]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.dataset.where !== undefined) {
      setText(link.dataset.where);
      clearProblem();
      where.focus();
    } else {
      setText(narrowed(answer.hidden ? "" : askedText(), link.dataset.condition));
      ask(where.value);
    }
  });
  $("copy").hidden = !navigator.clipboard;
  $("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText($("share").href);
    $("copy").textContent = "Copied";
    setTimeout(() => { $("copy").textContent = "Copy the link"; }, 2000);
  });
  addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search);
    if (location.pathname !== "/query") return showStart();
    setText(query.get("where") || "");
    clearProblem();
    if (query.get("id")) showQuestion(where.value, query.get("id"));
    else location.reload();
  });
  // A question that the hub has rendered already, while sites were still counting.
  const { question } = answer.dataset;
  if (question) {
    follow(where.value, question);
    history.replaceState(null, "", address(where.value, question));
  }
}

async function ask(text) {
  const button = $("count");
  if (button.getAttribute("aria-disabled")) return;
  clearProblem();
  button.setAttribute("aria-disabled", "true");
  try {
    const response = await fetch("/api/v1/queries", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ where: text }),
    });
    const body = await response.json().catch(() => ({}));
    if (response.ok) {
      history.pushState(null, "", address(text, body.id));
      showQuestion(text, body.id);
    } else {
      showProblem(text, body.error || { message: `The hub did not take it (${response.status}). Try again in a moment.` });
      where.focus();
    }
  } catch {
    showProblem(text, { message: "The hub cannot be reached. Check the connection and try again." });
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

function showQuestion(text, id) {
  const federation = $("ask").dataset.federation;
  showOverview(false);
  document.title = `${text} · ${federation} · Atles`;
  showAnswer(text, id);
  form.scrollIntoView({ block: "start" });
}

// On a page that began with a question, there is none.
function showOverview(shown) {
  for (const id of ["glance", "holdings"]) if ($(id)) $(id).hidden = !shown;
}

function showStart() {
  hideAnswer();
  clearProblem();
  setText("");
  showOverview(true);
  document.title = `${form.dataset.federation} · Atles`;
}
