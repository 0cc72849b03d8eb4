import assert from "node:assert/strict";
import { test } from "node:test";
import { Story } from "../src/story.js";

const cells = ["a", "b", "c", "d"].map((name) => ({
  name,
  source: name,
  printed: "",
  raises: null,
  torch_only: name === "c" ? "two processes" : null,
  figure: false,
}));
const story = () => new Story("x.py", cells, "1");
const names = (plan) => plan.steps.map(({ cell }) => cell.name).join("");

/** Plan a cell and run all of it. */
function run(told, name) {
  const plan = told.plan(name);
  for (const step of plan.steps) told.ran(step, true);
  return names(plan);
}

test("the cells above run first, those for torch alone excepted", () => {
  assert.equal(names(story().plan("d")), "abd");
});

test("what has run is not run again", () => {
  const told = story();
  assert.equal(run(told, "a"), "a");
  assert.equal(run(told, "b"), "b");
  assert.equal(run(told, "d"), "d");
});

test("a second run starts anew: in a used namespace nothing could be compared with torch", () => {
  const told = story();
  run(told, "b");
  const first = told.session;
  const plan = told.plan("b");
  assert.equal(names(plan), "ab");
  assert.equal(plan.left, first);
  assert.notEqual(told.session, first);
});

test("an earlier cell starts anew as well, for later ones may have changed what it finds", () => {
  const told = story();
  run(told, "d");
  assert.equal(run(told, "a"), "a");
  assert.equal(run(told, "d"), "bd");
});

test("a cell that was stopped half-way leaves a namespace that is not used again", () => {
  const told = story();
  run(told, "a");
  const first = told.session;
  told.ran(cells[1], false);
  assert.notEqual(told.session, first);
  assert.equal(names(told.plan("b")), "ab");
});

test("visits and files share nothing", () => {
  const sessions = [story(), new Story("x.py", cells, "2"), new Story("y.py", cells, "1")];
  assert.equal(new Set(sessions.map((one) => one.session)).size, 3);
});

test("a cell that the record does not have is an error", () => {
  assert.throws(() => story().plan("z"), /x\.py has no cell z/);
});
