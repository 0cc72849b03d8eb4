/**
 * Build what the site serves for Run: `node build.mjs FOLDER CACHE`.
 *
 *     FOLDER/cells.js        every page loads it; it names desk.js
 *     FOLDER/desk.js         after a press; names worker.js and the next two
 *     FOLDER/look-run.css    what shows only after a press
 *     FOLDER/editor.js       after Edit
 *     FOLDER/offline.js      the service worker, which the press moves to the root of the site
 *     FOLDER/worker.js       names the engine and Pyodide's folder
 *     FOLDER/source/         the engine as it is written, to be shown
 *     FOLDER/engine.bin      reference_impl and press/cell.py, compiled
 *     FOLDER/pyodide/HASH/   the interpreter, and its standard library in two parts: a zip that
 *                            it begins with, and library.bin, both compiled
 *
 * Each request carries the hash of what it asks for, so that a cache may keep every file for ever
 * and still never joins files of different builds. CACHE holds the compiled standard library,
 * which takes longest and changes only with Pyodide, library.py or sitecustomize.py.
 */
import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { cp, mkdir, readFile, readdir, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { loadPyodide, version } from "pyodide";
import { LIBRARY, shelve, unpack } from "./src/table.js";

const WEB = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(WEB);
const PYODIDE = path.join(WEB, "node_modules", "pyodide");
/** Where the engine seems to lie; tracebacks and `__file__` begin with it. */
const PLACE = "/lib/python3.14/site-packages";
/** The two parts of the standard library. */
const START = "python_stdlib.zip";
const REST = "library.bin";

/** Of the press, what runs in the browser. */
const PRESS = ["__init__", "cell", "completing", "inspecting", "naming", "steps"].map(
  (name) => `press/${name}.py`,
);

/** @param {...(string | Uint8Array)} contents */
function hash(...contents) {
  const sum = createHash("sha256");
  for (const content of contents) sum.update(content);
  return sum.digest("hex").slice(0, 12);
}

/** Pyodide's lock without its packages, so that nothing is ever asked of another origin. */
const { info } = JSON.parse(await readFile(path.join(PYODIDE, "pyodide-lock.json"), "utf8"));
const LOCK = JSON.stringify({ info, packages: {} });

/**
 * Start Python under node and define the functions of the scripts beside this file.
 *
 * @param {string} [library] folder of a standard library other than the one that Pyodide ships
 */
async function python(library) {
  const own = library && {
    stdLibURL: path.join(library, START),
    fsInit: async (/** @type {any} */ FS) =>
      FS.writeFile(LIBRARY, await unpack(await openAsBlob(path.join(library, REST)))),
  };
  const options = { indexURL: PYODIDE, packageBaseUrl: PYODIDE, lockFileContents: LOCK };
  const started = await loadPyodide({ ...options, ...own });
  for (const script of ["library.py", "trial.py"]) {
    started.runPython(await readFile(path.join(WEB, script), "utf8"));
  }
  return started;
}

/** @param {string[]} problems each names file, line and what is wrong */
function stopAt(problems) {
  if (!problems.length) return;
  console.error(problems.join("\n"));
  process.exit(1);
}

/**
 * Call a function of library.py or trial.py.
 *
 * @param {import("pyodide").PyodideAPI} started
 * @param {string} name
 * @param {...unknown} args
 */
const call = (started, name, ...args) =>
  started.globals.get(name)(...args.map((arg) => started.toPy(arg))).toJs();

/**
 * The trimmed, compiled standard library.
 *
 * @param {string} cache
 * @returns {Promise<string>} the folder of its two parts
 */
async function standardLibrary(cache) {
  const shipped = await readFile(path.join(PYODIDE, "python_stdlib.zip"));
  const custom = await readFile(path.join(WEB, "sitecustomize.py"));
  const key = hash(version, shipped, custom, await readFile(path.join(WEB, "library.py")));
  const finished = path.join(cache, `python-${key}`);
  if (await stat(finished).catch(() => null)) return finished;
  const sources = [new Uint8Array(shipped), new Uint8Array(custom)];
  const [start, rest, problems] = call(await python(), "standard_library", ...sources);
  stopAt(problems);
  const folder = `${finished}.${process.pid}`;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, START), start);
  await writeFile(path.join(folder, REST), rest);
  await rename(folder, finished);
  return finished;
}

/**
 * Our own Python, compiled: the engine, and the part of the press that runs a cell. All of it is
 * imported once by the interpreter that the browser will have.
 *
 * @param {string} library folder of the standard library
 * @returns {Promise<Uint8Array>}
 */
async function engine(library) {
  const files = (await readdir(path.join(ROOT, "reference_impl"), { recursive: true }))
    .map((file) => `reference_impl/${file.split(path.sep).join("/")}`)
    .filter((file) => file.endsWith(".py"));
  /** @type {Record<string, Uint8Array>} */
  const sources = {};
  for (const file of [...PRESS, ...files.sort()]) {
    sources[file] = new Uint8Array(await readFile(path.join(ROOT, file)));
  }
  const started = await python(library);
  const [table, problems] = call(started, "table", sources, PLACE);
  stopAt(problems);
  shelve(started, await unpack(new Blob([table])));
  const modules = Object.keys(sources).map((file) =>
    file.replace(/(\/__init__)?\.py$/, "").replaceAll("/", "."),
  );
  stopAt(call(started, "problems", PLACE, modules));
  return table;
}

/**
 * Pyodide names a server of its own as a last resort. Ours is always given, so that address is of
 * no use; without it nobody has to wonder.
 *
 * @type {import("esbuild").Plugin}
 */
const ownOrigin = {
  name: "own-origin",
  setup({ onLoad }) {
    onLoad({ filter: /pyodide\.mjs$/ }, async ({ path: file }) => {
      const parts = (await readFile(file, "utf8")).split("https://cdn.jsdelivr.net/pyodide/");
      if (parts.length === 2) return { contents: parts.join("./") };
      return { errors: [{ text: "names another origin in a way that build.mjs does not know" }] };
    });
  },
};

/**
 * Bundle one entry; return its address for whoever loads it.
 *
 * @param {string} folder
 * @param {string} name
 * @param {Record<string, unknown>} values what stands for the names in globals.d.ts
 */
async function bundle(folder, name, values) {
  const define = Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)]);
  const result = await build({
    entryPoints: [path.join(WEB, "src", name)],
    outfile: path.join(folder, name),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    external: ["node:*", "ws"],
    plugins: [ownOrigin],
    define: Object.fromEntries(define),
    write: false,
  });
  const [{ contents }] = result.outputFiles;
  await writeFile(path.join(folder, name), contents);
  return `${name}?${hash(contents)}`;
}

/**
 * Make a style sheet light; return its address for whoever loads it.
 *
 * @param {string} folder
 * @param {string} name
 */
async function sheet(folder, name) {
  const { code } = await transform(await readFile(path.join(WEB, "src", name), "utf8"), {
    loader: "css",
    minify: true,
  });
  await writeFile(path.join(folder, name), code);
  return `${name}?${hash(code)}`;
}

const [folder, cache] = process.argv.slice(2).map((name) => path.resolve(name));
if (!cache) {
  console.error("web/build.mjs:1: call it as: node build.mjs FOLDER CACHE");
  process.exit(1);
}
const library = await standardLibrary(cache);
const table = await engine(library);
await writeFile(path.join(folder, "engine.bin"), table);

/** @type {Record<string, Uint8Array>} */
const interpreter = {};
for (const file of [START, REST]) interpreter[file] = await readFile(path.join(library, file));
for (const file of ["pyodide.asm.mjs", "pyodide.asm.wasm"]) {
  interpreter[file] = await readFile(path.join(PYODIDE, file));
}
const pyodide = `pyodide/${hash(...Object.values(interpreter))}/`;
await mkdir(path.join(folder, pyodide), { recursive: true });
for (const [file, content] of Object.entries(interpreter)) {
  await writeFile(path.join(folder, pyodide, file), content);
}
await cp(path.join(PYODIDE, "README.md"), path.join(folder, pyodide, "README.md"));

// What is fetched, and so can be counted; Pyodide imports its own script, which cannot.
/** @type {Record<string, number>} */
const sizes = { "engine.bin": table.length };
for (const file of ["pyodide.asm.wasm", START, REST]) sizes[file] = interpreter[file].length;
const PYTHON = {
  folder: pyodide,
  engine: `engine.bin?${hash(table)}`,
  sizes,
  lock: LOCK,
};
const WORKER = await bundle(folder, "worker.js", { PYTHON });
await cp(path.join(ROOT, "reference_impl"), path.join(folder, "source", "reference_impl"), {
  recursive: true,
  filter: (file) => !file.includes("__pycache__") && (file.endsWith(".py") || !path.extname(file)),
});
const SOURCE = hash(table);
const EDITOR = await bundle(folder, "editor.js", {});
const SHEET = await sheet(folder, "look-run.css");
const DESK = await bundle(folder, "desk.js", { WORKER, EDITOR, SHEET, SOURCE });
await bundle(folder, "cells.js", { DESK });
await bundle(folder, "offline.js", {});
