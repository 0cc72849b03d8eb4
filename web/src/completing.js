/**
 * What the editor offers at the caret: names that Python knows, each with its signature and what
 * it does, from the engine's own docstrings.
 */
import { element } from "./bar.js";
import { translated } from "./summaries.js";

/**
 * @typedef {import("./inspector.js").Ask} Ask
 * @typedef {import("@codemirror/autocomplete").CompletionContext} Context
 */

/**
 * @param {Context} context
 * @param {Ask} ask asks Python, with the variables of the cell
 * @param {string} above the code of the cells above, which may not have run yet
 * @param {import("./words.js").Language} language
 * @returns {Promise<import("@codemirror/autocomplete").CompletionResult | null>}
 */
export async function complete(context, ask, above, language) {
  const before = above + context.state.sliceDoc(0, context.pos);
  // Nobody wants to be told what may follow a blank; whoever asks by the keyboard does.
  if (!context.explicit && !/(\w{2}|\.\w*)$/.test(before)) return null;
  /** @type {{ length: number, options: { label: string, type: string }[] } | null} */
  const found = await ask("completing.complete", { before });
  if (!found?.options.length) return null;
  const from = context.pos - found.length;
  const until = before.slice(0, before.length - found.length);
  return {
    from,
    validFor: /^\w*$/,
    options: found.options.map((option, place) => ({
      ...option,
      boost: -Math.min(place, 99),
      info: () => told(ask("completing.describe", { before: until, label: option.label }), language),
    })),
  };
}

/**
 * @param {Promise<{ signature: string, summary: string } | null>} answer
 * @param {import("./words.js").Language} language
 */
async function told(answer, language) {
  const found = await answer;
  if (!found) return null;
  const summary = await translated(found.summary, language);
  return element("div", {}, element("code", {}, found.signature), summary.replaceAll("`", ""));
}
