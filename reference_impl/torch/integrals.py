"""Areas under curves known at points, by trapezoids."""

from __future__ import annotations

from .arguments import OMITTED, Number
from .graph import differentiable
from .operators import function
from .reductions.running import cumsum
from .tensor import Tensor

__all__ = ["cumulative_trapezoid", "trapezoid", "trapz"]


def scaled(x: Tensor, factor: float, name: str, by: float) -> Tensor:
    """Return a tensor times a factor, recorded under the name of torch's own step.

    Args:
        x: the tensor.
        factor: the factor.
        name: of the node.
        by: what torch divides by, or 1.
    """
    found = x.detach() * factor / by if by != 1 else x.detach() * factor
    return differentiable(found, name, (x,), backward=lambda grad: grad * (factor / by))


def widths(y: Tensor, x: Tensor, dim: int) -> Tensor:
    """Return the distances of neighbouring points, in the shape of the curve."""
    if x.dim() == 1:
        steps = x.narrow(0, 1, x.size(0) - 1) - x.narrow(0, 0, x.size(0) - 1)
        sizes = [1] * y.dim()
        sizes[dim] = steps.size(0)
        return steps.view(sizes)
    return x.narrow(dim, 1, x.size(dim) - 1) - x.narrow(dim, 0, x.size(dim) - 1)


def neighbours(y: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Return the curve without its last point, and without its first."""
    n = y.size(dim)
    return y.narrow(dim, 0, n - 1), y.narrow(dim, 1, n - 1)


@function
def trapezoid(y: Tensor, x: Tensor = OMITTED, *, dx: Number = 1, dim: int = -1) -> Tensor:
    """Return the area under a curve that is straight between points. `(*, N)` to `(*)`.

    >>> torch.trapezoid(torch.tensor([1.0, 2.0, 3.0]))
    tensor(4.)

    Args:
        y: heights.
        x: where they stand; evenly spaced if left out.
        dx: the distance of neighbours.
        dim: along which the points follow each other.
    """
    if not y.size(dim):
        return y.new_zeros([n for d, n in enumerate(y.shape) if d != dim % y.dim()])
    if x is OMITTED:
        ends = scaled(y.select(dim, 0) + y.select(dim, -1), 0.5, "MulBackward1", 1)
        return scaled(y.sum(dim) - ends, dx, "MulBackward1", 1)
    left, right = neighbours(y, dim)
    return scaled(((left + right) * widths(y, x, dim)).sum(dim), 1, "DivBackward1", 2)


@function
def trapz(y: Tensor, x: Tensor = OMITTED, *, dx: float = 1, dim: int = -1) -> Tensor:
    """Return the area under a curve; see `torch.trapezoid`."""
    return trapezoid(y, dx=dx, dim=dim) if x is OMITTED else trapezoid(y, x, dim=dim)


@function
def cumulative_trapezoid(
    y: Tensor, x: Tensor = OMITTED, *, dx: Number = 1, dim: int = -1
) -> Tensor:
    """Return the areas from the first point up to each further one. `(*, N)` to `(*, N - 1)`.

    >>> torch.cumulative_trapezoid(torch.tensor([1.0, 2.0, 3.0]))
    tensor([1.5000, 4.0000])
    """
    left, right = neighbours(y, dim)
    if x is OMITTED:
        return cumsum(scaled(left + right, dx / 2, "MulBackward1", 1), dim)
    return cumsum(scaled((left + right) * widths(y, x, dim), 1, "DivBackward1", 2), dim)
