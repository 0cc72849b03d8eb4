"""What tensors that could require grad were called before 0.4: `Variable`."""

from __future__ import annotations

from ..arguments import is_tensor
from ..literals import leaf
from ..public import Public
from ..tensor import Tensor

__all__ = ["Variable"]


class VariableMeta(Public):
    """Lets every tensor pass for a Variable."""

    def __instancecheck__(cls, instance: object) -> bool:
        return is_tensor(instance)


class Variable(metaclass=VariableMeta):
    """Returns a tensor over the memory of another: a name from before tensors required grad.

    >>> torch.autograd.Variable(torch.ones(2), requires_grad=True)
    tensor([1., 1.], requires_grad=True)

    Args:
        data: the tensor.
        requires_grad: whether gradients are wanted for the result.
    """

    __shown__ = "torch.autograd.variable.Variable"

    def __new__(cls, data: Tensor | None = None, requires_grad: bool = False) -> Tensor:
        """Return the tensor."""
        if not is_tensor(data):
            raise TypeError(f"Variable data has to be a tensor, but got {type(data).__name__}")
        return leaf(data.detach(), requires_grad)
