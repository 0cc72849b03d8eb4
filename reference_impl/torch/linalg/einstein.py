"""Einstein summation: products of tensors, written by naming their dimensions.

`einsum("ij,jk->ik", a, b)` multiplies along equal letters and sums over those that are not
in the result. Pairs of tensors are multiplied with one `bmm`, after moving their
dimensions in three groups: in both and the result, in one, summed.
(`einsum` and `sumproduct_pair` in ATen/native/Linear.cpp)
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..elementwise import mul
from ..tensor import Tensor
from .products import bmm

__all__ = ["einsum"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DOTS = "..."


def einsum(*args: object) -> Tensor:
    """Return a sum of products that letters describe: `einsum("ij,jk->ik", a, b)`.

    Dimensions with the same letter are multiplied place by place; letters that the result
    does not name are summed over. Without `->` the result has the letters that stand once,
    in alphabetical order. `...` stands for dimensions without a letter, which broadcast; a
    letter twice in one tensor takes its diagonal.

    >>> a = torch.tensor([[1, 2], [3, 4]])
    >>> torch.einsum("ij,jk->ik", a, a)
    tensor([[ 7, 10],
            [15, 22]])
    >>> torch.einsum("ii", a), torch.einsum("ij->j", a)
    (tensor(5), tensor([4, 6]))

    Args:
        args: the equation and the tensors; or each tensor followed by a list of numbers for
            its dimensions, then the list of the result.

    Raises:
        RuntimeError: an equation that does not fit the tensors.
    """
    equation, operands = read(args)
    inputs, arrow, output = equation.partition("->")
    labels = parsed_inputs(inputs, len(operands))
    counts, dots = counted(labels, operands)
    places, ellipsis, shown, width = placed_labels(
        output if arrow else None, len(inputs), counts, dots
    )
    aligned, sizes = align(operands, labels, places, ellipsis, dots, width)
    return contract(aligned, sizes, shown, width)


def read(args: Sequence[object]) -> tuple[str, list[Tensor]]:
    """Return an equation and tensors; lists of numbers are written as letters."""
    if len(args) < 2:
        raise ValueError(
            "einsum(): must specify the equation string and at least one operand, or at least "
            "one operand and its subscripts list"
        )
    if isinstance(args[0], Tensor):
        parts = [written(subscripts) for subscripts in args[1::2]]
        operands = list(args[: len(args) // 2 * 2 : 2])
        if len(args) % 2:
            parts = [written(subscripts) for subscripts in args[1:-1:2]]
            equation = f"{','.join(parts)}->{written(args[-1])}"
        else:
            equation = ",".join(parts)
    else:
        equation, operands = args[0], list(args[1:])
        if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
            operands = list(operands[0])
    if not isinstance(equation, str):
        raise TypeError(
            f"einsum(): argument 'equation' (position 1) must be str, not {type(equation).__name__}"
        )
    for at, operand in enumerate(operands):
        if not isinstance(operand, Tensor):
            raise TypeError(
                f"expected Tensor as element {at} in argument 1, but got {type(operand).__name__}"
            )
    return equation, operands


def written(subscripts: Sequence[object]) -> str:
    """Write a list of numbers, from 0 to 51, as letters."""
    found = ""
    for subscript in subscripts:
        if subscript is Ellipsis:
            found += DOTS
        elif subscript >= 0 and subscript < len(LETTERS):
            found += LETTERS[subscript]
        else:
            raise ValueError(
                "einsum(): subscript in subscript list is not within the valid range [0, 52)"
            )
    return found


def parsed_inputs(inputs: str, number: int) -> list[list[str]]:
    """Return the labels of each operand."""
    labels: list[list[str]] = [[]]
    at = 0
    while at < len(inputs):
        letter = inputs[at]
        if letter == ".":
            operand = len(labels) - 1
            if DOTS in labels[-1]:
                raise RuntimeError(
                    f"einsum(): found '.' for operand {operand} for which an ellipsis was already "
                    "found"
                )
            if inputs[at : at + 3] != DOTS:
                raise RuntimeError(
                    f"einsum(): found '.' for operand {operand} that is not part of any ellipsis"
                )
            labels[-1].append(DOTS)
            at += 2
        elif letter == ",":
            labels.append([])
            if len(labels) > number:
                raise RuntimeError(
                    "einsum(): fewer operands were provided than specified in the equation"
                )
        elif letter != " ":
            if letter not in LETTERS:
                raise RuntimeError(invalid(at))
            labels[-1].append(letter)
        at += 1
    if len(labels) < number:
        raise RuntimeError("einsum(): more operands were provided than specified in the equation")
    return labels


def invalid(at: int) -> str:
    """Say that a character is no letter."""
    return (
        f"einsum(): invalid subscript given at index {at} in the equation string, subscripts must "
        "be in [a-zA-Z]"
    )


def counted(labels: list[list[str]], operands: Sequence[Tensor]) -> tuple[dict[str, int], int]:
    """Return how often each letter stands, and how many dimensions `...` covers."""
    counts: dict[str, int] = {}
    dots = 0
    for at, (names, operand) in enumerate(zip(labels, operands, strict=True)):
        letters = [name for name in names if name != DOTS]
        n, ndim = len(letters), operand.dim()
        if len(letters) < len(names):
            dots = max(dots, ndim - n)
            if n > ndim:
                raise RuntimeError(
                    f"einsum(): the number of subscripts in the equation ({n}) is more than the "
                    f"number of dimensions ({ndim}) for operand {at}"
                )
        elif n != ndim:
            raise RuntimeError(
                f"einsum(): the number of subscripts in the equation ({n}) does not match the "
                f"number of dimensions ({ndim}) for operand {at} and no ellipsis was given"
            )
        for letter in letters:
            counts[letter] = counts.get(letter, 0) + 1
    return counts, dots


def placed_labels(
    output: str | None, before: int, counts: dict[str, int], dots: int
) -> tuple[dict[str, int], int, int, int]:
    """Decide the order of dimensions: those of the result, then those summed over.

    Returns:
        The place of each letter, the place of `...`, how many dimensions the result has, how
        many there are in all.
    """
    places: dict[str, int] = {}
    ellipsis: int | None = None
    width = 0
    if output is None:
        ellipsis, width = 0, dots
        for letter in sorted(counts):
            if counts[letter] == 1:
                places[letter] = width
                width += 1
    else:
        at = 0
        while at < len(output):
            letter = output[at]
            if letter == ".":
                if ellipsis is not None:
                    raise RuntimeError(
                        "einsum(): found '.' for output but an ellipsis (...) was already found"
                    )
                if output[at : at + 3] != DOTS:
                    raise RuntimeError(
                        "einsum(): found '.' for output that is not part of any ellipsis (...)"
                    )
                ellipsis = width
                width += dots
                at += 2
            elif letter != " ":
                if letter not in LETTERS:
                    raise RuntimeError(invalid(before + 2 + at))
                if letter not in counts or letter in places:
                    how = (
                        "appears more than once in the output"
                        if letter in places
                        else "does not appear in the equation for any input operand"
                    )
                    raise RuntimeError(f"einsum(): output subscript {letter} {how}")
                places[letter] = width
                width += 1
            at += 1
    shown = width
    if ellipsis is None:
        ellipsis = width
        width += dots
    for letter in sorted(counts):
        if letter not in places:
            places[letter] = width
            width += 1
    return places, ellipsis, shown, width


def align(
    operands: Sequence[Tensor],
    labels: list[list[str]],
    places: dict[str, int],
    ellipsis: int,
    dots: int,
    width: int,
) -> tuple[list[Tensor], list[int]]:
    """Give all operands the same dimensions in the same order, 1 where one has none.

    Returns:
        The operands, and for each dimension how many of them are larger than 1 there.
    """
    sizes: dict[str, int] = {}
    covered, larger = [1] * dots, [0] * width
    found = []
    for at, (operand, names) in enumerate(zip(operands, labels, strict=True)):
        order: list[int | None] = [None] * width
        dim = 0
        rest = operand.dim() - (len(names) - 1)
        for name in names:
            for j in range(dots - rest, dots) if name == DOTS else ():
                size = operand.size(dim)
                if size != 1:
                    if covered[j] not in (1, size):
                        raise RuntimeError(
                            f"einsum(): dimension {dim} covered by ellipsis in operand {at}has "
                            f"size {size} which does not broadcast with previously seen ellipsis "
                            f"with size {covered[j]} for the respective dimension"
                        )
                    covered[j] = size
                    larger[ellipsis + j] += 1
                order[ellipsis + j] = dim
                dim += 1
            if name == DOTS:
                continue
            size, before = operand.size(dim), order[places[name]]
            if before is not None:
                if size != operand.size(before):
                    raise RuntimeError(
                        f"einsum(): subscript {name} is repeated for operand {at} but the sizes "
                        f"don't match, {size} != {operand.size(before)}"
                    )
                operand = operand.diagonal(0, before, dim).movedim(-1, before)
                continue
            if size != 1:
                if sizes.get(name, size) != size:
                    raise RuntimeError(
                        f"einsum(): subscript {name} has size {size} for operand {at} which does "
                        f"not broadcast with previously seen size {sizes[name]}"
                    )
                sizes[name] = size
                larger[places[name]] += 1
            order[places[name]] = dim
            dim += 1
        for place, there in enumerate(order):
            if there is None:
                operand = operand.unsqueeze(dim)
                order[place] = dim
                dim += 1
        found.append(operand.permute(order))
    return found, larger


def contract(operands: list[Tensor], larger: list[int], shown: int, width: int) -> Tensor:
    """Multiply operands pair by pair, summing over a dimension as soon as it stands alone."""
    several = len(operands) > 1
    while len(operands) > 1:
        a, b, *rest = operands
        summed, of_a, of_b = [], [], []
        for dim in range(shown, width):
            if a.size(dim) != 1 != b.size(dim):
                larger[dim] -= 1
                if larger[dim] == 1:
                    summed.append(dim)
                    larger[dim] = 0
            elif larger[dim] == 1 and (a.size(dim) != 1 or b.size(dim) != 1):
                (of_a if a.size(dim) != 1 else of_b).append(dim)
                larger[dim] = 0
        a = a.sum(of_a, True) if of_a else a
        b = b.sum(of_b, True) if of_b else b
        operands = [multiply(a, b, summed), *rest]
    (result,) = operands
    if width == shown:
        return result
    if several:
        return result.view(result.shape[:shown])
    return result.sum(tuple(range(shown, width)))


def multiply(left: Tensor, right: Tensor, summed: Sequence[int]) -> Tensor:
    """Multiply two tensors with equally many dimensions and sum over some, which become 1."""
    if not summed:
        return mul(left, right)
    both, of_left, of_right = [], [], []
    for dim in range(left.dim()):
        m, n = left.size(dim), right.size(dim)
        if dim in summed:
            continue
        group = both if m != 1 != n else of_left if m != 1 else of_right
        group.append(dim)
    terms = math.prod(left.size(d) for d in summed)
    size = [left.size(d) for d in (*both, *of_left)] + [1] * len(summed)
    size += [right.size(d) for d in of_right]
    batch, m = (math.prod(left.size(d) for d in dims) for dims in (both, of_left))
    n = math.prod(right.size(d) for d in of_right)
    found = bmm(
        left.permute([*both, *of_left, *summed, *of_right]).reshape(batch, m, terms),
        right.permute([*both, *summed, *of_right, *of_left]).reshape(batch, terms, n),
    )
    order = [*both, *of_left, *summed, *of_right]
    return found.view(size).permute([order.index(d) for d in range(len(order))])
