import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOnLine, megabytes, phrases, seconds, stepOf } from "../src/phrases.js";
import { words } from "../src/words.js";

test("both languages have the same words", () => {
  assert.deepEqual(Object.keys(words("zh")), Object.keys(words("en")));
  assert.deepEqual(Object.keys(phrases("zh")), Object.keys(phrases("en")));
});

test("Chinese words are Chinese, English ones are not", () => {
  const told = (language) =>
    Object.values(phrases(language)).flatMap((word) => {
      if (typeof word === "function") return word("a", 1, ["b"]);
      return typeof word === "string" ? word : Object.values(word);
    });
  for (const word of told("zh")) assert.match(word, /\p{Script=Han}/u);
  for (const word of told("en")) assert.doesNotMatch(word, /\p{Script=Han}/u);
});

test("times are as fine as a reader cares", () => {
  assert.equal(seconds(0.0301, "zh"), "0.03 秒");
  assert.equal(seconds(0.001, "en"), "< 0.01 s");
  assert.equal(seconds(12.34, "en"), "12.3 s");
  assert.equal(seconds(0.44, "en", 1), "0.4 s");
});

test("steps are counted as the language counts them", () => {
  assert.equal(stepOf(42, 100, "zh"), "第 42 / 100 步");
  assert.equal(stepOf(42, 100, "en"), "step 42 of 100");
});

test("a download is counted in megabytes", () => {
  assert.equal(megabytes(2_100_000, 14_000_000), "2.1 / 14.0 MB");
});

test("an error names its line", () => {
  assert.equal(errorOnLine(2, "zh"), "第 2 行出错");
  assert.equal(errorOnLine(2, "en"), "Error on line 2");
});
