/**
 * The cells of one snippet file, and what has run of them in this visit to the page.
 *
 * An output can only be compared with torch's if the cells above it have run, in order, once.
 * Any other history (a cell run twice, a stop half-way, a change to what has run) is therefore
 * left behind: the story starts again in an empty namespace.
 *
 * @typedef {import("./verdict.js").Cell} Cell
 * @typedef {{ cell: Cell, source: string }} Step a cell, and the code that runs for it
 */
export class Story {
  /** @type {Step[]} what has run, in order, in the present namespace */
  #history = [];
  #namespaces = 0;

  /**
   * @param {string} file
   * @param {Cell[]} cells
   * @param {string} visit names the page and the visit, for nothing is shared between them
   */
  constructor(file, cells, visit) {
    this.file = file;
    this.cells = cells;
    this.visit = visit;
  }

  /** The name of the present namespace. */
  get session() {
    return `${this.visit} ${this.file} ${this.#namespaces}`;
  }

  /** Whether anything of what has run was the reader's own. */
  get edited() {
    return this.#history.some(({ cell, source }) => cell.source !== source);
  }

  /**
   * Which cells must run so that a cell finds what torch found: those above it that have not run,
   * then the cell. Starts a new namespace where the present one will not do.
   *
   * @param {string} name
   * @param {(cell: Cell) => string} source the code of a cell as it stands on the page
   * @returns {{ steps: Step[], left: string | null }} `left`: the namespace left behind, if any
   */
  plan(name, source = (cell) => cell.source) {
    const last = this.cells.findIndex((cell) => cell.name === name);
    if (last < 0) throw new Error(`${this.file} has no cell ${name}`);
    const wanted = this.cells
      .slice(0, last + 1)
      .filter((cell) => !cell.torch_only)
      .map((cell) => ({ cell, source: source(cell) }));
    const done = this.#history.length;
    if (done < wanted.length && this.#history.every((step, place) => same(step, wanted[place]))) {
      return { steps: wanted.slice(done), left: null };
    }
    const left = this.session;
    this.lose();
    return { steps: wanted, left };
  }

  /**
   * @param {Step} step
   * @param {boolean} whole it ran to its end, or to the error that it raised
   */
  ran(step, whole) {
    if (whole) this.#history.push(step);
    else this.lose();
  }

  /** The variables are gone, or no longer what the cells would have made them. */
  lose() {
    this.#history = [];
    this.#namespaces += 1;
  }
}

/**
 * @param {Step} one
 * @param {Step} other
 */
const same = (one, other) => one.cell === other.cell && one.source === other.source;
