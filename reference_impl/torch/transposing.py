"""The dimensions in another order: `transpose`, `permute`, `movedim`, `t`, `.T`."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

from .operators import alias, operator
from .shapes import listed, wrap_dim
from .tensor import Tensor
from .tensorbase import TensorBase, attribute
from .views import seen

__all__ = [
    "adjoint",
    "moveaxis",
    "movedim",
    "permute",
    "swapaxes",
    "swapdims",
    "t",
    "transpose",
]


@operator
def transpose(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """Exchange two dimensions: their sizes and strides change places.

    >>> torch.zeros(2, 3, 4).transpose(0, 2).shape
    torch.Size([4, 3, 2])
    """
    return exchanged(input, dim0, dim1, "TransposeBackward0")


def exchanged(input: Tensor, dim0: int, dim1: int, name: str) -> Tensor:
    """Return the view with two dimensions exchanged, recorded under a name."""
    a, b = wrap_dim(dim0, input.dim()), wrap_dim(dim1, input.dim())
    if not input._size:
        return seen(input, (), (), input._offset, name, lambda grad: grad)
    size, stride = list(input._size), list(input._stride)
    size[a], size[b] = size[b], size[a]
    stride[a], stride[b] = stride[b], stride[a]
    return seen(input, size, stride, input._offset, name, lambda grad: grad.transpose(a, b))


@operator
def t(input: Tensor) -> Tensor:
    """Return the transpose of a matrix. `(M, N)` to `(N, M)`; up to one dimension unchanged.

    >>> torch.tensor([[1, 2, 3]]).t()
    tensor([[1],
            [2],
            [3]])
    """
    if input.dim() > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {input.dim()}D")
    size, stride = input._size, input._stride
    if input.dim() < 2:
        return seen(input, size, stride, input._offset, "TBackward0", lambda grad: grad)
    (m, n), (down, along) = size, stride
    return seen(
        input, (n, m), (along, down), input._offset, "TBackward0", lambda grad: grad.transpose(0, 1)
    )


@operator
def permute(input: Tensor, dims: Sequence[int]) -> Tensor:
    """Put the dimensions in another order; the gradient is put back.

    >>> torch.zeros(2, 3, 4).permute(2, 0, 1).shape
    torch.Size([4, 2, 3])

    Raises:
        RuntimeError: not every dimension exactly once.
    """
    if len(dims) != input.dim():
        raise RuntimeError(
            "permute(sparse_coo): number of dimensions in the tensor input does not match the "
            f"length of the desired ordering of dimensions i.e. input.dim() = {input.dim()} is not "
            f"equal to len(dims) = {len(dims)}"
        )
    order = [wrap_dim(d, input.dim()) for d in dims]
    if len(set(order)) != len(order):
        raise RuntimeError("permute(): duplicate dims are not allowed.")
    back = [order.index(d) for d in range(len(order))]
    size, stride = [input._size[d] for d in order], [input._stride[d] for d in order]
    return seen(
        input, size, stride, input._offset, "PermuteBackward0", lambda grad: grad.permute(back)
    )


@operator
def movedim(input: Tensor, source: int | Sequence[int], destination: int | Sequence[int]) -> Tensor:
    """Move dimensions to other places; the rest stay in order.

    >>> torch.zeros(2, 3, 4).movedim(0, -1).shape
    torch.Size([3, 4, 2])
    """
    source = (source,) if isinstance(source, int) else source
    destination = (destination,) if isinstance(destination, int) else destination
    if len(source) != len(destination):
        raise RuntimeError(
            f"movedim: Invalid source or destination dims: source ({listed(source)} dims) should "
            f"contain the same number of dims as destination ({listed(destination)} dims)"
        )
    ndim = input.dim()
    from_ = [wrap_dim(d, ndim) for d in source]
    to = [wrap_dim(d, ndim) for d in destination]
    for name, dims, given in (("source", from_, source), ("destination", to, destination)):
        if len(set(dims)) != len(dims):
            raise RuntimeError(f"movedim: repeated dim in `{name}` ({listed(given)})")
    if not ndim:
        return seen(input, (), (), input._offset, "AliasBackward0", lambda grad: grad)
    rest = iter(d for d in range(ndim) if d not in from_)
    order = [from_[to.index(d)] if d in to else next(rest) for d in range(ndim)]
    return permute(input, order)


@operator
def swapaxes(input: Tensor, axis0: int, axis1: int) -> Tensor:
    """Exchange two dimensions: NumPy's name for `transpose`."""
    return transpose(input, axis0, axis1)


swapdims = alias(transpose, "swapdims")
moveaxis = alias(movedim, "moveaxis")


def _dims(input: Tensor) -> str:
    return f"{input.dim()}-D tensor."


def _same(input: Tensor, name: str, instead: str, line: int) -> Tensor:
    warnings.warn(
        f"Tensor.{name} is deprecated on 0-D tensors. {instead} (Triggered internally at "
        f"/__w/pytorch/pytorch/aten/src/ATen/native/TensorShape.cpp:{line}.)",
        UserWarning,
        stacklevel=4,
    )
    return input


IDENTITY = "This function is the identity in these cases."


def _reversed(self: Tensor) -> Tensor:
    if not self._size:
        _same(self, "T", IDENTITY, 4321)
    elif self.dim() != 2:
        warnings.warn(
            "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is "
            "deprecated and it will throw an error in a future release. Consider `x.mT` to "
            "transpose "
            "batches of matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the "
            "dimensions of a tensor. (Triggered internally at "
            "/__w/pytorch/pytorch/aten/src/ATen/native/TensorShape.cpp:4314.)",
            UserWarning,
            stacklevel=3,
        )
    return permute(self, tuple(reversed(range(self.dim()))))


def _matrix_transpose(self: Tensor, name: str = "mT", line: int = 4373) -> Tensor:
    if not self._size:
        return _same(self, name, IDENTITY, line)
    if self.dim() < 2:
        raise RuntimeError(
            f"tensor.{name} is only supported on matrices or batches of matrices. Got {_dims(self)}"
        )
    return transpose(self, -2, -1)


def _conjugate_transpose(self: Tensor) -> Tensor:
    if not self._size:
        return _same(self, "H", "Consider using x.conj().", 4335)
    if self.dim() != 2:
        more = " For batches of matrices, consider using tensor.mH" if self.dim() > 2 else ""
        raise RuntimeError(
            f"tensor.H is only supported on matrices (2-D tensors). Got {_dims(self)}{more}"
        )
    return transpose(self, 0, 1)


for _name, _get, _doc in (
    ("T", _reversed, "The transpose of a matrix."),
    ("mT", _matrix_transpose, "The transpose of each matrix of a batch."),
    ("mH", lambda self: _matrix_transpose(self, "mH", 4391), "The same as `mT` for real numbers."),
    ("H", _conjugate_transpose, "The same as `T` for a real matrix."),
):
    _attribute = attribute(_get, doc=_doc)
    _attribute.shown = _name
    setattr(TensorBase, _name, _attribute)


@operator
def adjoint(input: Tensor) -> Tensor:
    """Return the transpose of each matrix of a batch; torch conjugates complex ones, too."""
    if not input._size:
        warnings.warn(
            "adjoint() is deprecated on 0-D tensors. Consider using x.conj(). (Triggered "
            "internally at /__w/pytorch/pytorch/aten/src/ATen/native/TensorShape.cpp:4390.)",
            UserWarning,
            stacklevel=4,
        )
        return input
    if input.dim() < 2:
        raise RuntimeError(
            "tensor.adjoint() is only supported on matrices or batches of matrices. Got "
            f"{_dims(input)}"
        )
    return transpose(input, -2, -1)
