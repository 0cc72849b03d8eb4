/**
 * The service worker: keeps the whole site on the reader's device, once the reader asks for it.
 *
 * It lies at the root of the site, wherever that is. With a network every request is answered by
 * the server; without one, by what was kept, all of one build. What is kept is listed in
 * `offline.json`, which the press writes.
 *
 * In:  {type: "keep"}
 * Out: {type: "progress", loaded, total} · {type: "kept"} · {type: "failed", message}
 *
 * @typedef {import("./keeping.js").List} List
 */

const worker = /** @type {any} */ (self);
const PREFIX = "hb-site ";
const LIST = "offline.json";
const AT_ONCE = 6;

/** @param {string} file */
const address = (file) => new URL(file, worker.registration.scope).href;

/** The cache with a finished copy, if there is one. */
async function finished() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    const list = await cache.match(address(LIST));
    if (list) return { name, cache, list: /** @type {List} */ (await list.json()) };
  }
  return null;
}

/**
 * Keep every file of the list; what is kept already and has not changed is not loaded again.
 *
 * @param {(message: Record<string, unknown>) => void} tell
 */
async function keep(tell) {
  const response = await fetch(address(LIST), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${LIST}: ${response.status}`);
  /** @type {List} */
  const { version, bytes, files } = await response.clone().json();
  const before = await finished();
  const name = PREFIX + version;
  if (before?.name === name) return;
  await caches.delete(name);
  const cache = await caches.open(name);
  const waiting = Object.entries(files);
  let loaded = 0;
  const load = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [file, [hash, size]] = next;
      const same = before?.list.files[file]?.[0] === hash;
      const old = same ? await before.cache.match(address(file)) : undefined;
      const found = old ?? (await fetch(address(file), { cache: "no-cache" }));
      if (!found.ok) throw new Error(`${file}: ${found.status}`);
      await cache.put(address(file), found);
      loaded += size;
      tell({ type: "progress", loaded, total: bytes });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, load));
    await cache.put(address(LIST), response); // last: a copy with a list is whole
  } catch (reason) {
    waiting.length = 0;
    await caches.delete(name);
    throw reason;
  }
  if (before) await caches.delete(before.name);
}

/**
 * What was kept for an address.
 *
 * @param {URL} wanted
 */
async function kept({ origin, pathname }) {
  const copy = await finished();
  const page = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
  for (const path of [page, `${pathname}/index.html`]) {
    const found = await copy?.cache.match(origin + path);
    if (found) return found;
  }
  return (await copy?.cache.match(address("404.html"))) ?? Response.error();
}

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {any} */ event) =>
  event.waitUntil(worker.clients.claim()),
);
worker.addEventListener("message", (/** @type {any} */ event) => {
  const tell = (/** @type {Record<string, unknown>} */ message) => event.source.postMessage(message);
  if (event.data.type !== "keep") return;
  event.waitUntil(
    keep(tell).then(
      () => tell({ type: "kept" }),
      (reason) => tell({ type: "failed", message: String(reason) }),
    ),
  );
});
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(worker.registration.scope)) return;
  event.respondWith(fetch(request).catch(() => kept(new URL(request.url))));
});
