"""Random sampling from distributions whose parameters are tensors.

`normal`, `bernoulli` and `poisson` draw one number for each parameter, `multinomial`
chooses positions. What is drawn does not change smoothly with its parameters, so every
gradient here is zero.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

from . import dtypes, introselect, variates
from .arguments import OMITTED, Number
from .calling import Signature
from .copying import copy_stride
from .devices import device, layout
from .dtypes import FLOATING, dtype
from .gradmode import no_grad
from .graph import differentiable
from .inplace_sampling import check_std, nothing, only_floating
from .operators import function, operator
from .random import Generator, twister_of
from .sampling import drawn, standard_normals
from .shapes import broadcast
from .tensor import Tensor, fresh
from .tensorbase import numbers
from .twister import Twister

__all__ = ["bernoulli", "multinomial", "normal", "poisson"]


@function
def normal(
    mean: Tensor | Number,
    std: Tensor | Number = 1.0,
    size: Sequence[int] | None = None,
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return normal numbers, each with a mean and a standard deviation of its own.

    >>> _ = torch.manual_seed(0)
    >>> torch.normal(torch.tensor([0.0, 100.0]), 1.0)
    tensor([ 1.5410, 99.7066])

    Args:
        mean: one mean, or one for each number.
        std: one standard deviation, or one for each number; broadcast with `mean`.
        size: the shape, if both are numbers.
        generator: where to draw from; the shared generator if None.
        out: a tensor to write the result to.
        dtype: of the elements, if both are numbers.
        layout: of no effect.
        device: `cpu` or `meta`, if both are numbers.
        pin_memory: of no effect.
        requires_grad: whether gradients are wanted for it, if both are numbers.

    Raises:
        RuntimeError: a negative standard deviation.
    """
    tensors = [x for x in (mean, std) if isinstance(x, Tensor)]
    if bool(tensors) == (size is not None):
        signature = Signature.of("", "normal", method=False)
        raise TypeError(signature.no_overload((mean, std), {}))
    if not tensors:
        check_std(std)
        target = dtype or dtypes.get_default_dtype()
        draw = standard_normals(generator, target, mean, std)
        return drawn(draw, size, target, device, requires_grad)
    if isinstance(std, Tensor):
        if not std.is_meta and any(s < 0 for s in numbers(std)):
            raise RuntimeError("normal expects all elements of std >= 0.0")
    else:
        check_std(std)
    shape, target = tensors[0]._size, tensors[0].dtype
    if len(tensors) == 2:
        shape = broadcast(mean._size, std._size)
    draw = standard_normals(generator, target, 0.0, 1.0 if isinstance(std, Tensor) else std)
    z = drawn(draw, shape, target, tensors[0].device)
    with no_grad():
        z = z * std if isinstance(std, Tensor) else z
        z = z + mean
    name = {(True, True): 3, (True, False): 1, (False, True): 2}
    number = name[isinstance(mean, Tensor), isinstance(std, Tensor)]
    return differentiable(z, f"NormalBackward{number}", tensors, backward=(nothing,) * len(tensors))


@operator
def bernoulli(
    input: Tensor,
    p: float = OMITTED,
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return ones and zeros; a one comes with the probability that stands in its place.

    >>> _ = torch.manual_seed(0)
    >>> torch.bernoulli(torch.tensor([0.0, 0.5, 1.0]))
    tensor([0., 0., 1.])

    Args:
        input: probabilities, or, if `p` is given, only a shape and a type.
        p: one probability for all.
        generator: where to draw from; the shared generator if None.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: a probability outside of [0, 1].
    """
    result = input.detach().new_empty(input._size)
    with no_grad():
        result.bernoulli_(input if p is OMITTED else p, generator=generator)
    result = fresh(result._storage.numbers, input._size, input.dtype)
    if p is not OMITTED:
        return differentiable(result, "NotImplemented", (input,), backward=no_derivative)
    return differentiable(result, "BernoulliBackward0", (input,), backward=nothing)


def no_derivative(grad: Tensor) -> Tensor:
    """Raise: torch has no derivative for this."""
    raise RuntimeError("derivative for aten::bernoulli is not implemented")


@operator
def poisson(input: Tensor, generator: Generator | None = None) -> Tensor:
    """Return how many events fall into a time in which so many are expected.

    >>> _ = torch.manual_seed(0)
    >>> torch.poisson(torch.tensor([0.0, 3.0, 100.0]))
    tensor([ 0.,  6., 96.])

    Args:
        input: the expected numbers.
        generator: where to draw from; the shared generator if None.

    Raises:
        RuntimeError: a negative expected number.
    """
    only_floating(input, "poisson_cpu")
    twister = twister_of(generator)

    def counts(n: int) -> list[int]:
        rates = numbers(input)
        if any(not rate >= 0 for rate in rates):
            raise RuntimeError("invalid Poisson rate, expected rate to be non-negative")
        return [variates.poisson(twister, rate) for rate in rates]

    result = drawn(counts, input._size, input.dtype, input.device)
    return differentiable(result, "PoissonBackward0", (input,), backward=nothing)


@operator
def multinomial(
    input: Tensor,
    num_samples: int,
    replacement: bool = False,
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return positions, chosen with a chance in proportion to their weight.

    >>> _ = torch.manual_seed(0)
    >>> torch.multinomial(torch.tensor([0.0, 10.0, 3.0, 0.0]), 2)
    tensor([1, 2])

    Without replacement it is a race: each position waits an exponential time with its
    weight as the rate, and the first ones win.

    Args:
        input: weights `(K,)` or `(N, K)`, which need not sum to one.
        num_samples: how many positions to choose, from each row.
        replacement: whether one position may be chosen again.
        generator: where to draw from; the shared generator if None.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: weights that are negative, not finite or all zero, or too few of them.
    """
    kinds = input._size[-1] if input._size else 1
    if input.dim() not in (1, 2):
        raise RuntimeError("prob_dist must be 1 or 2 dim")
    if input.dtype.category != FLOATING:
        raise RuntimeError(
            "multinomial only supports floating-point dtypes for input, got: "
            f"{input.dtype.scalar_name}"
        )
    if num_samples <= 0:
        raise RuntimeError("cannot sample n_sample <= 0 samples")
    if not replacement and num_samples > kinds:
        raise RuntimeError(
            "cannot sample n_sample > prob_dist.size(-1) samples without replacement"
        )
    size = (*input._size[:-1], num_samples)
    if input.is_meta:
        return drawn(list, size, dtypes.int64, "meta")
    twister = twister_of(generator)
    flat = numbers(input)
    rows = [flat[n * kinds : (n + 1) * kinds] for n in range(math.prod(input._size[:-1]))]
    if replacement and num_samples > 1:
        chosen = [i for row in rows for i in with_replacement(twister, row, num_samples)]
    else:
        chosen = race(twister, input, rows, num_samples)
    return fresh(array("q", chosen), size, dtypes.int64)


def with_replacement(twister: Twister, weights: array, n: int) -> list[int]:
    """Return `n` positions of one row, each chosen anew."""
    for weight in weights:
        if not weight >= 0:
            raise RuntimeError(
                "invalid multinomial distribution (encountering probability entry < 0)"
            )
        if math.isinf(weight):
            raise RuntimeError(
                "invalid multinomial distribution (encountering probability entry = infinity or "
                "NaN)"
            )
    if not sum(weights) > 0:
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")
    return variates.categories(twister, n, weights, weights.typecode)


def race(twister: Twister, input: Tensor, rows: list[array], n: int) -> list[int]:
    """Return the `n` first of each row to arrive, the speeds being the weights."""
    if any(not 0 <= weight < math.inf for row in rows for weight in row):
        raise RuntimeError("probability tensor contains either `inf`, `nan` or element < 0")
    if any(sum(row) == 0 for row in rows):
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")
    dtype = input.dtype
    times = drawn(
        lambda k: variates.exponentials(twister, k, 1.0),
        input._size,
        dtype,
        "cpu",
        stride=copy_stride(input, None),
    )
    flat, chosen = iter(numbers(times)), []
    for row in rows:
        speeds = dtype.array([w / t if t else math.inf for w, t in zip(row, flat, strict=False)])
        if n == 1:
            chosen.append(max(range(len(speeds)), key=speeds.__getitem__))
        else:
            chosen += introselect.top([-s for s in speeds], n)
    return chosen
