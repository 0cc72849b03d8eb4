/**
 * Cut a function or class out of a Python file.
 *
 * @param {string} text the file
 * @param {number} line its first line, of a decorator if it has one; counted from 1
 */
export function excerpt(text, line) {
  const lines = text.split("\n").slice(line - 1);
  const indentOf = (/** @type {string} */ each) => each.length - each.trimStart().length;
  const indent = indentOf(lines[0]);
  const head = lines.findIndex((each) => /^ *(async def|def|class)\b/.test(each));
  // What closes the brackets of a head stands as far left as the head itself.
  const end = lines.findIndex(
    (each, place) =>
      place > head && each.trim() && !/^[)\]}]/.test(each.trim()) && indentOf(each) <= indent,
  );
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .map((each) => each.slice(indent))
    .join("\n")
    .trimEnd();
}
