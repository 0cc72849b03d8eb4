/**
 * A picture that Python drew, made safe to stand in the page.
 *
 * The engine's own pictures use few elements, and attributes only. Whatever else an SVG may hold
 * (scripts, handlers, styles, addresses) is left out, for the code that made it may have come
 * with a link.
 */

const ELEMENTS = new Set(
  (
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan " +
    "marker pattern clipPath mask linearGradient radialGradient stop"
  ).split(" "),
);
const ADDRESSES = new Set(["href", "xlink:href"]);

/**
 * @param {string} svg
 * @param {string} ref the cell, whose name keeps the ids of one picture apart from another's
 * @param {Record<string, string>} said what `draw` writes into pictures, in the page's language
 * @returns {SVGElement | null} null where the text is no SVG
 */
export function drawn(svg, ref, said) {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (root.localName !== "svg" || root.querySelector("parsererror")) return null;
  const prefix = ref.replace(/[^\p{L}\p{N}_]+/gu, "-");
  for (const element of [root, ...root.querySelectorAll("*")]) {
    if (!ELEMENTS.has(element.localName)) {
      element.remove();
      continue;
    }
    // A name, which is bold, is the code's.
    if (element.localName === "text" && !element.hasAttribute("font-weight")) {
      element.textContent = said[element.textContent ?? ""] ?? element.textContent;
    }
    for (const { name, value } of [...element.attributes]) {
      const foreign = ADDRESSES.has(name) ? !value.startsWith("#") : /url\((?!["']?#)/.test(value);
      if (foreign || name.startsWith("on") || name === "style") element.removeAttribute(name);
      else if (name === "id") element.id = `${prefix}-${value}`;
      else if (value.includes("#"))
        element.setAttribute(
          name,
          ADDRESSES.has(name)
            ? value.replace("#", `#${prefix}-`)
            : value.replace(/url\((["']?)#/g, `url($1#${prefix}-`),
        );
    }
  }
  return /** @type {SVGElement} */ (/** @type {unknown} */ (document.importNode(root, true)));
}
