import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { unpack } from "../src/archive.js";

/** An archive as library.py makes it: a zip of stored files, compressed as a whole. */
function archive(files) {
  const parts = [];
  const entries = [];
  let at = 0;
  const add = (part) => {
    parts.push(part);
    at += part.length;
  };
  for (const [name, text, method = 0] of files) {
    const content = Buffer.from(text);
    const entry = Buffer.alloc(46);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt16LE(1, 30);
    entry.writeUInt16LE(3, 32);
    entry.writeUInt32LE(at, 42);
    entries.push(Buffer.concat([entry, Buffer.from(name), Buffer.alloc(4)]));
    const local = Buffer.alloc(30);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    local.writeUInt16LE(2, 28);
    add(Buffer.concat([local, Buffer.from(name), Buffer.alloc(2), content]));
  }
  const start = at;
  entries.forEach(add);
  const end = Buffer.alloc(22);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(start, 16);
  add(end);
  return new Blob([gzipSync(Buffer.concat(parts))]).stream();
}

test("files come out as they went in: large, empty, and with other letters", async () => {
  const files = [
    ["a/b.pyc", "x".repeat(100_000)],
    ["empty.pyc", ""],
    ["书.txt", "维度"],
  ];
  const unpacked = await unpack(archive(files));
  const text = unpacked.map(([name, content]) => [name, Buffer.from(content).toString()]);
  assert.deepEqual(text, files);
});

test("an archive of no files is no mistake", async () => {
  assert.deepEqual(await unpack(archive([])), []);
});

test("what was packed otherwise is refused", async () => {
  await assert.rejects(unpack(archive([["a.pyc", "deflated", 8]])), /a\.pyc is not stored/);
});

test("an archive that is cut off is refused", async () => {
  const whole = await new Response(archive([["a.pyc", "x".repeat(1000)]])).arrayBuffer();
  await assert.rejects(unpack(new Blob([whole.slice(0, 60)]).stream()));
});
