/**
 * The life of the worker that runs Python.
 *
 * A run ends in exactly one of these ways: the worker answers; the reader stops it; the worker
 * cannot be loaded; the worker dies. In the last three the worker is replaced, and with it go
 * the variables: only `lost` tells the sessions.
 *
 * @typedef {{ session: string, name: string, source: string }} Request
 * @typedef {{ type: string, message: string, line: number | null, trace: string, origin: string }} Raised
 * @typedef {object} Outcome
 * @property {"done" | "raised" | "limit" | "interrupted" | "exit"} kind
 * @property {string} text
 * @property {string} printed
 * @property {string | null} figure
 * @property {string} alt
 * @property {Raised | null} raised
 * @property {number} seconds
 *
 * @typedef {{ kind: "stopped" }} Stopped
 * @typedef {{ kind: "failed", message: string }} Failed
 * @typedef {{ kind: "crashed" | "recursion", message: string }} Died
 * @typedef {Outcome | Stopped | Failed | Died} Result
 *
 * @typedef {object} Watcher
 * @property {(loaded: number, total: number) => void} loading
 * @property {() => void} started Python is there, and the cell runs
 * @property {(text: string) => void} text
 * @property {(step: number, total: number) => void} step how far its loop is; zeros: it has ended
 *
 * @typedef {Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">} WorkerLike
 * @typedef {Pick<LockManager, "request">} Locks
 */

/** How long an interrupt may take before the worker is ended instead, in milliseconds. */
const PATIENCE = 1000;

export class Kernel {
  /** @type {WorkerLike | null} */
  #worker = null;
  #ready = false;
  #progress = { loaded: 0, total: 0 };
  /** @type {Uint8Array | null} */
  #interrupt = null;
  #runs = 0;
  /** @type {Map<number, (value: any) => void>} questions that Python has not answered */
  #asked = new Map();
  /** @type {Set<string>} the sessions that the present worker has served */
  #served = new Set();
  /** @type {{ id: number, request: Request, watcher: Watcher, end: (result: Result) => void } | null} */
  #current = null;

  /**
   * @param {() => WorkerLike} spawn
   * @param {object} environment
   * @param {boolean} [environment.isolated] the page may share memory with the worker
   * @param {Locks} [environment.locks] they tell of a worker's death
   * @param {() => void} [environment.lost] called when variables are lost
   * @param {() => void} [environment.loaded] called when Python is there
   */
  constructor(spawn, { isolated = false, locks, lost = () => {}, loaded = () => {} } = {}) {
    this.spawn = spawn;
    this.loaded = loaded;
    this.isolated = isolated;
    this.locks = locks;
    this.lost = lost;
  }

  /** Start Python, if it is not there yet. */
  start() {
    if (this.#worker) return;
    let worker;
    try {
      worker = this.spawn();
    } catch (reason) {
      this.#end({ kind: "failed", message: String(reason) });
      return;
    }
    this.#worker = worker;
    this.#ready = false;
    this.#progress = { loaded: 0, total: 0 };
    worker.onmessage = ({ data }) => worker === this.#worker && this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#dead(worker, event.message ?? "");
    };
    if (this.isolated) {
      this.#interrupt = new Uint8Array(new SharedArrayBuffer(1));
      worker.postMessage({ type: "interrupt", buffer: this.#interrupt });
    }
  }

  /**
   * Run a cell. One at a time: the caller waits for the one before.
   *
   * @param {Request} request
   * @param {Watcher} watcher
   * @returns {Promise<Result>}
   */
  run(request, watcher) {
    if (this.#current) throw new Error("a cell is running");
    const id = ++this.#runs;
    return new Promise((resolve) => {
      this.#current = { id, request, watcher, end: resolve };
      this.start();
      if (this.#ready) this.#send();
      else if (this.#worker) watcher.loading(this.#progress.loaded, this.#progress.total);
    });
  }

  /** Hand the waiting request to a worker that is ready for it. */
  #send() {
    if (!this.#current) return;
    const { id, request, watcher } = this.#current;
    if (this.#interrupt) this.#interrupt[0] = 0;
    this.#served.add(request.session);
    this.#worker?.postMessage({ type: "run", id, ...request });
    watcher.started();
  }

  /** Stop the running cell. Where memory is shared the variables stay, else they are lost. */
  stop() {
    if (!this.#current) return;
    const { id } = this.#current;
    if (!this.#ready) {
      this.#drop();
      this.#end({ kind: "stopped" });
    } else if (!this.#interrupt) {
      this.#replace();
    } else {
      this.#interrupt[0] = 2; // SIGINT
      setTimeout(() => id === this.#current?.id && this.#replace(), PATIENCE);
    }
  }

  /** End what runs; the next run starts Python anew. A worker that is still loading goes on. */
  abandon() {
    if (!this.#current) return;
    if (this.#ready) this.#drop();
    this.#end({ kind: "stopped" });
  }

  /** Put a fresh worker in the place of a busy one, at once, so that the next run is quick. */
  #replace() {
    this.#drop();
    this.#end({ kind: "stopped" });
    this.start();
  }

  /**
   * Ask Python something between two runs; null if it is not there, is busy, or ends meanwhile.
   *
   * @param {string} what module and function of the press, as in `inspecting.tensors`
   * @param {string} session whose variables it is about
   * @param {Record<string, unknown>} args
   * @returns {Promise<any>}
   */
  ask(what, session, args = {}) {
    if (!this.#ready || this.#current) return Promise.resolve(null);
    const id = ++this.#runs;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#worker?.postMessage({ type: "ask", id, what, session, args });
    });
  }

  /**
   * Whether the worker has served other sessions than this one: they have variables of their own,
   * but share modules, and with them settings such as torch's print options.
   *
   * @param {string} session
   */
  shared(session) {
    return this.#served.size > Number(this.#served.has(session));
  }

  /** Replace an idle worker by a fresh one. */
  renew() {
    this.#drop();
    this.start();
  }

  /**
   * Forget the variables of a session.
   *
   * @param {string} session
   */
  forget(session) {
    this.#worker?.postMessage({ type: "forget", session });
  }

  /** @param {any} message from the worker */
  #hear(message) {
    const current = this.#current;
    switch (message.type) {
      case "alive":
        this.#watch(message.lock);
        break;
      case "progress":
        this.#progress = message;
        current?.watcher.loading(message.loaded, message.total);
        break;
      case "ready":
        this.#ready = true;
        this.loaded();
        this.#send();
        break;
      case "text":
        if (message.id === current?.id) current?.watcher.text(message.text);
        break;
      case "step":
        if (message.id === current?.id) current?.watcher.step(message.step, message.total);
        break;
      case "done":
        if (message.id !== current?.id) break;
        this.#end(
          message.outcome.kind === "interrupted" ? { kind: "stopped" } : message.outcome,
        );
        break;
      case "answer":
        this.#asked.get(message.id)?.(message.value);
        this.#asked.delete(message.id);
        break;
      case "failed":
        this.#drop();
        this.#end({ kind: "failed", message: message.message });
        break;
      case "died":
        this.#drop();
        this.#end({ kind: message.reason, message: message.message });
        this.start();
        break;
    }
  }

  /**
   * A worker holds a lock as long as it lives. Whoever gets that lock knows that it is dead, even
   * if it was busy with Python until its last moment and no event tells of its end.
   *
   * @param {string} lock
   */
  #watch(lock) {
    const worker = this.#worker;
    this.locks?.request(lock, async () => this.#dead(worker, "the worker was ended"));
  }

  /**
   * @param {WorkerLike | null} worker
   * @param {string} message
   */
  #dead(worker, message) {
    if (!worker || worker !== this.#worker) return;
    const loaded = this.#ready;
    this.#drop();
    this.#end({ kind: loaded ? "crashed" : "failed", message });
    if (loaded) this.start();
  }

  #drop() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#interrupt = null;
    this.#ready = false;
    this.#served.clear();
    for (const resolve of this.#asked.values()) resolve(null);
    this.#asked.clear();
    this.lost();
  }

  /** @param {Result} result */
  #end(result) {
    const current = this.#current;
    this.#current = null;
    current?.end(result);
  }
}
