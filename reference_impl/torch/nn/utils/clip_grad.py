"""Gradients that are too large, cut down before a step."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

from ...gradmode import no_grad
from ...joining import stack
from ...literals import tensor
from ...tensor import Tensor

__all__ = [
    "clip_grad_norm",
    "clip_grad_norm_",
    "clip_grad_value_",
    "clip_grads_with_norm_",
    "get_total_norm",
]

NOT_FINITE = (
    "The total norm of order {} for gradients from `parameters` is non-finite, so it cannot be "
    "clipped. To disable this error and scale the gradients by the non-finite norm anyway, set "
    "`error_if_nonfinite=False`"
)


def listed(tensors: Tensor | Iterable[Tensor]) -> list[Tensor]:
    """Return one tensor, or several, as a list."""
    return [tensors] if isinstance(tensors, Tensor) else list(tensors)


@no_grad()
def get_total_norm(
    tensors: Tensor | Iterable[Tensor],
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Return the norm of several tensors, as if they were one vector.

    Args:
        tensors: of any shapes.
        norm_type: which norm; `inf` for the largest element.
        error_if_nonfinite: whether to raise for inf or nan.
        foreach: of no effect here.

    Raises:
        RuntimeError: a norm that is not finite, if that is wanted.
    """
    tensors, norm_type = listed(tensors), float(norm_type)
    if not tensors:
        return tensor(0.0)
    total = stack([t.norm(norm_type) for t in tensors]).norm(norm_type)
    if error_if_nonfinite and (total.isnan() or total.isinf()):
        raise RuntimeError(NOT_FINITE.format(norm_type))
    return total


@no_grad()
def clip_grads_with_norm_(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    total_norm: Tensor,
    foreach: bool | None = None,
) -> None:
    """Scale gradients whose norm is known down to a largest norm.

    Args:
        parameters: whose gradients.
        max_norm: the largest norm.
        total_norm: that of the gradients.
        foreach: of no effect here.
    """
    grads = [p.grad for p in listed(parameters) if p.grad is not None]
    factor = (float(max_norm) / (total_norm + 1e-6)).clamp(max=1.0)
    for grad in grads:
        grad.mul_(factor)


@no_grad()
def clip_grad_norm_(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Scale all gradients by one factor, so that their norm is at most `max_norm`.

    Their direction stays; so one huge gradient, as recurrent networks have them, does not
    throw the parameters far away.

    >>> w = torch.zeros(2, requires_grad=True)
    >>> w.grad = torch.tensor([3.0, 4.0])
    >>> torch.nn.utils.clip_grad_norm_([w], max_norm=1.0)
    tensor(5.)
    >>> w.grad
    tensor([0.6000, 0.8000])

    Args:
        parameters: whose gradients.
        max_norm: the largest norm.
        norm_type: which norm.
        error_if_nonfinite: whether to raise for inf or nan.
        foreach: of no effect here.

    Returns:
        The norm before.
    """
    parameters = listed(parameters)
    grads = [p.grad for p in parameters if p.grad is not None]
    total = get_total_norm(grads, norm_type, error_if_nonfinite, foreach)
    clip_grads_with_norm_(parameters, max_norm, total, foreach)
    return total


def clip_grad_norm(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Do what `clip_grad_norm_` does, under a name of old, which warns."""
    warnings.warn(
        "`torch.nn.utils.clip_grad_norm` is now deprecated in favor of "
        "`torch.nn.utils.clip_grad_norm_`.",
        FutureWarning,
        stacklevel=2,
    )
    return clip_grad_norm_(parameters, max_norm, norm_type, error_if_nonfinite, foreach)


@no_grad()
def clip_grad_value_(
    parameters: Tensor | Iterable[Tensor], clip_value: float, foreach: bool | None = None
) -> None:
    """Bring each element of the gradients into `[-clip_value, clip_value]`."""
    for parameter in listed(parameters):
        if parameter.grad is not None:
            parameter.grad.clamp_(min=-float(clip_value), max=float(clip_value))
