/**
 * What the buttons of a page do, once one has been pressed: the runner, the editors, what is
 * recorded of the page's cells, and the one Python behind all of it.
 */
import { element } from "./bar.js";
import { complete } from "./completing.js";
import { Editing } from "./editing.js";
import { explanation } from "./errors.js";
import { Exercise } from "./exercise.js";
import { Inspector } from "./inspector.js";
import { Keeping } from "./keeping.js";
import { Kernel } from "./kernel.js";
import { phrases } from "./phrases.js";
import { Play } from "./play.js";
import { fetched, originalOf, recordOf, refOf } from "./records.js";
import { Runner } from "./runner.js";
import { View } from "./view.js";
import { languageOf } from "./words.js";

/**
 * @typedef {{ x: number, y: number }} Place on the screen
 */

const VISITED = "hb-python";
const TENSORS = "M1 1h6v6H1zm8 0h6v6H9zM1 9h6v6H1zm8 0h6v6H9z";

export class Desk {
  /** @type {Map<HTMLElement, Editing>} */
  #editing = new Map();
  /** @type {WeakMap<HTMLElement, Inspector>} */
  #inspectors = new WeakMap();
  /** @type {Map<HTMLElement, Play>} */
  #plays = new Map();
  /** @type {Map<HTMLElement, Exercise>} */
  #exercises = new Map();

  constructor() {
    const spawn = () => {
      const address = new URL(WORKER, import.meta.url);
      if (!visited()) address.hash = "count";
      return new Worker(address, { type: "module" });
    };
    const { crossOriginIsolated: isolated } = self;
    const { locks } = navigator;
    /** @param {() => void} lost */
    const kernel = (lost) =>
      new Kernel(spawn, {
        isolated,
        locks,
        loaded: visit,
        lost: () => {
          lost();
          for (const button of document.querySelectorAll(".hb-tensors-of")) button.remove();
        },
      });
    this.runner = new Runner(kernel, {
      view: (cell) => new View(cell, (end) => this.#ended(cell, end)),
      find: (ref) => this.#find(ref),
      cells: async (cell, signal) => (await recordOf(cell, signal)).cells,
      text: (cell) => this.#text(cell),
      task: (cell) => this.#task(cell),
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
    if (action === "tensors") await this.inspect(cell);
  }

  /**
   * Open the inspector of a cell, or close it.
   *
   * @param {HTMLElement} cell
   */
  async inspect(cell) {
    let inspector = this.#inspectors.get(cell);
    if (inspector?.open) return inspector.remove();
    if (!inspector) {
      inspector = new Inspector(cell, (what, args) =>
        this.kernel.ask(what, this.#session(cell), args),
      );
      this.#inspectors.set(cell, inspector);
    }
    await inspector.show(this.#text(cell) ?? (await originalOf(cell)));
  }

  /**
   * The namespace in which a cell has run.
   *
   * @param {HTMLElement} cell
   */
  #session(cell) {
    const own = this.#plays.get(cell) ?? this.#exercises.get(cell);
    if (own) return own.session;
    return this.runner.session(refOf(cell).split(":")[0]);
  }

  /**
   * A run has ended, and is shown.
   *
   * @param {HTMLElement} cell
   * @param {import("./view.js").End} end
   */
  async #ended(cell, { line, raised, ran }) {
    this.#editing.get(cell)?.mark(line);
    if (ran) this.#offerTensors(cell);
    const inspector = this.#inspectors.get(cell);
    if (inspector?.open) {
      if (ran) inspector.show(this.#text(cell) ?? (await originalOf(cell)));
      else inspector.remove();
    }
    if (!raised) return;
    const { output } = this.runner.view(cell);
    if (raised.type === "ModuleNotFoundError") {
      output.comment(phrases(languageOf(cell)).modules);
    }
    const address = await explanation(raised, languageOf(cell));
    if (address && cell.dataset.state === "error") output.lead(address);
  }

  /** @param {HTMLElement} cell */
  #offerTensors(cell) {
    const buttons = cell.querySelector(".hb-do");
    if (!buttons || buttons.querySelector(".hb-tensors-of")) return;
    const button = element("button", { type: "button", class: "hb-tensors-of hb-button" });
    button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${TENSORS}"/></svg>`;
    button.append(phrases(languageOf(cell)).tensors);
    buttons.append(button);
  }

  /**
   * Begin to edit a cell; take the changes back if there are any.
   *
   * @param {HTMLElement} cell
   * @param {Place} [place]
   */
  async edit(cell, place) {
    const editing = this.#editing.get(cell) ?? (await this.#begin(cell));
    if (editing.edited) this.#reset(cell);
    else await editing.open({ place });
  }

  /**
   * Show a cell again as the page came with it.
   *
   * @param {HTMLElement} cell
   */
  #reset(cell) {
    this.#editing.get(cell)?.close();
    this.#inspectors.get(cell)?.remove();
    this.runner.view(cell).reset();
    this.#exercises.get(cell)?.reset();
  }

  /** Another page has come. */
  enter() {
    for (const [cell, editing] of this.#editing) {
      if (cell.isConnected) continue;
      editing.close();
      this.#editing.delete(cell);
    }
    for (const [cell, exercise] of this.#exercises) {
      if (cell.isConnected) continue;
      exercise.leave(this.kernel);
      this.#exercises.delete(cell);
    }
    this.runner.enter();
    const root = /** @type {HTMLElement | null} */ (document.querySelector(".hb-play:not(.hb-cell)"));
    if (root) this.#play(root).catch(console.error);
    const offline = /** @type {HTMLElement | null} */ (document.querySelector(".hb-offline:empty"));
    if (offline) new Keeping(offline);
    for (const cell of document.querySelectorAll(".hb-exercise .hb-cell")) {
      this.#exercise(/** @type {HTMLElement} */ (cell));
    }
  }

  /**
   * What runs for a cell that is none of a lesson.
   *
   * @param {HTMLElement} cell
   * @returns {import("./runner.js").Task | null}
   */
  #task(cell) {
    const play = this.#plays.get(cell);
    if (play) return (job, runner) => play.run(this.#editing.get(cell)?.text ?? "", job, runner);
    if (!cell.closest(".hb-exercise")) return null;
    return (job, runner) => this.#exercise(cell).run(job, runner);
  }

  /**
   * Set up the playground.
   *
   * @param {HTMLElement} root
   */
  async #play(root) {
    const { cells } = await fetched(String(root.dataset.examples).replace(".py", ".json"));
    if (root.classList.contains("hb-cell")) return; // set up meanwhile
    const play = new Play(root, cells);
    this.#plays.set(root, play);
    const place = /** @type {HTMLElement} */ (root.querySelector(".hb-play__code"));
    /** @type {Editing} */
    const editing = new Editing(
      root,
      "",
      {
        ...this.#actions(root),
        changed: () => {
          this.kernel.start();
          play.changed(editing.text);
        },
      },
      place,
    );
    this.#editing.set(root, editing);
    await editing.open({ text: await play.first(), focus: false, plain: true });
    play.attach(editing);
    window.addEventListener("hashchange", async () => {
      if (root.isConnected && location.hash.startsWith("#code=")) editing.replace(await play.first());
    });
  }

  /** @param {HTMLElement} cell */
  #exercise(cell) {
    let exercise = this.#exercises.get(cell);
    if (!exercise) {
      exercise = new Exercise(cell, {
        text: () => this.#text(cell),
        reopen: (text) => this.#reopen(cell, text).catch(console.error),
        erased: (every) => {
          for (const [other, known] of this.#exercises) {
            if (!every && other !== cell) continue;
            this.#reset(other);
            known.forget();
          }
        },
      });
      this.#exercises.set(cell, exercise);
    }
    return exercise;
  }

  /**
   * Put back what the reader wrote on an earlier visit.
   *
   * @param {HTMLElement} cell
   * @param {string} text
   */
  async #reopen(cell, text) {
    const editing = this.#editing.get(cell) ?? (await this.#begin(cell));
    await editing.open({ text, focus: false });
  }

  /** @param {HTMLElement} cell */
  async #begin(cell) {
    const original = await originalOf(cell);
    let editing = this.#editing.get(cell);
    if (editing) return editing;
    editing = new Editing(cell, original, {
      ...this.#actions(cell),
      changed: () => {
        this.runner.view(cell).finished = false;
        this.kernel.start(); // a change is there to be run
        this.#exercises.get(cell)?.changed();
      },
    });
    this.#editing.set(cell, editing);
    if (cell.closest(".hb-exercise")) this.#exercise(cell);
    return editing;
  }

  /**
   * What an editor asks of the cell around it.
   *
   * @param {HTMLElement} cell
   */
  #actions(cell) {
    /** @type {Pick<import("./editing.js").Actions, "run" | "leave" | "complete">} */
    const actions = {
      run: () => this.runner.press(cell),
      leave: () => {
        const editing = this.#editing.get(cell);
        if (!editing?.edited && !editing?.place) editing?.close();
        /** @type {HTMLElement | null} */ (cell.querySelector(".hb-run"))?.focus();
      },
      complete: async (context) =>
        complete(
          context,
          (what, args) => this.kernel.ask(what, this.#session(cell), args),
          await this.#above(cell),
          languageOf(cell),
        ),
    };
    return actions;
  }

  /**
   * The code of the cells above one, as they stand on the page.
   *
   * @param {HTMLElement} cell
   */
  async #above(cell) {
    if (cell.dataset.cell === undefined) return "";
    const { cells } = await recordOf(cell);
    const [file, name] = refOf(cell).split(":");
    const above = cells.slice(0, cells.findIndex((recorded) => recorded.name === name));
    const codes = above.map((recorded) => {
      const shown = this.#find(`${file}:${recorded.name}`);
      return (shown && this.#text(shown)) ?? recorded.source;
    });
    return codes.map((code) => `${code}\n`).join("");
  }

  /**
   * @param {string} ref
   * @returns {HTMLElement | null}
   */
  #find(ref) {
    return document.querySelector(`.hb-cell[data-cell="${CSS.escape(ref)}"]`);
  }

  /** @param {HTMLElement} cell */
  #text(cell) {
    const editing = this.#editing.get(cell);
    return editing?.edited ? editing.text : null;
  }
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
  performance.mark("hb-python-ready");
  try {
    localStorage.setItem(VISITED, WORKER);
  } catch {
    // Then the next visit counts megabytes again.
  }
}

/** Called once, at the first press. */
export const start = () => new Desk();
