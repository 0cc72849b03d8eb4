import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { anyKept } from "../src/kept.js";
import { count, erase, keep, keptOf } from "../src/progress.js";

/** As much of a browser's storage as is asked of it. */
class Storage {
  #items = new Map();
  getItem = (name) => this.#items.get(name) ?? null;
  setItem = (name, text) => this.#items.set(name, text);
  removeItem = (name) => this.#items.delete(name);
}

beforeEach(() => {
  globalThis.localStorage = new Storage();
});

test("what is passed and what is written are kept together", () => {
  keep("a", { text: "x = 1" });
  keep("a", { passed: true });
  assert.deepEqual(keptOf("a"), { passed: true, text: "x = 1" });
  assert.equal(keptOf("b"), null);
});

test("an answer taken back before it passed leaves nothing behind", () => {
  keep("a", { text: "x = 1" });
  keep("a", { text: null });
  assert.equal(anyKept(), false);
});

test("one is erased, or all", () => {
  for (const ref of ["a", "b", "c"]) keep(ref, { passed: true });
  erase("b");
  assert.deepEqual([count(), keptOf("b")], [2, null]);
  erase();
  assert.deepEqual([count(), anyKept()], [0, false]);
});

test("where storage is forbidden nothing is kept, and nothing breaks", () => {
  globalThis.localStorage = {
    getItem() {
      throw new Error("forbidden");
    },
    setItem() {
      throw new Error("forbidden");
    },
  };
  keep("a", { passed: true });
  assert.deepEqual([keptOf("a"), anyKept()], [null, false]);
});

test("what is not ours is passed over", () => {
  localStorage.setItem("hb-exercises", "{");
  assert.equal(keptOf("a"), null);
});
