"""How a tensor prints.

A tensor is printed in three steps. `shown` turns it into nested lists, with `...` in place of
what is left out. `NumberFormat` looks at the numbers that are left and decides, once for the whole
tensor, how they are written and how wide a column is. `layout` puts brackets, commas and line
breaks around them. What numbers cannot tell (size, dtype, gradient) follows as suffixes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from . import dtypes
from .tensor import Tensor
from .tensorbase import attach

__all__ = ["set_printoptions"]


class PrintOptions:
    """The values behind `set_printoptions`."""

    precision: int = 4
    threshold: float = 1000
    edgeitems: int = 3
    linewidth: int = 80
    sci_mode: bool | None = None


options = PrintOptions()

PROFILES = {
    "default": {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80},
    "short": {"precision": 2, "threshold": 1000, "edgeitems": 2, "linewidth": 80},
    "full": {"precision": 4, "threshold": math.inf, "edgeitems": 3, "linewidth": 80},
}


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: str | None = None,
    sci_mode: bool | None = None,
) -> None:
    """Choose how tensors print from now on.

    An option that is not given keeps its value, except `sci_mode`: each call sets it anew, so that
    a call without it brings the automatic choice back.

    Args:
        precision: Digits behind the point (4 at first).
        threshold: A tensor with more elements than this is summarised (1000 at first).
        edgeitems: How many elements of each dimension a summary shows at both ends (3 at first).
        linewidth: Characters in a line (80 at first).
        profile: A set of values to start from: "default", "short" or "full".
        sci_mode: Scientific notation always (True), never (False) or where it helps (None).

    >>> torch.set_printoptions(precision=2)
    >>> torch.tensor([1.12345])
    tensor([1.12])
    >>> torch.set_printoptions(profile="default")
    >>> torch.tensor([1.12345])
    tensor([1.1235])
    """
    given = {
        "precision": precision,
        "threshold": threshold,
        "edgeitems": edgeitems,
        "linewidth": linewidth,
    }
    chosen = PROFILES.get(profile, {}) | {k: v for k, v in given.items() if v is not None}
    for name, value in chosen.items():
        setattr(options, name, value)
    options.sci_mode = sci_mode


class NumberFormat:
    """One way to write all numbers of a tensor, as wide as the widest of them.

    Floats are written in one of three ways: whole numbers as `1.`, others as `1.5000`, and numbers
    too far apart, too large or too small for that as `1.5000e+10`. Zeros, nan and inf have no say
    in the choice, nor in the width: a lone nan beside `1.` is not padded.

    Args:
        numbers: The numbers that will be shown.
        floating: Whether the dtype is a floating one, even if all numbers are whole.
    """

    def __init__(self, numbers: list[Any], floating: bool) -> None:
        self.spec: str | None = None
        self.whole = True
        if not floating:
            self.width = max((len(str(n)) for n in numbers), default=1)
            return
        self.spec, self.width = ".0f", 1
        deciding = [n for n in numbers if math.isfinite(n) and n != 0]
        if not deciding:
            return
        self.whole = all(n.is_integer() for n in deciding)
        if options.sci_mode if options.sci_mode is not None else spread(deciding):
            self.spec, self.whole = f".{options.precision}e", False
        elif not self.whole:
            self.spec = f".{options.precision}f"
        self.width = max(len(self.text(n)) for n in deciding)

    def text(self, number: Any) -> str:
        """Return the number without padding."""
        if self.spec is None:
            return str(number)
        dot = "." if self.whole and math.isfinite(number) else ""
        return format(number, self.spec) + dot

    def padded(self, number: Any) -> str:
        """Return the number, right-aligned in its column."""
        return self.text(number).rjust(self.width)


def spread(numbers: list[float]) -> bool:
    """Whether four digits behind the point cannot do justice to all of these numbers."""
    sizes = [abs(n) for n in numbers]
    smallest, largest = min(sizes), max(sizes)
    return largest / smallest > 1000 or largest > 1e8 or smallest < 1e-4


def shown(tensor: Tensor, summarize: bool) -> Any:
    """Return what a tensor shows: a number, or nested lists with `...` for what is left out."""
    edge = options.edgeitems
    if not summarize or tensor.dim() == 0:
        return tensor.tolist()
    length = tensor.size(0)
    left_out = length > 2 * edge
    if tensor.dim() == 1:
        if not left_out:
            return tensor.tolist()
        return [
            *tensor.narrow(0, 0, edge).tolist(),
            ...,
            *tensor.narrow(0, length - edge, edge).tolist(),
        ]
    if not left_out:
        return [shown(tensor.select(0, i), summarize) for i in range(length)]
    head = [shown(tensor.select(0, i), summarize) for i in range(edge)]
    tail = [shown(tensor.select(0, i), summarize) for i in range(length - edge, length)]
    return [*head, ..., *tail]


def numbers_in(contents: Any) -> Iterator[Any]:
    """Yield the numbers in nested lists."""
    if isinstance(contents, list):
        for part in contents:
            yield from numbers_in(part)
    elif contents is not ...:
        yield contents


def layout(contents: Any, dim: int, indent: int, number: NumberFormat) -> str:
    """Return nested lists as text.

    Args:
        contents: A number or nested lists, from `shown`.
        dim: How deep the lists are nested.
        indent: The column in which the text will stand.
        number: How to write one number.
    """
    if dim == 0:
        return number.padded(contents)
    if dim == 1:
        gap = " ..." if options.edgeitems else "..."
        items = [gap if n is ... else number.padded(n) for n in contents]
        per_line = max(1, (options.linewidth - indent) // (number.width + 2))
        lines = [", ".join(items[i : i + per_line]) for i in range(0, len(items), per_line)]
        return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"
    blocks = ["..." if c is ... else layout(c, dim - 1, indent + 1, number) for c in contents]
    return "[" + ("," + "\n" * (dim - 1) + " " * (indent + 1)).join(blocks) + "]"


def contents_text(tensor: Tensor, indent: int) -> str:
    """Return the text between the parentheses, without suffixes."""
    if tensor.is_meta:
        return "..."
    if tensor.numel() == 0:
        return "[]"
    contents = shown(tensor, summarize=tensor.numel() > options.threshold)
    number = NumberFormat(list(numbers_in(contents)), tensor.dtype.is_floating_point)
    return layout(contents, tensor.dim(), indent, number)


def suffixes(tensor: Tensor) -> Iterator[str]:
    """Yield what the numbers do not tell: device, size, dtype, and where the tensor comes from."""
    default = dtypes.get_default_dtype()
    seen = not tensor.is_meta and tensor.numel() > 0
    if tensor.device.type != "cpu":
        yield f"device='{tensor.device}'"
    if tensor.is_meta or (not seen and tensor.dim() != 1) or (seen and not options.edgeitems):
        yield f"size={tuple(tensor.shape)}"
    # an int64 or bool is recognised by its numbers, if there are any
    if tensor.dtype not in ((default, dtypes.int64, dtypes.bool) if seen else (default,)):
        yield f"dtype={tensor.dtype}"
    if tensor.grad_fn is not None:
        yield f"grad_fn=<{tensor.grad_fn.name().rpartition('::')[2]}>"
    elif tensor.requires_grad:
        yield "requires_grad=True"


plain_types: set[type] = {Tensor}


def prints_as_tensor(cls: type) -> type:
    """Let a subclass print as `tensor(...)`; others print under their own name."""
    plain_types.add(cls)
    return cls


@attach
def __repr__(self: Tensor) -> str:
    """Return the tensor as text, e.g. `tensor([1., 2.], grad_fn=<MulBackward0>)`.

    Suffixes follow the numbers on the same line while they fit into it. As in torch, a line counts
    as two characters longer than it is as long as no suffix has been broken off.
    """
    name = "tensor" if type(self) in plain_types else type(self).__name__
    indent = len(name) + 1
    text = f"{name}({contents_text(self.detach(), indent)}"
    column = len(text) - text.rfind("\n") + 1
    for suffix in suffixes(self):
        if column + len(suffix) + 2 > options.linewidth:
            text += ",\n" + " " * indent + suffix
            column = indent + len(suffix)
        else:
            text += ", " + suffix
            column += len(suffix) + 2
    return text + ")"
