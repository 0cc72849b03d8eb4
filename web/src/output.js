/**
 * The output of a cell. What torch printed stays until something new arrives; then the text is
 * written as it comes, and at the end it is set as the press sets recorded outputs.
 */
import { element } from "./bar.js";
import { drawn } from "./figure.js";
import { phrases } from "./phrases.js";
import { refOf } from "./records.js";
import { languageOf } from "./words.js";

/**
 * @typedef {import("./kernel.js").Outcome} Outcome
 * @typedef {import("./verdict.js").Difference} Difference
 */

export class Output {
  /** @type {Text | null} the text that streams in, once there is some */
  #stream = null;
  #waiting = "";
  #frame = 0;

  /** @param {HTMLElement} cell */
  constructor(cell) {
    this.cell = cell;
    this.said = phrases(languageOf(cell));
    let box = /** @type {HTMLElement | null} */ (cell.querySelector(".hb-out"));
    if (!box) cell.append((box = element("div", { class: "hb-out" })));
    // The checks of an exercise stay below what its code prints.
    const checks = box.querySelector(".hb-checks");
    this.bare = Boolean(checks);
    if (checks) {
      const inner = element("div", {}, ...[...box.childNodes].filter((node) => node !== checks));
      checks.before(inner);
      box = inner;
    }
    this.box = box;
    this.recorded = [...box.childNodes];
  }

  /** Show again what the page came with. */
  reset() {
    this.#reset();
    this.box.replaceChildren(...this.recorded);
  }

  /**
   * Begin anew: the next text takes the place of what is shown. As long as the cell runs its
   * output keeps at least its height, so that what follows on the page does not jump.
   */
  begin() {
    this.box.style.minHeight = `${this.box.getBoundingClientRect().height}px`;
    this.#reset();
  }

  /** Nothing more comes. */
  end() {
    this.flush();
    this.box.style.minHeight = "";
  }

  #reset() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#waiting = "";
    this.#stream = null;
  }

  /**
   * Add text; the screen follows once a frame.
   *
   * @param {string} text
   */
  write(text) {
    this.#waiting += text;
    this.#frame ||= requestAnimationFrame(() => this.flush());
  }

  /** Show what has come so far. */
  flush() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.#waiting) return;
    if (!this.#stream) {
      this.#stream = document.createTextNode("");
      this.box.replaceChildren(this.#pre(false, this.#stream));
    }
    this.#stream.appendData(this.#waiting);
    this.#waiting = "";
    const pre = this.#stream.parentElement;
    if (pre) pre.scrollTop = pre.scrollHeight;
  }

  /**
   * Set the finished output: text, figure, error.
   *
   * @param {Outcome} outcome
   * @param {boolean} expected an error is the announced one, which stands without a trace
   */
  finish({ text, figure, raised }, expected) {
    this.#reset();
    /** @type {(string | Node)[]} */
    const parts = [];
    if (text) parts.push(raised ? `${text.replace(/\n$/, "")}\n` : text.replace(/\n$/, ""));
    if (raised) {
      const head = raised.type;
      const last = raised.message ? `${head}: ${raised.message}` : head;
      const trace = expected ? last : raised.trace;
      const at = trace.lastIndexOf(last);
      parts.push(
        trace.slice(0, Math.max(at, 0)),
        element("span", { class: "hb-type" }, head),
        at < 0 ? trace : trace.slice(at + head.length),
      );
    }
    const picture = figure && drawn(figure, refOf(this.cell), this.said.drawn);
    const shown = [];
    if (parts.length || !(picture || this.bare)) {
      if (!parts.length) parts.push(element("span", { class: "hb-none" }, this.said.silent));
      const sentences = Boolean(raised) || /^\w*Warning: /m.test(text);
      shown.push(this.#pre(sentences, ...parts));
    }
    if (picture) shown.push(element("div", { class: "hb-figure__pics" }, picture));
    this.box.replaceChildren(...shown);
  }

  /** Say of a picture that has not changed what the page says of it, in the page's language. */
  tell() {
    for (const node of this.recorded) {
      const label = node instanceof Element && node.querySelector("svg")?.getAttribute("aria-label");
      if (label) this.box.querySelector("svg")?.setAttribute("aria-label", label);
    }
  }

  /**
   * Mark the first line that differs from torch's, and put torch's below it. Where an error cut the
   * output short its trace stays whole, and torch's line follows it.
   *
   * @param {Outcome} outcome
   * @param {Difference} difference
   */
  mark({ printed, raised }, { line, now, original }) {
    const pre = this.box.querySelector("pre") ?? this.box.appendChild(this.#pre(false));
    const lines = printed.replace(/\n$/, "").split("\n");
    const pair = [];
    if (now !== null) pair.push(element("ins", { "data-by": this.said.now }, now));
    if (original !== null) pair.push(element("del", { "data-by": this.said.original }, original));
    if (raised) {
      pre.append(...pair.slice(now === null ? 0 : 1));
      return;
    }
    const before = lines.slice(0, line).join("\n");
    pre.replaceChildren(before && `${before}\n`, ...pair, lines.slice(line + 1).join("\n"));
  }

  /**
   * Lead to the explanation of the error that is shown.
   *
   * @param {string} address
   */
  lead(address) {
    this.box.append(element("a", { class: "hb-help", href: address }, this.said.help));
  }

  /**
   * Add a sentence of ours below the error that is shown.
   *
   * @param {string} sentence
   */
  comment(sentence) {
    this.box.querySelector("pre")?.append("\n", element("span", { class: "hb-none" }, sentence));
  }

  /**
   * Add a sentence of ours below what was printed.
   *
   * @param {string} sentence
   */
  explain(sentence) {
    const printed = this.#stream?.data ?? "";
    this.#reset();
    const note = element("span", { class: "hb-none" }, sentence);
    this.box.replaceChildren(this.#pre(true, printed, note));
  }

  /**
   * @param {boolean} wrap
   * @param {...(string | Node)} children
   */
  #pre(wrap, ...children) {
    /** @type {Record<string, string>} */
    const attributes = {
      tabindex: "0",
      role: "group",
      "aria-label": `${this.said.output} ${refOf(this.cell)}`,
    };
    if (wrap) attributes.class = "hb-wrap";
    return element("pre", attributes, ...children);
  }
}
