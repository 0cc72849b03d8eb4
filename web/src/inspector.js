/**
 * The inspector of a cell: the tensors that its code left behind, the storage and the graph of
 * the one that is chosen, and the engine's source of what the code called.
 */
import { element } from "./bar.js";
import { drawn } from "./figure.js";
import { load } from "./editing.js";
import { phrases, shared } from "./phrases.js";
import { refOf } from "./records.js";
import { excerpt } from "./source.js";
import { languageOf } from "./words.js";

/**
 * @typedef {object} Row what press/inspecting.py tells of a tensor
 * @property {string} name
 * @property {string} shape
 * @property {string} stride
 * @property {number} offset
 * @property {string} dtype
 * @property {boolean} requires_grad
 * @property {string | undefined} grad_fn
 * @property {number} storage
 * @property {number} bytes
 * @property {number} elements
 *
 * @typedef {{ name: string, file: string, line: number }} Called
 * @typedef {(what: string, args?: Record<string, unknown>) => Promise<any>} Ask
 */

const COLUMNS = /** @type {const} */ (["shape", "stride", "offset", "dtype", "requires_grad", "grad_fn"]);

/** @param {number} storage */
const letter = (storage) => (storage < 26 ? String.fromCharCode(65 + storage) : `${storage + 1}`);

/** @param {number} storage */
const chip = (storage) =>
  element("span", { class: "hb-chip", "data-storage": letter(storage) }, letter(storage));

export class Inspector {
  /** @type {Row[]} */
  #rows = [];
  #chosen = "";

  /**
   * @param {HTMLElement} cell
   * @param {Ask} ask asks Python about the variables of the cell
   */
  constructor(cell, ask) {
    this.cell = cell;
    this.ask = ask;
    this.language = languageOf(cell);
    this.said = phrases(this.language);
    const close = element("button", { type: "button", class: "hb-button" }, this.said.close);
    close.addEventListener("click", () => {
      this.remove();
      /** @type {HTMLElement | null} */ (cell.querySelector(".hb-tensors-of"))?.focus();
    });
    this.count = element("p", {});
    this.body = element("div", {});
    this.pictures = element("div", { class: "hb-panel__two" });
    this.sources = element("div", { class: "hb-panel__sources" });
    this.panel = element(
      "section",
      { class: cell.matches(".hb-wide") ? "hb-panel hb-wide" : "hb-panel", "aria-label": `${this.said.tensors} ${refOf(cell)}` },
      element("header", {}, element("b", {}, this.said.tensors), this.count, close),
      this.body,
      this.pictures,
      this.sources,
    );
  }

  /** Whether it is on the page. */
  get open() {
    return this.panel.isConnected;
  }

  remove() {
    this.panel.remove();
  }

  /**
   * Show what there is now.
   *
   * @param {string} source the code that ran last
   */
  async show(source) {
    /** @type {{ rows: Row[], more: number } | null} */
    const found = await this.ask("inspecting.tensors");
    if (!found) return;
    this.#rows = found.rows;
    const storages = new Set(this.#rows.map(({ storage }) => storage));
    this.count.textContent = shared(this.#rows.length, storages.size, found.more, this.language);
    this.body.replaceChildren(this.#table());
    this.cell.after(this.panel);
    const named = (/** @type {string} */ name) => this.#rows.some((row) => row.name === name);
    if (!named(this.#chosen)) this.#chosen = this.#worthwhile()?.name ?? "";
    await this.#choose(this.#chosen);
    this.#list((await this.ask("inspecting.called", { source })) ?? []);
  }

  /** The tensor that has most to show: one with a history, else one that shares its storage. */
  #worthwhile() {
    const rows = [...this.#rows].reverse();
    const shares = (/** @type {Row} */ row) =>
      rows.some((other) => other !== row && other.storage === row.storage);
    return rows.find(({ grad_fn }) => grad_fn) ?? rows.find(shares) ?? rows[0];
  }

  #table() {
    const { said } = this;
    const heads = [said.name, ...COLUMNS, said.storage];
    const table = element(
      "table",
      { class: "hb-tensors" },
      element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, ...this.#rows.map((row) => this.#line(row))),
    );
    const scroll = { class: "hb-scroll", tabindex: "0", role: "group", "aria-label": said.tensors };
    return element("div", scroll, table);
  }

  /** @param {Row} row */
  #line(row) {
    const choose = element("button", { type: "button", "data-name": row.name }, row.name);
    choose.addEventListener("click", () => this.#choose(row.name));
    const values = COLUMNS.map((column) => {
      const value = row[column];
      if (value == null) return element("td", { class: "hb-none" }, this.said.none);
      if (typeof value === "boolean") return element("td", {}, value ? "True" : "False");
      return element("td", {}, String(value));
    });
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, choose),
      ...values,
      element("td", {}, chip(row.storage)),
    );
  }

  /**
   * Show storage and graph of a tensor.
   *
   * @param {string} name
   */
  async #choose(name) {
    this.#chosen = name;
    for (const button of this.body.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.name === name));
    }
    const row = this.#rows.find((known) => known.name === name);
    if (!row) return this.pictures.replaceChildren();
    const storage = await this.ask("inspecting.storage", { name });
    const graph = row.grad_fn ? await this.ask("inspecting.graph", { name }) : null;
    if (this.#chosen !== name) return; // another was chosen meanwhile
    const owners = this.#rows.filter((other) => other.storage === row.storage);
    const { said } = this;
    this.pictures.replaceChildren(
      this.#figure(
        [chip(row.storage), said.reads(row.elements, row.bytes, owners.map((owner) => owner.name))],
        storage,
        "storage",
      ),
      this.#figure([said.graph(name)], row.grad_fn ? graph : { problem: said.ungraphed(name) }, "graph"),
    );
  }

  /**
   * @param {(string | Node)[]} caption
   * @param {{ svg?: string, problem?: string } | null} picture
   * @param {string} kind
   */
  #figure(caption, picture, kind) {
    const image = picture?.svg ? drawn(picture.svg, `${refOf(this.cell)}-${kind}`, this.said.drawn) : null;
    const frame = { class: "hb-scroll", tabindex: "0", role: "group", "aria-label": this.said[kind === "graph" ? "graphed" : "storage"] };
    const shown = image
      ? element("div", frame, image)
      : element("p", { class: "hb-none" }, picture?.problem ?? "");
    return element("figure", {}, element("figcaption", {}, ...caption), shown);
  }

  /** @param {Called[]} called */
  #list(called) {
    const folded = called.map(({ name, file, line }) => {
      const summary = element("summary", {}, element("code", {}, name), " ", element("span", {}, `${file}:${line}`));
      const more = element("details", { class: "hb-more" }, summary);
      more.addEventListener("toggle", () => this.#unfold(more, file, line), { once: true });
      return more;
    });
    const title = element("p", {}, element("b", {}, this.said.sources));
    this.sources.replaceChildren(...(folded.length ? [title, ...folded] : []));
  }

  /**
   * @param {HTMLElement} more
   * @param {string} file
   * @param {number} line
   */
  async #unfold(more, file, line) {
    const label = `${this.said.source} ${file}:${line}`;
    const pre = element("pre", { tabindex: "0", role: "group", "aria-label": label });
    more.append(pre);
    const address = new URL(`source/${file}?${SOURCE}`, import.meta.url);
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      const text = excerpt(await response.text(), line);
      pre.append(element("code", {}, text));
      const { coloured } = await load();
      pre.replaceChildren(coloured(text));
    } catch (reason) {
      console.error(reason);
      if (!pre.hasChildNodes()) pre.append(this.said.failed);
    }
  }
}
