"""`DistributedDataParallel`: the same module in several processes, with the same gradients."""

from __future__ import annotations

from typing import NoReturn

from ...public import LISTED_AT
from ..modules import Module

__all__ = ["DistributedDataParallel"]


class DistributedDataParallel(Module):
    """The module that torch wraps a model in, in each of several processes.

    Here is one process, so none can be made; the type is there for `isinstance`.

    Raises:
        NotImplementedError: always.
    """

    def __new__(cls, *args: object, **kwargs: object) -> NoReturn:
        """Raise: it takes several processes."""
        raise NotImplementedError(
            "torch.nn.parallel.DistributedDataParallel connects processes, and reference_impl has "
            f"one; {LISTED_AT} lists what there is"
        )
