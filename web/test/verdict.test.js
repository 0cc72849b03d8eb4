import assert from "node:assert/strict";
import { test } from "node:test";
import { differing, judge, judgeCheck } from "../src/verdict.js";
import { done } from "./fakes.js";

const cell = { name: "a", source: "a", printed: "1\n2\n", raises: null, torch_only: null, figure: false };
const zero = { type: "ZeroDivisionError", message: "division by zero", line: 3, trace: "", origin: "" };

test("an output that is torch's is equal, whether or not a newline ends it", () => {
  assert.equal(judge(done({ printed: "1\n2\n" }), cell).state, "equal");
  assert.equal(judge(done({ printed: "1\n2" }), cell).state, "equal");
});

test("blank lines and trailing blanks count", () => {
  assert.equal(judge(done({ printed: "1\n2\n\n" }), cell).state, "mismatch");
  assert.equal(judge(done({ printed: "1 \n2\n" }), cell).state, "mismatch");
});

test("the announced error, word for word, is proof too", () => {
  const announced = { ...cell, printed: "ZeroDivisionError: division by zero", raises: "ZeroDivisionError" };
  const outcome = done({ kind: "raised", printed: "ZeroDivisionError: division by zero\n", raised: zero });
  assert.deepEqual(judge(outcome, announced), {
    state: "raised",
    said: "raised",
    line: null,
    difference: null,
  });
});

test("another output of untouched code is the handbook's mistake, and its line is named", () => {
  const verdict = judge(done({ printed: "1\n3\n" }), cell);
  assert.equal(verdict.state, "mismatch");
  assert.deepEqual(verdict.difference, { line: 1, now: "3", original: "2" });
});

test("an error of untouched code is the handbook's mistake, at the line that raised", () => {
  const outcome = done({ kind: "raised", printed: "1\nZeroDivisionError: division by zero\n", raised: zero });
  const verdict = judge(outcome, cell);
  assert.equal(verdict.state, "mismatch");
  assert.equal(verdict.line, 3);
  assert.equal(verdict.difference?.original, "2");
});

test("edited code may differ and may fail: that is the reader's", () => {
  assert.equal(judge(done({ printed: "5\n" }), cell, true).state, "differs");
  const verdict = judge(done({ kind: "raised", printed: "", raised: zero }), cell, true);
  assert.equal(verdict.state, "error");
  assert.equal(verdict.line, 3);
});

test("what ended without an answer says how it ended", () => {
  const said = (result) => [judge(result, cell).state, judge(result, cell).said];
  assert.deepEqual(said({ kind: "stopped" }), ["stopped", "stopped"]);
  assert.deepEqual(said({ kind: "failed", message: "" }), ["failed", "failed"]);
  assert.deepEqual(said({ kind: "crashed", message: "" }), ["error", "crashed"]);
  assert.deepEqual(said({ kind: "recursion", message: "" }), ["error", "recursion"]);
  assert.deepEqual(said(done({ kind: "limit", printed: "1\n2\n" })), ["stopped", "limit"]);
});

test("the first line that differs is found, also past the end of either output", () => {
  assert.equal(differing("a\nb", "a\nb"), null);
  assert.deepEqual(differing("x\nb", "a\nb"), { line: 0, now: "x", original: "a" });
  assert.deepEqual(differing("a", "a\nb"), { line: 1, now: null, original: "b" });
  assert.deepEqual(differing("a\nb", "a"), { line: 1, now: "b", original: null });
});

const exercise = {
  name: "join",
  labels: ["shape", "order"],
  check: 'y = join(A)\nassert y.shape == (2, 3), "shape"\nassert y[0] == 1, "order"',
};
const raising = (type, message, line, trace = "") => ({
  kind: "raised",
  text: "printed\n",
  raised: { type, message, line, trace },
});
const passing = { kind: "done", text: "printed\n", raised: null };

test("an answer that passes every check", () => {
  const { verdict, failing, outcome } = judgeCheck(passing, { ...passing, text: "" }, exercise);
  assert.deepEqual([verdict.said, failing, outcome.text], ["passed", null, "printed\n"]);
});

test("an answer that fails a check fails it by its label", () => {
  const checked = raising("AssertionError", "order", 3);
  const { verdict, failing, outcome } = judgeCheck(passing, checked, exercise);
  assert.deepEqual([verdict.state, verdict.said, failing], ["differs", "not passed", "order"]);
  assert.equal(outcome.raised, null);
});

test("an answer that goes wrong on the way to a check fails that one, at the reader's line", () => {
  const trace = 'File "<cell join-check>", line 1, in <module>\nFile "<cell join>", line 4, in join';
  const checked = raising("TypeError", "no", 1, trace);
  const { verdict, failing, outcome } = judgeCheck(passing, checked, exercise);
  assert.deepEqual([verdict.state, verdict.line, failing], ["error", 4, "shape"]);
  assert.equal(outcome.raised, checked.raised);
});

test("an answer without what the check asks for has no line to blame", () => {
  const trace = 'File "<cell join-check>", line 3, in <module>';
  const { verdict, failing } = judgeCheck(passing, raising("NameError", "y", 3, trace), exercise);
  assert.deepEqual([verdict.said, verdict.line, failing], ["broken", null, "order"]);
});

test("an answer that raises reaches no check", () => {
  const { verdict, failing } = judgeCheck(raising("NameError", "A", 1), null, exercise);
  assert.deepEqual([verdict.state, verdict.line, failing], ["error", 1, undefined]);
});
