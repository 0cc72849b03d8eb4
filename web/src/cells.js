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
let arrived = false;
let tries = 0;
/** @type {WeakMap<HTMLElement, () => void>} back to what a cell said before the desk was asked for */
const came = new WeakMap();

/** @param {HTMLElement} cell */
const said = (cell) => words(languageOf(cell));

function load() {
  // A browser remembers a module that failed to load, so that another try needs another address.
  desk ??= import(new URL(DESK + (tries ? `&${tries}` : ""), import.meta.url).href).then(
    (module) => {
      arrived = true;
      return module.start();
    },
  );
  return desk;
}

/**
 * Say that Python is loading, until the desk says so itself.
 *
 * @param {HTMLElement} cell
 */
function loading(cell) {
  const line = cell.querySelector(".hb-state");
  const { state } = cell.dataset;
  const parts = [...(line?.childNodes ?? [])];
  if (!came.has(cell)) {
    came.set(cell, () => {
      cell.dataset.state = state;
      line?.replaceChildren(...parts);
    });
  }
  show(cell, "loading", said(cell).loading);
}

/**
 * @param {HTMLElement} cell
 * @param {string} action
 * @param {MouseEvent} place
 */
async function act(cell, action, place) {
  if (!arrived && action === "run") loading(cell);
  const attempt = load();
  try {
    const ready = await attempt;
    // The desk takes what it finds for what the page came with, and goes back to it on Reset.
    came.get(cell)?.();
    came.delete(cell);
    await ready.act(cell, action, place);
  } catch (reason) {
    console.error(reason);
    if (attempt === desk) {
      desk = undefined;
      tries += 1;
    }
    show(cell, "failed", said(cell).failed);
  }
}

// The press asks for Python, which starts while the button is still down. A finger that comes down
// may only mean to scroll.
document.addEventListener("pointerdown", ({ target, pointerType }) => {
  const pressed = /** @type {Element} */ (target).closest?.("button.hb-run");
  if (pressed && pointerType === "mouse") load().then((ready) => ready.kernel.start(), () => {});
});

document.addEventListener("click", (event) => {
  const pressed = /** @type {Element} */ (event.target).closest?.(
    ".hb-do > button, .hb-exercise .hb-cell > pre",
  );
  const cell = /** @type {HTMLElement | null | undefined} */ (pressed?.closest(".hb-cell"));
  // The second click of a double click would press Stop, which by then stands where Run stood.
  if (!pressed || !cell || event.detail > 1) return;
  const [, action] = /^hb-(run|edit|tensors)/.exec(pressed.className || "hb-edit") ?? [];
  if (!action) return;
  act(cell, action, event);
});

window.document$?.subscribe(() => {
  if (document.querySelector(anyKept() ? ".hb-exercise, .hb-play" : ".hb-play")) load();
  desk?.then((ready) => ready.enter(), () => {});
});
