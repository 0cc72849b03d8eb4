import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { shelve, unpack } from "../src/table.js";

test("a table comes out as it went in, from a file and from an answer", async () => {
  const table = Buffer.from("维度 ".repeat(100_000));
  const packed = gzipSync(table);
  assert.deepEqual(Buffer.from(await unpack(new Blob([packed]))), table);
  assert.deepEqual(Buffer.from(await unpack(new Response(packed))), table);
});

test("a table that is cut off is refused", async () => {
  const packed = gzipSync(Buffer.from("x".repeat(1000)));
  await assert.rejects(unpack(new Blob([packed.subarray(0, packed.length - 4)])));
});

test("the engine lies where Python is told to read it", () => {
  const told = [];
  const files = new Map();
  const python = {
    FS: { writeFile: (path, content) => files.set(path, content) },
    pyimport: (name) => ({ shelve: (path) => told.push([name, files.get(path)]) }),
  };
  const table = new Uint8Array([1, 2, 3]);
  shelve(python, table);
  assert.deepEqual(told, [["sitecustomize", table]]);
});
