/**
 * The worker: Python with the engine, running one cell after another.
 *
 * In:  {type: "interrupt", buffer} · {type: "run", id, session, name, source} · {type: "forget", session}
 *      {type: "ask", id, what, session, args}
 * Out: {type: "alive", lock} · {type: "progress", loaded, total} · {type: "ready"}
 *      {type: "failed", message} · {type: "text", id, text} · {type: "done", id, outcome}
 *      {type: "step", id, step, total} · {type: "answer", id, value}
 *      {type: "died", reason, message}
 *
 * Everything comes from the folder of this file. Python code could reach the network through
 * Pyodide's `js` module, so this is no cage: what did not come with the page never runs unasked.
 */
import { loadPyodide } from "pyodide";
import { LIBRARY, shelve, unpack } from "./table.js";

/** Characters that a cell may print. */
const LIMIT = 64_000;

/** The worker's address ends so where the files have not been here before. */
const COUNT = "#count";

/** @param {Record<string, unknown>} message */
const tell = (message) => self.postMessage(message);

/** @param {string} file */
const address = (file) => new URL(file, import.meta.url).href;

/**
 * Stand between Pyodide and the browser while Python loads.
 *
 * Pyodide asks for the interpreter only after it has read a megabyte of its own script: here it is
 * on its way before. And Pyodide only warns of a download that fails, and waits for ever.
 *
 * @param {string} interpreter its address
 * @param {(reason: unknown) => void} fail
 * @returns {() => void} ends this
 */
function standBetween(interpreter, fail) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  const count = self.location.hash === COUNT ? counter() : () => {};
  /** @template {unknown[]} Args @template Result @param {(...args: Args) => Promise<Result>} action */
  const watched = (action) => async (/** @type {Args} */ ...args) => {
    try {
      return await action(...args);
    } catch (reason) {
      fail(reason);
      throw reason;
    }
  };
  const get = watched(async (/** @type {RequestInfo | URL} */ input, /** @type {RequestInit | undefined} */ init) => {
    const response = await fetch(input, init);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    count(response);
    return response;
  });
  const arriving = get(interpreter, {});
  const compiling = WebAssembly.compileStreaming(arriving);
  compiling.catch(fail);
  self.fetch = (input, init) => (String(input) === interpreter ? arriving : get(input, init));
  WebAssembly.instantiateStreaming = watched(async (_, imports) => {
    const module = await compiling;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  });
  return () => {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}

/**
 * Count what arrives. The count reads a copy: the response itself must stay the browser's own, or
 * code that was compiled on an earlier visit would not be found again. Even so it costs time, and
 * is left out where the files have been before.
 *
 * @returns {(response: Response) => void}
 */
function counter() {
  const { sizes } = PYTHON;
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  let loaded = 0;
  let told = 0;
  /** @param {ReadableStream<Uint8Array>} stream */
  const drain = async (stream) => {
    const reader = stream.getReader();
    for (let part = await reader.read(); part.value; part = await reader.read()) {
      loaded += part.value.length;
      if (performance.now() - told < 100) continue;
      told = performance.now();
      tell({ type: "progress", loaded, total });
    }
  };
  return (response) => {
    const file = new URL(response.url).pathname.split("/").pop() ?? "";
    const copy = file in sizes ? response.clone().body : null;
    // Whoever reads the response itself meets the same error, and reports it.
    if (copy) drain(copy).catch(() => {});
  };
}

async function load() {
  const folder = address(PYTHON.folder);
  /** @type {(reason: unknown) => void} */
  let fail = () => {};
  const failure = new Promise((_, reject) => (fail = reject));
  const end = standBetween(`${folder}pyodide.asm.wasm`, fail);
  const library = fetch(`${folder}library.bin`).then(unpack);
  library.catch(fail);
  const engine = fetch(address(PYTHON.engine)).then(unpack);
  const python = await Promise.race([
    loadPyodide({
      indexURL: folder,
      packageBaseUrl: folder,
      stdLibURL: `${folder}python_stdlib.zip`,
      lockFileContents: PYTHON.lock,
      stdin: () => null,
      fsInit: async (FS) => FS.writeFile(LIBRARY, await library, { canOwn: true }),
    }),
    /** @type {Promise<never>} */ (failure),
  ]);
  shelve(python, await engine);
  end();
  python.pyimport("reference_impl").install();
  return {
    python,
    Session: python.pyimport("press.cell").Session,
    asdict: python.pyimport("dataclasses").asdict,
  };
}

/** @type {Map<string, any>} Python's `Session` objects */
const sessions = new Map();

/**
 * @param {{ Session: any, asdict: any }} press Python's
 * @param {import("./kernel.js").Request & { id: number }} request
 */
function run({ Session, asdict }, { id, session, name, source }) {
  let running = sessions.get(session);
  if (!running) sessions.set(session, (running = Session()));
  const write = (/** @type {string} */ text) => tell({ type: "text", id, text });
  const progress = (/** @type {number} */ step, /** @type {number} */ total) =>
    tell({ type: "step", id, step, total });
  const outcome = running.run.callKwargs(source, { name, write, limit: LIMIT, progress });
  const fields = asdict(outcome);
  tell({
    type: "done",
    id,
    outcome: { ...fields.toJs({ dict_converter: Object.fromEntries }), printed: outcome.printed },
  });
  fields.destroy();
  outcome.destroy();
}

/**
 * Answer a question about the variables of a session.
 *
 * @param {import("pyodide").PyodideAPI} python
 * @param {{ id: number, what: string, session: string, args: Record<string, unknown> }} question
 */
function answer(python, { id, what, session, args }) {
  const [module, name] = what.split(".");
  const namespace = sessions.get(session)?.namespace ?? python.toPy({});
  const result = python.pyimport(`press.${module}`)[name].callKwargs({ ...args, namespace });
  const value = result?.toJs?.({ dict_converter: Object.fromEntries }) ?? result;
  tell({ type: "answer", id, value });
}

/**
 * JavaScript's stack ends before Python's own limit where a reader raises that limit; after that
 * the interpreter is not to be trusted.
 *
 * @param {unknown} reason
 */
const die = (reason) =>
  tell({
    type: "died",
    reason: reason instanceof RangeError ? "recursion" : "crashed",
    message: String(reason),
  });

const lock = `python ${crypto.randomUUID()}`;
navigator.locks?.request(lock, () => {
  tell({ type: "alive", lock });
  return new Promise(() => {});
});

/** @type {Uint8Array | undefined} */
let interrupt;
const loading = load();
loading.then(
  ({ python }) => {
    if (interrupt) python.setInterruptBuffer(interrupt);
    tell({ type: "ready" });
  },
  (reason) => tell({ type: "failed", message: String(reason) }),
);

self.onmessage = async ({ data }) => {
  if (data.type === "interrupt") interrupt = data.buffer;
  if (data.type === "forget") {
    sessions.get(data.session)?.destroy();
    sessions.delete(data.session);
  }
  if (data.type === "ask") {
    try {
      answer((await loading).python, data);
    } catch (reason) {
      console.error(reason);
      tell({ type: "answer", id: data.id, value: null });
    }
  }
  if (data.type === "run") {
    try {
      run(await loading, data);
    } catch (reason) {
      die(reason);
    }
  }
};
