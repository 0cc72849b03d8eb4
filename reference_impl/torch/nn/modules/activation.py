"""Activations as layers; what they compute stands in `nn.functional`."""

from __future__ import annotations

from ...creation import empty
from ...devices import device
from ...dtypes import dtype
from ...tensor import Tensor
from .. import functional as F
from .. import init
from ..parameter import Parameter
from .module import Module, shown

__all__ = [
    "CELU",
    "ELU",
    "GELU",
    "GLU",
    "SELU",
    "Hardshrink",
    "Hardsigmoid",
    "Hardswish",
    "Hardtanh",
    "LeakyReLU",
    "LogSigmoid",
    "Mish",
    "PReLU",
    "RReLU",
    "ReLU",
    "ReLU6",
    "SiLU",
    "Sigmoid",
    "Softplus",
    "Softshrink",
    "Softsign",
    "Tanh",
    "Tanhshrink",
    "Threshold",
]


class Threshold(Module):
    """Replaces elements that are not above a threshold by one value; see `threshold`."""

    def __init__(self, threshold: float, value: float, inplace: bool = False) -> None:
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "threshold", "value")


class ReLU(Module):
    """`max(0, x)`: replaces negative elements by 0. Shape `(*)` to `(*)`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.relu(input, self.inplace)

    def extra_repr(self) -> str:
        """Return whether in place."""
        return shown(self)


class RReLU(Module):
    """Multiplies negative elements by a slope that is drawn anew in training; see `rrelu`."""

    def __init__(
        self, lower: float = 1.0 / 8, upper: float = 1.0 / 3, inplace: bool = False
    ) -> None:
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "lower", "upper")


class Hardtanh(Module):
    """Brings elements into a range; see `hardtanh`."""

    def __init__(self, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> None:
        super().__init__()
        self.min_val = min_val
        self.max_val = max_val
        self.inplace = inplace
        if max_val <= min_val:
            raise AssertionError(f"max_val ({max_val}) must be greater than min_val ({min_val})")

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "min_val", "max_val")


class ReLU6(Hardtanh):
    """Brings elements into [0, 6]."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(0.0, 6.0, inplace)

    def extra_repr(self) -> str:
        """Return whether in place."""
        return shown(self)


class Sigmoid(Module):
    """`1 / (1 + exp(-x))`: between 0 and 1. Shape `(*)` to `(*)`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return input.sigmoid()


class Hardsigmoid(Module):
    """Sigmoid by three lines; see `hardsigmoid`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.hardsigmoid(input, self.inplace)


class Tanh(Module):
    """The hyperbolic tangent: between -1 and 1. Shape `(*)` to `(*)`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return input.tanh()


class SiLU(Module):
    """`x * sigmoid(x)`; see `silu`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.silu(input, self.inplace)

    def extra_repr(self) -> str:
        """Return whether in place."""
        return shown(self)


class Mish(Module):
    """`x * tanh(softplus(x))`; see `mish`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.mish(input, self.inplace)

    def extra_repr(self) -> str:
        """Return whether in place."""
        return shown(self)


class Hardswish(Module):
    """`x * hardsigmoid(x)`; see `hardswish`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.hardswish(input, self.inplace)


class ELU(Module):
    """`alpha * (exp(x) - 1)` below 0; see `elu`."""

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.elu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "alpha")


class CELU(Module):
    """`alpha * (exp(x / alpha) - 1)` below 0; see `celu`."""

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.celu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "alpha")


class SELU(Module):
    """elu, scaled to keep mean 0 and variance 1; see `selu`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.selu(input, self.inplace)

    def extra_repr(self) -> str:
        """Return whether in place."""
        return shown(self)


class GLU(Module):
    """One half of the input times the sigmoid of the other; see `glu`."""

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.glu(input, self.dim)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "dim")


class GELU(Module):
    """Each element times the share of a bell curve below it; see `gelu`."""

    def __init__(self, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.gelu(input, approximate=self.approximate)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "approximate")


class Hardshrink(Module):
    """Replaces small elements by 0; see `hardshrink`."""

    def __init__(self, lambd: float = 0.5) -> None:
        super().__init__()
        self.lambd = lambd

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.hardshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """Return how far."""
        return str(self.lambd)


class LeakyReLU(Module):
    """Multiplies negative elements by a small slope; see `leaky_relu`."""

    def __init__(self, negative_slope: float = 0.01, inplace: bool = False) -> None:
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.leaky_relu(input, self.negative_slope, self.inplace)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "negative_slope")


class PReLU(Module):
    """Multiplies negative elements by a slope that is learned; see `prelu`.

    >>> torch.nn.PReLU()
    PReLU(num_parameters=1)

    Args:
        num_parameters: 1, or one for each channel.
        init: where slopes start.
        device: of the slopes.
        dtype: of the slopes.
    """

    def __init__(
        self,
        num_parameters: int = 1,
        init: float = 0.25,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        self.num_parameters = num_parameters
        self.init = init
        self.weight = Parameter(empty(num_parameters, device=device, dtype=dtype))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set the slopes to where they start."""
        init.constant_(self.weight, self.init)

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.prelu(input, self.weight)

    def extra_repr(self) -> str:
        """Return how many slopes there are."""
        return shown(self, "num_parameters")


class LogSigmoid(Module):
    """The logarithm of the sigmoid; see `logsigmoid`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.logsigmoid(input)


class Softplus(Module):
    """A relu without a corner; see `softplus`."""

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.softplus(input, self.beta, self.threshold)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "beta", "threshold")


class Softshrink(Module):
    """Moves elements towards 0; see `softshrink`."""

    def __init__(self, lambd: float = 0.5) -> None:
        super().__init__()
        self.lambd = lambd

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.softshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """Return how far."""
        return str(self.lambd)


class Softsign(Module):
    """`x / (1 + abs(x))`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.softsign(input)


class Tanhshrink(Module):
    """`x - tanh(x)`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.tanhshrink(input)
