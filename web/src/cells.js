/**
 * What every page loads: it waits for Run. Only then does anything else come from the server.
 *
 * One listener on the document serves all cells of all pages, so that pages which arrive by
 * instant navigation need no attaching, and no cell can be attached twice.
 */
import { anyKept } from "./kept.js";
import { languageOf, words } from "./words.js";
import { show } from "./bar.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @type {Promise<Desk> | undefined} */
let desk;
let tries = 0;

function load() {
  // A browser remembers a module that failed to load, so that another try needs another address.
  desk ??= import(new URL(DESK + (tries ? `&${tries}` : ""), import.meta.url).href).then(
    (module) => module.start(),
  );
  return desk;
}

/**
 * @param {HTMLElement} cell
 * @param {string} action
 * @param {MouseEvent} place
 */
async function act(cell, action, place) {
  const said = words(languageOf(cell));
  if (!desk && action === "run") show(cell, "loading", said.loading);
  const attempt = load();
  try {
    await (await attempt).act(cell, action, place);
  } catch (reason) {
    console.error(reason);
    if (attempt === desk) {
      desk = undefined;
      tries += 1;
    }
    show(cell, "failed", said.failed);
  }
}

document.addEventListener("click", (event) => {
  const pressed = /** @type {Element} */ (event.target).closest?.(
    ".hb-do > button, .hb-exercise .hb-cell > pre",
  );
  const cell = /** @type {HTMLElement | null | undefined} */ (pressed?.closest(".hb-cell"));
  // The second click of a double click would press Stop, which by then stands where Run stood.
  if (!pressed || !cell || event.detail > 1) return;
  const [, action = "edit"] = /^hb-(run|tensors)/.exec(pressed.className) ?? [];
  act(cell, action, event);
});

window.document$?.subscribe(() => {
  if (anyKept() && document.querySelector(".hb-exercise")) load();
  desk?.then((ready) => ready.enter(), () => {});
});
