/**
 * Every word that a cell shows, in both languages.
 *
 * @typedef {"zh" | "en"} Language
 * @typedef {"waiting" | "below" | "loading" | "running" | "equal" | "same picture" | "raised"
 *   | "differs" | "error" | "mismatch" | "stopped" | "limit" | "failed" | "crashed"
 *   | "recursion"} Said
 */

const WORDS = {
  zh: {
    waiting: "等上面的代码先跑完",
    below: "等下面的代码先跑完",
    loading: "正在载入 Python",
    running: "运行中",
    equal: "与 torch 相同",
    "same picture": "与用 torch 画的相同",
    raised: "预期的错误，与 torch 逐字相同",
    differs: "代码已改，输出与原例不同",
    error: "运行出错",
    mismatch: "与 torch 不同：这是本站的错",
    stopped: "已停止",
    limit: "输出满 64,000 个字符，已停止",
    failed: "没有下载成功",
    crashed: "Python 意外退出，已重新启动",
    recursion: "递归太深，Python 已重新启动",
    run: "运行",
    again: "再运行",
    stop: "停止",
    retry: "重试",
    output: "输出",
    silent: "没有输出",
    crash: "运行 Python 的线程退出了，变量都已清空。再运行一次，上面的代码会先跑一遍。",
    deep: "函数调用套得太深，超出了浏览器的栈，变量都已清空。多半是递归没有终点。",
    now: "现在",
    original: "原例",
    progress: "进度",
  },
  en: {
    waiting: "Waiting for the code above",
    below: "Waiting for the code below",
    loading: "Loading Python",
    running: "Running",
    equal: "Same as torch",
    "same picture": "Same picture as from torch",
    raised: "Expected error, torch’s word for word",
    differs: "Edited; differs from the original",
    error: "Error",
    mismatch: "Differs from torch: our mistake",
    stopped: "Stopped",
    limit: "Stopped at 64,000 characters of output",
    failed: "Download failed",
    crashed: "Python quit and was restarted",
    recursion: "Recursion too deep; Python was restarted",
    run: "Run",
    again: "Run again",
    stop: "Stop",
    retry: "Retry",
    output: "Output",
    silent: "No output",
    crash: "The thread that ran Python has ended, and its variables are gone. Run again: the code above runs first.",
    deep: "Calls were nested deeper than the browser’s stack, and the variables are gone. Most likely a recursion has no end.",
    now: "now",
    original: "original",
    progress: "Progress",
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

/**
 * A length of time, as finely as a reader cares.
 *
 * @param {number} time in seconds
 * @param {Language} language
 * @param {number} digits after the point
 */
export function seconds(time, language, digits = time < 9.995 ? 2 : 1) {
  const number = time < 0.01 && digits > 1 ? "< 0.01" : time.toFixed(digits);
  return `${number} ${language === "zh" ? "秒" : "s"}`;
}

/**
 * The line of the cell at which it went wrong.
 *
 * @param {number} line counted from 1
 * @param {Language} language
 */
export const errorOnLine = (line, language) =>
  language === "zh" ? `第 ${line} 行出错` : `Error on line ${line}`;

/**
 * How much has arrived of what Python needs.
 *
 * @param {number} loaded in bytes
 * @param {number} total in bytes
 */
export const megabytes = (loaded, total) =>
  `${(loaded / 1e6).toFixed(1)} / ${(total / 1e6).toFixed(1)} MB`;
