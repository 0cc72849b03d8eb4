"""SparseAdam: Adam for gradients that are mostly empty, which reference_impl does not have."""

from __future__ import annotations

from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import PerParameter, check_shares

__all__ = ["SparseAdam"]


class SparseAdam(PerParameter):
    """Adam that only touches rows which a sparse gradient names.

    There are no sparse tensors here, so that each step ends as torch's does with dense
    gradients: in an error that names Adam.

    Args:
        params: what to change.
        lr: the learning rate, above 0.
        betas: how much the running means keep.
        eps: keeps the divisor from 0.
        maximize: whether to go with the gradient, not against it.
    """

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        maximize: bool = False,
    ) -> None:
        if isinstance(lr, Tensor) and lr.numel() != 1:
            raise ValueError("Tensor lr must be 1-element")
        for name, value in (("learning rate", lr), ("epsilon value", eps)):
            if not 0.0 < value:  # noqa: SIM300 (Python's error for a text is to be torch's)
                raise ValueError(f"Invalid {name}: {value}")
        check_shares(betas)
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "maximize": maximize})

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        raise RuntimeError(
            "SparseAdam does not support dense gradients, please consider Adam instead"
        )
