/**
 * What every page loads: it waits for Run. Only then does anything else come from the server.
 *
 * One listener on the document serves all cells of all pages, so that pages which arrive by
 * instant navigation need no attaching, and no cell can be attached twice.
 */
import { languageOf, words } from "./words.js";
import { show } from "./bar.js";

/** @typedef {{ press(cell: HTMLElement): void, enter(): void }} Runner */

/** @type {Promise<Runner> | undefined} */
let runner;
let tries = 0;

function load() {
  // A browser remembers a module that failed to load, so that another try needs another address.
  runner ??= import(new URL(RUNNER + (tries ? `&${tries}` : ""), import.meta.url).href).then(
    (module) => module.start(),
  );
  return runner;
}

/** @param {HTMLElement} cell */
async function press(cell) {
  const said = words(languageOf(cell));
  if (!runner) show(cell, "loading", said.loading);
  const attempt = load();
  try {
    (await attempt).press(cell);
  } catch (reason) {
    console.error(reason);
    if (attempt === runner) {
      runner = undefined;
      tries += 1;
    }
    show(cell, "failed", said.failed);
  }
}

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest?.("button.hb-run");
  const cell = /** @type {HTMLElement | null | undefined} */ (button?.closest(".hb-cell[data-cell]"));
  // The second click of a double click would press Stop, which by then stands where Run stood.
  if (cell && event.detail < 2) press(cell);
});

window.document$?.subscribe(() => runner?.then((ready) => ready.enter(), () => {}));
