"""Python functions applied to each element, in place: `apply_`, `map_`; slow, unrecorded."""

from __future__ import annotations

from collections.abc import Callable

from . import kernels
from .copying import as_stored
from .tensor import Tensor
from .tensorbase import attach, numbers

__all__: list[str] = []


def put(self: Tensor, found: list[float]) -> Tensor:
    """Write numbers to a tensor; torch does not count that as a change."""
    memory = self._storage.numbers
    values = self.dtype.array([as_stored(value, self.dtype) for value in found])
    kernels.put(memory, *self._geometry(), values)
    self._storage.keep(memory)
    return self


def refuse_recorded(self: Tensor, name: str) -> None:
    """Raise for a tensor that requires grad."""
    if self.requires_grad:
        raise RuntimeError(
            f"Can't call {name}() on Variable that requires grad. Use var.detach().{name}() "
            "instead."
        )


@attach
def apply_(self: Tensor, callable: Callable[[float], float]) -> Tensor:
    """Put what a function makes of each element in its place.

    >>> torch.tensor([1.0, 2.0]).apply_(lambda x: x + 0.5)
    tensor([1.5000, 2.5000])
    """
    refuse_recorded(self, "apply_")
    if self.is_meta:
        return self
    return put(self, [callable(self.dtype.to_number(x)) for x in numbers(self)])


@attach
def map_(self: Tensor, tensor: Tensor, callable: Callable[[float, float], float]) -> Tensor:
    """Put what a function makes of each element and that of another tensor in its place.

    >>> torch.tensor([1.0, 2.0]).map_(torch.tensor([10.0, 20.0]), lambda a, b: a + b)
    tensor([11., 22.])
    """
    refuse_recorded(self, "map_")
    refuse_recorded(tensor, "map_")
    other = tensor.detach().expand(self._size)
    pairs = zip(numbers(self), numbers(other), strict=True)
    return put(self, [callable(*map(self.dtype.to_number, pair)) for pair in pairs])
