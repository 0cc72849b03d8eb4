/**
 * Which exercises the reader has passed, and the answers begun: kept in this browser, sent nowhere.
 *
 * @typedef {{ passed: boolean, text: string | null }} Kept
 */
import { KEPT } from "./kept.js";

/** @returns {Record<string, Kept>} by the name of the exercise */
function all() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {}; // storage is forbidden, or not ours
  }
}

/** @param {Record<string, Kept>} kept */
function write(kept) {
  try {
    if (Object.keys(kept).length) localStorage.setItem(KEPT, JSON.stringify(kept));
    else localStorage.removeItem(KEPT);
  } catch {
    // Then nothing is kept.
  }
}

/**
 * What is kept of an exercise.
 *
 * @param {string} ref
 * @returns {Kept | null}
 */
export const keptOf = (ref) => all()[ref] ?? null;

/** Of how many exercises something is kept. */
export const count = () => Object.keys(all()).length;

/**
 * Keep something of an exercise, beside what is kept already.
 *
 * @param {string} ref
 * @param {Partial<Kept>} news
 */
export function keep(ref, news) {
  const kept = all();
  kept[ref] = { ...(kept[ref] ?? { passed: false, text: null }), ...news };
  if (!kept[ref].passed && kept[ref].text === null) delete kept[ref];
  write(kept);
}

/**
 * Erase what is kept of an exercise, or of all.
 *
 * @param {string} [ref]
 */
export function erase(ref) {
  if (ref === undefined) return write({});
  const kept = all();
  delete kept[ref];
  write(kept);
}
