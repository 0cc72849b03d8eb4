// Runs jobs of the press in Pyodide, as a browser would: a line of JSON in, a line of JSON out.
//
//     node jobs.mjs ROOT
//
// Started by test_pyodide.py. Python sees the project's own files, below /project.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { loadPyodide } from "../../web/node_modules/pyodide/pyodide.mjs";

const python = await loadPyodide({ stdout: (text) => console.error(text) });
python.mountNodeFS("/project", process.argv[2]);
const run = python.runPython(readFileSync(new URL("jobs.py", import.meta.url), "utf8"));
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${run(line)}\n`);
}
