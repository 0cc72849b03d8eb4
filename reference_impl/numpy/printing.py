"""Arrays as NumPy 2 prints them: as few digits as tell a number from its neighbours.

At most 8 digits follow the point; columns are aligned; more than 1000 elements are summarised;
lines end before column 75.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from .dtypes import dtype

DIGITS = {"float16": 5, "float32": 9}
LARGE = {"float16": 1e3, "float32": 1e6, "float64": 1e16}  # from here on with an exponent


class Options:
    """What `set_printoptions` sets."""

    precision = 8
    threshold = 1000
    edgeitems = 3
    linewidth = 75
    suppress = False


options = Options()


def set_printoptions(**given: Any) -> None:
    """Choose how arrays print: precision, threshold, edgeitems, linewidth, suppress.

    Raises:
        NotImplementedError: for NumPy's other options.
    """
    for name, value in given.items():
        if name not in ("precision", "threshold", "edgeitems", "linewidth", "suppress"):
            raise NotImplementedError(
                f"numpy.set_printoptions({name}=...) is not part of reference_impl"
            )
        if value is not None:
            setattr(options, name, value)


def shortest(x: float, kind: dtype) -> tuple[str, int]:
    """Return the fewest digits that stand for a number of a type, and the power of the first."""
    if kind.name == "float64":
        text = repr(x)
        count = len(text.partition("e")[0].replace(".", "").strip("-").strip("0")) or 1
    else:
        for count in range(1, DIGITS[kind.name] + 1):
            if kind.held.array([float(f"{x:.{count - 1}e}")])[0] == x:
                break
    mantissa, _, power = f"{abs(x):.{count - 1}e}".partition("e")
    return mantissa.replace(".", ""), int(power)


def positional(x: float, kind: dtype, precision: int | None = None) -> str:
    """Return a number without exponent, cut after `precision` digits behind the point."""
    digits, power = shortest(x, kind)
    sign = "-" if math.copysign(1, x) < 0 else ""
    if precision is not None and len(digits) - 1 - power > precision:
        text = f"{abs(x):.{precision}f}"
        whole, _, rest = text.partition(".")
        return f"{sign}{whole}.{rest.rstrip('0')}"
    if power < 0:
        rest = "0" * (-power - 1) + digits
        return f"{sign}0.{rest.rstrip('0')}"
    digits = digits.ljust(power + 1, "0")
    return f"{sign}{digits[: power + 1]}.{digits[power + 1 :].rstrip('0')}"


def scientific(x: float, kind: dtype, precision: int | None = None) -> tuple[str, str]:
    """Return a number's digits, cut after `precision` behind the point, and its exponent."""
    digits, _ = shortest(x, kind)
    count = len(digits) - 1 if precision is None else min(len(digits) - 1, precision)
    mantissa, _, power = f"{x:.{count}e}".partition("e")
    whole, _, rest = mantissa.partition(".")
    return f"{whole}.{rest.rstrip('0')}", power


def number(x: Any, kind: dtype) -> str:
    """Return one number as its `str`."""
    if kind.kind != "f":
        return str(bool(x)) if kind.kind == "b" else str(x)
    if not math.isfinite(x):
        return str(x)
    if x == 0 or 1e-4 <= abs(x) < LARGE[kind.name]:
        text = positional(x, kind)
        return f"{text}0" if text.endswith(".") else text
    mantissa, power = scientific(x, kind)
    return f"{mantissa.rstrip('.')}e{power}"


class FloatFormat:
    """How the floats of one array are written: with or without exponent, and how wide."""

    def __init__(self, values: list[float], kind: dtype) -> None:
        self.kind = kind
        finite = [x for x in values if math.isfinite(x)]
        sizes = [abs(x) for x in finite if x != 0]
        self.with_power = bool(sizes) and (
            max(sizes) >= min(1e8, LARGE[kind.name])
            or (not options.suppress and (min(sizes) < 1e-4 or max(sizes) / min(sizes) > 1000))
        )
        self.power_width = self.digits = 0
        if self.with_power:
            parts = [scientific(x, kind, options.precision) for x in finite]
            texts = [mantissa for mantissa, _ in parts]
            self.power_width = max(len(power) for _, power in parts) - 1
            self.digits = max(len(text.partition(".")[2]) for text in texts)
            self.right = self.power_width + 2 + self.digits
        else:
            texts = [positional(x, kind, options.precision) for x in finite]
            self.right = max((len(text.partition(".")[2]) for text in texts), default=0)
        self.left = max((len(text.partition(".")[0]) for text in texts), default=0)
        if len(finite) != len(values):
            infinite = [x for x in values if math.isinf(x)]
            widest = 4 if any(x < 0 for x in infinite) else 3
            self.left = max(self.left, widest - self.right - 1)

    def __call__(self, x: float) -> str:
        """Return one number, padded to its column."""
        if not math.isfinite(x):
            return str(x).rjust(self.left + self.right + 1)
        if self.with_power:
            mantissa, _, power = f"{x:.{self.digits}e}".partition("e")
            whole, _, rest = mantissa.partition(".")
            padded = power[0] + power[1:].rjust(self.power_width, "0")
            return f"{whole.rjust(self.left)}.{rest}e{padded}"
        whole, _, rest = positional(x, self.kind, options.precision).partition(".")
        return f"{whole.rjust(self.left)}.{rest.ljust(self.right)}"


def format_for(values: list, kind: dtype, shape: tuple[int, ...]) -> Any:
    """Return the function that writes one element."""
    if kind.kind == "f":
        return FloatFormat(values, kind)
    if kind.kind == "O":
        return lambda x: f"list({x!r})" if type(x) is list else repr(x)
    if kind.kind == "b":
        width = 5 if shape else 0
        return lambda x: str(bool(x)).rjust(width)
    width = max((len(str(x)) for x in values), default=0)
    return lambda x: str(x).rjust(width)


def edges(array: Any, cut: bool) -> Any:
    """Return nested lists of what is shown, with `...` for what is left out."""
    if not array.shape:
        return array.item()
    length, edge = array.shape[0], options.edgeitems
    if not cut or length <= 2 * edge:
        return [edges(array[i : i + 1].squeeze(0), cut) for i in range(length)]
    shown = [
        edges(array[i : i + 1].squeeze(0), cut)
        for i in (*range(edge), *range(length - edge, length))
    ]
    return [*shown[:edge], ..., *shown[edge:]]


def leaves(contents: Any) -> Iterator[Any]:
    """Yield the numbers in nested lists."""
    if isinstance(contents, list):
        for part in contents:
            yield from leaves(part)
    elif contents is not ...:
        yield contents


def layout(contents: Any, ndim: int, indent: str, width: int, separator: str, write: Any) -> str:
    """Return nested lists as text, without the indent of the first line.

    Args:
        contents: from `edges`.
        ndim: how deep the lists are nested.
        indent: what every line but the first begins with.
        width: the column before which lines end.
        separator: between elements.
        write: writes one element.
    """
    if ndim == 0:
        return write(contents)
    if ndim > 1:
        between = separator.rstrip() + "\n" * (ndim - 1)
        parts = [
            "..."
            if part is ...
            else layout(part, ndim - 1, f"{indent} ", width - 1, separator, write)
            for part in contents
        ]
        return f"[{(between + indent + ' ').join(parts)}]"
    room = width - max(len(separator.rstrip()), 1)
    text, line = "", f"{indent} "
    for at, part in enumerate(contents):
        words = ("..." if part is ... else write(part)).split("\n")
        widest = max(map(len, words))
        if len(line) + widest > room and len(line) > len(indent) + 1:
            text += line.rstrip() + "\n"
            line = f"{indent} "
        margin = " " * len(line)
        for word in words[:-1]:  # an array within an array may take many lines
            text, line = f"{text}{(line + word).rstrip()}\n", margin
        line += words[-1].ljust(widest) + (separator if at < len(contents) - 1 else "")
    return f"[{(text + line)[len(indent) + 1 :]}]"


def body(array: Any, prefix: str, separator: str, suffix: str) -> str:
    """Return an array's elements in brackets."""
    if array.size == 0:
        return "[]"
    contents = edges(array, array.size > options.threshold)
    values = [] if array.dtype.kind == "O" else list(leaves(contents))
    write = format_for(values, array.dtype, array.shape)
    width = options.linewidth - len(suffix)
    return layout(contents, array.ndim, " " * len(prefix), width, separator, write)


def array_str(array: Any) -> str:
    """Return an array as `print` shows it."""
    if not array.shape:
        return number(array.item(), array.dtype)
    return body(array, "", " ", "")


def array_repr(array: Any) -> str:
    """Return an array as `array(...)`, with its type where the numbers do not tell it."""
    text = "array(" + body(array, "array(", ", ", ")")
    extras = []
    if (array.size == 0 and array.shape != (0,)) or array.size > options.threshold:
        extras.append(f"shape={array.shape}")
    if array.size == 0 or array.dtype.name not in ("float64", "int64", "bool"):
        extras.append(f"dtype={array.dtype.name}")
    if not extras:
        return f"{text})"
    rest = ", ".join(extras) + ")"
    last = len(text) - text.rfind("\n")  # with the comma
    gap = "\n" + " " * 6 if last + len(rest) + 1 > options.linewidth else " "
    return f"{text},{gap}{rest}"
