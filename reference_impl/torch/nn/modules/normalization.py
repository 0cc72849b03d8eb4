"""Normalization over features and groups as layers; see `nn.functional`."""

from __future__ import annotations

from collections.abc import Sequence

from ...creation import empty
from ...devices import device
from ...dtypes import dtype
from ...gradmode import is_grad_enabled, no_grad
from ...graph import differentiable
from ...joining import stack
from ...tensor import Tensor
from .. import functional as F
from .. import init
from ..parameter import Parameter
from .module import Module

__all__ = ["CrossMapLRN2d", "GroupNorm", "LayerNorm", "LocalResponseNorm", "RMSNorm"]


class LayerNorm(Module):
    """Mean 0 and variance 1 over the last dimensions, then scaled and shifted. `(*, D)`.

    >>> torch.nn.LayerNorm(3)
    LayerNorm((3,), eps=1e-05, elementwise_affine=True, bias=True)

    Args:
        normalized_shape: the sizes of the last dimensions.
        eps: keeps the divisor from 0.
        elementwise_affine: whether to learn scale and shift.
        bias: whether to learn a shift.
        device: of the parameters.
        dtype: of the parameters.
    """

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        if isinstance(normalized_shape, int):
            normalized_shape = (normalized_shape,)
        self.normalized_shape = tuple(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        size = self.normalized_shape
        for name, learned in (("weight", True), ("bias", bias)):
            made = None
            if elementwise_affine and learned:
                made = Parameter(empty(size, device=device, dtype=dtype))
            self.register_parameter(name, made)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set scales to 1 and shifts to 0."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """Return the input normalized."""
        return F.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """Return the shape, and whether anything is learned."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, "
            f"elementwise_affine={self.elementwise_affine}, bias={self.bias is not None}"
        )


class GroupNorm(Module):
    """Mean 0 and variance 1 over groups of channels. `(N, C, *)`; see `group_norm`.

    Args:
        num_groups: in how many groups the channels are dealt with.
        num_channels: C.
        eps: keeps the divisor from 0.
        affine: whether to learn scale and shift.
        device: of the parameters.
        dtype: of the parameters.
        bias: whether to learn a shift.
    """

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-5,
        affine: bool = True,
        device: device | str | None = None,
        dtype: dtype | None = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__()
        if num_channels % num_groups:
            raise ValueError(
                f"num_channels ({num_channels}) must be divisible by num_groups ({num_groups})"
            )
        self.num_groups = num_groups
        self.num_channels = num_channels
        self.eps = eps
        self.affine = affine
        for name, learned in (("weight", True), ("bias", bias)):
            made = None
            if affine and learned:
                made = Parameter(empty(num_channels, device=device, dtype=dtype))
            self.register_parameter(name, made)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set scales to 1 and shifts to 0."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """Return the input normalized."""
        return F.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """Return the groups, and whether anything is learned."""
        return (
            f"{self.num_groups}, {self.num_channels}, eps={self.eps}, affine={self.affine}, "
            f"bias={self.bias is not None}"
        )


class RMSNorm(Module):
    """Each sample over the root of its mean square, then scaled. `(*, D)`; see `rms_norm`.

    Args:
        normalized_shape: the sizes of the last dimensions.
        eps: added to the mean square; the type's own if None.
        elementwise_affine: whether to learn a scale.
        device: of the scale.
        dtype: of the scale.
    """

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float | None = None,
        elementwise_affine: bool = True,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        if isinstance(normalized_shape, int):
            normalized_shape = (normalized_shape,)
        self.normalized_shape = tuple(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        made = None
        if elementwise_affine:
            made = Parameter(empty(self.normalized_shape, device=device, dtype=dtype))
        self.register_parameter("weight", made)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set scales to 1."""
        if self.elementwise_affine:
            init.ones_(self.weight)

    def forward(self, x: Tensor) -> Tensor:
        """Return the input normalized."""
        return F.rms_norm(x, self.normalized_shape, self.weight, self.eps)

    def extra_repr(self) -> str:
        """Return the shape, and whether anything is learned."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}"
        )


class LocalResponseNorm(Module):
    """Each element over a power of its neighbours' squares; see `local_response_norm`."""

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> None:
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input: Tensor) -> Tensor:
        """Return the input normalized."""
        return F.local_response_norm(input, self.size, self.alpha, self.beta, self.k)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"


class CrossMapLRN2d(Module):
    """Divides each channel by what its neighbours hold together. `(N, C, H, W)`.

    `x / (k + alpha / size * sum of squares) ** beta`. (Krizhevsky et al., 2012) What torch adds
    up is kept: the first channel counts for all that follow, and the gradient takes other
    neighbours than forward does. `LocalResponseNorm` has neither flaw.

    Args:
        size: over how many channels.
        alpha: how much the squares count.
        beta: the exponent.
        k: what is added.
    """

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1) -> None:
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input: Tensor) -> Tensor:
        """Return the channels divided."""
        if input.dim() != 4:
            raise ValueError(f"CrossMapLRN2d: Expected input to be 4D, got {input.dim()}D instead.")
        size, beta, channels = self.size, self.beta, input.size(1)
        share, reach, behind = self.alpha / size, (size + 1) // 2, (size + 1) // 2
        with no_grad():
            squares = input * input
            sums = [squares[:, max(0, c - reach + 1) : c + reach].sum(1) for c in range(channels)]
            sums[reach:] = [x + squares[:, 0] for x in sums[reach:]]
            base = stack(sums, 1) * share + self.k
            found = input * base**-beta

        def backward(grad: Tensor, x: Tensor) -> Tensor:
            if behind >= size:
                raise RuntimeError(
                    f"start ({behind}) + length ({channels}) exceeds dimension size "
                    f"({channels + size - 1})."
                )
            if is_grad_enabled():
                raise RuntimeError(
                    "mul(): functions with out=... arguments don't support automatic "
                    "differentiation, but one of the arguments requires grad."
                )
            pushes = grad * x * base ** (-beta - 1)
            starts = [c - behind for c in range(channels)]
            pushed = [pushes[:, max(0, at) : max(0, at + size)].sum(1) for at in starts]
            return grad * base**-beta - x * stack(pushed, 1) * (2 * share * beta)

        return differentiable(
            found, "CrossMapLRN2dBackward", (input,), saved=(input,), backward=backward
        )

    def extra_repr(self) -> str:
        """Return the options."""
        return f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"
