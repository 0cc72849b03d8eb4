"""Where parameters start: filling tensors with numbers of the right size.

If each layer multiplied the spread of its input by 2, a hundred layers would multiply it by
2**100. So weights are drawn with a variance near 1 / fan, the number of inputs (or outputs)
of a unit. The numbers are torch's for the same seed, bit for bit.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable

from ..creation import empty_like
from ..creation import eye as identity
from ..elementwise import where
from ..gradmode import no_grad
from ..linalg.decompositions import linalg_qr as qr
from ..linalg.diagonals import diag
from ..random import Generator
from ..sampling import randperm
from ..tensor import Tensor
from .naming import missing as _missing

__all__ = [
    "calculate_gain",
    "constant_",
    "dirac_",
    "eye_",
    "kaiming_normal_",
    "kaiming_uniform_",
    "normal_",
    "ones_",
    "orthogonal_",
    "sparse_",
    "trunc_normal_",
    "uniform_",
    "xavier_normal_",
    "xavier_uniform_",
    "zeros_",
]

LINEAR = ("linear", *(f"conv{t}{n}d" for n in (1, 2, 3) for t in ("", "_transpose")))


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """Return by how much weights should be larger to make up for what an activation shrinks.

    >>> torch.nn.init.calculate_gain("relu")
    1.4142135623730951

    Args:
        nonlinearity: the name of the activation in `nn.functional`, or `linear`, `conv1d`, …
        param: the slope of `leaky_relu`; 0.01 if None.

    Raises:
        ValueError: for another name.
    """
    fixed = {"sigmoid": 1, "tanh": 5 / 3, "relu": math.sqrt(2), "selu": 3 / 4}
    if nonlinearity in LINEAR:
        return 1
    if nonlinearity in fixed:
        return fixed[nonlinearity]
    if nonlinearity != "leaky_relu":
        raise ValueError(f"Unsupported nonlinearity {nonlinearity}")
    slope = 0.01 if param is None else param
    if isinstance(slope, bool) or not isinstance(slope, (int, float)):
        raise ValueError(f"negative_slope {param} not a valid number")
    return math.sqrt(2 / (1 + slope**2))


@no_grad()
def uniform_(
    tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Fill with numbers from [a, b), each as likely as any other; return the tensor."""
    return tensor.uniform_(a, b, generator=generator)


@no_grad()
def normal_(
    tensor: Tensor, mean: float = 0.0, std: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Fill with normally distributed numbers; return the tensor."""
    return tensor.normal_(mean, std, generator=generator)


@no_grad()
def constant_(tensor: Tensor, val: float) -> Tensor:
    """Fill with one number; return the tensor.

    >>> torch.nn.init.constant_(torch.empty(2), 0.3)
    tensor([0.3000, 0.3000])
    """
    return tensor.fill_(val)


@no_grad()
def ones_(tensor: Tensor) -> Tensor:
    """Fill with ones; return the tensor."""
    return tensor.fill_(1.0)


@no_grad()
def zeros_(tensor: Tensor) -> Tensor:
    """Fill with zeros; return the tensor."""
    return tensor.zero_()


def below(x: float) -> float:
    """Return the share of a standard normal distribution that lies below x."""
    return (1 + math.erf(x / math.sqrt(2))) / 2


@no_grad()
def trunc_normal_(
    tensor: Tensor,
    mean: float = 0.0,
    std: float = 1.0,
    a: float = -2.0,
    b: float = 2.0,
    generator: Generator | None = None,
) -> Tensor:
    """Fill with normally distributed numbers, drawn again until all are from [a, b].

    Args:
        tensor: of a floating type.
        mean: of the distribution before it is cut.
        std: its standard deviation.
        a: the lowest number.
        b: the highest.
        generator: where to draw from.
    """
    if tensor.is_meta:
        return tensor
    if mean < a - 2 * std or mean > b + 2 * std:
        warnings.warn(
            "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. "
            "The distribution of values may be incorrect.",
            UserWarning,
            stacklevel=3,
        )
    if below((b - mean) / std) - below((a - mean) / std) <= 0.3:
        return cut_from_uniform(tensor, mean, std, a, b, generator)
    low, high = (tensor.new_tensor(bound).item() for bound in (a, b))
    result = tensor.normal_(mean, std, generator=generator)
    while (outside := (result < low).logical_or(result > high)).any():
        again = empty_like(result).normal_(mean, std, generator=generator)
        result = where(outside, again, result)
    return tensor if result is tensor else tensor.copy_(result)


def cut_from_uniform(
    tensor: Tensor, mean: float, std: float, a: float, b: float, generator: Generator | None
) -> Tensor:
    """Draw from [a, b] alike, and keep each number with the chance its density gives it.

    Where little of the distribution lies between `a` and `b`, that rejects less.
    """
    peak = -0.5 * ((max(a, min(mean, b)) - mean) / std) ** 2
    chance = empty_like(tensor)

    def rejected(drawn: Tensor) -> Tensor:
        density = drawn.clone().sub_(mean).div_(std).pow_(2).mul_(-0.5).sub_(peak)
        return chance.uniform_(generator=generator).log_().gt(density)

    tensor.uniform_(a, b, generator=generator)
    result, pending = tensor, rejected(tensor)
    while pending.any():
        candidates = empty_like(tensor).uniform_(a, b, generator=generator)
        result = where(pending, candidates, result)
        pending = pending.logical_and(rejected(candidates))
    return tensor if result is tensor else tensor.copy_(result)


@no_grad()
def eye_(tensor: Tensor) -> Tensor:
    """Fill a matrix with ones on the diagonal and zeros elsewhere, so that a layer passes on.

    Raises:
        ValueError: for what is no matrix.
    """
    if tensor.ndimension() != 2:
        raise ValueError("Only tensors with 2 dimensions are supported")
    return tensor.copy_(identity(*tensor.shape, dtype=tensor.dtype))


@no_grad()
def dirac_(tensor: Tensor, groups: int = 1) -> Tensor:
    """Fill the weight of a convolution so that it passes on as many channels as it can.

    Args:
        tensor: `(out, in / groups, *kernel)`, of 3 to 5 dimensions.
        groups: of the convolution.

    Raises:
        ValueError: another number of dimensions, or groups that do not divide the channels.
    """
    if tensor.ndimension() not in (3, 4, 5):
        raise ValueError("Only tensors with 3, 4, or 5 dimensions are supported")
    channels, inputs, *kernel = tensor.size()
    if channels % groups:
        raise ValueError("dim 0 must be divisible by groups")
    if tensor.is_meta:
        return tensor
    tensor.zero_()
    middle = [n // 2 for n in kernel]
    for group in range(groups):
        for d in range(min(channels // groups, inputs)):
            tensor[(group * (channels // groups) + d, d, *middle)] = 1
    return tensor


def _calculate_fan_in_and_fan_out(tensor: Tensor) -> tuple[int, int]:
    """Return how many inputs a unit sees, and how many outputs an input reaches."""
    if tensor.dim() < 2:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
        )
    field = math.prod(tensor.shape[2:])
    return tensor.size(1) * field, tensor.size(0) * field


def spread_of_xavier(tensor: Tensor, gain: float) -> float:
    """Return the standard deviation that suits both fans."""
    return gain * math.sqrt(2.0 / float(sum(_calculate_fan_in_and_fan_out(tensor))))


def xavier_uniform_(
    tensor: Tensor, gain: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Fill from a uniform distribution of variance `gain**2 * 2 / (fan_in + fan_out)`.

    (Glorot and Bengio, 2010: http://proceedings.mlr.press/v9/glorot10a.html)

    >>> _ = torch.manual_seed(0)
    >>> torch.nn.init.xavier_uniform_(torch.empty(2, 2))
    tensor([[-0.0092,  0.6570],
            [-1.0080, -0.9013]])

    Args:
        tensor: a weight of two dimensions or more.
        gain: of the activation that follows; see `calculate_gain`.
        generator: where to draw from.
    """
    bound = math.sqrt(3.0) * spread_of_xavier(tensor, gain)
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(tensor: Tensor, gain: float = 1.0, generator: Generator | None = None) -> Tensor:
    """Fill from a normal distribution of variance `gain**2 * 2 / (fan_in + fan_out)`."""
    return normal_(tensor, 0.0, spread_of_xavier(tensor, gain), generator)


def spread_of_kaiming(tensor: Tensor, a: float, mode: str, nonlinearity: str) -> float:
    """Return the standard deviation that suits one fan and the activation."""
    modes = ["fan_in", "fan_out"]
    if mode.lower() not in modes:
        raise ValueError(f"Mode {mode.lower()} not supported, please use one of {modes}")
    fan = _calculate_fan_in_and_fan_out(tensor)[modes.index(mode.lower())]
    return calculate_gain(nonlinearity, a) / math.sqrt(fan)


def is_empty(tensor: Tensor) -> bool:
    """Tell whether there is nothing to fill, and warn of it."""
    if 0 in tensor.shape:
        warnings.warn("Initializing zero-element tensors is a no-op", UserWarning, stacklevel=3)
        return True
    return False


def kaiming_uniform_(
    tensor: Tensor,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Fill from a uniform distribution of variance `gain**2 / fan`.

    The layers' own default is this one with `a=sqrt(5)`. (He et al., 2015: arXiv:1502.01852)

    Args:
        tensor: a weight of two dimensions or more.
        a: the slope of `leaky_relu`.
        mode: `fan_in` keeps the variance going forward, `fan_out` going backward.
        nonlinearity: see `calculate_gain`.
        generator: where to draw from.
    """
    if is_empty(tensor):
        return tensor
    bound = math.sqrt(3.0) * spread_of_kaiming(tensor, a, mode, nonlinearity)
    return uniform_(tensor, -bound, bound, generator)


def kaiming_normal_(
    tensor: Tensor,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Fill from a normal distribution of variance `gain**2 / fan`; see `kaiming_uniform_`."""
    if is_empty(tensor):
        return tensor
    return normal_(tensor, 0, spread_of_kaiming(tensor, a, mode, nonlinearity), generator)


@no_grad()
def orthogonal_(tensor: Tensor, gain: float = 1, generator: Generator | None = None) -> Tensor:
    """Fill a matrix so that its rows, or columns, are at right angles and of length `gain`.

    Such a matrix keeps the length of what it is multiplied with. It is the Q of random numbers'
    QR decomposition, with signs that make all such matrices equally likely. More than two
    dimensions count as two. (Saxe et al., 2013: arXiv:1312.6120)

    Args:
        tensor: of two dimensions or more.
        gain: what to multiply with.
        generator: where to draw from.

    Raises:
        ValueError: fewer than two dimensions.
    """
    if tensor.ndimension() < 2:
        raise ValueError("Only tensors with 2 or more dimensions are supported")
    if not tensor.numel() or tensor.is_meta:
        return tensor
    rows = tensor.size(0)
    columns = tensor.numel() // rows
    drawn = tensor.new_empty((rows, columns)).normal_(0, 1, generator=generator)
    q, r = qr(drawn.t() if rows < columns else drawn)
    q = q * diag(r).sign()
    found = q.t() if rows < columns else q
    return tensor.copy_(found.reshape(tensor.shape)).mul_(gain)


@no_grad()
def sparse_(
    tensor: Tensor, sparsity: float, std: float = 0.01, generator: Generator | None = None
) -> Tensor:
    """Fill a matrix with normally distributed numbers, and with zeros in part of each column.

    Args:
        tensor: of two dimensions.
        sparsity: which part of each column is zero.
        std: the standard deviation of the others.
        generator: where to draw the others from.
    """
    if tensor.ndimension() != 2:
        raise ValueError("Only tensors with 2 dimensions are supported")
    if tensor.is_meta:
        return tensor
    rows, columns = tensor.shape
    tensor.normal_(0, std, generator=generator)
    for column in range(columns):
        tensor[randperm(rows)[: math.ceil(sparsity * rows)], column] = 0
    return tensor


def deprecated(fill: Callable) -> Callable:
    """Return the function under its old name, which warns."""
    new = fill.__name__
    old = new[:-1]

    def call(*args: object, **kwargs: object) -> Tensor:
        warnings.warn(
            f"`nn.init.{old}` is now deprecated in favor of `nn.init.{new}`.",
            FutureWarning,
            stacklevel=2,
        )
        return fill(*args, **kwargs)

    call.__name__ = call.__qualname__ = old
    call.__doc__ = f"Do what `{new}` does; deprecated."
    return call


uniform, normal, constant = map(deprecated, (uniform_, normal_, constant_))
xavier_uniform, xavier_normal = map(deprecated, (xavier_uniform_, xavier_normal_))
kaiming_uniform, kaiming_normal = map(deprecated, (kaiming_uniform_, kaiming_normal_))
eye, dirac, orthogonal, sparse = map(deprecated, (eye_, dirac_, orthogonal_, sparse_))


def __getattr__(name: str) -> object:
    raise _missing("torch.nn.init", name)
