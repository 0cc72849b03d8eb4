/**
 * Unpack the engine while Python is still on its way. Python could do so itself, but only after it
 * has started and has imported what that takes, and every reader would wait for it.
 */

const ENTRY = 46;
const LOCAL = 30;
const END = 22;
const STORED = 0;

/**
 * Read an archive as library.py makes them: a zip of stored files, compressed as a whole. (One
 * stream to decompress takes a tenth of the time of a hundred.)
 *
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} packed
 * @returns {Promise<[name: string, content: Uint8Array][]>}
 */
export async function unpack(packed) {
  const stream = packed.pipeThrough(new DecompressionStream("gzip"));
  const buffer = await new Response(stream).arrayBuffer();
  const view = new DataView(buffer);
  const text = new TextDecoder();
  const end = buffer.byteLength - END;
  /** @type {[string, Uint8Array][]} */
  const files = [];
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const size = view.getUint32(entry + 20, true);
    const nameSize = view.getUint16(entry + 28, true);
    const name = text.decode(new Uint8Array(buffer, entry + ENTRY, nameSize));
    if (view.getUint16(entry + 10, true) !== STORED) throw new Error(`${name} is not stored`);
    const local = view.getUint32(entry + 42, true);
    const head = view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    files.push([name, new Uint8Array(buffer, local + LOCAL + head, size)]);
    entry += ENTRY + nameSize + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true);
  }
  return files;
}
