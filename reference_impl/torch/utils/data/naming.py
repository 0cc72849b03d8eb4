"""How datasets, samplers and loaders show: under torch's path, wherever their source stands."""

from __future__ import annotations

from abc import ABCMeta

from ...public import Public


class Kind(Public, ABCMeta):
    """The type of their types: one that classes of learners may mix with `abc.ABC`."""


class Named:
    """Objects that print as torch's: `<torch.utils.data.dataset.Subset object at 0x…>`."""

    def __repr__(self) -> str:
        return object.__repr__(self).replace("<reference_impl.", "<", 1)
