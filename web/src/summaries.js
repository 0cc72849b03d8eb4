/**
 * What functions do, in Chinese: `assets/summaries.json`, if this build has it.
 */

/** @type {Promise<Record<string, string>> | undefined} */
let known;

async function read() {
  const response = await fetch(new URL("../summaries.json", import.meta.url));
  return response.ok ? response.json() : {};
}

/**
 * The first paragraph of a docstring in the page's language, or as it is where nobody has
 * translated it.
 *
 * @param {string} summary
 * @param {import("./words.js").Language} language
 */
export async function translated(summary, language) {
  if (language !== "zh") return summary;
  known ??= read().catch(() => ({}));
  return (await known)[summary] ?? summary;
}
