/** Under which name the browser keeps the reader's exercises. */
export const KEPT = "hb-exercises";

/** Whether anything is kept: then a page with exercises has something to show. */
export function anyKept() {
  try {
    return localStorage.getItem(KEPT) !== null;
  } catch {
    return false; // storage may be forbidden
  }
}
