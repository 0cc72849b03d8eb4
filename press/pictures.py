"""What a picture shows, said in Chinese: the sentences that `reference_impl.draw` makes.

A picture is made once for both languages, and its text alternative is English, as all that code
prints. A Chinese page says the same in Chinese, for those who hear it: sentence by sentence, from
the table below. What a snippet writes itself (`alt=…`), and no sentence of the table matches,
stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

CLOSE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff])")
LISTED = re.compile(r",? and |, (?![^(\[]*[)\]])")

# A sentence, as a pattern without its full stop, and its Chinese. Groups called `list…` are lists,
# `also…` are parts with a Chinese of their own, below.
SENTENCES: tuple[tuple[str, str], ...] = (
    # tensor
    (
        r"(?P<name>.+?) has shape (?P<shape>\(.*?\)) and holds (?P<held>\[.*?\]|-?[\w.]+?)",
        "{name} 的形状是 {shape}，元素是 {held}",
    ),
    (
        r"(?P<name>.+?) has shape (?P<shape>\(.*?\)) and holds no elements",
        "{name} 的形状是 {shape}，没有元素",
    ),
    (
        r"(?P<name>.+?) has shape (?P<shape>\(.*?\)) and holds (?P<n>\d+) elements, "
        r"drawn without their values",
        "{name} 的形状是 {shape}，有 {n} 个元素，没有画出值",
    ),
    (r"Where the dots are, elements are left out", "有省略号的地方略去了一些元素"),
    # storage
    (
        r"One storage of (?P<n>\d+) elements?(?:, (?P<held>\[.*?\]),)? is read by (?P<list>.+?)",
        "一份存储有 {n} 个元素{held:：}，读它的有：{list}",
    ),
    (r"Marked: place (?P<list>[\d, and]+)", "标出的位置：{list}"),
    # cat
    (
        r"(?P<list>.+?) joined along dim (?P<dim>\d+) give (?P<name>[^,]*?\(.*?\)), which holds "
        r"(?P<held>\[.*?\])",
        "{list} 沿第 {dim} 维拼成 {name}，元素是 {held}",
    ),
    (
        r"(?P<list>.+?) joined along dim (?P<dim>\d+) give (?P<name>[^,]*?\(.*?\))",
        "{list} 沿第 {dim} 维拼成 {name}",
    ),
    # graph
    (r"(?P<list>.+?) (?:is a leaf|are leaves)", "{list} 是叶子"),
    (r"(?P<node>\S+(?: \(\d+\))?) takes (?P<list>.+?)", "{node} 的输入是 {list}"),
    (r"(?P<node>\S+(?: \(\d+\))?) gives (?P<also>[^.]+?)", "{node} 得到 {also}"),
    (r"Backward brings gradients to (?P<list>.+?)", "反向把梯度送到 {list}"),
    (r"(?P<also>.+?) has no part in it", "{also} 不在其中"),
    (r"(?P<also>.+?) has no grad_fn", "{also} 没有 grad_fn"),
    # conv1d
    (
        r"A window of kernel_size (?P<k>\d+) over (?P<c>\d+) channels? slides along L = (?P<l>\d+)"
        r"(?:, padded to (?P<padded>\d+),)? with stride (?P<s>\d+)"
        r"(?: and dilation (?P<dilation>\d+))? and gives L_out = (?P<out>\d+)"
        r"(?: in each of (?P<outputs>\d+) channels)?",
        "kernel_size 为 {k}、横跨 {c} 个通道的窗口沿 L = {l}{padded:，补齐到 } 移动，"
        "stride 为 {s}{dilation:，dilation 为 }，得到 L_out = {out}{outputs:，输出通道数 }",
    ),
    (r"The first of (?P<n>\d+) samples is drawn", "{n} 个样本里画的是第一个"),
    (r"The window gives (?P<value>\S+) at place (?P<at>\d+)", "窗口在位置 {at} 得到 {value}"),
    # batches, counts
    (r"A dataset of (?P<n>\d+) samples: (?P<parts>.+?)", "数据集有 {n} 个样本：{parts}"),
    (r"No batch holds (?P<list>[\d, and]+)", "没有一批含有 {list}"),
    (
        r"(?P<name>.+?) drew (?P<n>\d+) times: (?P<times>(?:\d+ \d+x(?:, )?)+)"
        r"(?:; never (?P<never>[\d, and]+))?",
        "{name} 抽了 {n} 次：{times}{never:；没有抽到 }",
    ),
    # padding
    (
        r"(?P<name>.+?) has (?P<n>\d+) sequences of (?P<places>\d+) places: (?P<parts>.+?)",
        "{name} 有 {n} 个序列，各 {places} 个位置：{parts}",
    ),
    # pieces
    (r"(?P<n>\d+) pieces with their ids: (?P<said>.+?)", "{n} 段及其编号：{said}"),
    (r"(?P<word>.+?) is cut into (?P<n>\d+) pieces", "{word} 切成 {n} 段"),
    (r"The mask leaves out the last (?P<n>\d+)", "掩码略去最后 {n} 段"),
    # curves
    (
        r"(?P<name>.+?) goes from (?P<first>\S+) to (?P<last>\S+) in (?P<n>\d+) steps"
        r"(?:; lowest (?P<low>\S+) at step (?P<low_at>\d+))?"
        r"(?:[;,] highest (?P<high>\S+) at step (?P<high_at>\d+))?",
        "{name} 走 {n} 步，从 {first} 到 {last}{low_at:，第 }{low: 步最低，是 }"
        "{high_at:，第 }{high: 步最高，是 }",
    ),
)

# Parts of a sentence.
PARTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"an input that gets no gradient", "一个没有梯度的输入"),
        (r"^\.grad of (.+)", r"\1 的 .grad"),
        (r"(?:the|[aA]) tensor (?=\()", "张量 "),
        (r"the leaf (?=\()", "叶子 "),
        (r"^A tensor$", "张量"),
        (r"^The sampler$", "采样器"),
        (r"^The batch$", "这一批"),
        (r"^The line$", "这条线"),
        (r"batch (\d+) holds ([\d, and]+)", r"第 \1 批是 \2"),
        (r", (\d+) filled places?", r"，补 \1 位"),
        (r"(\d+) filled places?, ", r"补 \1 位，"),
        (r"(\d+) filled places?", r"补 \1 位"),
        (r"(\d+) (\d+)x, ", r"\1 有 \2 次、"),
        (r"(\d+) (\d+)x", r"\1 有 \2 次"),
        (r" with stride (\(.*?\)) from offset (\d+)", r"（步长 \1，偏移 \2）"),
        (r"; ", "；"),
    )
)
PATTERNS = tuple(
    (re.compile(rf"{pattern}\.(?: |$)"), re.split(r"\{(\w+)(?::([^}]*))?\}", chinese))
    for pattern, chinese in SENTENCES
)


@lru_cache(maxsize=1024)
def chinese(alt: str) -> str:
    """Return the text alternative of a picture in Chinese.

    >>> chinese("w () and b () are leaves. MulBackward0 takes w and b.")
    'w () 和 b () 是叶子。MulBackward0 的输入是 w 和 b。'
    """
    said, rest = "", alt
    while rest:
        for pattern, parts in PATTERNS:
            if found := pattern.match(rest):
                said += f"{_filled(parts, found.groupdict())}。"
                rest = rest[found.end() :]
                break
        else:
            return alt
    return CLOSE.sub("", said)


def _filled(parts: list[str | None], values: dict[str, str | None]) -> str:
    """Fill the places of a sentence: after each text, the name of a place and what leads to it."""
    said = ""
    for at in range(0, len(parts), 3):
        said += parts[at] or ""
        if at + 1 < len(parts):
            name, lead = str(parts[at + 1]), parts[at + 2] or ""
            value = values[name]
            said += "" if value is None else lead + _part(name, value)
    return said


def _part(name: str, value: str) -> str:
    if name in ("list", "never"):
        return _list(value)
    for pattern, said in PARTS:
        value = pattern.sub(said, value)
    return re.sub(r"[\d, and]+ and \d+", lambda found: _list(found[0]), value)


def _list(value: str) -> str:
    """Return a list of names or numbers: `a、b 和 c`."""
    *before, last = (_part("", item) for item in LISTED.split(value))
    return f"{'、'.join(before)} 和 {last}" if before else last
