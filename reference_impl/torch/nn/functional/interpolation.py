"""Images at another size."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import NamedTuple

from ... import dtypes
from ...graph import differentiable
from ...public import LISTED_AT, NotHere
from ...shapes import listed
from ...tensor import Tensor, fresh
from ...tensorbase import numbers
from .adaptive_pooling import adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d
from .interpolation_kernels import (
    Axis,
    Taps,
    cubic_taps,
    flat,
    fused,
    linear_taps,
    nearest_taps,
    resized,
    smooth_taps,
    turned,
)

__all__ = ["interpolate", "upsample", "upsample_bilinear", "upsample_nearest"]

Sizes = int | Sequence[int]
Factors = float | Sequence[float]

COPYING = ("nearest", "nearest-exact")
DIMS = {"linear": 3, "bilinear": 4, "bicubic": 4, "lanczos": 4, "trilinear": 5}
AREAS = {3: adaptive_avg_pool1d, 4: adaptive_avg_pool2d, 5: adaptive_avg_pool3d}
NODES = {
    "nearest": "Nearest",
    "nearest-exact": "NearestExact",
    "linear": "Linear",
    "bilinear": "Bilinear",
    "bicubic": "Bicubic",
    "trilinear": "Trilinear",
    "lanczos": "Lanczos",
}


def wanted_sizes(input: Tensor, size: Sizes) -> list[int]:
    """Return the size of the result, as given."""
    dims = input.dim() - 2
    if not isinstance(size, (list, tuple)):
        return [size] * dims
    if len(size) != dims:
        raise ValueError(
            "Input and output must have the same number of spatial dimensions, but got input with "
            f"spatial dimensions of {list(input.shape[2:])} and output size of {size}. Please "
            "provide input tensor in (N, C, d1, d2, ...,dK) format and output size in "
            "(o1, o2, ...,oK) format."
        )
    if not all(isinstance(n, (int, Tensor)) for n in size):
        raise TypeError(
            "expected size to be one of int or Tuple[int] or Tuple[int, int] or "
            f"Tuple[int, int, int], but got size with types {[type(n) for n in size]}"
        )
    return list(size)


def factors_of(input: Tensor, scale_factor: Factors) -> list[float]:
    """Return how many times as large each dimension becomes."""
    dims = input.dim() - 2
    if not isinstance(scale_factor, (list, tuple)):
        return [scale_factor] * dims
    if len(scale_factor) != dims:
        raise ValueError(
            "Input and scale_factor must have the same number of spatial dimensions, but got "
            f"input with spatial dimensions of {list(input.shape[2:])} and scale_factor of shape "
            f"{scale_factor}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and "
            "scale_factor in (s1, s2, ...,sK) format."
        )
    return list(scale_factor)


def check_mode(input: Tensor, mode: str, align_corners: bool | None, antialias: bool) -> None:
    """Raise for a mode that an input of these dimensions does not have."""
    dims = input.dim()
    if dims in AREAS and mode in (*COPYING, "area"):
        return
    if DIMS.get(mode) == dims:
        if mode == "lanczos" and align_corners:
            raise ValueError("Lanczos mode does not support align_corners=True")
        if mode == "lanczos" and not antialias:
            raise ValueError("Lanczos mode requires antialias=True")
        return
    if dims in AREAS and mode in ("linear", "bilinear", "trilinear"):
        raise NotImplementedError(f"Got {dims}D input, but {mode} mode needs {DIMS[mode]}D input")
    raise NotImplementedError(
        "Input Error: Only 3D, 4D and 5D input Tensors supported "
        f"(got {dims}D) for the modes: nearest | linear | bilinear | bicubic | trilinear | lanczos "
        f"| area | nearest-exact (got {mode})"
    )


def check_sizes(input: Tensor, out: Sequence[int]) -> None:
    """Raise for a result, or an input, without places."""
    size, dims = input._size, input.dim()
    if min(size[2:]) < 1 or min(out) < 1:
        given, found = (
            ", ".join(f"{d}: {n}" for d, n in zip("DHW"[5 - dims :], sizes, strict=True))
            for sizes in (size[2:], out)
        )
        joint = " and" if dims == 3 else ""
        raise RuntimeError(
            f"Input and output sizes should be greater than 0, but got input ({given}){joint} "
            f"output ({found})"
        )
    if 0 in size[1:]:
        raise RuntimeError(
            f"Non-empty {dims}D data tensor expected but got a tensor with sizes {listed(size)}"
        )


def check_type(input: Tensor, mode: str, antialias: bool) -> None:
    """Raise for numbers that cannot be mixed."""
    halves = antialias and input.dtype in (dtypes.float16, dtypes.bfloat16)
    if input.is_floating_point() and not halves:
        return
    if input.dtype is dtypes.uint8:
        if mode in COPYING:
            return
        raise NotHere(f"uint8 images in mode {mode} are not here; {LISTED_AT} lists what is")
    if antialias:
        kernel = "compute_index_ranges_weights"
    elif input.dim() == 4 and mode != "bicubic":
        kernel = f"upsample_{mode.partition('-')[0]}2d_channels_last"
    else:
        kind = {"bicubic": "cubic"}.get(mode, "nearest" if mode in COPYING else "linear")
        kernel = f"compute_indices_weights_{kind}"
    raise NotImplementedError(f"\"{kernel}\" not implemented for '{input.dtype.scalar_name}'")


def taps_of(
    mode: str, n: int, out: int, align: bool, factor: float | None, kind: dtypes.dtype, smooth: bool
) -> Taps:
    """Return what new places are made of along one dimension."""
    if mode in COPYING:
        return nearest_taps(n, out, factor, kind, mode != "nearest")
    if smooth:
        return smooth_taps(n, out, align, factor, kind, mode)
    taps = cubic_taps if mode == "bicubic" else linear_taps
    return taps(n, out, align, factor, kind)


class Resizing(NamedTuple):
    """From planes of one size to planes of another, and back."""

    size: tuple[int, ...]
    out: tuple[int, ...]
    forth: list[Axis]
    back: list[Axis]
    node: str


def resizing(
    input: Tensor,
    out: Sequence[int],
    factors: Sequence[float | None],
    mode: str,
    align_corners: bool,
    antialias: bool,
) -> Resizing:
    """Return how to resize an input; where torch adds up corners, dimensions are taken at once."""
    size, kind = tuple(input._size[2:]), input.dtype
    axes = [
        (n, taps_of(mode, n, m, align_corners, factor, kind, antialias))
        for n, m, factor in zip(size, out, factors, strict=True)
    ]
    linear = mode.endswith("linear") and not antialias
    ways = [flat(axes, kind)] if linear and len(size) == 2 else axes
    forth = ways if antialias else [(n, fused(taps)) for n, taps in ways]
    back = [turned(flat(axes, kind))] if not antialias else [turned(axis) for axis in axes]
    node = f"Upsample{NODES[mode]}{len(size)}D{'Aa' if antialias else ''}Backward0"
    return Resizing(size, tuple(out), forth, back, node)


def forth(x: Tensor, r: Resizing) -> Tensor:
    """Return planes at the new size, with history."""
    return differentiable(
        fresh(resized(numbers(x), r.forth, x.dtype), (*x._size[:2], *r.out), x.dtype),
        r.node,
        (x,),
        backward=lambda grad: back(grad, r),
    )


def back(grad: Tensor, r: Resizing) -> Tensor:
    """Return the gradient of the planes: every new place hands its own to its taps."""
    return differentiable(
        fresh(resized(numbers(grad), r.back, grad.dtype), (*grad._size[:2], *r.size), grad.dtype),
        r.node.replace("Backward0", "BackwardBackward0"),
        (grad,),
        backward=lambda again: forth(again, r),
    )


def interpolate(
    input: Tensor,
    size: Sizes | None = None,
    scale_factor: Factors | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> Tensor:
    """Return images at another size. `(N, C, L)`, `(N, C, H, W)` or `(N, C, D, H, W)`.

    A new place either copies an old one (`nearest`), or is a weighted sum of the old ones
    around it. Its gradient goes back to them with the same weights.

    >>> x = torch.tensor([[[0.0, 4.0]]])
    >>> torch.nn.functional.interpolate(x, scale_factor=2)
    tensor([[[0., 0., 4., 4.]]])
    >>> torch.nn.functional.interpolate(x, size=4, mode="linear")
    tensor([[[0., 1., 3., 4.]]])

    Args:
        input: images.
        size: of the result.
        scale_factor: how many times as large it is, in place of `size`.
        mode: `nearest`, `nearest-exact`, `linear`, `bilinear`, `bicubic`, `trilinear`, `area`.
        align_corners: whether the outermost places keep their numbers.
        recompute_scale_factor: whether the factor is to follow from the rounded size.
        antialias: whether a smaller image is made of all places of the larger one.

    Raises:
        ValueError: neither size nor factor, or both.
        NotImplementedError: a mode that these dimensions do not have.
    """
    if mode in (*COPYING, "area") and align_corners is not None:
        raise ValueError(
            "align_corners option can only be set with the interpolating modes: "
            "linear | bilinear | bicubic | trilinear"
        )
    dims = input.dim() - 2
    if size is not None and scale_factor is not None:
        raise ValueError("only one of size or scale_factor should be defined")
    if size is None and scale_factor is None:
        raise ValueError("either size or scale_factor should be defined")
    out = None if size is None else wanted_sizes(input, size)
    factors = None if scale_factor is None else factors_of(input, scale_factor)
    if recompute_scale_factor and size is not None:
        raise ValueError("recompute_scale_factor is not meaningful with an explicit size.")
    if out is None:
        out = [int(n * float(f)) for n, f in zip(input._size[2:], factors, strict=False)]
    if antialias and not (mode in ("bilinear", "bicubic", "lanczos") and dims == 2):
        raise ValueError(
            "Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and requires "
            "a 4-D tensor as input"
        )
    check_mode(input, mode, align_corners, antialias)
    out = [int(n) for n in out]
    if mode == "area":
        return AREAS[input.dim()](input, out[0] if dims == 1 else out)
    if factors is None or recompute_scale_factor:
        factors = [None] * dims
    check_sizes(input, out)
    check_type(input, mode, antialias)
    return forth(input, resizing(input, out, factors, mode, bool(align_corners), antialias))


def warn_of_name(old: str) -> None:
    """Warn of a name of old for `interpolate`."""
    warnings.warn(
        f"`nn.functional.{old}` is deprecated. Use `nn.functional.interpolate` instead.",
        UserWarning,
        stacklevel=3,
    )


def upsample(
    input: Tensor,
    size: Sizes | None = None,
    scale_factor: Factors | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> Tensor:
    """Do what `interpolate` does; deprecated."""
    warn_of_name("upsample")
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(
    input: Tensor, size: Sizes | None = None, scale_factor: Factors | None = None
) -> Tensor:
    """Do what `interpolate` does; deprecated."""
    warn_of_name("upsample_nearest")
    return interpolate(input, size, scale_factor, mode="nearest")


def upsample_bilinear(
    input: Tensor, size: Sizes | None = None, scale_factor: Factors | None = None
) -> Tensor:
    """Do what `interpolate` does, with `mode="bilinear"` and `align_corners`; deprecated."""
    warn_of_name("upsample_bilinear")
    return interpolate(input, size, scale_factor, mode="bilinear", align_corners=True)
