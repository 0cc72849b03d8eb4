"""Channels in another order, as a layer."""

from __future__ import annotations

from ...tensor import Tensor
from .. import functional as F
from .module import Module, shown

__all__ = ["ChannelShuffle"]


class ChannelShuffle(Module):
    """The first channel of each group, then the second of each; see `channel_shuffle`."""

    def __init__(self, groups: int) -> None:
        super().__init__()
        self.groups = groups

    def forward(self, input: Tensor) -> Tensor:
        """Return the channels in the other order."""
        return F.channel_shuffle(input, self.groups)

    def extra_repr(self) -> str:
        """Return the number of groups."""
        return shown(self, "groups")
