/**
 * The words that a cell shows before anything is loaded, in both languages; the others are phrases.
 *
 * @typedef {"zh" | "en"} Language
 */

const WORDS = {
  zh: {
    loading: "正在载入 Python",
    failed: "没有下载成功",
    run: "运行",
    again: "再运行",
    stop: "停止",
    retry: "重试",
    check: "检查",
  },
  en: {
    loading: "Loading Python",
    failed: "Download failed",
    run: "Run",
    again: "Run again",
    stop: "Stop",
    retry: "Retry",
    check: "Check",
  },
};

/**
 * The language around an element: a page is Chinese or English as a whole, a quotation may not be.
 *
 * @param {Element} element
 * @returns {Language}
 */
export function languageOf(element) {
  const lang = element.closest("[lang]")?.getAttribute("lang") ?? "";
  return lang.startsWith("zh") ? "zh" : "en";
}

/** @param {Language} language */
export const words = (language) => WORDS[language];
