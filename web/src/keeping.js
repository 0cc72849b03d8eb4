/**
 * The switch for offline use: keep the site on this device, renew the copy, remove it.
 *
 * Nothing is kept, and no service worker is there, until the reader presses the button.
 */
import { element } from "./bar.js";
import { megabytes, phrases } from "./phrases.js";
import { languageOf } from "./words.js";

/**
 * @typedef {{ version: string, bytes: number, files: Record<string, [string, number]> }} List
 *   what there is to keep; `files`: hash and size, by path from the root of the site
 */

const PREFIX = "hb-site ";
const root = () => new URL("../../", import.meta.url);

export class Keeping {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.said = phrases(languageOf(place));
    this.button = element("button", { type: "button", class: "hb-button" });
    this.line = element("span", { role: "status" });
    this.button.addEventListener("click", () => this.press());
    /** @type {() => Promise<void>} */
    this.press = async () => {};
    place.replaceChildren(this.button, this.line);
    if (!navigator.serviceWorker) {
      this.button.hidden = true;
      this.line.textContent = this.said.unable;
    } else {
      this.look().catch(console.error);
    }
  }

  /** Say what is kept, and offer what can be done about it. */
  async look() {
    const { said } = this;
    const version = await keptVersion();
    const response = await fetch(new URL("offline.json", root())).catch(() => null);
    /** @type {List | null} without a network nothing is newer than what is kept */
    const list = response?.ok ? await response.json() : null;
    if (version === null) {
      this.#offer(said.keepAll(list?.bytes ?? 0), "", () => this.#keep());
      this.button.hidden = !list;
    } else if (list && list.version !== version) {
      this.#offer(said.renew, said.older, () => this.#keep());
    } else {
      this.#offer(said.remove, said.offline, () => this.#remove());
    }
  }

  /**
   * @param {string} name of the button
   * @param {string} words beside it
   * @param {() => Promise<void>} press
   */
  #offer(name, words, press) {
    this.button.hidden = false;
    this.button.removeAttribute("disabled");
    this.button.textContent = name;
    this.line.textContent = words;
    this.press = press;
  }

  async #keep() {
    this.button.setAttribute("disabled", "");
    const { serviceWorker } = navigator;
    try {
      await serviceWorker.register(new URL("offline.js", root()), { scope: root().pathname });
      const { active } = await serviceWorker.ready;
      await new Promise((resolve, reject) => {
        serviceWorker.onmessage = ({ data }) => {
          if (data.type === "progress") this.line.textContent = megabytes(data.loaded, data.total);
          if (data.type === "kept") resolve(null);
          if (data.type === "failed") reject(new Error(data.message));
        };
        active?.postMessage({ type: "keep" });
      });
      await this.look();
    } catch (reason) {
      console.error(reason);
      this.#offer(this.said.retry, this.said.failed, () => this.#keep());
    }
    this.button.focus();
  }

  async #remove() {
    const registered = await navigator.serviceWorker.getRegistration(root());
    await registered?.unregister();
    for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
    await this.look();
  }
}

/** Of which build a finished copy is here; null if there is none. */
async function keptVersion() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    if (await cache.match(new URL("offline.json", root()))) return name.slice(PREFIX.length);
  }
  return null;
}
