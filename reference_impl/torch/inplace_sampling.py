"""Tensors filled by chance, in place: `uniform_`, `normal_`, `random_`, `bernoulli_` and others.

Numbers are drawn in the order of memory, not of indices: a transposed tensor is filled as
the tensor it is a transpose of. What is overwritten by chance has no influence any more,
so every gradient here is zero.
"""

from __future__ import annotations

import math
import warnings
from array import array
from collections.abc import Callable, Iterable

from . import dtypes, kernels, variates
from .calling import RENAMED
from .dtypes import BOOL, FLOATING, dtype, finfo
from .gradmode import mode
from .graph import differentiable
from .inplace import become, check_writable, source_of
from .operators import method
from .pointwise import layout
from .random import Generator, twister_of
from .shapes import memory_order
from .tensor import Tensor, fresh
from .twister import Twister

__all__: list[str] = []  # methods only

RENAMED["from"] = "from_"  # a keyword of Python cannot name a parameter
DIGITS = {"float64": 53, "float32": 24, "float16": 11, "bfloat16": 8}
NO_MORE_THAN = (
    "{name} is out of bounds [-(2^{digits}), 2^{digits}]. Due to precision limitations {dtype} can "
    "support discrete uniform distribution only within this range. This warning will become an "
    "error in version 1.7 release, please fix the code in advance (Triggered internally at "
    "/__w/pytorch/pytorch/aten/src/ATen/native/DistributionTemplates.h:{line}.)"
)


def nothing(grad: Tensor) -> Tensor:
    """Return the gradient of what does not matter: zero."""
    return grad.new_zeros(grad.shape)


def overwritten(
    target: Tensor, name: str, draw: Callable[[int], Iterable[float]], *parameters: Tensor
) -> Tensor:
    """Fill a tensor with drawn numbers, and record that.

    Args:
        target: what to fill.
        name: of the node.
        draw: gives so many numbers, in the order of the target's memory.
        parameters: tensors that the chances depend on.
    """
    recorded = mode.grad and any(t.requires_grad for t in (target, *parameters))
    check_writable(target, recorded)
    source = source_of(target) if recorded else target
    stride, _ = layout(target._size, [(target._size, target._stride)], alike=True)
    values = kernels.made(target.is_meta, target.dtype, lambda: draw(target.numel()))
    result = fresh(values, target._size, target.dtype, stride)
    result = differentiable(
        result, name, (source, *parameters), backward=(nothing,) * (1 + len(parameters))
    )
    return become(target, result, source)


def only_floating(target: Tensor, kernel: str) -> None:
    """Raise the error of a kernel that torch has for floating types only."""
    if target.dtype.category != FLOATING:
        raise NotImplementedError(f"\"{kernel}\" not implemented for '{target.dtype.scalar_name}'")


@method
def uniform_(
    input: Tensor, from_: float = 0, to: float = 1, *, generator: Generator | None = None
) -> Tensor:
    """Fill with numbers from [from, to), each as likely as any other.

    >>> _ = torch.manual_seed(0)
    >>> torch.empty(2).uniform_(-1, 1)
    tensor([-0.0075,  0.5364])

    Args:
        input: of a floating type.
        from_: the lower end; named `from` in torch.
        to: the upper end, which is never reached.
        generator: where to draw from.

    Raises:
        RuntimeError: ends that are not finite, or in the wrong order.
    """
    only_floating(input, "check_uniform_bounds")
    most = finfo(input.dtype).max
    for name, end in (("from", from_), ("to", to)):
        if not -most <= end <= most:
            raise RuntimeError(f"{name} is out of bounds for {input.dtype.cpp_name}")
    if from_ > to:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={from_:g} > to={to:g}"
        )
    if to - from_ > most:
        raise RuntimeError(
            f"uniform_ expects to-from <= std::numeric_limits<{input.dtype.scalar_name}>::max(), "
            f"but found to={to:g} and from={from_:g} which result in to-from to exceed the limit"
        )
    twister = twister_of(generator)
    return overwritten(
        input, "UniformBackward0", lambda n: variates.uniform(twister, n, input.dtype, from_, to)
    )


def check_std(std: float) -> None:
    """Raise for a negative standard deviation."""
    if not std >= 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std:g}")


@method
def normal_(
    input: Tensor, mean: float = 0, std: float = 1, *, generator: Generator | None = None
) -> Tensor:
    """Fill with normally distributed numbers.

    >>> _ = torch.manual_seed(0)
    >>> torch.empty(3).normal_(10, 0.1)
    tensor([10.1541,  9.9707,  9.7821])

    Args:
        input: of a floating type.
        mean: of the distribution.
        std: its standard deviation, the square root of the variance.
        generator: where to draw from.

    Raises:
        RuntimeError: a negative standard deviation.
    """
    check_std(std)
    only_floating(input, "normal_kernel_cpu")
    twister = twister_of(generator)
    if input.is_contiguous():
        return overwritten(
            input,
            "NormalBackward0",
            lambda n: variates.normal(twister, n, input.dtype, mean, std),
        )
    return overwritten(
        input, "NormalBackward0", lambda n: variates.single_normals(twister, n, mean, std)
    )


# --- whole numbers -----------------------------------------------------------------


def unbounded(twister: Twister, n: int, kind: dtype) -> list[int]:
    """Return integers from 0 on, as many different ones as a type holds exactly."""
    width = 2 ** DIGITS[kind.name] + 1 if kind.category == FLOATING else largest(kind) + 1
    words = twister.long_words(n) if kind.itemsize == 8 else twister.words(n)
    return [word % width for word in words]


def largest(kind: dtype) -> int:
    """Return the largest number of an integral type; of bool it is 1."""
    return 1 if kind.category == BOOL else kind.high


def inward(bound: int, kind: dtype, step: int) -> int:
    """Return a bound moved by the spacing of floats, if the float next to it lies outside.

    Args:
        bound: the first integer, or the first beyond the last.
        kind: a floating type.
        step: 1 for the first, -1 for the one beyond the last.
    """
    nearest = kind.array([float(bound + step)])[0]
    outside = nearest < bound if step > 0 else nearest >= bound
    if not outside or math.isinf(nearest):
        return bound
    spacing = 1 << (abs(bound + step).bit_length() - DIGITS[kind.name])
    return int(nearest) + step * spacing


def check_range(first: int, last: int, kind: dtype) -> None:
    """Raise for bounds that a type cannot hold; warn of those that it holds inexactly."""
    most = finfo(kind).max if kind.category == FLOATING else largest(kind)
    least = -most if kind.category == FLOATING else kind.low
    for name, bound in (("from", first), ("to - 1", last)):
        if not least <= bound <= most:
            raise RuntimeError(f"{name} is out of bounds for {kind.cpp_name}")
    digits = DIGITS.get(kind.name)
    for name, bound, line in (("from", first, 110), ("to - 1", last, 111)):
        if digits and abs(bound) > 1 << digits:
            text = NO_MORE_THAN.format(name=name, digits=digits, dtype=kind.cpp_name, line=line)
            warnings.warn(text, UserWarning, stacklevel=5)


def between(target: Tensor, first: int, end: int | None, name: str, twister: Twister) -> Tensor:
    """Fill a tensor with integers from `first` to before `end`, or to the largest of its type."""
    kind = target.dtype
    floating = kind.category == FLOATING
    if end is None:
        if first == -(2**63):
            return overwritten(target, name, lambda n: [signed(w) for w in twister.long_words(n)])
        end = (2 ** DIGITS[kind.name] if floating else largest(kind)) + 1
        first = inward(first, kind, 1) if floating else first
    else:
        if first >= end:
            raise RuntimeError(
                f"random_ expects 'from' to be less than 'to', but got from={first} >= to={end}"
            )
        if floating:
            first, end = inward(first, kind, 1), inward(end, kind, -1)
            if first >= end:
                raise RuntimeError(
                    "random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, "
                    f"but got from={first} >= to={end}"
                )
    check_range(first, end - 1, kind)
    return overwritten(target, name, lambda n: variates.integers(twister, n, first, end))


def signed(word: int) -> int:
    """Return 64 bits as a signed number."""
    return word - (1 << 64) if word >> 63 else word


@method
def random_(
    input: Tensor,
    from_: int | None = None,
    to: int | None = ...,
    *,
    generator: Generator | None = None,
) -> Tensor:
    """Fill with integers from [from, to), each as likely as any other.

    `random_(to)` starts at 0; `random_(from, None)` ends at the largest integer of the
    type, and `random_()` goes from 0 to there.

    >>> _ = torch.manual_seed(0)
    >>> torch.empty(5).random_(1, 7)
    tensor([3., 4., 6., 1., 2.])

    Args:
        input: of any type.
        from_: the first integer; named `from` in torch.
        to: the first one beyond the last.
        generator: where to draw from.

    Raises:
        RuntimeError: bounds in the wrong order, or beyond what the type holds.
    """
    twister = twister_of(generator)
    if from_ is None and to is ...:
        kind = input.dtype
        return overwritten(input, "RandomBackward2", lambda n: unbounded(twister, n, kind))
    if to is ... or from_ is None:
        end = from_ if to is ... else to
        return between(input, 0, end, "RandomBackward1", twister)
    return between(input, from_, to, "RandomBackward0", twister)


# --- yes or no ---------------------------------------------------------------------


@method
def bernoulli_(
    input: Tensor, p: Tensor | float = 0.5, *, generator: Generator | None = None
) -> Tensor:
    """Fill with ones and zeros; a one comes with probability `p`.

    This is what dropout draws: which elements to keep.

    >>> _ = torch.manual_seed(0)
    >>> torch.empty(6).bernoulli_(0.5)
    tensor([0., 0., 1., 0., 0., 0.])

    Args:
        input: of any type.
        p: one probability, or one for each element, broadcast.
        generator: where to draw from.

    Raises:
        RuntimeError: a probability outside of [0, 1].
    """
    twister = twister_of(generator)
    if not isinstance(p, Tensor):
        if not 0 <= p <= 1:
            raise RuntimeError(f"bernoulli_ expects p to be in [0, 1], but got p={p:g}")
        return overwritten(
            input,
            "BernoulliBackward2",
            lambda n: [u < p for u in variates.uniform53(twister, n)],
        )
    only_floating(p, "bernoulli_tensor_cpu_p_")
    spread = p.detach().expand(input._size)
    draw = variates.uniform53 if p.dtype is dtypes.float64 else variates.uniform24

    def decide(n: int) -> list[bool]:
        chances = in_memory_order(spread, input)
        if not all(0 <= chance <= 1 for chance in chances):
            raise RuntimeError(
                "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error "
                "message be improved?  If so, please report an enhancement request to PyTorch.)"
            )
        return [u < chance for u, chance in zip(draw(twister, n), chances, strict=True)]

    return overwritten(input, "BernoulliBackward1", decide, p)


def in_memory_order(x: Tensor, target: Tensor) -> array:
    """Return the elements of a tensor in the order in which the target's memory has them."""
    order = memory_order(target._size, [target._stride, x._stride])
    size, stride = [x._size[d] for d in order], [x._stride[d] for d in order]
    return kernels.gather(x._storage.numbers, size, stride, x._offset)


# --- waiting, and the rest ---------------------------------------------------------


@method
def exponential_(input: Tensor, lambd: float = 1, *, generator: Generator | None = None) -> Tensor:
    """Fill with the times one waits for what happens `lambd` times a unit of time.

    The mean is 1 / `lambd`, however long one has waited already.

    Args:
        input: of a floating type.
        lambd: the rate.
        generator: where to draw from.

    Raises:
        RuntimeError: a rate that is not positive, or a type that is not floating.
    """
    continuous(input, "Exponential", input.dtype.scalar_name)
    if not lambd > 0:
        raise RuntimeError(f"exponential_ expects lambda > 0.0, but found lambda={lambd:g}")
    twister = twister_of(generator)
    return overwritten(
        input, "ExponentialBackward0", lambda n: variates.exponentials(twister, n, lambd)
    )


def continuous(target: Tensor, name: str, shown: str) -> None:
    """Raise for a type that cannot hold a continuous distribution."""
    if target.dtype.category != FLOATING:
        raise RuntimeError(
            f"{name} distribution is a continuous probability distribution. dtype must be a "
            f"floating point but you specified {shown}"
        )


@method
def geometric_(input: Tensor, p: float, *, generator: Generator | None = None) -> Tensor:
    """Fill with how many tries it takes until one of chance `p` succeeds, at least one.

    Args:
        input: of any type but bool.
        p: the chance.
        generator: where to draw from.

    Raises:
        RuntimeError: a chance outside of (0, 1).
    """
    if input.dtype.category == BOOL:
        raise NotImplementedError("\"geometric_cpu\" not implemented for 'Bool'")
    if not 0 < p < 1:
        raise RuntimeError(f"geometric_ expects p to be in (0, 1), but got p={p:g}")
    twister = twister_of(generator)
    return overwritten(input, "GeometricBackward0", lambda n: variates.geometrics(twister, n, p))


@method
def cauchy_(
    input: Tensor, median: float = 0, sigma: float = 1, *, generator: Generator | None = None
) -> Tensor:
    """Fill with Cauchy distributed numbers, whose tails are so long that they have no mean.

    Args:
        input: of a floating type.
        median: as many numbers lie below it as above.
        sigma: half of the numbers lie no farther from it than that.
        generator: where to draw from.

    Raises:
        RuntimeError: a `sigma` that is not positive, or a type that is not floating.
    """
    continuous(input, "Cauchy", input.dtype.cpp_name)
    if not sigma > 0:
        raise RuntimeError(f"cauchy_ expects sigma > 0.0, but found sigma={sigma:g}")
    twister = twister_of(generator)
    return overwritten(
        input, "CauchyBackward0", lambda n: variates.cauchys(twister, n, median, sigma)
    )


@method
def log_normal_(
    input: Tensor, mean: float = 1, std: float = 2, *, generator: Generator | None = None
) -> Tensor:
    """Fill with numbers whose logarithms are normally distributed.

    Args:
        input: of a floating type.
        mean: of the logarithms.
        std: their standard deviation.
        generator: where to draw from.

    Raises:
        RuntimeError: a standard deviation that is not positive.
    """
    if not std > 0:
        raise RuntimeError(f"log_normal_ expects std > 0.0, but found std={std:g}")
    only_floating(input, "log_normal_cpu")
    twister = twister_of(generator)
    return overwritten(
        input, "LogNormalBackward0", lambda n: variates.log_normals(twister, n, mean, std)
    )
