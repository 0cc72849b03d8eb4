/**
 * The bar of a cell: one button on its left, one line on its right that says what is proven.
 *
 * The line is `role=status`, so that its first and last words of a run are read aloud. What
 * changes in between (seconds, megabytes, a second phase) is shown but not announced.
 */
import { languageOf, words } from "./words.js";

/** @typedef {"recorded" | "waiting" | "loading" | "running" | "equal" | "raised" | "differs"
 *   | "error" | "mismatch" | "stopped" | "failed" | "ran"} State */

/** @type {Record<State, string>} */
const MARKS = {
  recorded: "",
  waiting: "…",
  loading: "·",
  running: "·",
  equal: "=",
  raised: "=",
  differs: "≠",
  error: "×",
  mismatch: "≠",
  stopped: "■",
  failed: "!",
  ran: "→",
};
const BUSY = new Set(["waiting", "loading", "running"]);

const RUN = "M3 1.5v13l11-6.5z";
const STOP = "M2.5 2.5h11v11h-11z";
const RETRY = "M8 2a6 6 0 1 1-5.7 4.2l1.9.6A4 4 0 1 0 8 4v2.5L3.6 3.2 8 0z";

/** @param {Element} cell */
export const isBusy = (cell) => BUSY.has(cell.getAttribute("data-state") ?? "");

/**
 * Show a state of a cell: mark, word, time and button.
 *
 * @param {HTMLElement} cell
 * @param {State} state
 * @param {string} word what the state line says
 * @param {string} detail time or progress beside it
 * @param {boolean} quiet show, but do not announce
 */
export function show(cell, state, word, detail = "", quiet = false) {
  const line = cell.querySelector(".hb-state");
  if (!line) return;
  const busy = BUSY.has(state);
  if (quiet || (busy && isBusy(cell))) line.setAttribute("aria-live", "off");
  else line.removeAttribute("aria-live");
  cell.dataset.state = state;
  line.replaceChildren(
    element("span", { class: "hb-mark", "aria-hidden": "true" }, MARKS[state]),
    element("b", {}, word),
  );
  if (detail) line.append(element("span", busy ? { "aria-hidden": "true" } : {}, detail));
  label(cell, state);
  for (const other of /** @type {NodeListOf<HTMLButtonElement>} */ (
    cell.querySelectorAll(".hb-do > button:not(.hb-run)")
  )) {
    other.disabled = busy;
  }
}

/**
 * Give the one button of a cell the name of what it does next.
 *
 * @param {HTMLElement} cell
 * @param {State} state
 */
export function label(cell, state) {
  const button = cell.querySelector("button.hb-run");
  if (!button) return;
  const said = words(languageOf(cell));
  const [path, name] = BUSY.has(state)
    ? [STOP, said.stop]
    : state === "failed"
      ? [RETRY, said.retry]
      : [RUN, cell.closest(".hb-exercise") ? said.check : state === "recorded" ? said.run : said.again];
  const text = button.lastChild;
  if (text?.textContent === name) return;
  button.querySelector("path")?.setAttribute("d", path);
  if (text?.nodeType === Node.TEXT_NODE) text.nodeValue = name;
  else button.append(name);
}

/**
 * Make an element.
 *
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(string | Node)} children
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
