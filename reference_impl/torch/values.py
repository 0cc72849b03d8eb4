"""From tensors to Python: `item`, `tolist`, `len`, `bool`, iteration, copying, pickling."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from copy import deepcopy
from typing import NoReturn

from . import kernels
from .dtypes import BOOL, INTEGRAL
from .gradmode import mode
from .shapes import Size
from .storage import UntypedStorage
from .tensor import Tensor
from .tensorbase import attach, numbers, wrap

__all__ = ["is_nonzero", "is_tensor"]

SCALAR = (
    "Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior.\n"
    "Consider using tensor.detach() first. (Triggered internally at "
    "/__w/pytorch/pytorch/torch/csrc/autograd/generated/python_variable_methods.cpp:822.)"
)
META_COPY = "Cannot copy out of meta tensor; no data!"


@attach
def item(self: Tensor) -> float:
    """Return the only element as a Python number.

    >>> torch.tensor([2.5]).item()
    2.5

    Raises:
        RuntimeError: not exactly one element, or a meta tensor.
    """
    if self.numel() != 1:
        raise RuntimeError(f"a Tensor with {self.numel()} elements cannot be converted to Scalar")
    if self.is_meta:
        raise RuntimeError("Tensor.item() cannot be called on meta tensors")
    return self.dtype.to_number(self._storage.numbers[self._offset])


@attach
def tolist(self: Tensor) -> list | float:
    """Return the elements as nested lists; those of a 0-dim tensor as a number.

    >>> torch.tensor([[1, 2], [3, 4]]).tolist()
    [[1, 2], [3, 4]]
    """
    if self.is_meta:
        raise NotImplementedError(META_COPY)
    flat = numbers(self).tolist()
    if self.dtype.category == BOOL:
        flat = list(map(bool, flat))
    if not self._size:
        return flat[0]
    for n in reversed(self._size[1:]):
        rows = math.prod(self._size) // max(n, 1) if n else 0
        flat = [flat[i : i + n] for i in range(0, len(flat), n)] if rows else []
    if 0 in self._size:
        return empty_lists(self._size)
    return flat


def empty_lists(size: Size) -> list:
    """Return nested lists without an element, as far down as the sizes go."""
    return [empty_lists(size[1:]) for _ in range(size[0])] if len(size) > 1 else []


@attach
def __bool__(self: Tensor) -> bool:
    if self.numel() == 0:
        raise RuntimeError("Boolean value of Tensor with no values is ambiguous")
    if self.numel() > 1:
        raise RuntimeError("Boolean value of Tensor with more than one value is ambiguous")
    return item(self) != 0


def is_nonzero(input: Tensor) -> bool:
    """Tell whether the only element is not zero.

    >>> torch.is_nonzero(torch.tensor([0.0]))
    False
    """
    return __bool__(input)


def is_tensor(obj: object) -> bool:
    """Tell whether an object is a tensor.

    >>> torch.is_tensor(torch.ones(1)), torch.is_tensor([1.0])
    (True, False)
    """
    return isinstance(obj, Tensor)


def only(tensor: Tensor) -> float:
    """Return the only element, or raise the error of a conversion to a Python number."""
    if tensor.numel() != 1:
        raise ValueError("only one element tensors can be converted to Python scalars")
    return item(tensor)


@attach
def __int__(self: Tensor) -> int:
    return int(only(self))


@attach
def __float__(self: Tensor) -> float:
    if self.requires_grad and mode.grad:
        warnings.warn(SCALAR, UserWarning, stacklevel=2)
    return float(only(self))


@attach
def __complex__(self: Tensor) -> complex:
    return complex(only(self))


@attach
def __index__(self: Tensor) -> int:
    if self.numel() != 1 or self.dtype.category not in (BOOL, INTEGRAL):
        raise TypeError("only integer tensors of a single element can be converted to an index")
    return int(item(self))


@attach
def __len__(self: Tensor) -> int:
    if not self._size:
        raise TypeError("len() of a 0-d tensor")
    return self._size[0]


@attach
def __delitem__(self: Tensor, index: object) -> NoReturn:
    raise TypeError("Tensor does not support deleting items")


@attach
def __iter__(self: Tensor) -> Iterator[Tensor]:
    if not self._size:
        raise TypeError("iteration over a 0-d tensor")
    return iter(self.unbind(0))


@attach
def __contains__(self: Tensor, element: object) -> bool:
    if isinstance(element, (Tensor, int, float)):
        return bool((self == element).any())
    raise RuntimeError(
        f"Tensor.__contains__ only supports Tensor or scalar, but you passed in a {type(element)}."
    )


@attach
def __format__(self: Tensor, spec: str) -> str:
    if not self._size and not self.is_meta and type(self) is Tensor:
        return format(item(self), spec)
    return object.__format__(self, spec)


@attach
def __deepcopy__(self: Tensor, memo: dict) -> Tensor:
    if not self.is_leaf:
        raise RuntimeError(
            "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
            "protocol "
            "at the moment.  If you were attempting to deepcopy a module, this may be because of a "
            "torch.nn.utils.weight_norm usage, see https://github.com/pytorch/pytorch/pull/103001"
        )
    if id(self) in memo:
        return memo[id(self)]
    old = self._storage
    storage = memo.get(id(old))
    if storage is None:
        storage = UntypedStorage(kernels.copied(old.numbers), old.length, old.dtype)
        memo[id(old)] = storage
    copy = wrap(type(self), storage, *self._geometry())
    memo[id(self)] = copy
    copy._requires_grad = self._requires_grad
    if self._grad is not None:
        copy._grad = __deepcopy__(self._grad, memo)
    for name, value in vars(self).items():
        if not name.startswith("_"):  # what a user has attached
            setattr(copy, name, deepcopy(value, memo))
    return copy


def rebuild(
    kind: type[Tensor],
    storage: UntypedStorage,
    size: Size,
    stride: tuple[int, ...],
    offset: int,
    requires_grad: bool,
) -> Tensor:
    """Return a tensor that was pickled."""
    tensor = wrap(kind, storage, size, stride, offset)
    tensor._requires_grad = requires_grad
    return tensor


@attach
def __reduce_ex__(self: Tensor, protocol: int) -> tuple:
    parts = (type(self), self._storage, *self._geometry(), self.requires_grad)
    return rebuild, parts
