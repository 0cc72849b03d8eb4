/**
 * The code of one cell while the reader may change it: the editor in the place of the listing.
 *
 * Where the editor cannot be had, a plain text field takes its place.
 */
import { element } from "./bar.js";
import { phrases } from "./phrases.js";
import { languageOf } from "./words.js";

/**
 * @typedef {object} Editor
 * @property {HTMLElement} element
 * @property {string} text
 * @property {(place?: { x: number, y: number } | number) => void} focus
 * @property {(line: number | null) => void} mark
 * @property {() => void} remove
 *
 * @typedef {Omit<import("./editor.js").Settings, "text" | "label" | "phrases" | "original">} Actions
 */

/** @type {Promise<typeof import("./editor.js")> | undefined} */
let module;
let tries = 0;

/** Load CodeMirror, once. */
export function load() {
  module ??= import(new URL(EDITOR + (tries ? `&${tries}` : ""), import.meta.url).href);
  module.catch(() => {
    module = undefined;
    tries += 1;
  });
  return /** @type {Promise<typeof import("./editor.js")>} */ (module);
}

/** CodeMirror's own words, by those that it has in English. */
const CHINESE = { Completions: "补全", "Selection deleted": "已删除所选", "Control character": "控制字符" };

export class Editing {
  /** @type {Editor | null} */
  #editor = null;

  /**
   * @param {HTMLElement} cell
   * @param {string} original
   * @param {Actions} actions
   * @param {HTMLElement} [place] where an editor stands that takes the place of no listing
   */
  constructor(cell, original, actions, place) {
    this.place = place;
    this.cell = cell;
    this.original = original;
    this.actions = actions;
    this.said = phrases(languageOf(cell));
    this.listing = place ? null : cell.querySelector("pre");
  }

  /** The code as it stands on the page. */
  get text() {
    return this.#editor?.text ?? this.original;
  }

  get edited() {
    return this.text !== this.original;
  }

  /**
   * Put the editor in the place of the listing, and the caret into it.
   *
   * @param {object} [how]
   * @param {{ x: number, y: number }} [how.place] where the reader pointed, on the screen
   * @param {string} [how.text] what to begin with; by default, what the listing shows
   * @param {boolean} [how.focus]
   * @param {boolean} [how.plain] begin with a text field: the editor comes when the reader does
   */
  async open({ place, text = this.original, focus = true, plain: simple = false } = {}) {
    if (!this.#editor) {
      const editor = simple ? null : await load().catch(() => null);
      const other = /** @type {Editor | null} */ (this.#editor); // of a second press meanwhile
      if (other) return other.focus(place);
      const chinese = languageOf(this.cell) === "zh";
      const settings = {
        ...this.actions,
        label: this.said.editor,
        original: this.place ? null : this.original,
        text,
        phrases: chinese ? CHINESE : {},
        changed: () => this.#changed(),
      };
      this.#editor = (editor?.create ?? plain)(settings);
      if (simple) this.#improve(settings);
      if (this.listing) this.listing.hidden = true;
      if (this.place) this.place.replaceChildren(this.#editor.element);
      else this.cell.querySelector(".hb-bar")?.before(this.#editor.element);
      this.#label();
    }
    if (focus) /** @type {Editor} */ (this.#editor).focus(place);
  }

  /**
   * Put the editor in the place of the text field at the first sign of the reader.
   *
   * @param {import("./editor.js").Settings} settings
   */
  #improve(settings) {
    const field = this.#editor;
    const signs = ["pointermove", "pointerdown", "keydown", "focusin"];
    const improve = async () => {
      for (const sign of signs) window.removeEventListener(sign, improve);
      const editor = await load().catch(() => null);
      if (!editor || !field || this.#editor !== field) return;
      const element = /** @type {HTMLTextAreaElement} */ (field.element);
      const focused = document.activeElement === element;
      this.#editor = editor.create({ ...settings, text: field.text });
      element.replaceWith(this.#editor.element);
      if (focused) this.#editor.focus(element.selectionStart);
    };
    for (const sign of signs) window.addEventListener(sign, improve, { passive: true });
  }

  /** Show the listing again, as it was. */
  close() {
    const inside = this.#editor?.element.contains(document.activeElement);
    this.#editor?.remove();
    this.#editor?.element.remove();
    this.#editor = null;
    if (this.listing) this.listing.hidden = false;
    this.#label();
    if (inside) this.cell.querySelector("button")?.focus();
  }

  /**
   * Put other code in; it can be undone like any other change.
   *
   * @param {string} text
   */
  replace(text) {
    if (this.#editor) this.#editor.text = text;
  }

  /**
   * Mark the line at which the code went wrong.
   *
   * @param {number | null} line counted from 1
   */
  mark(line) {
    this.#editor?.mark(line);
  }

  #changed() {
    this.#label();
    this.actions.changed();
  }

  /** Say that the code is the reader's, and offer the way back. */
  #label() {
    const name = this.cell.querySelector(".hb-name");
    const { edited, said } = this;
    name?.querySelector("b")?.remove();
    if (edited) name?.append(element("b", {}, said.edited));
    const button = this.cell.querySelector(".hb-edit");
    if (!button) return;
    button.querySelector("path")?.setAttribute("d", edited ? RESET : EDIT);
    const word = button.lastChild;
    if (word) word.textContent = edited ? said.reset : said.edit;
  }
}

const EDIT = "M11.2 1.2 14.8 4.8 5.2 14.4 1 15l.6-4.2z";
const RESET = "M8 2a6 6 0 1 1-5.7 4.2l1.9.6A4 4 0 1 0 8 4v2.5L3.6 3.2 8 0z";

/**
 * A text field with the same keys as the editor.
 *
 * @param {import("./editor.js").Settings} settings
 * @returns {Editor}
 */
function plain({ label, text, changed, run, leave }) {
  const field = /** @type {HTMLTextAreaElement} */ (
    element("textarea", { class: "hb-editor", "aria-label": label, spellcheck: "false" })
  );
  field.value = text;
  field.rows = Math.max(text.split("\n").length + 1, 3);
  field.addEventListener("input", changed);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    else if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    else run();
    event.preventDefault();
  });
  return {
    element: field,
    get text() {
      return field.value;
    },
    set text(value) {
      field.value = value;
      changed();
    },
    focus: () => field.focus(),
    mark: () => {},
    remove: () => {},
  };
}
