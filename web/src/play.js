/**
 * The playground: one editor, one output, a namespace that begins anew with each run.
 *
 * Its code comes from an example, from what the reader wrote before on this page, or from a link.
 * A link never runs by itself.
 */
import { element } from "./bar.js";
import { phrases } from "./phrases.js";
import { packed, unpacked } from "./share.js";
import { judge, whole } from "./verdict.js";
import { languageOf } from "./words.js";

/**
 * @typedef {import("./verdict.js").Cell} Cell
 * @typedef {import("./kernel.js").Result} Result
 */

const DRAFT = "hb-draft";
const RUN = "M3 1.5v13l11-6.5z";
const LINK = "M6.5 9.5 9.5 6.5M7 4.5l2-2a3 3 0 0 1 4.5 4.5l-2 2M9 11.5l-2 2A3 3 0 0 1 2.5 9l2-2";
const SAVE = "M7 1h2v7h3l-4 4-4-4h3zM2 13h12v2H2z";

export class Play {
  #runs = 0;
  /** @type {string} the namespace of the last run */
  session = "";
  /** @type {Cell[]} */
  #examples = [];

  /**
   * @param {HTMLElement} root
   * @param {Cell[]} examples
   */
  constructor(root, examples) {
    this.root = root;
    this.said = phrases(languageOf(root));
    this.#examples = examples;
    const { said } = this;
    this.copy = this.#button("hb-link", LINK, said.link);
    this.save = this.#button("hb-save", SAVE, said.save);
    this.choice = /** @type {HTMLSelectElement} */ (
      element(
        "select",
        {},
        element("option", { value: "" }, said.choose),
        ...examples.map(({ name }) => element("option", { value: name }, said.examples[name] ?? name)),
      )
    );
    this.note = element("p", { class: "hb-play__note", role: "status" });
    this.note.hidden = true;
    const run = this.#button("hb-run", RUN, said.run);
    const silent = element("pre", { tabindex: "0", role: "group", "aria-label": said.output });
    silent.append(element("span", { class: "hb-none" }, said.nothing));
    root.classList.add("hb-cell");
    root.dataset.state = "recorded";
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", said.playground);
    root.replaceChildren(
      element(
        "div",
        { class: "hb-play__bar" },
        element("div", { class: "hb-do" }, run, this.copy, this.save),
        element("label", {}, said.from, this.choice),
      ),
      this.note,
      element("div", { class: "hb-play__code" }),
      element(
        "div",
        { class: "hb-cell__side" },
        element("p", { class: "hb-state", role: "status" }, element("b", {}, said.ready)),
        element("div", { class: "hb-out" }, silent),
      ),
    );
  }

  /**
   * @param {string} name
   * @param {string} icon
   * @param {string} word
   */
  #button(name, icon, word) {
    const button = element("button", { type: "button", class: `${name} hb-button` });
    const stroke = name === "hb-link" ? ' fill="none" stroke="currentColor" stroke-width="1.6"' : "";
    button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${icon}"${stroke}/></svg>`;
    button.append(word);
    return button;
  }

  /**
   * The code to begin with.
   *
   * @returns {Promise<string>}
   */
  async first() {
    try {
      const code = await unpacked(location.hash);
      if (code !== null) {
        this.tell(this.said.linked);
        return code;
      }
    } catch (reason) {
      console.error(reason);
      this.tell(this.said.unreadable);
    }
    return draft() ?? this.#examples[0]?.source ?? "";
  }

  /**
   * Offer what the buttons do, now that there is an editor.
   *
   * @param {import("./editing.js").Editing} code
   */
  attach(code) {
    this.choice.addEventListener("change", () => {
      const chosen = this.#examples.find(({ name }) => name === this.choice.value);
      if (chosen) code.replace(chosen.source);
      this.note.hidden = true;
    });
    this.copy.addEventListener("click", async () => {
      const address = new URL(await packed(code.text), location.href);
      history.replaceState(history.state, "", address);
      try {
        await navigator.clipboard.writeText(address.href);
        this.tell(this.said.copied);
      } catch {
        this.tell(this.said.inAddress);
      }
    });
    this.save.addEventListener("click", () => {
      const file = new Blob([`${code.text.trimEnd()}\n`], { type: "text/x-python" });
      const address = URL.createObjectURL(file);
      const link = element("a", { href: address, download: "playground.py" });
      link.click();
      URL.revokeObjectURL(address);
    });
  }

  /**
   * The code has been changed: it is kept until the browser's tab is closed.
   *
   * @param {string} code
   */
  changed(code) {
    if (location.hash.startsWith("#code=")) history.replaceState(history.state, "", location.pathname);
    this.choice.value = this.#examples.find(({ source }) => source === code)?.name ?? "";
    try {
      sessionStorage.setItem(DRAFT, code);
    } catch {
      // Then it is not kept.
    }
  }

  /** @param {string} words */
  tell(words) {
    this.note.hidden = false;
    this.note.textContent = words;
  }

  /**
   * Run the code. An example that nobody has changed is held against what torch printed for it.
   *
   * @param {string} source
   * @param {import("./runner.js").Job} job
   * @param {import("./runner.js").Runner} runner
   * @returns {Promise<Result | null>}
   */
  async run(source, job, runner) {
    const { kernel } = runner;
    if (this.session) kernel.forget(this.session);
    const example = this.#examples.find((cell) => cell.source === source);
    this.session = `${runner.visits} playground ${this.#runs++}`;
    const name = example?.name ?? "playground";
    const result = await kernel.run(
      { session: this.session, name, source },
      runner.watcher(job, job.view),
    );
    if (job.left || !whole(result) || !("printed" in result)) return result;
    if (example) {
      const verdict = judge(result, example);
      if (verdict.state === "mismatch" && kernel.shared(this.session)) {
        kernel.renew();
        return this.run(source, job, runner);
      }
      job.view.finish(result, verdict);
      return null;
    }
    const line = result.raised?.line ?? null;
    const state = result.raised ? "error" : "ran";
    job.view.finish(result, { state, said: state, line, difference: null });
    return null;
  }
}

/** What the reader wrote before, in this tab. */
function draft() {
  try {
    return sessionStorage.getItem(DRAFT);
  } catch {
    return null; // storage may be forbidden
  }
}
