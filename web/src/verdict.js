/**
 * What a finished run proves: compare what it printed with what torch printed.
 *
 * @typedef {object} Cell one cell of a snippet, as the press records it
 * @property {string} name
 * @property {string} source
 * @property {string} printed
 * @property {string | null} raises
 * @property {string | null} torch_only
 * @property {boolean} figure
 *
 * @typedef {object} Difference
 * @property {number} line the first line that differs, counted from 0
 * @property {string | null} now that line here; null where the output has ended
 * @property {string | null} original that line of torch's output; null where it has ended
 *
 * @typedef {object} Verdict
 * @property {import("./bar.js").State} state
 * @property {import("./phrases.js").Said} said
 * @property {number | null} line the line of the cell that raised, counted from 1
 * @property {Difference | null} difference
 */

/**
 * Tell whether a cell ran as far as its code goes, and was not cut short.
 *
 * @param {import("./kernel.js").Result} result
 */
export const whole = (result) => ["done", "raised", "exit"].includes(result.kind);

/**
 * Judge the result of a cell.
 *
 * Code that the reader has not touched can only print what torch printed: whatever else comes out,
 * an error included, is this handbook's mistake and is called so.
 *
 * @param {import("./kernel.js").Result} result
 * @param {Cell} cell
 * @param {boolean} edited the source that ran is not the recorded one
 * @returns {Verdict}
 */
export function judge(result, cell, edited = false) {
  /** @type {Verdict} */
  const verdict = { state: "error", said: "error", line: null, difference: null };
  switch (result.kind) {
    case "stopped":
      return { ...verdict, state: "stopped", said: "stopped" };
    case "failed":
      return { ...verdict, state: "failed", said: "failed" };
    case "crashed":
    case "recursion":
      return { ...verdict, said: result.kind };
    case "limit":
      return { ...verdict, state: "stopped", said: "limit" };
  }
  if ("printed" in result) {
    const { raised } = result;
    const printed = ended(result.printed);
    const original = ended(cell.printed);
    if (printed === original) {
      const state = raised ? "raised" : "equal";
      if (edited) return { ...verdict, state, said: "same" };
      return { ...verdict, state, said: cell.figure && !raised ? "same picture" : state };
    }
    verdict.line = raised?.line ?? null;
    if (edited && raised) return verdict;
    const said = edited ? "differs" : "mismatch";
    return { ...verdict, state: said, said, difference: differing(printed, original) };
  }
  return verdict;
}

/**
 * Judge an answer to an exercise.
 *
 * @param {import("./kernel.js").Outcome} answer
 * @param {import("./kernel.js").Outcome | null} checked null if the answer did not get so far
 * @param {{ name: string, labels: string[], check: string }} exercise
 * @returns {{ verdict: Verdict, failing: string | null | undefined,
 *   outcome: import("./kernel.js").Outcome }} `failing`: the first label that fails, null if none
 *   does, undefined if no check was reached; `outcome`: what there is to show
 */
export function judgeCheck(answer, checked, { name, labels, check }) {
  const blank = { line: null, difference: null };
  if (!checked) {
    const line = answer.raised?.line ?? null;
    return { verdict: { ...blank, state: "error", said: "error", line }, failing: undefined, outcome: answer };
  }
  const text = answer.text + checked.text;
  const { raised } = checked;
  if (!raised) {
    const outcome = { ...answer, text };
    return { verdict: { ...blank, state: "equal", said: "passed" }, failing: null, outcome };
  }
  if (raised.type === "AssertionError" && labels.includes(raised.message)) {
    const outcome = { ...answer, text };
    const verdict = /** @type {Verdict} */ ({ ...blank, state: "differs", said: "not passed" });
    return { verdict, failing: raised.message, outcome };
  }
  // Something else went wrong on the way to a check: in the answer, or with what it left undone.
  const lines = check.split("\n");
  const failing = labels.find((label) =>
    lines.some((line, place) => place + 1 >= (raised.line ?? 0) && line.includes(`"${label}"`)),
  );
  const inside = [...raised.trace.matchAll(/File "<cell ([^>]+)>", line (\d+)/g)];
  const own = inside.filter((frame) => frame[1] === name).pop();
  const line = own ? Number(own[2]) : null;
  const verdict = /** @type {Verdict} */ ({ ...blank, state: "error", line, said: own ? "error" : "broken" });
  return { verdict, failing: failing ?? labels[0], outcome: { ...answer, text, raised } };
}

/**
 * Text without the newline that ends its last line: a file of records has it, an output may not.
 *
 * @param {string} text
 */
const ended = (text) => text.replace(/\n$/, "");

/**
 * The first line in which two outputs differ.
 *
 * @param {string} now
 * @param {string} original
 * @returns {Difference | null}
 */
export function differing(now, original) {
  if (now === original) return null;
  const lines = now.split("\n");
  const recorded = original.split("\n");
  let line = 0;
  while (line < lines.length && lines[line] === recorded[line]) line += 1;
  return { line, now: lines[line] ?? null, original: recorded[line] ?? null };
}
