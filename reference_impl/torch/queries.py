"""Functions that only ask: how many elements, which type a result would have."""

from __future__ import annotations

from .arguments import Number
from .dtypes import dtype
from .operators import function
from .promotion import common_type
from .tensor import Tensor

__all__ = [
    "is_complex",
    "is_floating_point",
    "is_inference",
    "is_same_size",
    "is_signed",
    "numel",
    "result_type",
    "typename",
]


@function
def numel(input: Tensor) -> int:
    """Return the number of elements.

    >>> torch.numel(torch.zeros(2, 3))
    6
    """
    return input.numel()


@function
def is_floating_point(input: Tensor) -> bool:
    """Tell whether the elements are floats."""
    return input.is_floating_point()


@function
def is_complex(input: Tensor) -> bool:
    """Tell whether the elements are complex: never here."""
    return input.is_complex()


@function
def is_signed(input: Tensor) -> bool:
    """Tell whether the elements have a sign."""
    return input.is_signed()


@function
def is_inference(input: Tensor) -> bool:
    """Tell whether the tensor was made in inference mode."""
    return input.is_inference()


@function
def is_same_size(input: Tensor, other: Tensor) -> bool:
    """Tell whether two tensors have one shape."""
    return input.is_same_size(other)


@function
def result_type(tensor1: Tensor | Number, tensor2: Tensor | Number) -> dtype:
    """Return the type of a result of two operands.

    A tensor with dimensions outweighs one without, and both outweigh a number, unless the
    other's category (bool, integral, floating) is higher.

    >>> torch.result_type(torch.tensor([1, 2]), 1.0)
    torch.float32
    >>> torch.result_type(torch.ones(2), torch.tensor(1.0, dtype=torch.float64))
    torch.float32
    """
    return common_type((tensor1, tensor2))


def typename(obj: object) -> str:
    """Return the name of a type: of a tensor, of a class, or of an object's class.

    >>> torch.typename(torch.ones(1)), torch.typename(3)
    ('torch.FloatTensor', 'int')
    """
    if isinstance(obj, Tensor):
        return obj.type()
    kind = obj if hasattr(obj, "__qualname__") else type(obj)
    shown = getattr(kind, "__shown__", None)
    if shown:
        return shown
    module = kind.__module__.removeprefix("reference_impl.")
    return kind.__qualname__ if module in ("builtins", "") else f"{module}.{kind.__qualname__}"
