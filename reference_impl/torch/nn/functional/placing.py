"""`inplace=True`: letting the input become the result, and forgetting what it was."""

from __future__ import annotations

from collections.abc import Callable

from ...gradmode import mode
from ...inplace import become, check_writable, source_of
from ...tensor import Tensor


def placed(input: Tensor, inplace: bool, fn: Callable[[Tensor], Tensor]) -> Tensor:
    """Return `fn(input)`, which is the input itself, changed, if it is to work in place.

    Raises:
        RuntimeError: in place, on a leaf that requires grad.
    """
    if not inplace:
        return fn(input)
    recorded = mode.grad and input.requires_grad
    check_writable(input, recorded)
    source = source_of(input) if recorded else input
    return become(input, fn(source), source)
