/**
 * Code in the fragment of an address, which never leaves the reader's browser: compressed, then in
 * the letters that addresses may hold.
 */

/** Longer code does not come from a link of ours. */
const LIMIT = 64_000;
const KEY = "#code=";

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 */
const through = (bytes, stream) => new Blob([bytes]).stream().pipeThrough(stream);

/**
 * The fragment that holds some code.
 *
 * @param {string} code
 */
export async function packed(code) {
  const stream = through(new TextEncoder().encode(code), new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return KEY + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * The code in a fragment; null if it is no such fragment.
 *
 * @param {string} fragment
 * @throws {Error} if it is one that cannot be read
 */
export async function unpacked(fragment) {
  if (!fragment.startsWith(KEY)) return null;
  const text = atob(fragment.slice(KEY.length).replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const reader = through(bytes, new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let code = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    code += decoder.decode(part.value, { stream: true });
    if (code.length > LIMIT) {
      await reader.cancel();
      throw new Error("more code than a link holds");
    }
  }
  return code + decoder.decode();
}
