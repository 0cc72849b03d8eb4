import assert from "node:assert/strict";
import { test } from "node:test";
import { packed, unpacked } from "../src/share.js";

test("code comes out of a link as it went in", async () => {
  for (const code of ["", "print('汉字 ✓')\n", "x = 1\n".repeat(5000)]) {
    assert.equal(await unpacked(await packed(code)), code);
  }
});

test("a link is short, and needs no escapes", async () => {
  const link = await packed("x = torch.ones(2, 3)\n".repeat(200));
  assert.ok(link.length < 120);
  assert.match(link, /^#code=[\w-]+$/);
});

test("another fragment is no code", async () => {
  assert.equal(await unpacked("#offline"), null);
  assert.equal(await unpacked(""), null);
});

test("a link that was cut short, or is not ours, cannot be read", async () => {
  const link = await packed("print(1)\n".repeat(50));
  for (const broken of [link.slice(0, -5), "#code=%%%", "#code=AAAA"]) {
    await assert.rejects(unpacked(broken));
  }
});

test("a link does not unfold without end", async () => {
  await assert.rejects(unpacked(await packed(" ".repeat(70_000))), /more code/);
});
