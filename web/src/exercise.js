/**
 * An exercise: Check runs the reader's answer and then the checks, in a namespace of their own.
 *
 * The list below the answer has one line a label. Under the first that fails stands its hint, and
 * once something has been tried the solution is there to be opened.
 */
import { element } from "./bar.js";
import { phrases } from "./phrases.js";
import { count, erase, keep, keptOf } from "./progress.js";
import { exerciseOf, refOf } from "./records.js";
import { judgeCheck, whole } from "./verdict.js";
import { languageOf } from "./words.js";

/**
 * @typedef {import("./runner.js").Job} Job
 * @typedef {import("./runner.js").Runner} Runner
 *
 * @typedef {object} Code what an exercise can ask of its cell
 * @property {() => string | null} text the reader's code, if there is any
 * @property {(text: string) => void} reopen put back the code of an earlier visit
 * @property {(every: boolean) => void} erased what was kept of this exercise, or of all, is gone
 */

/** @type {Record<"pass" | "fail" | "later", string>} */
const MARKS = { pass: "=", fail: "×", later: "–" };

export class Exercise {
  #checks = 0;
  /** The namespace of the last check; it stays to be looked at until the next one. */
  session = "";

  /**
   * @param {HTMLElement} cell
   * @param {Code} code
   */
  constructor(cell, code) {
    this.cell = cell;
    this.code = code;
    this.ref = refOf(cell);
    this.said = phrases(languageOf(cell));
    this.section = /** @type {HTMLElement} */ (cell.closest(".hb-exercise"));
    this.list = /** @type {HTMLElement} */ (cell.querySelector(".hb-checks"));
    this.recorded = [...this.list.children].map((line) => line.cloneNode(true));
    const kept = keptOf(this.ref);
    if (kept?.text != null) code.reopen(kept.text);
    if (kept) this.tried();
    this.#tell();
  }

  /** Show the checks of the start again. */
  reset() {
    keep(this.ref, { text: null });
    this.list.replaceChildren(...this.recorded.map((line) => line.cloneNode(true)));
    this.#tell();
  }

  /** Nothing has been tried. */
  forget() {
    delete this.section.dataset.tried;
    this.reset();
  }

  /** The answer has been changed. */
  changed() {
    keep(this.ref, { text: this.code.text() });
    this.#tell();
  }

  /** Something has been tried: the solution may be looked at. */
  tried() {
    this.section.dataset.tried = "";
  }

  /**
   * Forget the variables of the last check.
   *
   * @param {import("./kernel.js").Kernel} kernel
   */
  leave(kernel) {
    if (this.session) kernel.forget(this.session);
    this.session = "";
  }

  /**
   * Run the answer and check it.
   *
   * @param {Job} job
   * @param {Runner} runner
   * @returns {Promise<import("./kernel.js").Result | null>} what ended it before the check
   */
  async run(job, runner) {
    let exercise;
    try {
      exercise = await exerciseOf(this.cell, job.abort.signal);
    } catch (reason) {
      if (job.abort.signal.aborted) return { kind: "stopped" };
      console.error(reason);
      return { kind: "failed", message: String(reason) };
    }
    const { name, check, labels, start } = exercise;
    this.leave(runner.kernel);
    const session = `${runner.visits} ${this.ref} ${this.#checks++}`;
    this.session = session;
    const source = this.code.text() ?? start;
    const watcher = runner.watcher(job, job.view);
    const answer = await runner.kernel.run({ session, name, source }, watcher);
    this.tried();
    if (job.left || !whole(answer) || !("printed" in answer)) return answer;
    let checked = null;
    if (!answer.raised) {
      const silent = { ...watcher, started: () => {} };
      checked = await runner.kernel.run({ session, name: `${name}-check`, source: check }, silent);
      if (job.left || !whole(checked) || !("printed" in checked)) return checked;
    }
    const { verdict, failing, outcome } = judgeCheck(answer, checked, exercise);
    job.view.finish(outcome, verdict);
    this.#show(labels, failing);
    if (verdict.said === "passed") keep(this.ref, { passed: true });
    this.#tell();
    return null;
  }

  /**
   * Show one line a label.
   *
   * @param {string[]} labels
   * @param {string | null | undefined} failing the first that fails; null if none does, undefined
   *   if no check was reached
   */
  #show(labels, failing) {
    const at = failing === null ? labels.length : labels.indexOf(failing ?? "");
    const lines = labels.map((label, place) => {
      const state = place < at ? "pass" : place === at ? "fail" : "later";
      const line = element(
        "li",
        { "data-check": state, "data-label": label },
        element("span", { class: "hb-mark", "aria-hidden": "true" }, MARKS[state]),
        element("div", {}, element("b", {}, this.said[state]), " ", element("code", {}, label)),
      );
      const hint = state === "fail" && this.#hint(label);
      if (hint) line.lastElementChild?.append(hint);
      return line;
    });
    this.list.replaceChildren(...lines);
  }

  /** @param {string} label */
  #hint(label) {
    const more = this.section.querySelector(`.hb-more[data-label="${CSS.escape(label)}"]`);
    if (!more) return null;
    const parts = [...more.children].slice(1).map((part) => part.cloneNode(true));
    return element("div", { class: "hb-hint" }, ...parts);
  }

  /** Say what is kept, and offer to erase it. */
  #tell() {
    const kept = keptOf(this.ref);
    this.section.querySelector(".hb-kept")?.remove();
    this.section.querySelector("h3 .hb-done")?.remove();
    if (!kept) return;
    const { said } = this;
    if (kept.passed) {
      this.section.querySelector("h3")?.append(" ", element("span", { class: "hb-done" }, said.done));
    }
    const line = element("p", { class: "hb-kept" }, `${said.kept} `, this.#eraser(said.erase));
    if (count() > 1) line.append(" ", this.#eraser(said["erase all"], true));
    this.cell.after(line);
  }

  /**
   * @param {string} name
   * @param {boolean} every
   */
  #eraser(name, every = false) {
    const button = element("button", { type: "button", class: "hb-button" }, name);
    button.addEventListener("click", () => {
      erase(every ? undefined : this.ref);
      this.code.erased(every);
      this.cell.querySelector("button")?.focus();
    });
    return button;
  }
}
