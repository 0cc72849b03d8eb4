// Names for what Material makes in the page (copy bars, annotation links), and a language switcher
// that leads to the same page and place; a report that names the cell one was at.

document$.subscribe(() => {
  const main = document.querySelector("article");
  at = undefined;
  if (!main) return;
  const word = document.documentElement.lang.startsWith("zh") ? "注释" : "Note";
  const name = () => {
    for (const nav of main.querySelectorAll("nav.md-code__nav:not([role])")) nav.setAttribute("role", "none");
    for (const a of main.querySelectorAll("a.md-annotation__index:not([aria-label])"))
      a.setAttribute("aria-label", `${word} ${a.hash.split("_").pop()}`);
  };
  new MutationObserver(name).observe(main, { childList: true, subtree: true });
  name();
  lead();
});

// The header outlives an instant navigation, so its links are set anew. With a target they are left
// to the browser: a language has its own header, search index and lang attribute.
function lead() {
  const root = new URL(__md_scope).pathname;
  const page = location.pathname.slice(root.length).replace(/^en\//, "");
  for (const a of document.querySelectorAll(".md-select__link")) {
    a.target = "_self";
    a.href = root + (a.hreflang === "en" ? "en/" : "") + page + location.hash;
  }
}
addEventListener("click", lead, true);

let at;
function touch({ target }) {
  const near = target.closest?.("[data-cell], .hb-exercise");
  if (near) at = near.dataset.cell ?? near.id;
  const link = target.closest?.("[data-report]");
  if (!link || !at) return;
  link.dataset.plain ??= link.href;
  link.href = link.dataset.plain.replace("%E2%80%93", encodeURIComponent(at));
}
addEventListener("pointerdown", touch);
addEventListener("focusin", touch);
addEventListener("hashchange", lead);
