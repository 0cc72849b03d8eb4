"""Batch norm over the batches of several processes: here always one."""

from __future__ import annotations

from ...devices import device
from ...dtypes import dtype
from ...tensor import Tensor
from .batchnorm import _BatchNorm
from .module import Module

__all__ = ["SyncBatchNorm"]


class SyncBatchNorm(_BatchNorm):
    """Mean 0 and variance 1 of each channel over the batches of all processes. `(N, C, *)`.

    Without connected processes, as here, it is batch norm of any number of dimensions.

    Args:
        num_features: C.
        eps: keeps the divisor from 0.
        momentum: how far the running mean and variance move; None for a plain mean of all.
        affine: whether to learn scale and shift.
        track_running_stats: whether to keep a running mean and variance, for `eval`.
        process_group: which processes.
        device: of the parameters.
        dtype: of the parameters.
        bias: whether to learn a shift.
    """

    __shown__ = "torch.nn.modules.batchnorm.SyncBatchNorm"

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        process_group: object = None,
        device: device | str | None = None,
        dtype: dtype | None = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__(
            num_features, eps, momentum, affine, track_running_stats, device, dtype, bias=bias
        )
        self.process_group = process_group

    def _check_input_dim(self, input: Tensor) -> None:
        if input.dim() < 2:
            raise ValueError(f"expected at least 2D input (got {input.dim()}D input)")
        if input.size(1) == 0:
            raise ValueError("SyncBatchNorm number of input channels should be non-zero")

    @classmethod
    def convert_sync_batchnorm(cls, module: Module, process_group: object = None) -> Module:
        """Return a module with its batch norms made such ones; they keep their parameters.

        Args:
            module: itself changed, unless it is a batch norm.
            process_group: which processes.
        """
        found = module
        if isinstance(module, _BatchNorm):
            found = cls(
                module.num_features,
                module.eps,
                module.momentum,
                module.affine,
                module.track_running_stats,
                process_group,
                bias=module.bias is not None,
            )
            if module.affine:
                found.weight, found.bias = module.weight, module.bias
            for name in ("running_mean", "running_var", "num_batches_tracked", "training"):
                setattr(found, name, getattr(module, name))
        for name, child in module.named_children():
            found.add_module(name, cls.convert_sync_batchnorm(child, process_group))
        return found
