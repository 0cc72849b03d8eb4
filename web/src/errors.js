/**
 * Which errors the handbook explains, and where: `assets/errors.json`, if this build has it.
 *
 * @typedef {{ type: string, pattern: string, anchor: string }} Explained
 */

/** @type {Promise<Explained[]> | undefined} */
let known;

async function read() {
  const response = await fetch(new URL("../errors.json", import.meta.url));
  return response.ok ? response.json() : [];
}

/**
 * The address of the explanation of an error, in the page's language.
 *
 * @param {{ type: string, message: string }} raised
 * @param {import("./words.js").Language} language
 * @returns {Promise<string | null>}
 */
export async function explanation({ type, message }, language) {
  known ??= read().catch(() => []);
  const found = (await known).find(
    (each) => each.type === type && new RegExp(each.pattern).test(message),
  );
  if (!found) return null;
  const below = language === "zh" ? "" : "en/";
  return new URL(`../../${below}reference/errors/#${found.anchor}`, import.meta.url).href;
}
