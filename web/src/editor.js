/**
 * The editor: CodeMirror with what writing a cell of Python takes, and nothing that catches Tab.
 *
 * Loaded when a reader asks to edit. It knows no cell and no page.
 */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { pythonLanguage } from "@codemirror/lang-python";
import { EditorState, Prec, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, keymap, tooltips } from "@codemirror/view";
import { classHighlighter, highlightCode } from "@lezer/highlight";

/**
 * @typedef {object} Settings
 * @property {string} label the editor's name for the ear
 * @property {string | null} original the code as the page came with it, to mark changes against
 * @property {string} text the code to begin with
 * @property {() => void} changed
 * @property {() => void} run
 * @property {() => void} leave
 * @property {import("@codemirror/autocomplete").CompletionSource} complete
 * @property {Record<string, string>} phrases CodeMirror's own words, translated
 */

const CODE = "var(--md-code-font-family)";
const theme = EditorView.theme({
  "&": { background: "var(--hb-sunk)", color: "var(--hb-ink)", fontSize: "var(--hb-code-size)" },
  "&.cm-focused": { outline: ".125rem solid var(--hb-accent)", outlineOffset: "-.125rem" },
  ".cm-scroller": { fontFamily: CODE, lineHeight: "1.65", overflow: "auto" },
  ".cm-content": { padding: ".7rem 0", caretColor: "var(--hb-accent)" },
  ".cm-line": { padding: "0 .85rem 0 .7rem", borderInlineStart: ".15rem solid transparent" },
  ".cm-cursor": { borderLeftColor: "var(--hb-accent)", borderLeftWidth: ".1rem" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { background: "var(--hb-soft)" },
  "&.cm-focused .cm-matchingBracket": {
    background: "none",
    outline: ".05rem solid var(--hb-edge)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { background: "none", color: "var(--hb-err)" },
});

/** @type {import("@codemirror/state").StateEffectType<number | null>} */
const setError = StateEffect.define();
/** The line at which the code went wrong, counted from 1, until the code is changed. */
const error = StateField.define({
  create: () => /** @type {number | null} */ (null),
  update(line, { effects, docChanged }) {
    for (const effect of effects) if (effect.is(setError)) return effect.value;
    return docChanged ? null : line;
  },
});

/**
 * Which lines a reader has written: all between the first and the last that differ from the
 * original.
 *
 * @param {string[]} lines
 * @param {string[]} original
 * @returns {[number, number]} the first, and the one after the last, counted from 0
 */
export function changedLines(lines, original) {
  let first = 0;
  while (first < lines.length && first < original.length && lines[first] === original[first]) {
    first += 1;
  }
  let end = 0;
  const most = Math.min(lines.length, original.length) - first;
  while (end < most && lines[lines.length - 1 - end] === original[original.length - 1 - end]) {
    end += 1;
  }
  return [first, lines.length - end];
}

/** @param {string[] | null} original */
const marks = (original) =>
  EditorView.decorations.compute(["doc", error], (state) => {
    const lines = [...state.doc.iterLines()];
    const [first, end] = original ? changedLines(lines, original) : [0, 0];
    const wrong = state.field(error);
    const builder = new RangeSetBuilder();
    lines.forEach((_, place) => {
      const names = [];
      if (place >= first && place < end) names.push("cm-changed");
      if (place + 1 === wrong) names.push("cm-error");
      if (!names.length) return;
      const { from } = state.doc.line(place + 1);
      builder.add(from, from, Decoration.line({ class: names.join(" ") }));
    });
    return /** @type {import("@codemirror/view").DecorationSet} */ (builder.finish());
  });

/** Whether the reader asks for less motion. */
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Make an editor.
 *
 * @param {Settings} settings
 */
export function create({ label, original, text, changed, run, leave, complete, phrases }) {
  /** @param {() => void} action */
  const key = (action) => () => {
    action();
    return true;
  };
  const view = new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: key(run) }])),
        autocompletion({ override: [complete], icons: false, maxRenderedOptions: 50 }),
        closeBrackets(),
        bracketMatching(),
        drawSelection({ cursorBlinkRate: still() ? 0 : 1200 }),
        history(),
        indentOnInput(),
        indentUnit.of("    "),
        pythonLanguage,
        syntaxHighlighting(classHighlighter),
        tooltips({ parent: document.body }),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          { key: "Escape", run: key(leave) },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorState.phrases.of(phrases),
        EditorView.contentAttributes.of({ "aria-label": label }),
        EditorView.updateListener.of(({ docChanged }) => docChanged && changed()),
        error,
        marks(original?.split("\n") ?? null),
        theme,
      ],
    }),
  });
  return {
    element: view.dom,
    get text() {
      return view.state.doc.toString();
    },
    set text(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    /** @param {{ x: number, y: number } | number} [place] of the caret, on the screen or in the text */
    focus(place) {
      const at = typeof place === "object" ? view.posAtCoords(place) : place;
      if (at != null) view.dispatch({ selection: { anchor: at } });
      view.focus();
    },
    /** @param {number | null} line */
    mark: (line) => view.dispatch({ effects: setError.of(line) }),
    remove: () => view.destroy(),
  };
}

/**
 * Python as elements, in the colours of the editor.
 *
 * @param {string} source
 */
export function coloured(source) {
  const code = document.createElement("code");
  highlightCode(
    source,
    pythonLanguage.parser.parse(source),
    classHighlighter,
    (text, classes) => {
      const part = document.createElement("span");
      part.className = classes;
      part.textContent = text;
      code.append(classes ? part : text);
    },
    () => code.append("\n"),
  );
  return code;
}
