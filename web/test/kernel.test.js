import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Kernel } from "../src/kernel.js";
import { FakeWorker, done, settle } from "./fakes.js";

const request = { session: "s", name: "a", source: "1" };
let log = [];
const watcher = {
  loading: (loaded, total) => log.push(`loading ${loaded}/${total}`),
  started: () => log.push("started"),
  text: (text) => log.push(`text ${text}`),
  step: (step, total) => log.push(`step ${step}/${total}`),
};
const spawn = () => new FakeWorker();

beforeEach(() => {
  FakeWorker.all = [];
  log = [];
});

test("a cell is sent when Python is there, and its text comes before its outcome", async () => {
  const kernel = new Kernel(spawn);
  const running = kernel.run(request, watcher);
  const worker = FakeWorker.newest;
  worker.say("progress", { loaded: 1, total: 2 });
  assert.equal(worker.ran.length, 0);
  worker.say("ready");
  const [{ id }] = worker.ran;
  worker.say("text", { id, text: "x" });
  worker.answer({ printed: "x" });
  assert.deepEqual(await running, done({ printed: "x" }));
  assert.deepEqual(log, ["loading 0/0", "loading 1/2", "started", "text x"]);
});

test("the steps of a loop are told, not those of a cell that has ended", async () => {
  const kernel = new Kernel(spawn);
  const running = kernel.run(request, watcher);
  const worker = FakeWorker.newest;
  worker.say("ready");
  const [{ id }] = worker.ran;
  worker.say("step", { id, step: 2, total: 3 });
  worker.answer();
  await running;
  worker.say("step", { id, step: 3, total: 3 });
  assert.deepEqual(log, ["loading 0/0", "started", "step 2/3"]);
});

test("the worker stays for the next cell", async () => {
  const kernel = new Kernel(spawn);
  for (const _ of [1, 2]) {
    const running = kernel.run(request, watcher);
    if (!FakeWorker.newest.ran.length) FakeWorker.newest.say("ready");
    FakeWorker.newest.answer();
    await running;
  }
  assert.equal(FakeWorker.all.length, 1);
});

test("two cells at once are a mistake of the caller", () => {
  const kernel = new Kernel(spawn);
  kernel.run(request, watcher);
  assert.throws(() => kernel.run(request, watcher), /a cell is running/);
});

test("Stop ends the worker and starts the next one at once; variables are lost", async () => {
  let lost = 0;
  const kernel = new Kernel(spawn, { lost: () => lost++ });
  const running = kernel.run(request, watcher);
  const [first] = FakeWorker.all;
  first.say("ready");
  kernel.stop();
  assert.deepEqual(await running, { kind: "stopped" });
  assert.equal(first.ended, true);
  assert.equal(FakeWorker.all.length, 2);
  assert.equal(lost, 1);
});

test("what an ended worker still says is not heard", async () => {
  const kernel = new Kernel(spawn);
  kernel.run(request, watcher);
  const [first] = FakeWorker.all;
  first.say("ready");
  kernel.stop();
  const running = kernel.run(request, watcher);
  FakeWorker.newest.say("ready");
  first.say("text", { id: 2, text: "old" });
  first.say("done", { id: 2, outcome: done({ printed: "old" }) });
  FakeWorker.newest.answer({ printed: "new" });
  assert.equal((await running).printed, "new");
  assert.ok(!log.includes("text old"));
});

test("Stop while Python loads ends the download, and nothing starts unasked", async () => {
  const kernel = new Kernel(spawn);
  const running = kernel.run(request, watcher);
  kernel.stop();
  assert.deepEqual(await running, { kind: "stopped" });
  assert.equal(FakeWorker.newest.ended, true);
  assert.equal(FakeWorker.all.length, 1);
});

test("where memory is shared Stop interrupts, and the variables stay", async () => {
  let lost = 0;
  const kernel = new Kernel(spawn, { isolated: true, lost: () => lost++ });
  const running = kernel.run(request, watcher);
  const worker = FakeWorker.newest;
  worker.say("ready");
  const { buffer } = worker.sent.find((message) => message.type === "interrupt");
  kernel.stop();
  assert.equal(buffer[0], 2);
  worker.answer({ kind: "interrupted" });
  assert.deepEqual(await running, { kind: "stopped" });
  assert.equal(worker.ended, false);
  assert.equal(lost, 0);
});

test("an interrupt that Python does not heed is followed by the end of the worker", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const kernel = new Kernel(spawn, { isolated: true });
  const running = kernel.run(request, watcher);
  const worker = FakeWorker.newest;
  worker.say("ready");
  kernel.stop();
  t.mock.timers.tick(1000);
  assert.deepEqual(await running, { kind: "stopped" });
  assert.equal(worker.ended, true);
});

test("a download that fails is told, and the next run tries again", async () => {
  const kernel = new Kernel(spawn);
  const running = kernel.run(request, watcher);
  FakeWorker.newest.say("failed", { message: "404" });
  assert.deepEqual(await running, { kind: "failed", message: "404" });
  kernel.run(request, watcher);
  assert.equal(FakeWorker.all.length, 2);
});

test("a worker whose own file does not load counts as a failed download", async () => {
  const kernel = new Kernel(spawn);
  const running = kernel.run(request, watcher);
  FakeWorker.newest.onerror({});
  assert.equal((await running).kind, "failed");
});

test("a browser without workers fails, and does not throw", async () => {
  const kernel = new Kernel(() => {
    throw new Error("no workers here");
  });
  assert.match((await kernel.run(request, watcher)).message, /no workers here/);
});

test("an interpreter that breaks is replaced, and why it broke is told", async () => {
  const kernel = new Kernel(spawn);
  const running = kernel.run(request, watcher);
  const [first] = FakeWorker.all;
  first.say("ready");
  first.say("died", { reason: "recursion", message: "RangeError" });
  assert.equal((await running).kind, "recursion");
  assert.equal(first.ended, true);
  assert.equal(FakeWorker.all.length, 2);
});

test("a worker that dies without a word is missed by its lock", async () => {
  let free = () => {};
  const locks = { request: (name, then) => (free = () => then(name)) };
  const kernel = new Kernel(spawn, { locks });
  const running = kernel.run(request, watcher);
  const [first] = FakeWorker.all;
  first.say("alive", { lock: "python 1" });
  first.say("ready");
  free();
  assert.equal((await running).kind, "crashed");
  assert.equal(FakeWorker.all.length, 2);
});

test("the lock of a worker that we ended ourselves means nothing", async () => {
  let free = () => {};
  const locks = { request: (name, then) => (free = () => then(name)) };
  const kernel = new Kernel(spawn, { locks });
  kernel.run(request, watcher);
  FakeWorker.newest.say("alive", { lock: "python 1" });
  FakeWorker.newest.say("ready");
  const release = free;
  kernel.stop();
  const running = kernel.run(request, watcher);
  FakeWorker.newest.say("ready");
  release();
  await settle();
  FakeWorker.newest.answer({ printed: "alive" });
  assert.equal((await running).printed, "alive");
});

test("a page that is left ends a busy worker, not one that still loads", async () => {
  const kernel = new Kernel(spawn);
  const loading = kernel.run(request, watcher);
  kernel.abandon();
  assert.deepEqual(await loading, { kind: "stopped" });
  assert.equal(FakeWorker.newest.ended, false);
  FakeWorker.newest.say("ready");
  assert.equal(FakeWorker.newest.ran.length, 0);
  const running = kernel.run(request, watcher);
  kernel.abandon();
  assert.deepEqual(await running, { kind: "stopped" });
  assert.equal(FakeWorker.newest.ended, true);
});

test("a worker is shared from its second session on, until it is renewed", async () => {
  const kernel = new Kernel(spawn);
  for (const session of ["s", "t"]) {
    const running = kernel.run({ ...request, session }, watcher);
    if (session === "s") FakeWorker.newest.say("ready");
    assert.equal(kernel.shared(session), session === "t");
    FakeWorker.newest.answer();
    await running;
  }
  kernel.renew();
  assert.equal(kernel.shared("u"), false);
  assert.equal(FakeWorker.all.length, 2);
  assert.equal(FakeWorker.all[0].ended, true);
});

test("Python answers questions between two runs, and none while it is busy or gone", async () => {
  const kernel = new Kernel(spawn);
  kernel.start();
  assert.equal(await kernel.ask("inspecting.tensors", "s"), null);
  const worker = FakeWorker.newest;
  worker.say("ready");
  const answer = kernel.ask("inspecting.storage", "s", { name: "x" });
  const { id, ...question } = worker.sent.at(-1);
  assert.deepEqual(question, {
    type: "ask",
    what: "inspecting.storage",
    session: "s",
    args: { name: "x" },
  });
  worker.say("answer", { id, value: { svg: "<svg/>" } });
  assert.deepEqual(await answer, { svg: "<svg/>" });
  const running = kernel.run(request, watcher);
  assert.equal(await kernel.ask("inspecting.tensors", "s"), null);
  worker.answer();
  await running;
  const lost = kernel.ask("inspecting.tensors", "s");
  kernel.renew();
  assert.equal(await lost, null);
});
