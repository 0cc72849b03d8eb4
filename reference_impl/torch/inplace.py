"""Writing into a tensor that exists: what in-place variants and `out=` have in common.

An operator computes its result anew; here the result is moved to where it should be:
checked, written, counted, and its history made the history of the target. So no operator
has to know how to work in place.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence

from . import kernels
from .dtypes import dtype
from .gradmode import mode, no_grad
from .graph import Node, differentiable, gradient_edge, node_class
from .promotion import can_cast, common_type
from .shapes import Size, broadcast, contiguous_stride, extent, is_dense, listed, overlaps
from .tensor import Tensor, forbidden, fresh
from .tensorbase import numbers, numbers_as

OVERLAP = (
    "unsupported operation: more than one element of the written-to tensor refers to a single "
    "memory location. Please clone() the tensor before performing the operation."
)
OVERLAP_INPUT = (
    "unsupported operation: some elements of the input tensor and the written-to tensor refer to a "
    "single memory location. Please clone() the tensor before performing the operation."
)
LEAF = "leaf Variable that requires grad is being used in an in-place operation."
INFERENCE = (
    "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone "
    "to "
    "get a normal tensor before doing inplace update."
    "See https://github.com/pytorch/rfcs/pull/17 for more details."
)


# what gives the same however often it is done to one place
REPEATABLE = ("fill_", "zero_", "fill_diagonal_", "tril_", "triu_")
DEPRECATED = {
    "index_put_": ("indices] = tensor", 976),
    "index_fill_": ("mask] = scalar", 1913),
    "masked_fill_": ("mask] = scalar", 2450),
}


STEPS = {
    "equal": "eq",
    "not_equal": "ne",
    "less": "lt",
    "less_equal": "le",
    "greater": "gt",
    "greater_equal": "ge",
}


def any_requires_grad(values: Iterable[object]) -> bool:
    """Tell whether one of some arguments, or of their items, requires grad."""
    return any(
        any_requires_grad(value) if isinstance(value, (tuple, list)) else value.requires_grad
        for value in values
        if isinstance(value, (tuple, list, Tensor))
    )


def check_writable(target: Tensor, recorded: bool) -> None:
    """Raise if a tensor must not be written to.

    Args:
        target: the tensor.
        recorded: whether the operation becomes part of its history.
    """
    if recorded:
        check_history(target)
    check_single(target)


def check_history(target: Tensor) -> None:
    """Raise if no operation in place may become part of a tensor's history."""
    if target._base is not None:
        if target._made is not None:
            raise RuntimeError(forbidden(target))
        if target.requires_grad and target._base.is_leaf:
            raise RuntimeError(f"a view of a {LEAF}")
    if target.requires_grad and target.is_leaf:
        raise RuntimeError(f"a {LEAF}")


def check_single(target: Tensor) -> None:
    """Raise if two elements of a tensor share one place in memory."""
    if overlaps(target._size, target._stride):
        raise RuntimeError(OVERLAP)


def check_several(target: Tensor, name: str, operands: Sequence[object] = ()) -> None:
    """Raise, warn or say nothing, as torch does, if elements of a target share their places.

    Args:
        target: what is written to.
        name: of the operation.
        operands: what it takes besides.
    """
    if not overlaps(target._size, target._stride):
        return
    if name in REPEATABLE and not (operands and isinstance(operands[0], Tensor)):
        return
    if name not in DEPRECATED:
        raise RuntimeError(OVERLAP)
    what, line = DEPRECATED[name]
    warnings.warn(
        f"Use of {name} on expanded tensors is deprecated. Please clone() the tensor before "
        f"performing this operation. This also applies to advanced indexing e.g. tensor[{what} "
        f"(Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/"
        f"TensorAdvancedIndexing.cpp:{line}.)",
        UserWarning,
        stacklevel=4,
    )


def check_before(target: Tensor, operands: Iterable[object], error: RuntimeError) -> None:
    """Raise what torch finds wrong with a target before a kernel runs, and fails with an error.

    Args:
        target: what should have been written to.
        operands: the tensors and numbers that the operation was called with.
        error: what went wrong.
    """
    text = str(error)
    if text.startswith("The size of tensor a"):
        check_single(target)
    if not ("not implemented for" in text or text == "ZeroDivisionError"):
        return
    check_single(target)
    operands = [x for x in operands if isinstance(x, (Tensor, int, float))]
    size = target._size
    for x in operands:
        size = broadcast(size, x._size) if isinstance(x, Tensor) else size
    check_shape(target, size)
    check_cast(common_type(operands), target.dtype)


def check_shape(target: Tensor, size: Size) -> None:
    """Raise if a result has not the shape of the target."""
    if size != target._size:
        raise RuntimeError(
            f"output with shape {listed(target._size)} doesn't match the broadcast shape "
            f"{listed(size)}"
        )


def check_cast(result: dtype, target: dtype, *, as_cpp: bool = False) -> None:
    """Raise if a result may not go into a tensor of a lower category.

    Args:
        result: the type that was computed.
        target: the type of what it should be written to.
        as_cpp: whether the target's type is named as in C++.
    """
    if not can_cast(result, target):
        raise RuntimeError(
            f"result type {result.scalar_name} can't be cast to the desired output type "
            f"{target.cpp_name if as_cpp else target.scalar_name}"
        )


def write(target: Tensor, result: Tensor) -> None:
    """Put the result's numbers in the target's places, and count that."""
    values = numbers_as(result, target.dtype)
    memory = target._storage.numbers
    kernels.put(memory, *target._geometry(), values)
    target._storage.keep(memory)
    if target.is_inference() and not mode.inference:  # torch, too, has written by then
        raise RuntimeError(INFERENCE)
    target._versions.count += 1


def as_step(result: Tensor, name: str, operands: tuple) -> Tensor:
    """Return what a comparison in place gives: 0 and 1, a step, whose slope is 0.

    Args:
        result: truth values.
        name: of the comparison.
        operands: what was compared.
    """
    shown = STEPS.get(name, name).capitalize()
    node = f"{shown}Backward{int(isinstance(operands[1], Tensor))}"
    numbers = kernels.convert(result._storage.numbers, result.dtype, operands[0].dtype)
    return differentiable(
        fresh(numbers, result._size, operands[0].dtype, result._stride),
        node,
        operands,
        backward=lambda grad: grad.new_zeros(grad.shape),
    )


def source_of(target: Tensor) -> Tensor:
    """Return the target as it was before: its own numbers, and its history."""
    copy = fresh(kernels.copied(numbers(target)), target._size, target.dtype)
    edge = gradient_edge(target)
    if edge[0] is not None:
        copy._set_history(*edge)
    return copy


def become(target: Tensor, result: Tensor, source: Tensor) -> Tensor:
    """Give an existing tensor the numbers and the history of a result; return it.

    Args:
        target: the tensor to change.
        result: what was computed from `source`.
        source: the target itself, or, if recorded, what it was before.

    Raises:
        RuntimeError: another shape, or a type that cannot be cast.
    """
    check_shape(target, result._size)
    check_cast(result.dtype, target.dtype)
    write(target, result)
    if result.requires_grad:
        node = result._node
        for _, _, saved in node.rules:
            for kept in saved:
                if kept.output == result._output_nr:  # the result is now what the target holds
                    kept.value = target._without_history()
                    kept.version = kept.value._version
        if target._base is None:
            target._set_history(node, result._output_nr)
        else:
            rebase(target._base, target, node, gradient_edge(source))
    return target


def rebase(base: Tensor, view: Tensor, node: Node, source: tuple[Node | None, int]) -> None:
    """Make an operation on a view part of the history of its base.

    The base's gradient is that of the result where the view lies, taken through the
    operation, and its own elsewhere. The view itself looks up its new history when asked.
    (`CopySlices` in torch/csrc/autograd/functions/tensor.cpp)

    Args:
        base: what the view is a view of.
        view: what was written to.
        node: the operation, whose first input is what the view was before.
        source: the edge to that.
    """
    if not node.next_functions or node.next_functions[0] != source:  # several operations in a row
        last = node_class("CopyBackwards")((source, (node, 0)), [None, (view._size, view.dtype)], 1)
        last.rules = [(1, lambda grad: grad, [])]
        node = last
    size, stride, offset = base._geometry()
    place = (view._size, view._stride, view._offset - offset)
    first = gradient_edge(base)

    def through(grad: Tensor) -> tuple[Tensor | None, ...]:
        whole = grad.new_zeros(extent(size, stride)).as_strided(size, stride, 0)
        whole.copy_(grad)
        piece = whole.as_strided(*place)
        inner = node.apply([piece.clone()])
        if inner[0] is None:
            piece.zero_()
        else:
            piece.copy_(inner[0])
        return (whole, *inner[1:])

    edges = (first, *node.next_functions[1:])
    wanted = [(base._size, base.dtype), *node.wanted[1:]]
    whole = node_class("CopySlices")(edges, wanted, 1)
    whole.rules = [(None, through, [])]
    whole.had_saved = node.had_saved
    base._set_history(whole, 0)


def into(out: Tensor, result: Tensor) -> Tensor:
    """Write a result to the tensor given as `out=`, after making it as large; return it.

    Raises:
        RuntimeError: a type that cannot be cast.
    """
    check_cast(result.dtype, out.dtype)
    with no_grad():
        if out._size != result._size:
            resize_output(out, result)
        check_single(out)
        write(out, result)
    return out


def resize_output(out: Tensor, result: Tensor) -> None:
    """Give `out` the shape of the result, with a warning unless it was empty."""
    if out.numel():
        warnings.warn(
            f"An output with one or more elements was resized since it had shape "
            f"{listed(out._size)}, "
            f"which does not match the required output shape {listed(result._size)}. This behavior "
            "is "
            "deprecated, and in a future PyTorch release outputs will not be resized unless they "
            "have "
            "zero elements. You can explicitly reuse an out tensor t by resizing it, inplace, to "
            "zero "
            "elements with t.resize_(0). (Triggered internally at "
            "/__w/pytorch/pytorch/aten/src/ATen/native/Resize.cpp:30.)",
            UserWarning,
            stacklevel=4,
        )
    resize(out, result._size)


def resize(tensor: Tensor, size: tuple[int, ...]) -> None:
    """Change a tensor's shape, and make its storage large enough."""
    stride = contiguous_stride(size)
    needed = tensor._offset + extent(size, stride)
    if needed > tensor._storage.length:
        tensor._storage.grow(needed)
    tensor._size, tensor._stride = type(tensor._size)(size), stride


def check_apart(out: Tensor, inputs: Iterable[object], *, wholly: bool = False) -> None:
    """Raise if `out` shares some of its memory with an input, unless it is that input.

    Args:
        out: what is written to.
        inputs: what is read.
        wholly: whether it may not even be that input.
    """
    for value in inputs:
        if isinstance(value, (tuple, list)):
            check_apart(out, value, wholly=wholly)
        elif (
            isinstance(value, Tensor)
            and value._storage is out._storage
            and (wholly or value is not out)
        ):
            if (0 in value._size or 0 in out._size) and value is not out:
                continue
            reach = value._offset + extent(value._size, value._stride)
            end = out._offset + extent(out._size, out._stride)
            apart = reach <= out._offset or end <= value._offset
            blocks = is_dense(value._size, value._stride) and is_dense(out._size, out._stride)
            same = (value._offset, reach, value._stride) == (out._offset, end, out._stride)
            apart = apart and value is not out
            if blocks and (wholly or not same) and not apart:  # of others torch cannot tell
                raise RuntimeError(OVERLAP_INPUT)


def write_out(name: str, out: object, results: object, inputs: Iterable[object]) -> object:
    """Write one result, or several, to `out=`; return what the caller gave.

    Raises:
        RuntimeError: if anything requires grad: what is written to `out=` has no history.
    """
    if mode.grad and any_requires_grad([*inputs, out]):
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation, "
            "but one of the arguments requires grad."
        )
    for target in out if isinstance(out, (tuple, list)) else (out,):
        check_apart(target, inputs)
    if isinstance(results, (tuple, list)):
        for target, result in zip(out, results, strict=True):
            into(target, result)
        kind = getattr(type(results), "written", None) or type(results)
        return kind(tuple(out))
    return into(out, results)
