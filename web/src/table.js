/**
 * Tables of compiled modules: library.py makes them, and sitecustomize.py lets Python import from
 * them. They are decompressed here, while Python is still on its way; Python could do so itself,
 * but every reader would wait for it.
 */

/** Where sitecustomize.py looks for the standard library. */
export const LIBRARY = "/lib/library.bin";
const ENGINE = "/lib/engine.bin";

/**
 * @param {Response | Blob} packed
 * @returns {Promise<Uint8Array>}
 */
export async function unpack(packed) {
  const stream = packed instanceof Response ? packed.body : packed.stream();
  const unpacked = stream?.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/**
 * Let Python import the modules of the engine.
 *
 * @param {import("pyodide").PyodideAPI} python
 * @param {Uint8Array} table
 */
export function shelve(python, table) {
  python.FS.writeFile(ENGINE, table, { canOwn: true });
  python.pyimport("sitecustomize").shelve(ENGINE);
}
