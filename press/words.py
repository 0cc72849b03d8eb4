"""The words that the press itself puts on a page, in both languages."""

LANGUAGES = ("zh", "en")

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        # a cell
        "code": "代码",
        "output": "输出",
        "run": "运行",
        "edit": "编辑",
        "check": "检查",
        "recorded": "torch {version} 的输出",
        "drawn": "由 torch {version} 的张量画出",
        "only": "只在 torch 上运行",
        "silent": "没有输出",
        "source": "源代码",
        "console": "命令行",
        "not run": "没有运行：{reason}",
        # the notes said
        "about": "关于 {about}",
        "wrong": "写错了",
        "outdated": "曾经对，已过时",
        "imprecise": "不准确",
        "typo": "笔误",
        "untested": "没有核对",
        "true": "对",
        "proof": "见证：{cell}",
        "notes said": "笔记里错了什么",
        "notes said lead": (
            "这本手册从一份中文的 PyTorch 笔记写起。笔记里的说法一条一条在 torch {version} 上跑过，"
            "按原来的次序列在这里：先是原话，再是实情；每条都通到讲它的那一课，和证明它的那段代码。"
        ),
        "glossary": "术语表",
        "glossary lead": (
            "这本手册里，一个英文术语只有一个中文词，并列在这里。每条一句话，链接通到讲它的那一节。"
        ),
        "show only": "只看",
        "all": "全部",
        # a trap
        "trap": "当心",
        # an exercise
        "exercise": "练习",
        "checks": "检查",
        "passed": "通过",
        "failed": "未通过",
        "unchecked": "还没查到",
        "start": "这是起始代码的检查结果",
        "hint": "提示",
        "solution": "答案",
        # an API note
        "shape": "形状",
        "returns": "返回",
        "yields": "产出",
        "raises": "报错",
        "gradient": "反传",
        "in place": "原地的 `{name}`：结果写回张量本身，并返回它。",
        # a notebook
        "minutes": "约 {count} 分钟",
        "checked on": "{day} 用 torch {version} 验证过",
        "tags": "标签",
        "tags lead": "跨章节的主题：同一个标签下的几课，从不同的方向讲同一件事。",
        "edit page": "修改这一页",
        "report": "报告错误",
        "report body": "页面：{page}\n版本：{version}\n代码：{cell}\n\n",
        "notebook": "这一课的笔记本",
        "tutorial": "这一页就是笔记本",
        "download": "下载 .ipynb",
        "open": "在网页上看",
        "notes": "注释",
        "notebook intro": (
            "来自《PyTorch 实证手册》。输出由 torch {version} 打印；"
            "要在自己的机器上运行，先 `pip install torch=={version}`。"
        ),
        "notebook wheel": "第一格装上 `reference_impl`：有的代码要用它，多半是用它画图。",
        "search": "搜索",
        # the API page
        "reference": "接口一览",
        "reference lead": (
            "参考实现里有说明的函数和类都列在这里，按源代码的章节排列。"
            "名字、参数和默认值与 torch 一致。"
            "还没有译成中文的条目，先以英文列出。"
        ),
        "api types": "类型、形状与设备",
        "api tensor": "torch.Tensor",
        "api creation": "创建张量",
        "api views": "视图、拼接与重排",
        "api indexing": "索引",
        "api random": "随机数",
        "api elementwise": "逐元素运算",
        "api reductions": "归约、排序与统计",
        "api linalg": "线性代数",
        "api autograd": "自动求导",
        "api nn": "torch.nn",
        "api functional": "torch.nn.functional",
        "api init": "torch.nn.init",
        "api optim": "torch.optim",
        "api data": "torch.utils.data",
        "api more": "文件、设备及其他",
        "also": "也叫：",
        "no notes": "其他名字",
        "holdings": "参考实现里有什么",
        "holdings lead": (
            "torch 的公开名字，按所在的模块列出：哪些参考实现里有，哪些没有。"
            "有的可以点开看说明；没有的，用到时报 `NotImplementedError`，并指到这一页。"
        ),
        "holdings count": "{all} 个名字里有 {there} 个。",
        "holdings there": "有：",
        "holdings missing": "没有：",
        "notebook left out": "预览时不做笔记本，以便改完就能看到；正式构建时有。",
        "reference left out": "预览时不生成这一页，以便改完就能看到；正式构建时有。",
    },
    "en": {
        "code": "Code",
        "output": "Output",
        "run": "Run",
        "edit": "Edit",
        "check": "Check",
        "recorded": "Output of torch {version}",
        "drawn": "Drawn from tensors of torch {version}",
        "only": "Runs on torch only",
        "silent": "No output",
        "source": "Source",
        "console": "Console",
        "not run": "Not run: {reason}",
        "about": "On {about}",
        "wrong": "Wrong",
        "outdated": "Outdated",
        "imprecise": "Imprecise",
        "typo": "Typo",
        "untested": "Not tested",
        "true": "True",
        "proof": "Proof: {cell}",
        "notes said": "What was wrong in the notes",
        "notes said lead": (
            "This handbook began with somebody’s Chinese notes on PyTorch. Each of their claims "
            "was run on torch {version}. Here they are in their order, first what the notes said, "
            "then what is so, with a link to the lesson and to the cell that proves it."
        ),
        "glossary": "Glossary",
        "glossary lead": (
            "Each term of this handbook has one word in Chinese, given beside it. One sentence "
            "says what it means, and a link leads to the section that teaches it."
        ),
        "show only": "Show",
        "all": "All",
        "trap": "Mind",
        "exercise": "Exercise",
        "checks": "Checks",
        "passed": "Passed",
        "failed": "Failed",
        "unchecked": "Not reached",
        "start": "The check of the code as it starts",
        "hint": "Hint",
        "solution": "Solution",
        "shape": "Shape",
        "returns": "Returns",
        "yields": "Yields",
        "raises": "Raises",
        "gradient": "Backward",
        "in place": "`{name}` in place: the tensor itself becomes the result, and is returned.",
        "minutes": "About {count} min",
        "checked on": "Checked with torch {version} on {day}",
        "tags": "Tags",
        "tags lead": (
            "Subjects that run across chapters: lessons under one tag come at it from "
            "different sides."
        ),
        "edit page": "Edit this page",
        "report": "Report a mistake",
        "report body": "Page: {page}\nVersion: {version}\nCell: {cell}\n\n",
        "notebook": "This lesson as a notebook",
        "tutorial": "This page is a notebook",
        "download": "Download .ipynb",
        "open": "Read it here",
        "notes": "Notes",
        "notebook intro": (
            "From PyTorch, Proven. The outputs are what torch {version} printed; "
            "to run it on your machine, `pip install torch=={version}` first."
        ),
        "notebook wheel": (
            "The first cell installs `reference_impl`, which some of the code needs, "
            "mostly to draw."
        ),
        "search": "Search",
        "reference": "The API",
        "reference lead": (
            "The documented functions and classes of the reference implementation, "
            "in the order of its chapters. Names, parameters and defaults are torch’s."
        ),
        "api types": "Types, shapes, devices",
        "api tensor": "torch.Tensor",
        "api creation": "New tensors",
        "api views": "Views, joining, rearranging",
        "api indexing": "Indexing",
        "api random": "Random numbers",
        "api elementwise": "Elementwise operations",
        "api reductions": "Reductions, sorting, counting",
        "api linalg": "Linear algebra",
        "api autograd": "Automatic differentiation",
        "api nn": "torch.nn",
        "api functional": "torch.nn.functional",
        "api init": "torch.nn.init",
        "api optim": "torch.optim",
        "api data": "torch.utils.data",
        "api more": "Files, devices and the rest",
        "also": "Also:",
        "no notes": "Further names",
        "holdings": "What reference_impl holds",
        "holdings lead": (
            "The public names of torch by the module that they are in: those that the reference "
            "implementation has, with a link to their notes, and those that it has not. Using one "
            "of the latter raises `NotImplementedError` and names this page."
        ),
        "holdings count": "{there} of {all} names.",
        "holdings there": "In:",
        "holdings missing": "Not in:",
        "notebook left out": (
            "The preview leaves notebooks out, so that an edit shows at once; a build has them."
        ),
        "reference left out": (
            "The preview leaves this page out, so that an edit shows at once; a build has it."
        ),
    },
}

# The seal of a verdict: one character in Chinese, a sign in English.
SEALS: dict[str, dict[str, str]] = {
    "zh": {
        "wrong": "错",
        "outdated": "旧",
        "imprecise": "偏",
        "typo": "误",
        "untested": "？",
        "true": "对",
    },
    "en": {
        "wrong": "×",
        "outdated": "↻",
        "imprecise": "≈",
        "typo": "✎",
        "untested": "?",
        "true": "✓",
    },
}


# What `draw` writes into pictures, beside names, shapes and numbers.
DRAWN: dict[str, dict[str, str]] = {
    "zh": {
        "leaf": "叶子",
        "no gradient": "没有梯度",
        "forward": "前向",
        "backward": "反向",
        "no elements": "没有元素",
    },
    "en": {},
}


def drawn(language: str) -> dict[str, str]:
    """Return the words of pictures that are others in a language."""
    return DRAWN[language]


def word(language: str, key: str, **values: str) -> str:
    """Return one interface word, with its places filled."""
    return WORDS[language][key].format(**values)
