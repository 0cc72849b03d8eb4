import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Kernel } from "../src/kernel.js";
import { Runner } from "../src/runner.js";
import { FakeCell, FakeWorker, settle } from "./fakes.js";

/** A page with cells of one file, each of which prints its name. */
function page(names = ["a", "b", "c"], { hidden = [], only = [] } = {}) {
  const cells = names.map((name, place) => new FakeCell(`x.py:${name}`, place));
  const recorded = names.map((name) => ({
    name,
    source: `print("${name}")`,
    printed: `${name}\n`,
    raises: null,
    torch_only: only.includes(name) ? "two processes" : null,
    figure: false,
  }));
  const shown = cells.filter((cell) => !hidden.includes(cell.dataset.cell.slice(5)));
  const state = { offline: false, fetched: 0, text: {} };
  const runner = new Runner((lost) => new Kernel(() => new FakeWorker(), { lost }), {
    view: (cell) => cell.view(),
    find: (ref) => shown.find((cell) => cell.dataset.cell === ref) ?? null,
    cells: async (cell, signal) => {
      state.fetched += 1;
      await settle();
      if (signal.aborted || state.offline) throw new Error("no record");
      return recorded;
    },
    text: (cell) => state.text[cell.dataset.cell.slice(5)] ?? null,
    task: () => null,
  });
  return { runner, state, cells: Object.fromEntries(names.map((name, n) => [name, cells[n]])) };
}

/** Let the newest worker answer whatever it is asked, until nothing more is asked. */
async function answerAll(print = (name) => `${name}\n`) {
  await settle();
  await settle();
  const worker = FakeWorker.newest;
  if (!worker.ready) worker.say("ready");
  worker.ready = true;
  for (let answered = worker.answered ?? 0; answered < worker.ran.length; answered += 1) {
    const { id, name } = worker.ran[answered];
    worker.say("text", { id, text: "…" });
    worker.answer({ printed: print(name) });
    worker.answered = answered + 1;
    await settle();
  }
  return worker.ran.map((message) => message.name).join("");
}

beforeEach(() => {
  FakeWorker.all = [];
});

test("Run loads Python, runs the cell, and says that it is equal", async () => {
  const { runner, cells } = page();
  runner.press(cells.a);
  assert.equal(cells.a.state, "loading");
  assert.equal(await answerAll(), "a");
  assert.deepEqual(cells.a.log, ["loading", "loading", "running", "text …", "equal"]);
});

test("the cells above run first; meanwhile the cell waits and says so", async () => {
  const { runner, cells } = page();
  runner.press(cells.c);
  assert.equal(await answerAll(), "abc");
  assert.ok(cells.c.log.includes("waiting"));
  assert.ok(cells.c.log.indexOf("waiting") < cells.c.log.indexOf("running"));
  assert.deepEqual([cells.a.state, cells.b.state, cells.c.state], ["equal", "equal", "equal"]);
});

test("the steps of a cell above show on that cell, those of an unseen one on the cell itself", async () => {
  for (const [hidden, expected] of [[[], ["a"]], [["a"], ["b"]]]) {
    FakeWorker.all = [];
    const { runner, cells } = page(["a", "b"], { hidden });
    runner.press(cells.b);
    await settle();
    await settle();
    FakeWorker.newest.say("ready");
    const [{ id }] = FakeWorker.newest.ran;
    FakeWorker.newest.say("step", { id, step: 2, total: 3 });
    const shown = Object.values(cells).filter((cell) => cell.log.includes("step 2/3"));
    assert.deepEqual(shown.map((cell) => cell.dataset.cell.at(-1)), expected);
  }
});

test("what has run is not run again", async () => {
  const { runner, cells } = page();
  runner.press(cells.b);
  await answerAll();
  runner.press(cells.c);
  assert.equal(await answerAll(), "abc");
});

test("Run again starts from the top, without touching the results above", async () => {
  const { runner, cells } = page();
  runner.press(cells.b);
  await answerAll();
  const before = cells.a.log.length;
  runner.press(cells.b);
  assert.equal(await answerAll(), "abab");
  assert.equal(cells.a.log.length, before);
  const sessions = FakeWorker.newest.ran.map((message) => message.session);
  assert.equal(sessions[0], sessions[1]);
  assert.equal(sessions[2], sessions[3]);
  assert.notEqual(sessions[0], sessions[2]);
  const forgotten = FakeWorker.newest.sent.find((message) => message.type === "forget");
  assert.equal(forgotten.session, sessions[0]);
});

test("cells that the page does not show run without a word, and nothing is said to wait", async () => {
  const { runner, cells } = page(["a", "b"], { hidden: ["a"] });
  runner.press(cells.b);
  assert.equal(await answerAll(), "ab");
  assert.ok(!cells.b.log.includes("waiting"));
  assert.deepEqual(cells.a.log, []);
});

test("cells for torch alone are left out", async () => {
  const { runner, cells } = page(["a", "b", "c"], { only: ["b"] });
  runner.press(cells.c);
  assert.equal(await answerAll(), "ac");
  assert.deepEqual(cells.b.log, []);
});

test("a second press is Stop", async () => {
  const { runner, cells } = page();
  runner.press(cells.a);
  await settle();
  await settle();
  FakeWorker.newest.say("ready");
  runner.press(cells.a);
  await settle();
  assert.equal(cells.a.state, "stopped");
  assert.equal(FakeWorker.all.length, 2);
});

test("Stop before the record has arrived", async () => {
  const { runner, cells } = page();
  runner.press(cells.a);
  runner.press(cells.a);
  await settle();
  await settle();
  assert.equal(cells.a.state, "stopped");
  assert.equal(FakeWorker.newest.ran.length, 0);
  runner.press(cells.a);
  assert.equal(await answerAll(), "a");
  assert.equal(cells.a.state, "equal");
});

test("Stop on a cell that runs for another stops both; what had not begun is as it was", async () => {
  const { runner, cells } = page();
  runner.press(cells.c);
  await settle();
  await settle();
  FakeWorker.newest.say("ready");
  assert.equal(cells.a.state, "running");
  runner.press(cells.b);
  await settle();
  assert.deepEqual([cells.a.state, cells.b.state, cells.c.state], ["stopped", "restored", "stopped"]);
});

test("a cell that was stopped for another is shown anew when it runs for it again", async () => {
  const { runner, cells } = page();
  runner.press(cells.b);
  await settle();
  await settle();
  FakeWorker.newest.say("ready");
  runner.press(cells.b);
  await settle();
  assert.deepEqual([cells.a.state, cells.b.state], ["stopped", "stopped"]);
  runner.press(cells.b);
  assert.equal(await answerAll(), "ab");
  assert.deepEqual([cells.a.state, cells.b.state], ["equal", "equal"]);
});

test("Run while another cell runs waits for its turn", async () => {
  const { runner, cells } = page();
  runner.press(cells.b);
  runner.press(cells.c);
  runner.press(cells.a);
  assert.equal(cells.c.state, "waiting");
  assert.equal(cells.a.log.length && cells.a.state, "below");
  assert.equal(await answerAll(), "abca");
  assert.deepEqual([cells.a.state, cells.b.state, cells.c.state], ["equal", "equal", "equal"]);
});

test("Stop on a cell that waits for its turn takes it out, and leaves the other alone", async () => {
  const { runner, cells } = page();
  runner.press(cells.a);
  runner.press(cells.c);
  runner.press(cells.c);
  assert.equal(cells.c.state, "stopped");
  assert.equal(await answerAll(), "a");
  assert.equal(cells.a.state, "equal");
});

test("after Stop the variables are gone: the cells above run again, unseen", async () => {
  const { runner, cells } = page();
  runner.press(cells.a);
  await answerAll();
  runner.press(cells.b);
  await settle();
  runner.press(cells.b);
  await settle();
  const before = cells.a.log.length;
  runner.press(cells.b);
  assert.equal(await answerAll(), "ab");
  assert.equal(cells.b.state, "equal");
  assert.equal(cells.a.log.length, before);
});

test("another output is called the handbook's mistake", async () => {
  const { runner, cells } = page();
  runner.press(cells.a);
  await answerAll(() => "other\n");
  assert.equal(cells.a.state, "mismatch");
});

test("a mismatch counts only in a Python that has run nothing else", async () => {
  const { runner, cells } = page();
  runner.press(cells.b);
  await answerAll();
  runner.press(cells.a);
  await answerAll(() => "changed by a setting\n");
  assert.equal(FakeWorker.all.length, 2);
  assert.equal(cells.a.state, "loading");
  await answerAll();
  assert.equal(cells.a.state, "equal");
  runner.press(cells.a);
  await answerAll(() => "other\n");
  await answerAll(() => "other\n");
  assert.equal(FakeWorker.all.length, 3);
  assert.equal(cells.a.state, "mismatch");
});

test("a record that does not arrive fails, and the next press tries again", async () => {
  const { runner, state, cells } = page();
  const { error } = console;
  console.error = () => {};
  state.offline = true;
  runner.press(cells.a);
  await settle();
  await settle();
  console.error = error;
  assert.equal(cells.a.state, "failed");
  state.offline = false;
  runner.press(cells.a);
  await answerAll();
  assert.equal(cells.a.state, "equal");
});

test("a download that fails fails the cell that was asked for, too", async () => {
  const { runner, cells } = page();
  runner.press(cells.c);
  await settle();
  await settle();
  FakeWorker.newest.say("failed", { message: "404" });
  await settle();
  assert.deepEqual([cells.a.state, cells.b.state, cells.c.state], ["failed", "restored", "failed"]);
  runner.press(cells.c);
  await answerAll();
  assert.equal(cells.c.state, "equal");
});

test("an interpreter that breaks is said so, and the next run starts from the top", async () => {
  const { runner, cells } = page();
  runner.press(cells.a);
  await answerAll();
  runner.press(cells.b);
  await settle();
  FakeWorker.newest.say("died", { reason: "recursion", message: "RangeError" });
  await settle();
  assert.equal(cells.b.state, "recursion");
  runner.press(cells.b);
  assert.equal(await answerAll(), "ab");
});

test("another page: what ran is ended, nothing more is shown, and the session is a new one", async () => {
  const { runner, state, cells } = page();
  runner.press(cells.a);
  await answerAll();
  const [{ session }] = FakeWorker.newest.ran;
  runner.press(cells.b);
  await settle();
  const shown = cells.b.log.length;
  const busy = FakeWorker.newest;
  for (const cell of Object.values(cells)) cell.isConnected = false;
  runner.enter();
  await settle();
  assert.equal(busy.ended, true);
  assert.equal(cells.b.log.length, shown);
  const again = new FakeCell("x.py:a", 0);
  runner.press(again);
  await answerAll();
  assert.equal(again.state, "equal");
  assert.equal(state.fetched, 2);
  assert.notEqual(FakeWorker.newest.ran[0].session, session);
});

test("an idle worker outlives its page", async () => {
  const { runner, cells } = page();
  runner.press(cells.a);
  await answerAll();
  runner.enter();
  const again = new FakeCell("x.py:a", 0);
  runner.press(again);
  await answerAll();
  assert.equal(FakeWorker.all.length, 1);
  assert.equal(again.state, "equal");
});

test("a page that is shown anew, but is the same, loses nothing", async () => {
  const { runner, cells } = page();
  runner.press(cells.a);
  runner.enter();
  await answerAll();
  assert.equal(cells.a.state, "equal");
});

test("what the reader has written runs, and is never called our mistake", async () => {
  const { runner, state, cells } = page();
  state.text.a = "print(1)";
  runner.press(cells.b);
  assert.equal(await answerAll((name) => (name === "a" ? "1\n" : "b\n")), "ab");
  assert.equal(FakeWorker.newest.ran[0].source, "print(1)");
  assert.deepEqual([cells.a.state, cells.b.state], ["differs", "same"]);
  state.text = {};
  runner.press(cells.b);
  assert.equal(await answerAll(), "abab");
  assert.equal(cells.b.state, "equal");
});

test("a change above runs anew before the cell below", async () => {
  const { runner, state, cells } = page();
  runner.press(cells.a);
  await answerAll();
  state.text.a = "print(2)";
  runner.press(cells.b);
  assert.equal(await answerAll(), "aab");
  const [first, second] = FakeWorker.newest.ran;
  assert.notEqual(first.session, second.session);
});
