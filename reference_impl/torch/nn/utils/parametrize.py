"""Parameters as functions of others: a weight that is symmetric, or of length 1, by itself."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ...gradmode import no_grad
from ...tensor import Tensor
from ..modules.container import ModuleDict, ModuleList
from ..modules.module import Module
from ..naming import missing as _missing
from ..parameter import Parameter

__all__ = [
    "ParametrizationList",
    "cached",
    "is_parametrized",
    "register_parametrization",
    "remove_parametrizations",
]

_kept: list[dict] = []  # what `cached` remembers, innermost last


@contextmanager
def cached() -> Iterator[None]:
    """Compute each parametrized tensor once only, as long as this lasts."""
    _kept.append(_kept[-1] if _kept else {})
    try:
        yield
    finally:
        _kept.pop()


def keep(owner: Module, name: str, value: Tensor) -> None:
    """Register a tensor as what it is: a parameter or a buffer."""
    if isinstance(value, Parameter):
        owner.register_parameter(name, value)
    else:
        owner.register_buffer(name, value)


def check_same(before: Tensor, after: object, words: tuple[str, str, str]) -> None:
    """Raise for a parametrization that changes type or shape."""
    if not isinstance(after, Tensor):
        raise ValueError(f"A parametrization must return a tensor. Got {type(after).__name__}.")
    flag, old, new = words
    for what in ("dtype", "shape"):
        if getattr(before, what) != getattr(after, what):
            raise ValueError(
                f"Registering a parametrization may not change the {what} of the tensor, unless "
                f"{flag} flag is enabled.\n{old} {what}: {getattr(before, what)}\n"
                f"{new} {what}: {getattr(after, what)}"
            )


class ParametrizationList(ModuleList):
    """The functions that make a tensor, one after the other, and the original they start from."""

    __shown__ = "torch.nn.utils.parametrize.ParametrizationList"

    def __init__(self, modules: Sequence[Module], original: Tensor, unsafe: bool = False) -> None:
        if not modules:
            raise ValueError("ParametrizationList requires one or more modules.")
        super().__init__(modules)
        self.unsafe = unsafe
        before = original.detach().clone()
        new: object = original
        with no_grad():
            for module in reversed(list(self)):
                if hasattr(module, "right_inverse"):
                    try:
                        new = module.right_inverse(new)
                    except NotImplementedError:
                        continue
        if not isinstance(new, (Tensor, Sequence)):
            raise ValueError(
                "'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). "
                f"Got {type(new).__name__}"
            )
        self.is_tensor = isinstance(new, Tensor)
        self.ntensors = 1 if self.is_tensor else len(new)
        if self.is_tensor:
            if original.dtype != new.dtype:
                raise ValueError(
                    "When `right_inverse` outputs one tensor, it may not change the dtype.\n"
                    f"original.dtype: {original.dtype}\nright_inverse(original).dtype: {new.dtype}"
                )
            original.data = new.data
            keep(self, "original", original)
        else:
            for at, part in enumerate(new):
                if isinstance(original, Parameter):
                    part = Parameter(part, original.requires_grad)
                keep(self, f"original{at}", part)
        if not unsafe:
            words = ("`unsafe`", "unparametrized", "parametrized")
            check_same(before, self(), words)

    def right_inverse(self, value: Tensor) -> None:
        """Set the originals so that the tensor becomes a value."""
        with no_grad():
            for module in reversed(list(self)):
                if not hasattr(module, "right_inverse"):
                    raise RuntimeError(
                        f"parametrization {type(module).__name__} does not implement right_inverse."
                    )
                value = module.right_inverse(value)
            if self.is_tensor:
                if not isinstance(value, Tensor):
                    raise ValueError(
                        f"`right_inverse` should return a tensor. Got {type(value).__name__}"
                    )
                if value.dtype != self.original.dtype:
                    raise ValueError(
                        f"The tensor returned by `right_inverse` has dtype {value.dtype} while "
                        f"`original` has dtype {self.original.dtype}"
                    )
                self.original.data = value.data
                return
            if len(value) != self.ntensors:
                raise ValueError(
                    "'right_inverse' must return a sequence of tensors of length "
                    f"{self.ntensors}. Got a sequence of length {len(value)}."
                )
            for at, part in enumerate(value):
                getattr(self, f"original{at}").data = part.data

    def forward(self) -> Tensor:
        """Return the tensor."""
        if self.is_tensor:
            x = self[0](self.original)
        else:
            x = self[0](*(getattr(self, f"original{at}") for at in range(self.ntensors)))
        for at in range(1, len(self._modules)):
            x = self[at](x)
        return x


def copied(self: Module, memo: dict) -> Module:
    """Copy a module whose class was made for it alone."""
    if id(self) not in memo:
        memo[id(self)] = again = type(self).__new__(type(self))
        vars(again).update(copy.deepcopy(vars(self), memo))
    return memo[id(self)]


def refuse_to_pickle(self: Module) -> dict:
    """Raise: the class could not be found again."""
    raise RuntimeError(
        "Serialization of parametrized modules is only supported through state_dict(). See:\n"
        "https://pytorch.org/tutorials/beginner/saving_loading_models.html"
        "#saving-loading-a-general-checkpoint-for-inference-and-or-resuming-training"
    )


def with_class_of_its_own(module: Module) -> None:
    """Give a module a class of its own, to which properties can be added."""
    kind = type(module)
    name = f"Parametrized{kind.__name__}"
    members = {
        "__getstate__": refuse_to_pickle,
        "__deepcopy__": copied,
        "__shown__": f"torch.nn.utils.parametrize.{name}",
    }
    module.__class__ = type(kind)(name, (kind,), members)


def as_property(kind: type, name: str) -> None:
    """Let an attribute be computed whenever it is read."""

    def read(self: Module) -> Tensor:
        if not _kept:
            return self.parametrizations[name]()
        key = (id(self), name)
        if key not in _kept[-1]:
            _kept[-1][key] = self.parametrizations[name]()
        return _kept[-1][key]

    def write(self: Module, value: Tensor) -> None:
        self.parametrizations[name].right_inverse(value)

    setattr(kind, name, property(read, write))


def register_parametrization(
    module: Module, tensor_name: str, parametrization: Module, *, unsafe: bool = False
) -> Module:
    """Let a parameter be what a module makes of an original, which is learned in its place.

    >>> class Symmetric(torch.nn.Module):
    ...     def forward(self, x):
    ...         return x.triu() + x.triu(1).T
    >>> layer = torch.nn.Linear(2, 2)
    >>> _ = torch.nn.utils.parametrize.register_parametrization(layer, "weight", Symmetric())
    >>> bool((layer.weight == layer.weight.T).all())
    True

    Args:
        module: whose parameter.
        tensor_name: of the parameter or buffer.
        parametrization: makes it; with a method `right_inverse` it can be assigned to.
        unsafe: whether it may change type and shape.

    Raises:
        ValueError: no such parameter, or one that changes.
    """
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        if not unsafe:
            now = getattr(module, tensor_name)
            words = (
                "the `unsafe`",
                f"module.{tensor_name}",
                f"parametrization(module.{tensor_name})",
            )
            check_same(now, parametrization(now), words)
        made = module.parametrizations[tensor_name]
        made.append(parametrization)
        made.unsafe |= unsafe
        return module
    if tensor_name not in module._buffers and tensor_name not in module._parameters:
        raise ValueError(
            f"Module '{module}' does not have a parameter, a buffer, or a parametrized element "
            f"with name '{tensor_name}'"
        )
    made = ParametrizationList([parametrization], getattr(module, tensor_name), unsafe=unsafe)
    delattr(module, tensor_name)
    if not is_parametrized(module):
        with_class_of_its_own(module)
        module.parametrizations = ModuleDict()
    as_property(type(module), tensor_name)
    module.parametrizations[tensor_name] = made
    return module


def is_parametrized(module: Module, tensor_name: str | None = None) -> bool:
    """Tell whether a module, or one of its tensors, is parametrized."""
    made = getattr(module, "parametrizations", None)
    if not isinstance(made, ModuleDict):
        return False
    return len(made) > 0 if tensor_name is None else tensor_name in made


def remove_parametrizations(
    module: Module, tensor_name: str, leave_parametrized: bool = True
) -> Module:
    """Make a parametrized tensor an ordinary one again.

    Args:
        module: whose tensor.
        tensor_name: of the tensor.
        leave_parametrized: whether it keeps the value that was computed, not the original.

    Raises:
        ValueError: it is not parametrized.
    """
    if not is_parametrized(module, tensor_name):
        raise ValueError(f"Module {module} does not have a parametrization on {tensor_name}")
    made = module.parametrizations[tensor_name]
    if made.is_tensor:
        original = made.original
        if leave_parametrized:
            with no_grad():
                original.data = getattr(module, tensor_name).detach().clone()
    elif leave_parametrized:
        value = getattr(module, tensor_name).detach()
        original = Parameter(value) if isinstance(made.original0, Parameter) else value
    else:
        raise ValueError(
            "Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is "
            "parametrized in terms of a sequence of tensors."
        )
    delattr(type(module), tensor_name)
    del module.parametrizations[tensor_name]
    keep(module, tensor_name, original)
    if not is_parametrized(module):
        del module.parametrizations
        module.__class__ = type(module).__bases__[0]
    return module


def __getattr__(name: str) -> object:
    raise _missing("torch.nn.utils.parametrize", name)
