"""Activations that bend smoothly: gelu, silu, elu, softplus and others.

Each computes in the steps in which torch computes, rounding after each, because where a
step cancels digits those are what is seen of the result.
"""

from __future__ import annotations

import math
import warnings

from ...arguments import Number
from ...creation import zeros_like
from ...dtypes import BOOL, INTEGRAL, dtype
from ...elementwise import exp, sigmoid, tanh
from ...elementwise.rules import refuse, steps, working
from ...graph import differentiable
from ...joining import cat
from ...operators import function
from ...pointwise import binary, unary
from ...shapes import wrap_dim
from ...tensor import Tensor
from .placing import placed

__all__ = [
    "celu",
    "celu_",
    "elu",
    "elu_",
    "gelu",
    "glu",
    "gumbel_softmax",
    "log_softmax",
    "logsigmoid",
    "mish",
    "selu",
    "selu_",
    "sigmoid",
    "silu",
    "softmax",
    "softmin",
    "softplus",
    "softsign",
    "tanh",
    "tanhshrink",
]

SELU_ALPHA, SELU_SCALE = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
BEND, CUBE = math.sqrt(2 / math.pi), 0.044715


def exponential(x: float) -> float:
    """Return `exp(x)`, infinite where it overflows."""
    return math.exp(x) if x < 710 else math.inf if x == x else x


def rounded(constant: float, input: Tensor) -> float:
    """Return a constant as the input's kernels hold it."""
    return working(input.dtype).array([constant])[0]


@function
def gelu(input: Tensor, *, approximate: str = "none") -> Tensor:
    """Return each element times the share of a bell curve that lies below it.

    Shape `(*)` to `(*)`. Between large inputs, which pass, and very negative ones, which do
    not, the curve is smooth. (Hendrycks and Gimpel, 2016: arXiv:1606.08415)

    >>> torch.nn.functional.gelu(torch.tensor([-1.0, 0.0, 2.0]))
    tensor([-0.1587,  0.0000,  1.9545])

    Args:
        input: of a floating type.
        approximate: `none`, or `tanh` for a formula with tanh.

    Raises:
        RuntimeError: another name of an approximation.
    """
    if approximate not in ("none", "tanh"):
        raise RuntimeError("approximate argument must be either none or tanh.")
    refuse(input.dtype, "GeluKernelImpl", BOOL, INTEGRAL)
    if approximate == "none":
        half_root = rounded(math.sqrt(0.5), input)
        twice = steps(input, lambda x: x * half_root, math.erf, lambda e: 1 + e)
        slope = slope_of_gelu
    else:
        twice = steps(input, bent, math.tanh, lambda e: 1 + e)
        slope = slope_of_tanh_gelu
    result = binary(input, twice, lambda x, t: x * 0.5 * t, compute=working(input.dtype))
    result = result.to(input.dtype)
    return differentiable(result, "GeluBackward0", (input,), saved=(input,), backward=slope)


def bent(x: float) -> float:
    """Return what the approximation of gelu takes the tanh of."""
    return BEND * (x + CUBE * x * x * x)


def slope_of_gelu(grad: Tensor, x: Tensor) -> Tensor:
    """Return the share below x, plus x times the height of the bell curve at x."""
    below = 0.5 * (1 + (x * math.sqrt(0.5)).erf())
    return grad * (below + x * exp(x * x * -0.5) * (1 / math.sqrt(2 * math.pi)))


def slope_of_tanh_gelu(grad: Tensor, x: Tensor) -> Tensor:
    """Return the derivative of the formula with tanh."""
    t = (BEND * (x + CUBE * x * x * x)).tanh()
    inner = BEND * (1 + 3 * CUBE * x * x)
    return grad * (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * inner)


@function
def silu(input: Tensor, inplace: bool = False) -> Tensor:
    """Return each element times its sigmoid; also known as swish. Shape `(*)` to `(*)`.

    >>> torch.nn.functional.silu(torch.tensor([-1.0, 0.0, 2.0]))
    tensor([-0.2689,  0.0000,  1.7616])
    """
    refuse(input.dtype, "silu_cpu", BOOL, INTEGRAL)

    def slope(grad: Tensor, x: Tensor) -> Tensor:
        s = x.sigmoid()
        return grad * s * (1 + x * (1 - s))

    def bend(x: Tensor) -> Tensor:
        below = steps(x, lambda v: -v, exponential, lambda e: 1 + e)
        result = binary(x, below, lambda v, d: v / d, dtype=x.dtype)
        return differentiable(result, "SiluBackward0", (x,), saved=(x,), backward=slope)

    return placed(input, inplace, bend)


@function
def mish(input: Tensor, inplace: bool = False) -> Tensor:
    """Return each element times `tanh(softplus(element))`. Shape `(*)` to `(*)`.

    >>> torch.nn.functional.mish(torch.tensor([-1.0, 2.0]))
    tensor([-0.3034,  1.9440])
    """
    refuse(input.dtype, "mish_cpu", BOOL, INTEGRAL)

    def slope(grad: Tensor, x: Tensor) -> Tensor:
        t = softplus(x).tanh()
        return grad * (t + x * x.sigmoid() * (1 - t * t))

    def bend(x: Tensor) -> Tensor:
        factor = steps(x, exponential, math.log1p, math.tanh)
        result = binary(x, factor, lambda v, f: v * f)
        return differentiable(result, "MishBackward0", (x,), saved=(x,), backward=slope)

    return placed(input, inplace, bend)


def exponential_below_zero(
    input: Tensor, alpha: float, scale: float, input_scale: float, inplace: bool, name: str
) -> Tensor:
    """Return `scale * x` above 0, and `scale * alpha * (exp(x * input_scale) - 1)` below."""
    refuse(input.dtype, "elu_cpu", BOOL, INTEGRAL)
    if inplace and alpha < 0 and input.requires_grad:
        raise RuntimeError(
            "In-place elu backward calculation is triggered with a negative slope which is not "
            "supported. This is caused by calling in-place forward function with a negative "
            "slope, please call out-of-place version instead."
        )
    height, scale = rounded(alpha * scale, input), rounded(scale, input)
    input_scale = rounded(input_scale, input)

    def from_input(grad: Tensor, x: Tensor) -> Tensor:
        return (grad * scale).where(x > 0, grad * input_scale * height * exp(x * input_scale))

    def from_result(grad: Tensor, y: Tensor) -> Tensor:
        return (grad * scale).where(y > 0, grad * input_scale * (y + height))

    def bend(x: Tensor) -> Tensor:
        result = unary(x, lambda v: math.expm1(v * input_scale) * height if v < 0 else v * scale)
        return differentiable(
            result,
            f"{name}{int(inplace)}",
            (x,),
            saved=(result if inplace else x,),
            backward=from_result if inplace else from_input,
        )

    return placed(input, inplace, bend)


@function
def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """Return positive elements as they are, others as `alpha * (exp(x) - 1)`.

    >>> torch.nn.functional.elu(torch.tensor([-1.0, 2.0]))
    tensor([-0.6321,  2.0000])
    """
    return exponential_below_zero(input, alpha, 1.0, 1.0, inplace, "EluBackward")


def elu_(input: Tensor, alpha: float = 1.0) -> Tensor:
    """Do what `elu` does, in place."""
    return elu(input, alpha, True)


@function
def selu(input: Tensor, inplace: bool = False) -> Tensor:
    """Return elu, scaled so that mean 0 and variance 1 go from layer to layer.

    (Klambauer et al., 2017: arXiv:1706.02515)

    >>> torch.nn.functional.selu(torch.tensor([-1.0, 2.0]))
    tensor([-1.1113,  2.1014])
    """
    return exponential_below_zero(input, SELU_ALPHA, SELU_SCALE, 1.0, inplace, "EluBackward")


def selu_(input: Tensor) -> Tensor:
    """Do what `selu` does, in place."""
    return selu(input, True)


@function
def celu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """Return positive elements as they are, others as `alpha * (exp(x / alpha) - 1)`.

    >>> torch.nn.functional.celu(torch.tensor([-1.0, 2.0]), 2.0)
    tensor([-0.7869,  2.0000])

    Raises:
        RuntimeError: `alpha` is 0.
    """
    if alpha == 0:
        raise RuntimeError("ZeroDivisionError: alpha cannot be 0 for CELU")
    return exponential_below_zero(input, alpha, 1.0, 1.0 / alpha, inplace, "CeluBackward")


def celu_(input: Tensor, alpha: float = 1.0) -> Tensor:
    """Do what `celu` does, in place."""
    return celu(input, alpha, True)


@function
def softplus(input: Tensor, beta: Number = 1, threshold: Number = 20) -> Tensor:
    """Return `log(1 + exp(beta * input)) / beta`: a relu without a corner. Shape `(*)` to `(*)`.

    Its derivative is the sigmoid. Where `beta * input` is above the threshold, input and
    result are the same but for what is rounded away.

    >>> torch.nn.functional.softplus(torch.tensor([-1.0, 0.0, 30.0]))
    tensor([ 0.3133,  0.6931, 30.0000])
    """
    refuse(input.dtype, "softplus_cpu", BOOL, INTEGRAL)
    soft = steps(input, lambda x: x * beta, exponential, math.log1p, lambda x: x / beta)
    result = binary(input, soft, lambda x, s: x if x * beta > threshold else s)
    return differentiable(
        result,
        "SoftplusBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad.where(x * beta > threshold, grad * (x * beta).sigmoid()),
    )


@function
def logsigmoid(input: Tensor) -> Tensor:
    """Return the logarithm of the sigmoid, without overflow on the way. Shape `(*)` to `(*)`.

    >>> torch.nn.functional.logsigmoid(torch.tensor([-200.0, 0.0]))
    tensor([-200.0000,   -0.6931])
    """
    refuse(input.dtype, "log_sigmoid_cpu", BOOL, INTEGRAL)
    soft = steps(input, lambda x: -abs(x), math.exp, math.log1p)
    return differentiable(
        binary(input, soft, lambda x, s: min(x, 0.0) - s),
        "LogSigmoidBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad * (-x).sigmoid(),
    )


def softsign(input: Tensor) -> Tensor:
    """Return `input / (1 + abs(input))`, between -1 and 1.

    >>> torch.nn.functional.softsign(torch.tensor([-4.0, 1.0]))
    tensor([-0.8000,  0.5000])
    """
    return input / (input.abs() + 1)


def tanhshrink(input: Tensor) -> Tensor:
    """Return `input - tanh(input)`.

    >>> torch.nn.functional.tanhshrink(torch.tensor([-2.0, 1.0]))
    tensor([-1.0360,  0.2384])
    """
    return input - input.tanh()


@function
def glu(input: Tensor, dim: int = -1) -> Tensor:
    """Return one half of the input times the sigmoid of the other, which acts as a gate.

    `(*, 2C, *)` to `(*, C, *)`.

    >>> torch.nn.functional.glu(torch.tensor([1.0, 2.0, 0.0, 100.0]))
    tensor([0.5000, 2.0000])

    Raises:
        RuntimeError: a 0-dim tensor, or an odd size.
    """
    if not input.dim():
        raise RuntimeError("glu does not support 0-dimensional tensors")
    dim = wrap_dim(dim, input.dim())
    size = input.size(dim)
    if size % 2:
        raise RuntimeError(f"Halving dimension must be even, but dimension {dim} is size {size}")
    refuse(input.dtype, "glu_cpu", BOOL, INTEGRAL)
    first, second = (
        input.detach().narrow(dim, 0, size // 2),
        input.detach().narrow(dim, size // 2, size // 2),
    )
    gate = steps(second, lambda v: -v, exponential, lambda e: 1 + e, lambda d: 1 / d)

    def slope(grad: Tensor, x: Tensor) -> Tensor:
        a, b = x.narrow(dim, 0, size // 2), x.narrow(dim, size // 2, size // 2)
        s = b.sigmoid()
        return cat([grad * s, grad * a * s * (1 - s)], dim)

    result = binary(first, gate, lambda a, s: a * s)
    return differentiable(result, "GluBackward0", (input,), saved=(input,), backward=slope)


def implicit_dim(name: str, ndim: int, stacklevel: int) -> int:
    """Return the dimension that softmax takes if none is given, and warn."""
    warnings.warn(
        f"Implicit dimension choice for {name} has been deprecated. Change the call to include "
        "dim=X as an argument.",
        UserWarning,
        stacklevel=stacklevel + 1,
    )
    return 0 if ndim in (0, 1, 3) else 1


def softmax(
    input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: dtype | None = None
) -> Tensor:
    """Return `exp(input) / sum(exp(input))` along a dimension; see `torch.softmax`."""
    dim = implicit_dim("softmax", input.dim(), _stacklevel) if dim is None else dim
    return input.softmax(dim, dtype=dtype)


def softmin(
    input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: dtype | None = None
) -> Tensor:
    """Return the softmax of `-input`: small elements get large shares.

    >>> torch.nn.functional.softmin(torch.tensor([1.0, 2.0]), dim=0)
    tensor([0.7311, 0.2689])
    """
    dim = implicit_dim("softmin", input.dim(), _stacklevel) if dim is None else dim
    return (-input).softmax(dim, dtype=dtype)


def log_softmax(
    input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: dtype | None = None
) -> Tensor:
    """Return the logarithm of the softmax along a dimension; see `torch.log_softmax`."""
    dim = implicit_dim("log_softmax", input.dim(), _stacklevel) if dim is None else dim
    return input.log_softmax(dim, dtype=dtype)


def gumbel_softmax(
    logits: Tensor, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: int = -1
) -> Tensor:
    """Return a softmax of randomly shifted scores: a draw that can be differentiated.

    Args:
        logits: scores.
        tau: the temperature; the smaller, the nearer to a draw of one.
        hard: whether the result is one-hot, with the gradient of the soft one.
        eps: of no effect.
        dim: along which the shares sum up to 1.
    """
    if eps != 1e-10:
        warnings.warn("`eps` parameter is deprecated and has no effect.", UserWarning, stacklevel=2)
    gumbels = -logits.detach().new_empty(logits.shape).exponential_().log()
    soft = ((logits + gumbels) / tau).softmax(dim)
    if not hard:
        return soft
    index = soft.max(dim, keepdim=True)[1]
    one_hot = zeros_like(logits).scatter_(dim, index, 1.0)
    return one_hot - soft.detach() + soft
