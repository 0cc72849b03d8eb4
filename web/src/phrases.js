/**
 * Every word that shows once a reader has asked for something, in both languages.
 *
 * @typedef {import("./words.js").Language} Language
 * @typedef {"waiting" | "below" | "loading" | "running" | "equal" | "same" | "same picture"
 *   | "raised" | "differs" | "error" | "mismatch" | "stopped" | "limit" | "failed" | "crashed"
 *   | "recursion" | "ran" | "passed" | "not passed" | "broken"} Said
 */
import { words } from "./words.js";

const PHRASES = {
  zh: {
    waiting: "等上面的代码先跑完",
    below: "等下面的代码先跑完",
    running: "运行中",
    equal: "与 torch 相同",
    same: "代码已改，输出与原例相同",
    "same picture": "与用 torch 画的相同",
    raised: "预期的错误，与 torch 逐字相同",
    differs: "代码已改，输出与原例不同",
    error: "运行出错",
    mismatch: "与 torch 不同：这是本站的错",
    stopped: "已停止",
    limit: "输出满 64,000 个字符，已停止",
    crashed: "Python 意外退出，已重新启动",
    recursion: "递归太深，Python 已重新启动",
    ran: "已运行",
    passed: "检查全部通过",
    "not passed": "还有检查没通过",
    broken: "检查没能做完",
    pass: "通过",
    fail: "未通过",
    later: "还没查到",
    done: "已通过",
    kept: "进度只记在这个浏览器里。",
    erase: "清除这一题",
    "erase all": "清除全部练习",
    "not compared": "未与 torch 比对",
    output: "输出",
    silent: "没有输出",
    crash: "运行 Python 的线程退出了，变量都已清空。再运行一次，上面的代码会先跑一遍。",
    deep: "函数调用套得太深，超出了浏览器的栈，变量都已清空。多半是递归没有终点。",
    modules: "浏览器里有 Python 的标准库（大部分），还有 torch、numpy、keras、transformers 的参考实现；别的模块没有。",
    now: "现在",
    original: "原例",
    progress: "进度",
    edit: "编辑",
    reset: "还原",
    edited: "已修改",
    editor: "代码编辑器",
    playground: "演练场",
    ready: "还没有运行",
    nothing: "还没有输出",
    link: "复制链接",
    save: "下载 .py",
    from: "从这里开始",
    choose: "选一个例子",
    examples: /** @type {Record<string, string>} */ ({
      views: "一块存储，多种读法",
      gradient: "求一个梯度",
      line: "拟合一条直线",
      graph: "画出自动求导图",
      error: "一个形状错误",
    }),
    linked: "这段代码来自链接，不会自动运行；看过再按「运行」。",
    unreadable: "链接里的代码读不出来：链接可能不完整。",
    copied: "链接已复制：代码就在链接里，没有传到任何地方。",
    inAddress: "链接已在地址栏里，请从那里复制。",
    unable: "这个浏览器不能离线保存网站，或者地址不是 https。",
    keepAll: (/** @type {number} */ bytes) => `保存到这台设备（${Math.ceil(bytes / 1e6)} MB）`,
    offline: "已保存，没有网络也能用。",
    older: "已保存，网上有更新的内容。",
    renew: "更新",
    remove: "从这台设备删除",
    help: "这个错误是什么意思？",
    tensors: "张量",
    close: "收起",
    name: "名称",
    storage: "存储",
    none: "无",
    graphed: "自动求导图",
    graph: (/** @type {string} */ name) => `自动求导图：${name} 从哪里来，梯度回到哪里`,
    ungraphed: (/** @type {string} */ name) => `${name} 没有 grad_fn：没有记录下运算。`,
    reads: (/** @type {number} */ elements, /** @type {number} */ bytes, /** @type {string[]} */ names) =>
      `${elements} 个元素，${bytes} 字节，${names.length > 1 ? `由 ${names.join("、")} 共用` : `只有 ${names[0]}`}`,
    drawn: /** @type {Record<string, string>} */ ({
      leaf: "叶子",
      "no gradient": "没有梯度",
      forward: "前向",
      backward: "反向",
      "no elements": "没有元素",
    }),
    sources: "这段代码调用了，源代码在 reference_impl",
    source: "源代码",
  },
  en: {
    waiting: "Waiting for the code above",
    below: "Waiting for the code below",
    running: "Running",
    equal: "Same as torch",
    same: "Edited; same as the original",
    "same picture": "Same picture as from torch",
    raised: "Expected error, torch’s word for word",
    differs: "Edited; differs from the original",
    error: "Error",
    mismatch: "Differs from torch: our mistake",
    stopped: "Stopped",
    limit: "Stopped at 64,000 characters of output",
    crashed: "Python quit and was restarted",
    recursion: "Recursion too deep; Python was restarted",
    ran: "Ran",
    passed: "All checks passed",
    "not passed": "Not all checks passed",
    broken: "The check broke off",
    pass: "Passed",
    fail: "Failed",
    later: "Not reached",
    done: "Passed",
    kept: "Kept in this browser only.",
    erase: "Erase this one",
    "erase all": "Erase all exercises",
    "not compared": "not compared with torch",
    output: "Output",
    silent: "No output",
    crash: "The thread that ran Python has ended, and its variables are gone. Run again: the code above runs first.",
    deep: "Calls were nested deeper than the browser’s stack, and the variables are gone. Most likely a recursion has no end.",
    modules: "The browser has Python’s standard library, nearly all of it, and reference implementations of torch, numpy, keras and transformers; no other modules.",
    now: "now",
    original: "original",
    progress: "Progress",
    edit: "Edit",
    reset: "Reset",
    edited: "edited",
    editor: "Code editor",
    playground: "Playground",
    ready: "Not run yet",
    nothing: "No output yet",
    link: "Copy link",
    save: "Download .py",
    from: "Start from",
    choose: "an example",
    examples: /** @type {Record<string, string>} */ ({
      views: "One storage, many views",
      gradient: "A gradient",
      line: "Fit a line",
      graph: "Draw an autograd graph",
      error: "A shape error",
    }),
    linked: "This code came with a link. It never runs by itself: read it, then press Run.",
    unreadable: "The code in this link cannot be read: the link may be cut short.",
    copied: "Link copied: the code is in the link itself, and was sent nowhere.",
    inAddress: "The link is in the address bar; copy it from there.",
    unable: "This browser cannot keep the site, or its address is not https.",
    keepAll: (/** @type {number} */ bytes) => `Keep it on this device (${Math.ceil(bytes / 1e6)} MB)`,
    offline: "Kept: it works without a network.",
    older: "Kept; the site has newer pages.",
    renew: "Renew",
    remove: "Remove it from this device",
    help: "What does this error mean?",
    tensors: "Tensors",
    close: "Close",
    name: "name",
    storage: "storage",
    none: "none",
    graphed: "Autograd graph",
    graph: (/** @type {string} */ name) => `Autograd: where ${name} comes from, where its gradient goes`,
    ungraphed: (/** @type {string} */ name) => `${name} has no grad_fn: no operation was recorded.`,
    reads: (/** @type {number} */ elements, /** @type {number} */ bytes, /** @type {string[]} */ names) =>
      `${elements} element${elements === 1 ? "" : "s"}, ${bytes} bytes, ${names.length > 1 ? `shared by ${names.join(", ")}` : `${names[0]} alone`}`,
    drawn: /** @type {Record<string, string>} */ ({}),
    sources: "What the code called, as reference_impl has it",
    source: "Source",
  },
};

/** @param {Language} language */
export const phrases = (language) => ({ ...words(language), ...PHRASES[language] });

/**
 * How many tensors there are, and over how many storages.
 *
 * @param {number} tensors
 * @param {number} storages
 * @param {number} more tensors that are not shown
 * @param {Language} language
 */
export function shared(tensors, storages, more, language) {
  if (language === "zh") {
    const rest = more ? `；另有 ${more} 个没有列出` : "";
    return tensors ? `${tensors} 个张量，${storages} 块存储；记号相同即共享内存${rest}` : "没有张量";
  }
  if (!tensors) return "No tensors";
  const rest = more ? `; ${more} more are not listed` : "";
  const plural = (/** @type {number} */ n, /** @type {string} */ what) => `${n} ${what}${n === 1 ? "" : "s"}`;
  return `${plural(tensors, "tensor")} over ${plural(storages, "storage")}; the same letter is the same memory${rest}`;
}

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
 * Which step of a loop runs.
 *
 * @param {number} step counted from 1
 * @param {number} total
 * @param {Language} language
 */
export const stepOf = (step, total, language) =>
  language === "zh" ? `第 ${step} / ${total} 步` : `step ${step} of ${total}`;

/**
 * How much has arrived of what Python needs.
 *
 * @param {number} loaded in bytes
 * @param {number} total in bytes
 */
export const megabytes = (loaded, total) =>
  `${(loaded / 1e6).toFixed(1)} / ${(total / 1e6).toFixed(1)} MB`;
