/**
 * What Run does, from the press of the button to the verdict.
 *
 * Runs stand in one queue, for there is one Python. Each is for one cell, and runs first those
 * cells above it in the same snippet file that have not run in this visit to the page.
 */
import { refOf } from "./records.js";
import { Story } from "./story.js";
import { judge, whole } from "./verdict.js";

/**
 * @typedef {import("./kernel.js").Kernel} Kernel
 * @typedef {import("./kernel.js").Result} Result
 * @typedef {import("./verdict.js").Cell} Cell
 * @typedef {import("./view.js").View} View
 * @typedef {Pick<View, "finished" | "waiting" | "loading" | "running" | "step" | "finish"
 *   | "restore" | "reset">
 *   & { output: Pick<View["output"], "write" | "lead" | "comment"> }} Shown
 *
 * @typedef {object} Page what the runner needs to know of the page
 * @property {(cell: HTMLElement) => Shown} view
 * @property {(ref: string) => HTMLElement | null} find the cell of that name
 * @property {(cell: HTMLElement, signal: AbortSignal) => Promise<Cell[]>} cells its snippet
 * @property {(cell: HTMLElement) => string | null} text its code, if the reader has changed it
 * @property {(cell: HTMLElement) => Task | null} task what runs for a cell that is none of a lesson
 *
 * @typedef {(job: Job, runner: Runner) => Promise<Result | null>} Task
 *
 * @typedef {object} Job
 * @property {HTMLElement} cell the cell whose Run was pressed
 * @property {string} file
 * @property {string} name
 * @property {Shown} view
 * @property {HTMLElement[]} cells all that run for it, itself included
 * @property {AbortController} abort
 * @property {boolean} left the page is gone: there is nothing to show it on
 */

/** `Node.DOCUMENT_POSITION_FOLLOWING` */
const FOLLOWING = 4;

export class Runner {
  /** @type {Job[]} the first one runs */
  #jobs = [];
  /** @type {Map<string, Story>} by snippet file */
  #stories = new Map();
  /** @type {WeakMap<HTMLElement, Shown>} */
  #views = new WeakMap();
  #visits = 0;

  /**
   * @param {(lost: () => void) => Kernel} kernel
   * @param {Page} page
   */
  constructor(kernel, page) {
    this.kernel = kernel(() => this.#stories.forEach((story) => story.lose()));
    this.page = page;
  }

  /** How often the reader has come to a page: nothing is shared between visits. */
  get visits() {
    return this.#visits;
  }

  /**
   * The namespace in which the cells of a file have run.
   *
   * @param {string} file
   */
  session(file) {
    return this.#stories.get(file)?.session ?? "";
  }

  /**
   * The button of a cell was pressed: Run, or Stop if the cell is running or waiting.
   *
   * @param {HTMLElement} cell
   */
  press(cell) {
    const busy = this.#jobs.find((job) => job.cells.includes(cell));
    if (busy) this.#stop(busy);
    else this.#enqueue(cell);
  }

  /** Another page has come: what ran for the old one ends, and nothing of it is kept. */
  enter() {
    if (this.#jobs.some((job) => job.cell.isConnected)) return;
    for (const job of this.#jobs) {
      job.left = true;
      job.abort.abort();
    }
    this.kernel.abandon();
    for (const story of this.#stories.values()) this.kernel.forget(story.session);
    this.#stories.clear();
    this.#visits += 1;
  }

  /** @param {HTMLElement} cell */
  #enqueue(cell) {
    const [file, name] = refOf(cell).split(":");
    const view = this.view(cell);
    const job = { cell, file, name, view, cells: [cell], abort: new AbortController(), left: false };
    const ahead = this.#jobs.find((other) => !other.left);
    this.#jobs.push(job);
    if (ahead) {
      const above = ahead.cell.compareDocumentPosition(cell) & FOLLOWING;
      view.waiting(above ? "waiting" : "below");
    } else {
      this.kernel.start();
      view.loading(0, 0);
    }
    if (this.#jobs.length === 1) this.#work();
  }

  /** @param {Job} job */
  #stop(job) {
    job.abort.abort();
    if (job === this.#jobs[0]) {
      this.kernel.stop();
    } else {
      this.#jobs.splice(this.#jobs.indexOf(job), 1);
      this.#end(job, { kind: "stopped" });
    }
  }

  /** Do the jobs, one after the other. */
  async #work() {
    while (this.#jobs.length) {
      const [job] = this.#jobs;
      const perform = this.page.task(job.cell) ?? ((lesson) => this.#perform(lesson));
      const result = job.left ? null : await perform(job, this);
      this.#jobs.splice(this.#jobs.indexOf(job), 1);
      if (result && !job.left) this.#end(job, result);
    }
  }

  /**
   * Run a cell and what must run before it.
   *
   * @param {Job} job
   * @returns {Promise<Result | null>} what ended the job before its cell ran to its end, if anything
   */
  async #perform(job) {
    const { signal } = job.abort;
    let story;
    try {
      story = await this.#story(job);
    } catch (reason) {
      if (signal.aborted) return { kind: "stopped" };
      console.error(reason);
      return { kind: "failed", message: String(reason) };
    }
    if (signal.aborted) return { kind: "stopped" };
    const found = (/** @type {Cell} */ cell) => this.page.find(`${job.file}:${cell.name}`);
    const { steps, left } = story.plan(job.name, (cell) => {
      const shown = cell.name === job.name ? job.cell : found(cell);
      return (shown && this.page.text(shown)) ?? cell.source;
    });
    if (left) this.kernel.forget(left);
    const target = steps[steps.length - 1];
    const above = steps.slice(0, -1).filter(({ cell }) => found(cell));
    const before = this.#unseen(job, above.map(({ cell }) => cell));
    if (above.length) job.view.waiting("waiting");
    for (const view of before.values()) view.waiting("waiting", "", true);
    try {
      for (const step of steps) {
        const { cell, source } = step;
        const view = step === target ? job.view : before.get(cell);
        const quiet = step !== target;
        const { session } = story;
        const { name } = cell;
        const result = await this.kernel.run(
          { session, name, source },
          this.watcher(job, view, above.length > 0),
        );
        story.ran(step, whole(result));
        before.delete(cell);
        if (job.left) return null;
        const verdict = judge(result, cell, story.edited || cell.source !== source);
        if (verdict.state === "mismatch" && this.kernel.shared(session)) {
          // Before the handbook is blamed: what ran earlier may have changed a setting.
          this.kernel.renew();
          return await this.#perform(job);
        }
        view?.finish(result, verdict, quiet);
        if (!whole(result)) return quiet ? result : null;
        if (signal.aborted && quiet) return { kind: "stopped" };
      }
      return null;
    } finally {
      if (!job.left) for (const view of before.values()) view.restore();
    }
  }

  /**
   * Show a job as it ended before its own cell came to run.
   *
   * @param {Job} job
   * @param {Result} result
   */
  #end(job, result) {
    const nothing = { name: job.name, source: "", printed: "", raises: null, torch_only: null, figure: false };
    job.view.finish(result, judge(result, nothing));
  }

  /**
   * What the page shows while a cell runs: on the cell itself, if it is to be seen, and on the one
   * that was asked for.
   *
   * @param {Job} job
   * @param {Shown | undefined} view
   * @param {boolean} waits other cells of this page run first
   * @returns {import("./kernel.js").Watcher}
   */
  watcher(job, view, waits = false) {
    const own = view === job.view;
    return {
      loading: (loaded, total) => {
        if (job.left) return;
        if (view && !own) view.loading(loaded, total, true);
        job.view.loading(loaded, total);
      },
      started: () => {
        if (job.left) return;
        view?.running(!own);
        if (!own && waits) job.view.waiting("waiting");
        else if (!own) job.view.running();
      },
      text: (text) => {
        if (!job.left) view?.output.write(text);
      },
      step: (step, total) => {
        if (!job.left) (view ?? (waits ? null : job.view))?.step(step, total);
      },
    };
  }

  /**
   * The views of those cells that will run for a job and have no result to show yet.
   *
   * @param {Job} job
   * @param {Cell[]} cells cells of this page
   */
  #unseen(job, cells) {
    /** @type {Map<Cell, Shown>} */
    const views = new Map();
    for (const cell of cells) {
      const found = this.page.find(`${job.file}:${cell.name}`);
      if (!found || this.view(found).finished) continue;
      views.set(cell, this.view(found));
      job.cells.push(found);
    }
    return views;
  }

  /** @param {Job} job */
  async #story({ cell, file, abort }) {
    let story = this.#stories.get(file);
    if (!story) {
      const cells = await this.page.cells(cell, abort.signal);
      story = new Story(file, cells, String(this.#visits));
      if (!abort.signal.aborted) this.#stories.set(file, story);
    }
    return story;
  }

  /** @param {HTMLElement} cell */
  view(cell) {
    let view = this.#views.get(cell);
    if (!view) this.#views.set(cell, (view = this.page.view(cell)));
    return view;
  }
}
