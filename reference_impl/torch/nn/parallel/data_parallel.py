"""`DataParallel`: a batch split over the GPUs of one process; without a GPU, a wrapper."""

from __future__ import annotations

from typing import NoReturn

from ...devices import device
from ...tensor import Tensor
from ..modules import Module

__all__ = ["DataParallel", "data_parallel"]


class DataParallel(Module):
    """A module around another, which computes on all GPUs at once; on a CPU it hands on.

    On GPUs each gets a part of the batch along `dim` and a copy of the module, and gradients
    are added up in the module itself. Without a GPU, torch too calls the module as it is. The
    names in `state_dict` begin with `module.`, which is why a model saved so does not load
    into a bare one: save `model.module.state_dict()`.

    >>> model = torch.nn.DataParallel(torch.nn.Linear(2, 1, bias=False))
    >>> list(model.state_dict()), list(model.module.state_dict()), model.device_ids
    (['module.weight'], ['weight'], [])
    >>> model
    DataParallel(
      (module): Linear(in_features=2, out_features=1, bias=False)
    )

    Args:
        module: what to call.
        device_ids: on which GPUs; there is none, so this is not looked at.
        output_device: on which GPU the output is wanted; not looked at.
        dim: along which the batch would be split.
    """

    def __init__(
        self,
        module: Module,
        device_ids: list[int | device] | None = None,
        output_device: int | device | None = None,
        dim: int = 0,
    ) -> None:
        super().__init__()
        self.module = module
        self.device_ids: list[int] = []

    def forward(self, *inputs: object, **kwargs: object) -> object:
        """Return what the module returns."""
        return self.module(*inputs, **kwargs)


def data_parallel(
    module: Module,
    inputs: Tensor | tuple[Tensor, ...],
    device_ids: list[int | device] | None = None,
    output_device: int | device | None = None,
    dim: int = 0,
    module_kwargs: dict[str, object] | None = None,
) -> NoReturn:
    """Raise, as torch does where there is no GPU to split a batch over."""
    raise RuntimeError("device type could not be determined")
