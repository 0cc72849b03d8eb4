"""`torch.special`: functions of mathematics, most of which torch has under another name, too."""

from __future__ import annotations

import math

from .elementwise import (
    digamma,
    erf,
    erfc,
    erfinv,
    exp2,
    expm1,
    i0,
    lgamma,
    log1p,
    logit,
    mvlgamma,
    polygamma,
    round,
    sigmoid,
    sinc,
    xlogy,
)
from .elementwise.bessel import i0e, i1, i1e
from .graph import differentiable
from .integrals import scaled
from .operators import function
from .pointwise import binary, unary
from .public import not_here
from .reductions import log_softmax, logsumexp, softmax
from .tensor import Tensor

__all__ = [
    "digamma",
    "entr",
    "erf",
    "erfc",
    "erfinv",
    "exp2",
    "expit",
    "expm1",
    "gammaln",
    "i0",
    "i0e",
    "i1",
    "i1e",
    "log1p",
    "log_softmax",
    "logit",
    "logsumexp",
    "multigammaln",
    "ndtr",
    "polygamma",
    "psi",
    "round",
    "sinc",
    "softmax",
    "xlog1py",
    "xlogy",
]

expit, gammaln, multigammaln, psi = sigmoid, lgamma, mvlgamma, digamma


def information(x: float) -> float:
    """Return `-x log(x)`: 0 at 0, and no number that could be reached below."""
    if x > 0:
        return -x * math.log(x)
    return x if x != x else 0.0 if x == 0 else -math.inf


@function
def entr(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `-x log(x)`, what a probability adds to the entropy. Shape `(*)` to `(*)`.

    >>> torch.special.entr(torch.tensor([0.5, 1.0]))
    tensor([0.3466, -0.0000])
    """
    result = unary(input, information)
    return differentiable(
        result,
        "SpecialEntrBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad * (-(1 + x.log())),
    )


@function
def ndtr(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the share of a normal distribution below each element. Shape `(*)` to `(*)`.

    >>> torch.special.ndtr(torch.tensor([0.0, 1.0]))
    tensor([0.5000, 0.8413])
    """
    return scaled(erf(input / math.sqrt(2)) + 1, 0.5, "MulBackward1", 1)


@function
def xlog1py(input: Tensor | float, other: Tensor | float, *, out: Tensor | None = None) -> Tensor:
    """Return `x log(1 + y)`, 0 where x is 0. Shapes are broadcast.

    >>> torch.special.xlog1py(torch.tensor([0.0, 2.0]), torch.tensor([-1.0, 1.0]))
    tensor([0.0000, 1.3863])
    """

    def value(x: float, y: float) -> float:
        if y != y or x == 0:
            return y if y != y else 0.0
        return x * (math.log1p(y) if y > -1 else -math.inf if y == -1 else math.nan)

    result = binary(input, other, value)
    return differentiable(
        result,
        "SpecialXlog1PyBackward0",
        (input, other),
        backward=(
            (
                lambda grad, x, y: (grad * log1p(y)).masked_fill((x == 0) & (y <= -1), 0),
                input,
                other,
            ),
            (lambda grad, x, y: grad * x / (y + 1), input, other),
        ),
    )


ELSEWHERE = frozenset(
    "airy_ai bessel_j0 bessel_j1 bessel_y0 bessel_y1 chebyshev_polynomial_t "
    "chebyshev_polynomial_u chebyshev_polynomial_v chebyshev_polynomial_w erfcx gammainc "
    "gammaincc hermite_polynomial_h hermite_polynomial_he laguerre_polynomial_l "
    "legendre_polynomial_p log_ndtr modified_bessel_i0 modified_bessel_i1 modified_bessel_k0 "
    "modified_bessel_k1 ndtri scaled_modified_bessel_k0 scaled_modified_bessel_k1 "
    "shifted_chebyshev_polynomial_t shifted_chebyshev_polynomial_u shifted_chebyshev_polynomial_v "
    "shifted_chebyshev_polynomial_w spherical_bessel_j0 zeta".split()
)


def __getattr__(name: str) -> object:
    raise not_here("torch.special", name, ELSEWHERE)
