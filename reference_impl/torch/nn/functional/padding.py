"""Padding: a margin of zeros, of mirror images, of copies of the edge, or of the other side."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from ...dtypes import BOOL, dtype
from ...elementwise.rules import refuse
from ...graph import differentiable
from ...kernels import kernel
from ...operators import function
from ...shapes import contiguous_stride, listed
from ...tensor import Tensor, fresh
from ...tensorbase import numbers

__all__ = ["constant_pad_nd", "pad"]

Margins = list[Sequence[int]]  # of each dimension: from which place each element is, -1 for none


@kernel
def taken(x: array, size: Sequence[int], margins: Margins, value: float, kind: dtype) -> array:
    """Return, for each new place, the number at its old place, or `value`."""
    places = [0]
    for step, sources in zip(contiguous_stride(size), margins, strict=True):
        moves = [None if s < 0 else s * step for s in sources]
        places = [
            None if at is None or move is None else at + move for at in places for move in moves
        ]
    return kind.array([value if at is None else x[at] for at in places])


@kernel
def returned(y: array, size: Sequence[int], margins: Margins, kind: dtype) -> array:
    """Return, for each old place, the sum of the numbers at the new places it was taken to."""
    length = 1
    for n in size:
        length *= n
    places = taken(array("q", range(length)), size, margins, -1, _Places)
    total = [0] * (length + 1)  # what came from nowhere ends in the last
    for at, value in zip(places, y, strict=True):
        total[at] += value
    return kind.array(total[:length])


class _Places:
    """Stands for a type of numbers where places are taken."""

    @staticmethod
    def array(values: list[int]) -> list[int]:
        """Return the places as they are."""
        return values


def padded(input: Tensor, margins: Margins, value: float, name: str) -> Tensor:
    """Return the input with margins."""
    size = input._size
    found = taken(numbers(input), size, margins, value, input.dtype)
    result = fresh(found, [len(sources) for sources in margins], input.dtype)
    return differentiable(
        result, name, (input,), backward=lambda grad: cropped(grad, size, margins, name)
    )


def cropped(grad: Tensor, size: Sequence[int], margins: Margins, name: str) -> Tensor:
    """Return the gradient without margins, what lies there added to where it came from."""
    found = returned(numbers(grad), size, margins, grad.dtype)
    return differentiable(
        fresh(found, size, grad.dtype),
        name.replace("Backward0", "BackwardBackward0"),
        (grad,),
        backward=lambda again: padded(again, margins, 0, name),
    )


@function
def constant_pad_nd(input: Tensor, pad: Sequence[int], value: int | float = 0) -> Tensor:
    """Return the input with margins of one number; negative ones cut something off.

    >>> torch.constant_pad_nd(torch.ones(2), (1, 2), 5)
    tensor([5., 1., 1., 5., 5.])

    Args:
        input: of any shape.
        pad: before and after the last dimension, then the one before it, and so on.
        value: in the margins.

    Raises:
        RuntimeError: an odd number of margins, too many, or too much cut off.
    """
    if len(pad) % 2:
        raise RuntimeError(f"Length of pad must be even but instead it equals {len(pad)}")
    ndim = input.dim()
    if len(pad) > 2 * ndim:
        raise RuntimeError(
            "Length of pad should be no more than twice the number of dimensions of the input. "
            f"Pad length is {len(pad)} while the input has {ndim} dimensions."
        )
    margins: Margins = [range(n) for n in input._size]
    for at in range(0, len(pad), 2):
        d = ndim - 1 - at // 2
        n, (before, after) = input._size[d], pad[at : at + 2]
        if n + before + after < 0 and max(pad) <= 0:
            raise RuntimeError("narrow(): length must be non-negative.")
        if n + before + after < 0:
            raise RuntimeError(
                f"The input size {n}, plus negative padding {before} and {after}, resulted in a "
                f"negative output size, which is invalid. Check dimension {d} of your input."
            )
        margins[d] = [i if 0 <= i < n else -1 for i in range(-before, n + after)]
    value = input.dtype.checked(value)
    return padded(input, margins, value, "ConstantPadNdBackward0")


def mirrored(n: int, before: int, after: int) -> list[int]:
    """Return places as if a mirror stood at either end."""
    places = range(-before, n + after)
    return [i if 0 <= i < n else -i if i < 0 else 2 * (n - 1) - i for i in places]


def repeated(n: int, before: int, after: int) -> list[int]:
    """Return places as if the ends went on."""
    return [min(max(i, 0), n - 1) for i in range(-before, n + after)]


def around(n: int, before: int, after: int) -> list[int]:
    """Return places as if the end were followed by the beginning."""
    middle = list(range(max(-before, 0), n - max(-after, 0)))
    first = middle[len(middle) - before :] if before > 0 else []
    return first + middle + middle[: max(after, 0)]


MODES = {"reflect": mirrored, "replicate": repeated, "circular": around}


def pad(
    input: Tensor, pad: Sequence[int], mode: str = "constant", value: float | None = None
) -> Tensor:
    """Return the input with margins.

    Each new number is a copy, so its gradient goes back to where it was copied from.

    >>> x = torch.tensor([[1.0, 2.0, 3.0]])
    >>> torch.nn.functional.pad(x, (1, 2))
    tensor([[0., 1., 2., 3., 0., 0.]])
    >>> torch.nn.functional.pad(x, (1, 2), mode="circular")
    tensor([[3., 1., 2., 3., 1., 2.]])

    Args:
        input: `(*)`; but for `constant`, with channels before the padded dimensions.
        pad: before and after the last dimension, then the one before it, and so on.
        mode: `constant`, `reflect`, `replicate` or `circular`.
        value: in the margins, for `constant`; 0 if None.

    Raises:
        RuntimeError: margins that do not suit the shape.
        NotImplementedError: a mode that is none, or margins of other dimensions than it takes.
    """
    if len(pad) % 2:
        raise RuntimeError("Padding length must be divisible by 2")
    if len(pad) > 2 * input.dim():
        raise RuntimeError(
            "Padding length should be less than or equal to two times the input dimension but got "
            f"padding length {len(pad)} and input of dimension {input.dim()}"
        )
    if mode == "constant":
        return constant_pad_nd(input, pad, 0 if value is None else value)
    if value not in (None, 0):
        raise RuntimeError(f'Padding mode "{mode}" doesn\'t take in value argument')
    count, ndim = len(pad) // 2, input.dim()
    if not (1 <= count <= 3 and ndim in (count + 1, count + 2)):
        raise NotImplementedError(
            f"Padding size {len(pad)} is not supported for {ndim}D input tensor.\n"
            "Supported combinations for non-constant padding:\n"
            "  - 2D or 3D input: padding size = 2 (pads last dimension)\n"
            "  - 3D or 4D input: padding size = 4 (pads last 2 dimensions)\n"
            "  - 4D or 5D input: padding size = 6 (pads last 3 dimensions)"
        )
    if mode not in MODES:
        raise NotImplementedError(f"Unrecognised padding mode {mode}")
    name = "CopySlices"
    if mode != "circular":
        kernel = "reflection" if mode == "reflect" else "replication"
        check_filled(input, count)
        refuse(input.dtype, f"{kernel}_pad{count}d", BOOL)
        name = f"{kernel.title()}Pad{count}DBackward0"
    check_margins(input, pad, mode)
    margins: Margins = [range(n) for n in input._size]
    for at in range(0, len(pad), 2):
        d = ndim - 1 - at // 2
        margins[d] = MODES[mode](input._size[d], *pad[at : at + 2])
    return padded(input, margins, 0, name)


def check_filled(input: Tensor, count: int) -> None:
    """Raise for an input without elements, but for one of no samples."""
    if 0 in input._size[input.dim() - count - 1 :]:
        raise RuntimeError(
            f"Expected {count + 1}D or {count + 2}D (batch mode) tensor with possibly 0 batch size "
            f"and other non-zero dimensions for input, but got: {listed(input._size)}"
        )


def check_margins(input: Tensor, pad: Sequence[int], mode: str) -> None:
    """Raise where a margin is longer than what it is taken from, or cuts everything off."""
    size, count = input._size[input.dim() - len(pad) // 2 :], len(pad) // 2
    before, after = pad[-2::-2], pad[-1::-2]
    left = [n + b + a for n, b, a in zip(size, before, after, strict=True)]
    for at in reversed(range(count)):
        n, b, a = size[at], before[at], after[at]
        if mode == "reflect" and (b >= n or a >= n):
            raise RuntimeError(
                f"Argument #{4 + 2 * (count - 1 - at)}: Padding size should be less than the "
                f"corresponding input dimension, but got: padding ({b}, {a}) at dimension "
                f"{input.dim() - count + at} of input {listed(input._size)}"
            )
        if mode == "circular" and (b > n or a > n):
            raise RuntimeError("Padding value causes wrapping around more than once.")
        if mode == "circular" and left[at] < 0:
            raise RuntimeError("Negative padding value is resulting in an empty dimension")
    if mode != "circular" and min(left) < 1:
        names = "DHW"[-count:]
        given = ", ".join(f"{d}: {n}" for d, n in zip(names, size, strict=True))
        found = " ".join(f"{d}: {n}" for d, n in zip(names, left, strict=True))
        raise RuntimeError(f"input ({given}) is too small. Calculated output {found}")
