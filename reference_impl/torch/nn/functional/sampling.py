"""Images seen through a grid: turned, moved, bent; the grid itself can be learned."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from itertools import product

from ... import dtypes
from ...autograd import grad as gradients
from ...creation import ones, zeros_like
from ...dtypes import FLOATING
from ...elementwise import where
from ...gradmode import enable_grad, is_grad_enabled, no_grad
from ...graph import differentiable
from ...joining import stack
from ...linalg.products import bmm
from ...ranges import linspace
from ...shapes import listed
from ...tensor import Tensor

__all__ = ["affine_grid", "grid_sample"]

MODES = ("bilinear", "nearest", "bicubic")
PADDINGS = ("zeros", "border", "reflection")
CHANGED = (
    "Default grid_sample and affine_grid behavior has changed to align_corners=False since 1.3.0. "
    "Please specify align_corners=True if the old behavior is desired. See the documentation of "
    "grid_sample for details."
)


def reflected(at: Tensor, n: int, align_corners: bool) -> Tensor:
    """Return coordinates mirrored at the edges until they lie between them."""
    low, span = (0.0, n - 1.0) if align_corners else (-0.5, float(n))
    if span == 0:
        return zeros_like(at)
    from_low = (at - low).abs()
    rest = from_low.fmod(span)
    turned = (from_low.detach() / span).floor() % 2 == 1
    return where(turned, span - rest, rest) + low


def padded(at: Tensor, n: int, padding_mode: str, align_corners: bool) -> Tensor:
    """Return coordinates brought into the image, unless zeros are to stand outside."""
    if padding_mode == "zeros":
        return at
    if padding_mode == "reflection":
        at = reflected(at, n, align_corners)
    return at.clamp(0, n - 1)


def picked(input: Tensor, places: Sequence[Tensor]) -> Tensor:
    """Return the numbers at whole coordinates, zeros outside. To `(N, C, P)`.

    Args:
        input: `(N, C, *size)`.
        places: of each dimension, `(N, P)`.
    """
    size = input._size[2:]
    inside, flat = None, None
    for at, n in zip(places, size, strict=True):
        within = (at >= 0) & (at <= n - 1)
        inside = within if inside is None else inside & within
        whole = at.clamp(0, n - 1).to(dtypes.int64)
        flat = whole if flat is None else flat * n + whole
    batch, channels = input._size[:2]
    index = flat.unsqueeze(1).expand(batch, channels, flat.size(1))
    found = input.reshape(batch, channels, math.prod(size)).gather(2, index)
    return found * inside.unsqueeze(1).to(input.dtype)


def cubic_weights(t: Tensor) -> list[Tensor]:
    """Return the weights of four neighbours; t is how far it is from the second."""
    a = -0.75

    def near(x: Tensor) -> Tensor:
        return ((a + 2) * x - (a + 3)) * x * x + 1

    def far(x: Tensor) -> Tensor:
        return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a

    return [far(t + 1), near(t), near(1 - t), far(2 - t)]


def sampled(
    input: Tensor, grid: Tensor, mode: str, padding_mode: str, align_corners: bool
) -> Tensor:
    """Return the image at the places of the grid, composed of differentiable operators."""
    size = input._size[2:]
    batch, *out, dims = grid._size
    points = grid.reshape(batch, math.prod(out), dims)
    places = []  # of each dimension of the image; the grid names the last one first
    for d, n in enumerate(size):
        at = points.select(2, dims - 1 - d)
        at = (at + 1) / 2 * (n - 1) if align_corners else ((at + 1) * n - 1) / 2
        places.append(at if mode == "bicubic" else padded(at, n, padding_mode, align_corners))
    if mode == "nearest":
        found = picked(input, [at.detach().round() for at in places])
        return found.view(*input._size[:2], *out)
    lows = [at.detach().floor() for at in places]
    shares = [at - low for at, low in zip(places, lows, strict=True)]
    first = -1 if mode == "bicubic" else 0
    weights = [cubic_weights(t) if mode == "bicubic" else [1 - t, t] for t in shares]
    total = None
    for steps in product(range(len(weights[0])), repeat=dims):
        corner = [low + (first + k) for low, k in zip(lows, steps, strict=True)]
        if mode == "bicubic":
            corner = [
                padded(at, n, padding_mode, align_corners)
                for at, n in zip(corner, size, strict=True)
            ]
        weight = weights[0][steps[0]]
        for d in range(1, dims):
            weight = weight * weights[d][steps[d]]
        part = picked(input, corner) * weight.unsqueeze(1)
        total = part if total is None else total + part
    return total.view(*input._size[:2], *out)


def check(input: Tensor, grid: Tensor, mode: str) -> None:
    """Raise for a grid that does not fit the image."""
    dims, sizes = input.dim(), f"input with sizes {listed(input._size)}"
    if input._size[0] != grid._size[0]:
        raise RuntimeError(
            "grid_sampler(): expected grid and input to have same batch size, but got "
            f"{sizes} and grid with sizes {listed(grid._size)}"
        )
    if grid.size(-1) != dims - 2:
        raise RuntimeError(
            f"grid_sampler(): expected grid to have size {dims - 2} in last dimension, but got "
            f"grid with sizes {listed(grid._size)}"
        )
    for d, n in enumerate(input._size[2:], 2):
        if not n:
            raise RuntimeError(
                "grid_sampler(): expected input to have non-empty spatial dimensions, but input "
                f"has sizes {listed(input._size)} with dimension {d} being empty"
            )
    if dims not in (4, 5) or grid.dim() != dims:
        raise RuntimeError(
            f"grid_sampler(): expected {dims if dims in (4, 5) else '4D or 5'}D input and grid "
            f"with same number of dimensions, but got {sizes} and grid with sizes "
            f"{listed(grid._size)}"
        )
    if mode == "bicubic" and dims != 4:
        raise RuntimeError("grid_sampler(): bicubic interpolation only supports 4D input")
    if input.dtype.category != FLOATING:
        kernel = f"grid_sampler_{dims - 2}d_cpu_kernel_impl" if dims == 4 else "grid_sampler3d_cpu"
        raise NotImplementedError(f"\"{kernel}\" not implemented for '{input.dtype.scalar_name}'")
    if input.dtype is not grid.dtype:
        raise RuntimeError(
            f"expected scalar type {input.dtype.scalar_name} but found {grid.dtype.scalar_name}"
        )


def grid_sample(
    input: Tensor,
    grid: Tensor,
    mode: str = "bilinear",
    padding_mode: str = "zeros",
    align_corners: bool | None = None,
) -> Tensor:
    """Return an image at the places that a grid names. `(N, C, H, W)`, `(N, Ho, Wo, 2)`.

    A place is x and y from -1 to 1. Between places, neighbours are mixed; how much of each
    depends on the place, and so the grid has a gradient too. (Jaderberg et al., 2015)

    >>> x = torch.tensor([[[[0.0, 1.0], [2.0, 3.0]]]])
    >>> torch.nn.functional.grid_sample(x, torch.zeros(1, 1, 1, 2), align_corners=False)
    tensor([[[[1.5000]]]])

    Args:
        input: images; or `(N, C, D, H, W)`.
        grid: x and y of each place of the result; or x, y and z.
        mode: `bilinear`, `nearest` or `bicubic`.
        padding_mode: what stands outside: `zeros`, `border` or `reflection`.
        align_corners: whether -1 and 1 are the middles of the outermost places.
    """
    if mode not in MODES:
        raise ValueError(
            "nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', "
            f"but got: '{mode}'"
        )
    if padding_mode not in PADDINGS:
        raise ValueError(
            "nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or "
            f"'reflection', but got: '{padding_mode}'"
        )
    if align_corners is None:
        warnings.warn(CHANGED, UserWarning, stacklevel=2)
    check(input, grid, mode)
    options = (mode, padding_mode, bool(align_corners))
    with no_grad():
        found = sampled(input, grid, *options)

    def backward(grad: Tensor, input: Tensor, grid: Tensor) -> tuple[Tensor, Tensor]:
        twice = is_grad_enabled()
        with enable_grad():
            sources = [
                x.view_as(x) if x.requires_grad else x.detach().requires_grad_()
                for x in (input, grid)
            ]
            again = sampled(*sources, *options)
        of_input, of_grid = gradients(again, sources, grad, create_graph=twice, allow_unused=True)
        return of_input, zeros_like(grid) if of_grid is None else of_grid

    return differentiable(
        found,
        f"GridSampler{input.dim() - 2}DBackward0",
        (input, grid),
        saved=(input, grid),
        backward=backward,
    )


def affine_grid(theta: Tensor, size: Sequence[int], align_corners: bool | None = None) -> Tensor:
    """Return the grid that an affine map makes, for `grid_sample`. `(N, 2, 3)` to `(N, H, W, 2)`.

    >>> identity = torch.eye(2, 3).unsqueeze(0)
    >>> torch.nn.functional.affine_grid(identity, (1, 1, 1, 2), align_corners=False)
    tensor([[[[-0.5000,  0.0000],
              [ 0.5000,  0.0000]]]])

    Args:
        theta: a matrix and a shift for each sample; `(N, 3, 4)` for three dimensions.
        size: of the result of `grid_sample`: `(N, C, H, W)` or `(N, C, D, H, W)`.
        align_corners: see `grid_sample`.
    """
    if align_corners is None:
        warnings.warn(CHANGED, UserWarning, stacklevel=2)
    if not theta.is_floating_point():
        raise ValueError(f"Expected theta to have floating point type, but got {theta.dtype}")
    dims = len(size) - 2
    if dims not in (2, 3):
        raise NotImplementedError(
            "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, "
            f"respectively. Got size {size}."
        )
    if theta.dim() != 3 or theta._size[1:] != (dims, dims + 1):
        raise ValueError(
            f"Expected a batch of {dims}D affine matrices of shape Nx{dims}x{dims + 1} for size "
            f"{size}. Got {theta.shape}."
        )
    if align_corners and min(size[2:]) == 1:
        warnings.warn(
            "Since version 1.3.0, affine_grid behavior has changed for unit-size grids when "
            "align_corners=True. This is not an intended use case of affine_grid. See the "
            "documentation of affine_grid for details.",
            UserWarning,
            stacklevel=2,
        )
    elif min(size) <= 0:
        raise ValueError(f"Expected non-zero, positive output size. Got {size}")
    out = tuple(size[2:])
    axes = []
    for d, n in enumerate(out):
        line = linspace(-1, 1, n, dtype=theta.dtype) if n > 1 else ones(1, dtype=theta.dtype) * 0
        line = line if align_corners else line * (n - 1) / n
        shape = [1] * dims
        shape[d] = n
        axes.insert(0, line.view(shape).expand(out))
    axes.append(ones(out, dtype=theta.dtype))
    base = stack(axes, -1).view(1, -1, dims + 1).expand(size[0], -1, -1)
    with no_grad():
        found = bmm(base, theta.transpose(1, 2)).view(size[0], *out, dims)
    return differentiable(
        found,
        "AffineGridGeneratorBackward0",
        (theta,),
        backward=lambda grad: bmm(base.transpose(1, 2), grad.reshape(size[0], -1, dims)).transpose(
            1, 2
        ),
    )
