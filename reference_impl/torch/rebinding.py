"""Letting a tensor look elsewhere: `unsqueeze_` and its like, `resize_`, `data`, `detach_`.

No number changes; the tensor itself gets another shape, memory or history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .gradmode import mode
from .graph import Version, node_class
from .inplace import check_writable, resize
from .operators import method, reading
from .pieces import as_strided
from .tensor import Tensor
from .tensorbase import attach
from .transposing import swapaxes, swapdims, t, transpose
from .views import squeeze, unsqueeze

__all__ = ["detach_", "resize_as_"]

# torch numbers the nodes of these after those of the views that leave the tensor alone
RENAMED = {
    "UnsqueezeBackward0": "UnsqueezeBackward1",
    "TransposeBackward0": "TransposeBackward1",
    "TBackward0": "TBackward1",
    "SqueezeBackward0": "SqueezeBackward3",
    "SqueezeBackward1": "SqueezeBackward4",
    "SqueezeBackward2": "SqueezeBackward5",
    "AsStridedBackward0": "AsStridedBackward1",
}


def in_place_view(made: Callable) -> None:
    """Attach the variant of a view that changes the tensor itself."""
    fn = made.__wrapped__

    def action(self: Tensor, *rest: object, **named: object) -> Tensor:
        if mode.grad and self.requires_grad:
            check_writable(self, recorded=True)
        if name == "t_" and self.dim() > 2:
            raise RuntimeError(
                f"t_() expects a tensor with <= 2 dimensions, but self is {self.dim()}D"
            )
        view = fn(self, *rest, **named)
        self._size, self._stride, self._offset = view._geometry()
        self._versions.count += 1
        if view._node is not None:
            view._node.__class__ = node_class(RENAMED[view._node.name()])
            self._set_history(view._node, 0)
        return self

    name = f"{fn.__name__}_"
    variant = reading(fn, name, action, method=True)
    variant.__doc__ = f"Do what `{fn.__name__}` does to the tensor itself; its memory stays."
    setattr(Tensor, name, variant)


for _view in (unsqueeze, squeeze, transpose, swapaxes, swapdims, t, as_strided):
    in_place_view(_view)


@method
def resize_(input: Tensor, size: Sequence[int], *, memory_format: object = None) -> Tensor:
    """Give the tensor another shape, with more memory if it needs it; new places hold zero.

    Raises:
        RuntimeError: for a tensor that requires grad, or a negative size.
    """
    if input.requires_grad:
        raise RuntimeError("cannot resize variables that require grad")
    if any(n < 0 for n in size):
        raise RuntimeError("numel: integer multiplication overflow")
    if tuple(size) != input._size:
        resize(input, size)
    return input


@method
def resize_as_(input: Tensor, the_template: Tensor, *, memory_format: object = None) -> Tensor:
    """Give the tensor the shape of another."""
    return resize_(input, the_template._size)


@attach
def set_(self: Tensor, source: Tensor) -> Tensor:
    """Let the tensor look at the memory of another, under its shape."""
    self._storage, self._versions = source._storage, source._versions
    self._size, self._stride, self._offset = source._geometry()
    return self


@method
def detach_(input: Tensor) -> Tensor:
    """Take the tensor itself out of the graph.

    Raises:
        RuntimeError: for a view, whose history is that of its base.
    """
    if input._base is not None:
        raise RuntimeError(
            "Can't detach views in-place. Use detach() instead. If you are using "
            "DistributedDataParallel (DDP) for training, and gradient_as_bucket_view is set as "
            "True, "
            "gradients are views of DDP buckets, and hence detach_() cannot be called on these "
            "gradients. To fix this error, please refer to the Optimizer.zero_grad() function in "
            "torch/optim/optimizer.py as the solution."
        )
    input._node, input._output_nr, input._requires_grad = None, 0, False
    return input


def _data(self: Tensor) -> Tensor:
    data = self._without_history()
    data._versions = Version()
    return data


def _set_data(self: Tensor, value: Tensor) -> None:
    if not isinstance(value, Tensor):
        raise TypeError(f"Variable data has to be a tensor, but got {type(value).__name__}")
    self._storage = value._storage
    self._size, self._stride, self._offset = value._geometry()


Tensor.data = property(
    _data, _set_data, doc="The same memory outside the graph; writes to it are not counted."
)
