/** Addresses with content hashes, and sizes, that `build.mjs` puts in. */
declare const DESK: string;
declare const EDITOR: string;
declare const SHEET: string;
/** Hash of the engine, to ask for its source by. */
declare const SOURCE: string;
declare const WORKER: string;
declare const PYTHON: {
  /** Folder of Pyodide's files, named by their content. */
  folder: string;
  engine: string;
  /** Bytes as they come out of the decoder, by file name. */
  sizes: Record<string, number>;
  /** Pyodide's lock without packages: nothing is ever looked up elsewhere. */
  lock: string;
};

interface Window {
  /** Material's stream of pages. */
  document$?: { subscribe(next: () => void): void };
}
