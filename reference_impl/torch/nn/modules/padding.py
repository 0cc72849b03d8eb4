"""Padding as layers; what they compute stands in `pad` of `nn.functional`."""

from __future__ import annotations

from collections.abc import Sequence

from ...tensor import Tensor
from .. import functional as F
from .module import Module
from .sizes import spread_over

__all__ = [
    "CircularPad1d",
    "CircularPad2d",
    "CircularPad3d",
    "ConstantPad1d",
    "ConstantPad2d",
    "ConstantPad3d",
    "ReflectionPad1d",
    "ReflectionPad2d",
    "ReflectionPad3d",
    "ReplicationPad1d",
    "ReplicationPad2d",
    "ReplicationPad3d",
    "ZeroPad1d",
    "ZeroPad2d",
    "ZeroPad3d",
]

Several = int | Sequence[int]


class _Pad(Module):
    """What all margins share: how wide they are."""

    dims: int
    mode: str

    def __init__(self, padding: Several) -> None:
        super().__init__()
        self.padding = spread_over(padding, 2 * self.dims)

    def forward(self, input: Tensor) -> Tensor:
        """Return the input with margins."""
        return F.pad(input, self.padding, self.mode)

    def extra_repr(self) -> str:
        """Return the widths."""
        return f"{self.padding}"


class _ConstantPad(_Pad):
    """What margins of one number share."""

    mode = "constant"

    def __init__(self, padding: Several, value: float) -> None:
        super().__init__(padding)
        self.value = value

    def forward(self, input: Tensor) -> Tensor:
        """Return the input with margins."""
        return F.pad(input, self.padding, "constant", self.value)

    def extra_repr(self) -> str:
        """Return the widths and the number."""
        return f"padding={self.padding}, value={self.value}"


class _CircularPad(_Pad):
    """What margins from the other side share: they count the input's dimensions."""

    mode = "circular"

    def forward(self, input: Tensor) -> Tensor:
        """Return the input with margins."""
        least = self.dims + 1
        if input.dim() not in (least, least + 1):
            raise ValueError(f"expected {least}D or {least + 1}D input (got {input.dim()}D input)")
        return super().forward(input)


class CircularPad1d(_CircularPad):
    """Margins taken from the other side. `(N, C, L)`."""

    dims = 1


class ConstantPad1d(_ConstantPad):
    """Margins of one number. `(N, C, L)`."""

    dims = 1


class ReflectionPad1d(_Pad):
    """Margins as in a mirror. `(N, C, L)`."""

    dims = 1
    mode = "reflect"


class ReplicationPad1d(_Pad):
    """Margins of copies of the edge. `(N, C, L)`."""

    dims = 1
    mode = "replicate"


class ZeroPad1d(ConstantPad1d):
    """Margins of zeros. `(N, C, L)`."""

    def __init__(self, padding: Several) -> None:
        super().__init__(padding, 0.0)

    def extra_repr(self) -> str:
        """Return the widths."""
        return f"{self.padding}"


class CircularPad2d(_CircularPad):
    """Margins taken from the other side. `(N, C, H, W)`."""

    dims = 2


class ConstantPad2d(_ConstantPad):
    """Margins of one number. `(N, C, H, W)`."""

    dims = 2


class ReflectionPad2d(_Pad):
    """Margins as in a mirror. `(N, C, H, W)`."""

    dims = 2
    mode = "reflect"


class ReplicationPad2d(_Pad):
    """Margins of copies of the edge. `(N, C, H, W)`."""

    dims = 2
    mode = "replicate"


class ZeroPad2d(ConstantPad2d):
    """Margins of zeros. `(N, C, H, W)`."""

    def __init__(self, padding: Several) -> None:
        super().__init__(padding, 0.0)

    def extra_repr(self) -> str:
        """Return the widths."""
        return f"{self.padding}"


class CircularPad3d(_CircularPad):
    """Margins taken from the other side. `(N, C, D, H, W)`."""

    dims = 3


class ConstantPad3d(_ConstantPad):
    """Margins of one number. `(N, C, D, H, W)`."""

    dims = 3


class ReflectionPad3d(_Pad):
    """Margins as in a mirror. `(N, C, D, H, W)`."""

    dims = 3
    mode = "reflect"


class ReplicationPad3d(_Pad):
    """Margins of copies of the edge. `(N, C, D, H, W)`."""

    dims = 3
    mode = "replicate"


class ZeroPad3d(ConstantPad3d):
    """Margins of zeros. `(N, C, D, H, W)`."""

    def __init__(self, padding: Several) -> None:
        super().__init__(padding, 0.0)

    def extra_repr(self) -> str:
        """Return the widths."""
        return f"{self.padding}"
