"""Undoing max pooling as far as that goes; and max pooling with windows by chance."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

from ... import dtypes
from ...dtypes import BOOL, INTEGRAL, dtype
from ...elementwise.rules import refuse
from ...graph import differentiable
from ...sampling import rand
from ...shapes import listed
from ...storage import ABSENT
from ...tensor import Tensor, fresh
from ...tensorbase import numbers
from .pooling_kernels import Windows, largest
from .rounding import rounding_to

__all__ = [
    "fractional_max_pool2d",
    "fractional_max_pool2d_with_indices",
    "fractional_max_pool3d",
    "fractional_max_pool3d_with_indices",
    "max_unpool1d",
    "max_unpool2d",
    "max_unpool3d",
]

Several = int | Sequence[int]
Ratio = float | Sequence[float]


def spread(value: Several | Ratio, count: int) -> tuple:
    """Return one value a dimension."""
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * count


def unpooled_size(
    input: Tensor, geometry: Sequence[tuple[int, ...]], output_size: Sequence[int] | None
) -> list[int]:
    """Return the size before pooling: as it follows from the windows, or the one that is given."""
    kernel, stride, padding = geometry
    count = len(kernel)
    usual = [
        (n - 1) * s + k - 2 * p
        for n, k, s, p in zip(input._size[-count:], kernel, stride, padding, strict=True)
    ]
    if output_size is None:
        return usual
    given = output_size[2:] if len(output_size) == count + 2 else output_size
    if len(given) != count:
        raise ValueError(
            f"output_size should be a sequence containing {count} or {count + 2} elements, but it "
            f"has a length of '{len(given)}'"
        )
    for d, (n, size, s) in enumerate(zip(given, usual, stride, strict=True)):
        if not size - s < n < size + s:
            raise ValueError(
                f'invalid output_size "{given}" (dim {d} must be between {size - s} and {size + s})'
            )
    return list(given)


def unpooled(input: Tensor, indices: Tensor, size: Sequence[int]) -> Tensor:
    """Return planes of zeros with the numbers at their places."""
    count, dims = len(size), input.dim()
    if dims not in (count + 1, count + 2):
        raise RuntimeError(
            f"Input to max_unpooling{count}d should be a {count + 1}d or {count + 2}d Tensor, but "
            f"got a tensor with {dims} dimensions."
        )
    if indices.dtype is not dtypes.int64:
        raise RuntimeError(
            f"elements in indices should be type int64 but got: {indices.dtype.scalar_name}"
        )
    if indices._size != input._size:
        raise RuntimeError(
            "Expected shape of indices to be same as that of the input tensor "
            f"({listed(input._size)}) but got indices tensor with shape: {listed(indices._size)}"
        )
    refuse(input.dtype, f"max_unpool{count}d", BOOL, INTEGRAL)
    lead, length = input._size[: dims - count], math.prod(size)
    for at in indices.flatten().tolist():
        if not 0 <= at < length:
            shape = "x".join(map(str, size))
            raise RuntimeError(
                f"Found an invalid max index: {at} (output volumes are of size {shape})"
            )
    rows, places = math.prod(lead), indices.detach().reshape(math.prod(lead), -1)
    flat = input.detach().reshape(rows, -1)
    found = flat.new_zeros((rows, length)).scatter(1, places, flat).view(*lead, *size)
    shape = input._size
    return differentiable(
        found,
        f"MaxUnpool{count}DBackward0",
        (input,),
        backward=lambda grad: grad.reshape(rows, -1).gather(1, places).view(shape),
    )


def max_unpool1d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Several,
    stride: Several | None = None,
    padding: Several = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """Return the largest elements back in their places, zeros elsewhere. `(N, C, L)`.

    >>> y, places = torch.nn.functional.max_pool1d(
    ...     torch.tensor([[1.0, 3.0, 2.0, 0.0]]), 2, return_indices=True
    ... )
    >>> torch.nn.functional.max_unpool1d(y, places, 2)
    tensor([[0., 3., 2., 0.]])

    Args:
        input: what pooling returned.
        indices: the places it returned.
        kernel_size: of its windows.
        stride: from window to window.
        padding: on either side.
        output_size: the size before, where several would do.
    """
    kernel = spread(kernel_size, 1)
    geometry = (kernel, kernel if stride is None else spread(stride, 1), spread(padding, 1))
    size = unpooled_size(input, geometry, output_size)
    found = unpooled(input.unsqueeze(-1), indices.unsqueeze(-1), [*size, 1])
    return found.squeeze(-1)


def max_unpool2d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Several,
    stride: Several | None = None,
    padding: Several = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """Return the largest elements back in their places; see `max_unpool1d`. `(N, C, H, W)`."""
    kernel = spread(kernel_size, 2)
    geometry = (kernel, kernel if stride is None else spread(stride, 2), spread(padding, 2))
    return unpooled(input, indices, unpooled_size(input, geometry, output_size))


def max_unpool3d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Several,
    stride: Several | None = None,
    padding: Several = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """Return the largest elements back in their places; see `max_unpool1d`. `(N, C, D, H, W)`."""
    kernel = spread(kernel_size, 3)
    geometry = (kernel, kernel if stride is None else spread(stride, 3), spread(padding, 3))
    return unpooled(input, indices, unpooled_size(input, geometry, output_size))


def starts(sample: float, n: int, out: int, width: int, kind: dtypes.dtype) -> list[int]:
    """Return where windows begin: about evenly, shifted by a sample from [0, 1)."""
    rounded = rounding_to(kind)
    step = rounded((n - width) / (out - 1)) if out > 1 else 0.0
    first = int(rounded(sample * step))
    found = [int(rounded(rounded(i + sample) * step)) - first for i in range(out - 1)]
    return [*found, n - width]


def check_samples(samples: Tensor, kind: dtype, batch: int, planes: int, count: int) -> None:
    """Raise where windows are not placed for each plane and dimension."""
    if samples.dtype is not kind:
        raise RuntimeError("Expect _random_samples to have the same dtype as input")
    if samples.dim() != 3:
        raise RuntimeError(f"Expect _random_samples to have 3 dimensions; got {samples.dim()}.")
    if samples.size(0) < batch:
        raise RuntimeError("Expect _random_samples.size(0) no less then input batch size.")
    if samples.size(1) != planes:
        raise RuntimeError("Expect _random_samples.size(1) equals to input channel size.")
    if samples.size(2) != count:
        raise RuntimeError(
            f"Expect _random_samples.size(2) equals to {count}; got {samples.size(2)}."
        )


def fractional(
    input: Tensor,
    kernel_size: Several,
    output_size: Several | None,
    output_ratio: Ratio | None,
    samples: Tensor | None,
    count: int,
) -> tuple[Tensor, Tensor]:
    """Return the largest elements of windows by chance, and their places."""
    name = f"fractional_max_pool{count}d"
    if output_size is None and output_ratio is None:
        raise ValueError(f"{name} requires specifying either an output_size or an output_ratio")
    size = input._size[-count:]
    if output_size is None:
        if len(output_ratio) > count:
            raise ValueError(
                f"{name} requires output_ratio to either be a single Int or tuple of Ints."
            )
        output_size = [int(n * r) for n, r in zip(size, spread(output_ratio, count), strict=True)]
    kernel, out = spread(kernel_size, count), spread(output_size, count)
    batch = 1 if input.dim() == count + 1 else input.size(0)
    planes = input.size(-count - 1)
    if samples is None:
        samples = rand(batch, planes, count, dtype=input.dtype)
    check_samples(samples, input.dtype, batch, planes, count)
    for what, n, k, m in zip(("time", "height", "width")[-count:], size, kernel, out, strict=True):
        if m + k - 1 > n or (count == 3 and m + k - 1 == n):
            owner = f"{name}_out" if count == 3 else name
            raise RuntimeError(f"{owner}(): pool {what} {k} too large relative to input {what} {n}")
    flat, length = numbers(input), math.prod(size)
    shape = (*input._size[:-count], *out)
    if flat is ABSENT:
        return fresh(ABSENT, shape, input.dtype), fresh(ABSENT, shape, dtypes.int64)
    values, places = array(flat.typecode), array("q")
    for plane, chance in enumerate(samples.reshape(-1, count).tolist()):
        chance = chance[::-1] if count == 2 else chance
        seen = tuple(
            tuple(range(at, at + k) for at in starts(c, n, m, k, input.dtype))
            for c, n, m, k in zip(chance, size, out, kernel, strict=True)
        )
        part = flat[plane * length : (plane + 1) * length]
        found, at = largest(part, Windows(tuple(size), seen), input.dtype)
        values.extend(found)
        places.extend(at)
    indices = fresh(places, shape, dtypes.int64)
    rows, before = len(flat) // max(length, 1), input._size
    seen_as = (rows, math.prod(out))

    def backward(grads: Sequence[Tensor]) -> Tensor:
        grad = grads[0].reshape(seen_as)
        back = grad.new_zeros((rows, length)).scatter_add(1, indices.view(seen_as), grad)
        return back.view(before)

    return differentiable(
        (fresh(values, shape, input.dtype), indices),
        f"FractionalMaxPool{count}DBackward0",
        (input,),
        backward=backward,
    )


def fractional_max_pool2d_with_indices(
    input: Tensor,
    kernel_size: Several,
    output_size: Several | None = None,
    output_ratio: Ratio | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Return what `fractional_max_pool2d` does, and the place of each element in its plane."""
    return fractional(input, kernel_size, output_size, output_ratio, _random_samples, 2)


def fractional_max_pool2d(
    input: Tensor,
    kernel_size: Several,
    output_size: Several | None = None,
    output_ratio: Ratio | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest element of windows that lie by chance. `(N, C, H, W)`.

    So an image can shrink by less than half. (Graham, 2014: arXiv:1412.6071)

    Args:
        input: images.
        kernel_size: of a window.
        output_size: of the result.
        output_ratio: of the result's size to the input's, in its place: two numbers.
        return_indices: whether to return places too.
        _random_samples: where windows lie, `(N, C, 2)`, from [0, 1).
    """
    found = fractional(input, kernel_size, output_size, output_ratio, _random_samples, 2)
    return found if return_indices else found[0]


def fractional_max_pool3d_with_indices(
    input: Tensor,
    kernel_size: Several,
    output_size: Several | None = None,
    output_ratio: Ratio | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Return what `fractional_max_pool3d` does, and the place of each element."""
    return fractional(input, kernel_size, output_size, output_ratio, _random_samples, 3)


def fractional_max_pool3d(
    input: Tensor,
    kernel_size: Several,
    output_size: Several | None = None,
    output_ratio: Ratio | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest element of windows by chance; see `fractional_max_pool2d`."""
    found = fractional(input, kernel_size, output_size, output_ratio, _random_samples, 3)
    return found if return_indices else found[0]
