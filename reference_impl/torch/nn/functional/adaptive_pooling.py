"""Pooling to a given size: as many windows as wanted, about equally wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...dtypes import BOOL, INTEGRAL
from ...elementwise.rules import refuse
from ...operators import function
from ...shapes import listed
from ...tensor import Tensor
from .average_pooling import averages
from .pooling import Several, in_two_dims, maxima
from .pooling_kernels import Windows

__all__ = [
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool3d",
    "adaptive_max_pool1d",
    "adaptive_max_pool1d_with_indices",
    "adaptive_max_pool2d",
    "adaptive_max_pool2d_with_indices",
    "adaptive_max_pool3d",
    "adaptive_max_pool3d_with_indices",
]


def adaptive_windows(
    input: Tensor, output_size: Several, count: int, name: str
) -> tuple[Windows, list[int]]:
    """Return windows of about one size, as many as wanted, and how much each sees."""
    size = tuple(input._size[input.dim() - count :])
    wanted = (output_size,) * count if isinstance(output_size, int) else tuple(output_size)
    if len(wanted) != count:
        if count == 1:
            raise RuntimeError(
                f"{name}() argument 'output_size' should contain one int (got {len(wanted)})"
            )
        if "max" in name:
            raise RuntimeError(f"{name}(): internal error: output_size.size() must be {count}")
        raise RuntimeError(f"{name}: output_size must be {count}")
    wanted = tuple(n if m is None else m for n, m in zip(size, wanted, strict=True))
    if min(wanted) < 0 and "max" in name:
        shape = (*input._size[: input.dim() - count], *((1,) if count == 1 else ()), *wanted)
        which = next(n for n in shape if n < 0)
        raise RuntimeError(
            f"Trying to create tensor with negative dimension {which}: {listed(shape)}"
        )
    if min(wanted) < 0:
        first, *others = map(str, (1, *wanted) if count == 1 else wanted)
        shown = f"{first}, {','.join(others)}"
        raise RuntimeError(
            f"{name.replace('1d', '2d')}: elements of output_size must be greater than or equal to "
            f"0 but received {{{shown}}}"
        )
    seen = tuple(
        tuple(range(i * n // m, -(-(i + 1) * n // m)) for i in range(m))
        for n, m in zip(size, wanted, strict=True)
    )
    lengths = [1]
    for ranges in seen:
        lengths = [a * len(b) for a in lengths for b in ranges]
    return Windows(size, seen), lengths


def check_adaptive(input: Tensor, output_size: Several, count: int, name: str) -> None:
    """Raise for an input of other dimensions, or without elements."""
    dims, size = input.dim(), input._size
    if count > 1 and not isinstance(output_size, int) and dims <= len(output_size):
        raise ValueError(f"Input dimension should be at least {len(output_size) + 1}")
    if dims not in (count + 1, count + 2):
        if count == 1:
            raise RuntimeError(
                f"Expected 2 to 3 dimensions, but got {dims}-dimensional tensor for argument #1 "
                f"'self' (while checking arguments for {name})"
            )
        raise RuntimeError(
            f"{name}(): Expected {count + 1}D or {count + 2}D tensor, but got {listed(size)}"
        )
    if name == "adaptive_avg_pool1d":
        name, size = "adaptive_avg_pool2d", (*size[:-1], 1, size[-1])
    for d in range(dims - count - (not name.startswith("adaptive_avg")), len(size)):
        if d > 0 and size[d] == 0:
            raise RuntimeError(
                f"{name}(): Expected input to have non-zero size for non-batch dimensions, but "
                f"input has sizes {listed(size)} with dimension {d} being empty"
            )


def adaptive_averages(name: str, input: Tensor, output_size: Several) -> Tensor:
    """Return means over windows, as many as wanted."""
    count = int(name[-2])
    check_adaptive(input, output_size, count, name)
    windows, lengths = adaptive_windows(input, output_size, count, name)
    flat = count == 1
    x = input.unsqueeze(-2) if flat else input
    if all(m == 1 for m in windows.out) and input.is_floating_point():
        dims = list(range(-max(count, 2), 0))
        found = x.mean(dims, keepdim=True)
    else:
        refuse(input.dtype, f"adaptive_avg_pool{max(count, 2)}d", BOOL, INTEGRAL)
        if flat:
            windows = Windows((1, *windows.size), ((range(1),), *windows.seen))
        found = averages(x, windows, lengths, f"AdaptiveAvgPool{max(count, 2)}DBackward0")
    return found.squeeze(-2) if flat else found


@function
def adaptive_avg_pool1d(input: Tensor, output_size: int | Sequence[int]) -> Tensor:
    """Return the mean of each of so many windows, however long the input. `(N, C, L)`.

    >>> torch.nn.functional.adaptive_avg_pool1d(torch.tensor([[[1.0, 3.0, 2.0]]]), 2)
    tensor([[[2.0000, 2.5000]]])
    """
    return adaptive_averages("adaptive_avg_pool1d", input, output_size)


def adaptive_avg_pool2d(input: Tensor, output_size: Several) -> Tensor:
    """Return the mean of each of so many windows. `(N, C, H, W)`; None keeps a size."""
    return adaptive_averages("adaptive_avg_pool2d", input, output_size)


def adaptive_avg_pool3d(input: Tensor, output_size: Several) -> Tensor:
    """Return the mean of each of so many windows. `(N, C, D, H, W)`; None keeps a size."""
    return adaptive_averages("adaptive_avg_pool3d", input, output_size)


def adaptive_maxima(name: str, input: Tensor, output_size: Several) -> tuple[Tensor, Tensor]:
    """Return maxima over windows, as many as wanted, and their places."""
    count = int(name[-2])
    check_adaptive(input, output_size, count, name)
    windows, _ = adaptive_windows(input, output_size, count, name)
    refuse(input.dtype, f"adaptive_max_pool{max(count, 2)}d", BOOL, INTEGRAL)
    if count == 1:
        return in_two_dims(input, windows, "AdaptiveMaxPool2DBackward0")
    return maxima(input, windows, f"AdaptiveMaxPool{count}DBackward0")


def adaptive_max(count: int) -> tuple[Callable, Callable]:
    """Return `adaptive_max_pool{count}d`, and the variant that always tells the places."""
    name = f"adaptive_max_pool{count}d"

    def with_indices(
        input: Tensor, output_size: Several, return_indices: bool = False
    ) -> tuple[Tensor, Tensor]:
        return adaptive_maxima(name, input, output_size)

    def pool(
        input: Tensor, output_size: Several, return_indices: bool = False
    ) -> Tensor | tuple[Tensor, Tensor]:
        found = adaptive_maxima(name, input, output_size)
        return found if return_indices else found[0]

    pool.__name__ = pool.__qualname__ = name
    pool.__doc__ = f"Return the largest element of each of so many windows, over {count} dims."
    with_indices.__name__ = with_indices.__qualname__ = f"{name}_with_indices"
    with_indices.__doc__ = f"Return what `{name}` returns, and the places of the maxima."
    return pool, with_indices


adaptive_max_pool1d, adaptive_max_pool1d_with_indices = adaptive_max(1)
adaptive_max_pool2d, adaptive_max_pool2d_with_indices = adaptive_max(2)
adaptive_max_pool3d, adaptive_max_pool3d_with_indices = adaptive_max(3)
