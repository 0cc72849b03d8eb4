/**
 * Build what the site serves for Run: `node build.mjs FOLDER CACHE`.
 *
 *     FOLDER/cells.js        every page loads it; it names desk.js
 *     FOLDER/desk.js         after a press; names worker.js and the next two
 *     FOLDER/look-run.css    what shows only after a press
 *     FOLDER/editor.js       after Edit
 *     FOLDER/worker.js       names the engine and Pyodide's folder
 *     FOLDER/engine.bin      reference_impl and press/cell.py, compiled
 *     FOLDER/pyodide/HASH/   the interpreter and its standard library, compiled
 *
 * Each request carries the hash of what it asks for, so that a cache may keep every file for ever
 * and still never joins files of different builds. CACHE holds the compiled standard library,
 * which takes longest and changes only with Pyodide or library.py.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { loadPyodide, version } from "pyodide";
import { unpack } from "./src/archive.js";

const WEB = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(WEB);
const PYODIDE = path.join(WEB, "node_modules", "pyodide");
/** Where the engine lies in Python's file system; tracebacks and `__file__` begin with it. */
const PLACE = "/lib/python3.14/site-packages";

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
 * @param {string} [stdLibURL] a standard library other than the one that Pyodide ships
 */
async function python(stdLibURL) {
  const options = { indexURL: PYODIDE, packageBaseUrl: PYODIDE, lockFileContents: LOCK };
  const started = await loadPyodide(stdLibURL ? { ...options, stdLibURL } : options);
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
 * Call a function of library.py that returns an archive and what is wrong with it.
 *
 * @param {import("pyodide").PyodideAPI} started
 * @param {"engine" | "standard_library"} name
 * @param {...unknown} args
 * @returns {Uint8Array}
 */
function packed(started, name, ...args) {
  const result = started.globals.get(name)(...args.map((arg) => started.toPy(arg)));
  const [bytes, problems] = result.toJs();
  stopAt(problems);
  return bytes;
}

/**
 * The trimmed, compiled standard library.
 *
 * @param {string} cache
 * @returns {Promise<string>} its path
 */
async function standardLibrary(cache) {
  const shipped = await readFile(path.join(PYODIDE, "python_stdlib.zip"));
  const key = hash(version, shipped, await readFile(path.join(WEB, "library.py")));
  const file = path.join(cache, `python-${key}.zip`);
  if (await stat(file).catch(() => null)) return file;
  const library = packed(await python(), "standard_library", new Uint8Array(shipped));
  await mkdir(cache, { recursive: true });
  await writeFile(`${file}.${process.pid}`, library);
  await rename(`${file}.${process.pid}`, file);
  return file;
}

/**
 * Our own Python, compiled: the engine, and the part of the press that runs a cell. All of it is
 * imported once by the interpreter that the browser will have.
 *
 * @param {string} library path of the standard library
 */
async function engine(library) {
  const files = (await readdir(path.join(ROOT, "reference_impl"), { recursive: true }))
    .map((file) => `reference_impl/${file.split(path.sep).join("/")}`)
    .filter((file) => !/(^|\/)__pycache__(\/|$)/.test(file));
  /** @type {Record<string, Uint8Array>} */
  const sources = {};
  for (const file of [...files, "press/__init__.py", "press/cell.py"]) {
    const place = path.join(ROOT, file);
    if ((await stat(place)).isFile()) sources[file] = new Uint8Array(await readFile(place));
  }
  const started = await python(library);
  const archive = packed(started, "engine", sources, PLACE);
  for (const [file, content] of await unpack(new Blob([archive]).stream())) {
    started.FS.mkdirTree(path.posix.dirname(`${PLACE}/${file}`));
    started.FS.writeFile(`${PLACE}/${file}`, content);
  }
  stopAt(started.globals.get("problems")(PLACE).toJs());
  return archive;
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
const archive = await engine(library);
await writeFile(path.join(folder, "engine.bin"), archive);

/** @type {Record<string, Uint8Array>} */
const interpreter = { "python_stdlib.zip": await readFile(library) };
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
const sizes = { "engine.bin": archive.length };
for (const file of ["pyodide.asm.wasm", "python_stdlib.zip"]) sizes[file] = interpreter[file].length;
const PYTHON = {
  folder: pyodide,
  engine: `engine.bin?${hash(archive)}`,
  place: PLACE,
  sizes,
  lock: LOCK,
};
const WORKER = await bundle(folder, "worker.js", { PYTHON });
const EDITOR = await bundle(folder, "editor.js", {});
const SHEET = await sheet(folder, "look-run.css");
const DESK = await bundle(folder, "desk.js", { WORKER, EDITOR, SHEET });
await bundle(folder, "cells.js", { DESK });
