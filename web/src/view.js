/**
 * One cell on the page: its bar and its output, moved from state to state together.
 */
import { element, show } from "./bar.js";
import { Output } from "./output.js";
import { whole } from "./verdict.js";
import { errorOnLine, megabytes, phrases, seconds, stepOf } from "./phrases.js";
import { languageOf } from "./words.js";

/**
 * @typedef {import("./bar.js").State} State
 *
 * @typedef {object} End
 * @property {number | null} line at which the code went wrong, counted from 1
 * @property {import("./kernel.js").Raised | null} raised what nobody expected
 * @property {boolean} ran its variables are there
 */

/** Nothing that takes less than this shows a progress line, in milliseconds. */
const PATIENCE = 400;

export class View {
  /** What it shows is what the whole of its code printed in this visit. */
  finished = false;
  /** @type {() => void} back to the last state that was no step of a run */
  #settle;
  /** @type {() => void} */
  #recorded;
  #since = 0;
  #ticking = 0;
  #step = 0;
  #steps = 0;

  /**
   * @param {HTMLElement} cell
   * @param {(end: End) => void} ended told how a run of it has ended, when that is shown
   */
  constructor(cell, ended = () => {}) {
    this.cell = cell;
    this.ended = ended;
    this.language = languageOf(cell);
    this.said = phrases(this.language);
    this.output = new Output(cell);
    const { state } = cell.dataset;
    const line = [...(cell.querySelector(".hb-state")?.childNodes ?? [])];
    this.#recorded = () => {
      show(cell, /** @type {State} */ (state), "", "", true);
      cell.querySelector(".hb-state")?.replaceChildren(...line);
    };
    this.#settle = this.#recorded;
  }

  /**
   * @param {"waiting" | "below"} why
   * @param {string} detail
   * @param {boolean} quiet
   */
  waiting(why, detail = "", quiet = false) {
    this.#pause();
    show(this.cell, "waiting", this.said[why], detail, quiet);
  }

  /**
   * Show how far Python is; megabytes only while they are still arriving.
   *
   * @param {number} loaded
   * @param {number} total
   * @param {boolean} quiet
   */
  loading(loaded, total, quiet = false) {
    const detail = loaded && loaded < total ? megabytes(loaded, total) : "";
    show(this.cell, "loading", this.said.loading, detail, quiet);
  }

  /** @param {boolean} quiet */
  running(quiet = false) {
    this.#pause();
    this.output.begin();
    this.#steps = 0;
    show(this.cell, "running", this.said.running, "", quiet);
    this.#since = performance.now();
    this.#ticking = window.setInterval(() => this.#tick(quiet), 100);
  }

  /**
   * The loop of the cell that runs has come to a step; the screen follows at the next tick.
   *
   * @param {number} step counted from 1
   * @param {number} total 0 if the loop has ended
   */
  step(step, total) {
    this.#step = step;
    this.#steps = total;
  }

  /** @param {boolean} quiet */
  #tick(quiet) {
    const passed = performance.now() - this.#since;
    if (passed < PATIENCE) return;
    const time = seconds(passed / 1000, this.language, 1);
    const at = this.#steps ? `${stepOf(this.#step, this.#steps, this.language)} · ` : "";
    show(this.cell, "running", this.said.running, at + time, quiet);
    let line = /** @type {HTMLProgressElement | null} */ (this.cell.querySelector(".hb-progress"));
    if (!line) {
      const made = element("progress", { class: "hb-progress", "aria-label": this.said.progress });
      line = /** @type {HTMLProgressElement} */ (made);
      this.cell.querySelector(".hb-bar")?.after(line);
    }
    // What runs now is not done yet.
    if (this.#steps) line.value = (this.#step - 1) / this.#steps;
    else line.removeAttribute("value");
  }

  #pause() {
    clearInterval(this.#ticking);
    this.#ticking = 0;
    this.cell.querySelector(".hb-progress")?.remove();
  }

  /**
   * Show how a run ended.
   *
   * @param {import("./kernel.js").Result} result
   * @param {import("./verdict.js").Verdict} verdict
   * @param {boolean} quiet
   */
  finish(result, { state, said, line, difference }, quiet = false) {
    this.#pause();
    this.output.end();
    if ("printed" in result && result.kind !== "limit") {
      this.output.finish(result, state === "raised");
      if (state === "equal") this.output.tell();
      if (difference && state !== "error") this.output.mark(result, difference);
    } else if (said === "crashed" || said === "recursion") {
      this.output.explain(this.said[said === "crashed" ? "crash" : "deep"]);
    }
    const time = "seconds" in result ? seconds(result.seconds, this.language) : "";
    const where = line ? errorOnLine(line, this.language) : "";
    const word = said === "error" && where ? where : this.said[said];
    const bare = said === "ran" ? this.said["not compared"] : "";
    const detail = [said === "error" ? "" : where, time, bare].filter(Boolean).join(" · ");
    this.finished = whole(result);
    show(this.cell, state, word, detail, quiet);
    this.#settle = () => show(this.cell, state, word, detail, true);
    const raised = state !== "raised" && "raised" in result ? result.raised : null;
    this.ended({ line, raised, ran: this.finished });
  }

  /** Go back to what the cell showed before a run that did not come to it. */
  restore() {
    this.#pause();
    this.output.end();
    this.#settle();
  }

  /** Show again what torch printed, as the page came with it. */
  reset() {
    this.finished = false;
    this.#settle = this.#recorded;
    this.restore();
    this.output.reset();
  }
}
