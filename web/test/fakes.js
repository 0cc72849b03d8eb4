/** A worker, and a page, that do what a test tells them. */

import { whole } from "../src/verdict.js";

export class FakeWorker {
  /** @type {FakeWorker[]} every worker that was started, the newest last */
  static all = [];
  static get newest() {
    return FakeWorker.all[FakeWorker.all.length - 1];
  }

  constructor() {
    this.sent = [];
    this.ended = false;
    FakeWorker.all.push(this);
  }

  postMessage(message) {
    this.sent.push(message);
  }

  terminate() {
    this.ended = true;
  }

  /** Say something to the page. */
  say(type, rest = {}) {
    this.onmessage({ data: { type, ...rest } });
  }

  get ran() {
    return this.sent.filter((message) => message.type === "run");
  }

  /** Answer the last request. */
  answer(outcome) {
    const { id } = this.ran[this.ran.length - 1];
    this.say("done", { id, outcome: done(outcome) });
  }
}

/** An outcome as press/cell.py has it. */
export const done = (outcome = {}) => ({
  kind: "done",
  text: outcome.printed ?? "",
  printed: "",
  figure: null,
  alt: "",
  raised: null,
  seconds: 0.01,
  ...outcome,
});

/** Let every promise that can settle do so. */
export const settle = () => new Promise((resolve) => setTimeout(resolve));

/** A cell on a page: it knows its name, and what is shown on it is written down. */
export class FakeCell {
  isConnected = true;

  constructor(name, place) {
    this.dataset = { cell: name };
    this.place = place;
    this.log = [];
  }

  compareDocumentPosition(other) {
    return other.place > this.place ? 4 : 2;
  }

  /** The last thing shown. */
  get state() {
    return this.log[this.log.length - 1];
  }

  view() {
    const { log } = this;
    return {
      finished: false,
      output: { write: (text) => log.push(`text ${text}`) },
      waiting: (why, detail) => log.push(detail ? `${why} ${detail}` : why),
      loading: (loaded) => log.push(loaded ? `loading ${loaded}` : "loading"),
      running: () => log.push("running"),
      step: (step, total) => log.push(`step ${step}/${total}`),
      restore: () => log.push("restored"),
      finish(result, verdict) {
        this.finished = whole(result);
        log.push(verdict.said);
      },
    };
  }
}
