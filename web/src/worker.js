/**
 * The worker: Python with the engine, running one cell after another.
 *
 * In:  {type: "interrupt", buffer} · {type: "run", id, session, name, source} · {type: "forget", session}
 * Out: {type: "alive", lock} · {type: "progress", loaded, total} · {type: "ready"}
 *      {type: "failed", message} · {type: "text", id, text} · {type: "done", id, outcome}
 *      {type: "died", reason, message}
 *
 * Everything comes from the folder of this file. Python code could reach the network through
 * Pyodide's `js` module, so this is no cage: what did not come with the page never runs unasked.
 */
import { loadPyodide } from "pyodide";

/** Characters that a cell may print. */
const LIMIT = 64_000;

const SITE_PACKAGES = "/lib/python3.14/site-packages";

/** @param {Record<string, unknown>} message */
const tell = (message) => self.postMessage(message);

/** @param {string} file */
const address = (file) => new URL(file, import.meta.url).href;

/**
 * Count what `fetch` brings while Python loads. The count reads a copy: the response itself must
 * stay the browser's own, or code compiled on an earlier visit would not be found again.
 *
 * @returns {{ arrived(file: string): void, end(): void }}
 */
function countDownloads() {
  const { sizes } = PYTHON;
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  /** @type {Record<string, number>} */
  const loaded = {};
  let told = 0;
  /**
   * @param {string} file
   * @param {number} bytes
   */
  const count = (file, bytes) => {
    loaded[file] = bytes;
    if (performance.now() - told < 100) return;
    told = performance.now();
    tell({ type: "progress", loaded: Object.values(loaded).reduce((a, b) => a + b), total });
  };
  /**
   * @param {string} file
   * @param {Response} copy
   */
  const drain = async (file, copy) => {
    const reader = copy.body?.getReader();
    let bytes = 0;
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      bytes += part.value.length;
      count(file, bytes);
    }
  };
  const { fetch } = self;
  self.fetch = async (input, init) => {
    const response = await fetch(input, init);
    const file = new URL(response.url).pathname.split("/").pop() ?? "";
    // Whoever reads the response itself meets the same error, and reports it.
    if (response.ok && file in sizes) drain(file, response.clone()).catch(() => {});
    return response;
  };
  return {
    arrived: (file) => count(file, sizes[file]),
    end: () => {
      self.fetch = fetch;
    },
  };
}

async function load() {
  const downloads = countDownloads();
  const folder = address(PYTHON.folder);
  const [createPyodideModule, engine] = await Promise.all([
    import(`${folder}pyodide.asm.mjs`).then((module) => {
      downloads.arrived("pyodide.asm.mjs");
      return module.default;
    }),
    fetch(address(PYTHON.engine)).then((response) => {
      if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
      return response.arrayBuffer();
    }),
  ]);
  const python = await loadPyodide({
    createPyodideModule,
    indexURL: folder,
    packageBaseUrl: folder,
    stdLibURL: `${folder}python_stdlib.zip`,
    lockFileContents: PYTHON.lock,
    stdin: () => null,
  });
  downloads.end();
  python.unpackArchive(engine, "zip", { extractDir: SITE_PACKAGES });
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
  const outcome = running.run.callKwargs(source, { name, write, limit: LIMIT });
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
  if (data.type === "run") {
    try {
      run(await loading, data);
    } catch (reason) {
      die(reason);
    }
  }
};
