"""A tensor that a module learns: `nn.Parameter`; and one that it keeps: `nn.Buffer`."""

from __future__ import annotations

from ..creation import empty
from ..printing import prints_as_tensor
from ..tensor import Tensor
from ..tensorbase import wrap

__all__ = ["Buffer", "Parameter"]


def alias(kind: type[Tensor], data: Tensor | None) -> Tensor:
    """Return a leaf of another class over the same memory."""
    data = empty(0) if data is None else data
    return wrap(kind, data._storage, *data._geometry(), data._versions)


@prints_as_tensor
class Parameter(Tensor):
    """A leaf that requires grad, and that a module lists among its parameters when assigned to it.

    It shares the memory of `data`. That it is a class of its own lets a module tell what is to
    be learned from any other tensor that one may want to keep.

    >>> torch.nn.Parameter(torch.ones(2))
    Parameter containing:
    tensor([1., 1.], requires_grad=True)

    Args:
        data: the tensor; an empty one if None.
        requires_grad: whether gradients are wanted, also inside `no_grad`.

    Raises:
        RuntimeError: for integers that are to require grad.
    """

    __shown__ = "torch.nn.parameter.Parameter"

    def __new__(cls, data: Tensor | None = None, requires_grad: bool = True) -> Parameter:
        """Return a parameter over the memory of `data`."""
        made = alias(cls, data)
        if requires_grad and not made.dtype.is_floating_point:
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients"
            )
        made._requires_grad = requires_grad
        return made

    def __getattr__(self, name: str) -> object:
        try:
            return super().__getattr__(name)
        except AttributeError as error:
            if isinstance(error, NotImplementedError):
                raise
            raise AttributeError(f"'Parameter' object has no attribute '{name}'") from None

    def __repr__(self) -> str:
        return f"Parameter containing:\n{super().__repr__()}"

    def __deepcopy__(self, memo: dict) -> Parameter:
        if id(self) not in memo:
            memo[id(self)] = type(self)(self.detach().clone(), self.requires_grad)
        return memo[id(self)]

    def __reduce_ex__(self, protocol: int) -> tuple:
        state = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        return rebuild_parameter, (type(self), self.data, self.requires_grad, state)


def rebuild_parameter(
    kind: type[Parameter], data: Tensor, requires_grad: bool, state: dict
) -> Parameter:
    """Return a parameter that was pickled, with the attributes it had been given."""
    made = kind(data, requires_grad)
    vars(made).update(state)
    return made


@prints_as_tensor
class Buffer(Tensor):
    """A tensor that a module keeps and saves, but does not learn, when assigned to it.

    >>> module = torch.nn.Module()
    >>> module.mean = torch.nn.Buffer(torch.zeros(2))
    >>> list(module.state_dict())
    ['mean']

    Args:
        data: the tensor.
        persistent: whether it belongs to the module's `state_dict`.
    """

    __shown__ = "torch.nn.parameter.Buffer"

    def __new__(cls, data: Tensor | None = None, *, persistent: bool = True) -> Buffer:
        """Return a buffer over the memory of `data`."""
        made = alias(cls, data)
        made._requires_grad = data is not None and data.requires_grad
        made.persistent = persistent
        return made
