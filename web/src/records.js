/**
 * What the press has written beside the pages: cells with what torch printed, exercises with
 * their checks.
 *
 * @typedef {import("./verdict.js").Cell} Cell
 *
 * @typedef {object} Exercise
 * @property {string} name
 * @property {string[]} labels those of the check, in order
 * @property {string} start
 * @property {string} check
 */

/**
 * The name of a cell, `shapes/cat.py:rows`, or of the exercise that it belongs to.
 *
 * @param {HTMLElement} cell
 */
export const refOf = (cell) =>
  cell.dataset.cell ??
  /** @type {HTMLElement | null} */ (cell.closest("[data-exercise]"))?.dataset.exercise ??
  "";

/** @type {Map<string, Promise<any>>} by address */
const records = new Map();

/**
 * The record of the snippet file that a cell is from.
 *
 * @param {HTMLElement} cell
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ cells: Cell[], exercises: Exercise[] }>}
 */
export function recordOf(cell, signal) {
  const file = refOf(cell).replace(/\.py:.*/, ".json");
  return fetched(`${file}?${cell.dataset.digest}`, signal);
}

/**
 * The record of a snippet file.
 *
 * @param {string} file its address, from where records lie
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ cells: Cell[], exercises: Exercise[] }>}
 */
export function fetched(file, signal) {
  const address = new URL(`../cells/${file}`, import.meta.url).href;
  let record = records.get(address);
  if (!record) {
    records.set(address, (record = read(address, signal)));
    record.catch(() => records.delete(address));
  }
  return record;
}

/**
 * The exercise that a cell belongs to.
 *
 * @param {HTMLElement} cell
 * @param {AbortSignal} [signal]
 */
export async function exerciseOf(cell, signal) {
  const { exercises } = await recordOf(cell, signal);
  const name = refOf(cell).split(":")[1];
  const found = exercises.find((exercise) => exercise.name === name);
  if (!found) throw new Error(`there is no exercise ${refOf(cell)}`);
  return found;
}

/**
 * The code of a cell as the page came with it, without the marks of annotations.
 *
 * @param {HTMLElement} cell
 */
export async function originalOf(cell) {
  if (cell.dataset.cell === undefined) return (await exerciseOf(cell)).start;
  const { cells } = await recordOf(cell);
  const name = refOf(cell).split(":")[1];
  const found = cells.find((recorded) => recorded.name === name);
  if (!found) throw new Error(`there is no cell ${refOf(cell)}`);
  return found.source;
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
