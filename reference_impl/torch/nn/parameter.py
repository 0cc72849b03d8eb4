"""A tensor that a module learns: `nn.Parameter`; and one that it keeps: `nn.Buffer`."""

from __future__ import annotations

from collections.abc import Sequence

from ..creation import empty
from ..devices import device
from ..dtypes import dtype
from ..printing import prints_as_tensor
from ..tensor import Tensor
from ..tensorbase import wrap

__all__ = ["Buffer", "Parameter", "UninitializedBuffer", "UninitializedParameter"]


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


ALLOWED = set(
    "size copy_ is_complex is_floating_point half float double char short int long cuda cpu to "
    "get_device materialize cls_to_become requires_grad_".split()
)
OPERATORS = {
    "__add__": "add",
    "__radd__": "add",
    "__sub__": "sub",
    "__mul__": "mul",
    "__rmul__": "mul",
    "__truediv__": "div",
}


class Uninitialized(Tensor):
    """What parameters and buffers of unknown shape share: they refuse to be computed with."""

    cls_to_become: type[Tensor]

    def materialize(
        self,
        shape: Sequence[int],
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        """Take a shape, and become an ordinary parameter or tensor.

        Args:
            shape: the shape.
            device: in place of the one there was.
            dtype: in place of the one there was.
        """
        self.data = empty(shape, device=device or self.device, dtype=dtype or self.dtype)
        self.__class__ = self.cls_to_become

    @property
    def shape(self) -> tuple[int, ...]:
        """Raise: there is none yet."""
        raise RuntimeError(
            "Can't access the shape of an uninitialized parameter or buffer. This error usually "
            "happens in `load_state_dict` when trying to load an uninitialized parameter into an "
            "initialized one. Call `forward` to initialize the parameters before accessing their "
            "attributes."
        )

    def __getattribute__(self, name: str) -> object:
        if name[0] != "_" and name not in ALLOWED and callable(getattr(Tensor, name, None)):
            refuse(type(self), name)
        return super().__getattribute__(name)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __deepcopy__(self, memo: dict) -> Uninitialized:
        if id(self) not in memo:
            memo[id(self)] = type(self)(self.requires_grad, self.device, self.dtype)
        return memo[id(self)]

    def __reduce_ex__(self, protocol: int) -> tuple:
        return type(self), (self.requires_grad,)


def refuse(kind: type, name: str) -> None:
    """Raise for a method of a tensor that has no numbers yet."""
    raise ValueError(
        f"Attempted to use an uninitialized parameter in <method '{name}' of 'torch._C.TensorBase' "
        "objects>. This error happens when you are using a `LazyModule` or explicitly manipulating "
        f"`torch.nn.parameter.{kind.__name__}` objects. When using LazyModules Call `forward` with "
        "a dummy batch to initialize the parameters before calling torch functions"
    )


for operator, method in OPERATORS.items():
    setattr(
        Uninitialized, operator, lambda self, *others, method=method: refuse(type(self), method)
    )


class UninitializedParameter(Uninitialized, Parameter):
    """A parameter whose shape only the first input will tell; see `LazyLinear`."""

    __shown__ = "torch.nn.parameter.UninitializedParameter"
    cls_to_become = Parameter

    def __new__(
        cls,
        requires_grad: bool = True,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> UninitializedParameter:
        """Return a parameter without a shape."""
        return Parameter.__new__(cls, empty(0, device=device, dtype=dtype), requires_grad)


class UninitializedBuffer(Uninitialized):
    """A buffer whose shape only the first input will tell."""

    __shown__ = "torch.nn.parameter.UninitializedBuffer"
    cls_to_become = Tensor

    def __new__(
        cls,
        requires_grad: bool = False,
        device: device | str | None = None,
        dtype: dtype | None = None,
        persistent: bool = True,
    ) -> UninitializedBuffer:
        """Return a buffer without a shape."""
        made = alias(cls, empty(0, device=device, dtype=dtype))
        made._requires_grad = requires_grad
        made.persistent = persistent
        return made


def is_lazy(param: object) -> bool:
    """Tell whether only the first input will tell a parameter's or buffer's shape."""
    return isinstance(param, Uninitialized)
