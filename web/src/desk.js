/**
 * What the buttons of a page do, once one has been pressed: the runner, the editors, what is
 * recorded of the page's cells, and the one Python behind all of it.
 */
import { element } from "./bar.js";
import { Editing } from "./editing.js";
import { Kernel } from "./kernel.js";
import { Runner } from "./runner.js";
import { View } from "./view.js";

/**
 * @typedef {import("./verdict.js").Cell} Cell
 * @typedef {{ x: number, y: number }} Place on the screen
 */

const VISITED = "hb-python";

export class Desk {
  /** @type {Map<HTMLElement, Editing>} */
  #editing = new Map();
  /** @type {Map<string, Promise<any>>} what the press wrote of snippet files, by address */
  #records = new Map();

  constructor() {
    const spawn = () => {
      const address = new URL(WORKER, import.meta.url);
      if (!visited()) address.hash = "count";
      return new Worker(address, { type: "module" });
    };
    const { crossOriginIsolated: isolated } = self;
    const { locks } = navigator;
    this.runner = new Runner((lost) => new Kernel(spawn, { isolated, locks, lost, loaded: visit }), {
      view: (cell) => new View(cell, (line) => this.#editing.get(cell)?.mark(line)),
      find: (ref) => document.querySelector(`.hb-cell[data-cell="${CSS.escape(ref)}"]`),
      cells: async (cell, signal) => (await this.#record(cell, signal)).cells,
      text: (cell) => this.#text(cell),
      task: () => null,
    });
    this.kernel = this.runner.kernel;
    dress();
  }

  /**
   * A button of a cell was pressed, or the code of an exercise.
   *
   * @param {HTMLElement} cell
   * @param {string} action
   * @param {Place} [place] where the reader pointed, to put the caret there
   */
  async act(cell, action, place) {
    if (action === "run") this.runner.press(cell);
    if (action === "edit") await this.edit(cell, place);
  }

  /**
   * Begin to edit a cell; take the changes back if there are any.
   *
   * @param {HTMLElement} cell
   * @param {Place} [place]
   */
  async edit(cell, place) {
    const editing = this.#editing.get(cell) ?? (await this.#begin(cell));
    if (!editing.edited) return editing.open({ place });
    editing.close();
    this.runner.view(cell).reset();
  }

  /** Another page has come. */
  enter() {
    for (const [cell, editing] of this.#editing) {
      if (cell.isConnected) continue;
      editing.close();
      this.#editing.delete(cell);
    }
    this.runner.enter();
  }

  /** @param {HTMLElement} cell */
  async #begin(cell) {
    const original = await this.#original(cell);
    let editing = this.#editing.get(cell);
    if (editing) return editing;
    editing = new Editing(cell, original, {
      changed: () => {
        this.runner.view(cell).finished = false;
        this.kernel.start(); // a change is there to be run
      },
      run: () => this.runner.press(cell),
      leave: () => {
        if (!editing?.edited) editing?.close();
        /** @type {HTMLElement | null} */ (cell.querySelector(".hb-run"))?.focus();
      },
      complete: () => null,
    });
    this.#editing.set(cell, editing);
    return editing;
  }

  /**
   * The code of a cell as the page came with it.
   *
   * @param {HTMLElement} cell
   * @returns {Promise<string>}
   */
  async #original(cell) {
    const { cells } = await this.#record(cell);
    const name = cell.dataset.cell?.split(":")[1];
    return cells.find((/** @type {Cell} */ recorded) => recorded.name === name).source;
  }

  /** @param {HTMLElement} cell */
  #text(cell) {
    const editing = this.#editing.get(cell);
    return editing?.edited ? editing.text : null;
  }

  /**
   * What the press wrote of the snippet file of a cell.
   *
   * @param {HTMLElement} cell
   * @param {AbortSignal} [signal]
   */
  #record(cell, signal) {
    const file = (cell.dataset.cell ?? "").replace(/\.py:.*/, ".json");
    const address = new URL(`../cells/${file}?${cell.dataset.digest}`, import.meta.url).href;
    let record = this.#records.get(address);
    if (!record) {
      record = read(address, signal);
      this.#records.set(address, record);
      record.catch(() => this.#records.delete(address));
    }
    return record;
  }
}

/**
 * @param {string} address
 * @param {AbortSignal} [signal]
 */
async function read(address, signal) {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** The sheet for what appears only after a press. */
function dress() {
  const sheet = new URL(SHEET, import.meta.url);
  const linked = [...document.styleSheets].some(({ href }) => href?.startsWith(sheet.href.split("?")[0]));
  if (!linked) document.head.append(element("link", { rel: "stylesheet", href: sheet.href }));
}

/** Whether Python has loaded here before, and so need not be downloaded. */
function visited() {
  try {
    return localStorage.getItem(VISITED) === WORKER;
  } catch {
    return false; // storage may be forbidden
  }
}

function visit() {
  try {
    localStorage.setItem(VISITED, WORKER);
  } catch {
    // Then the next visit counts megabytes again.
  }
}

/** Called once, at the first press. */
export const start = () => new Desk();
