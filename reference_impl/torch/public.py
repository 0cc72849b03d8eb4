"""How types and names appear to the reader: under torch's names, here or not."""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn

from .public_names import MODULE, TENSOR

LISTED_AT = "the page “What reference_impl holds” (reference/)"


class Public(type):
    """The type of types that print under torch's path, wherever their source stands.

    `__module__` stays the file's own, so that instances can be pickled without `install()`.
    """

    def __repr__(cls) -> str:
        if "__shown__" in cls.__dict__:
            return f"<class {cls.__shown__!r}>"
        return type.__repr__(cls).replace("<class 'reference_impl.", "<class '")

    def __dir__(cls) -> list[str]:
        """Name what there is, without what only says that it is left out."""
        left_out = {
            name
            for base in cls.__mro__
            for name, value in vars(base).items()
            if isinstance(value, LeftOut)
        }
        return [name for name in type.__dir__(cls) if name not in left_out]


Public.__name__ = "type"  # in errors that name the type of a type


def shown_repr(self: object) -> str:
    """Return the repr of an object that has none of its own, its type under torch's path."""
    return f"<{type(self).__shown__} object at {id(self):#x}>"


class NotHere(NotImplementedError, AttributeError):
    """A public name of torch that reference_impl leaves out.

    An AttributeError too, so that `hasattr` and `getattr` with a default answer.
    """


NotHere.__name__ = NotHere.__qualname__ = "NotImplementedError"
NotHere.__module__ = "builtins"


def missing(owner: str, name: str) -> AttributeError:
    """Return the error for an attribute that is not there.

    Args:
        owner: `"torch"`, or the name of a type such as `"Tensor"`.
        name: the attribute that was asked for.
    """
    if name in (MODULE if owner == "torch" else TENSOR):
        shown = f"torch.{name}" if owner == "torch" else f"torch.{owner}.{name}"
        return NotHere(f"{shown} is not part of reference_impl; {LISTED_AT} lists what is")
    if owner == "torch":
        return AttributeError(f"module 'torch' has no attribute '{name}'")
    return AttributeError(f"'{owner}' object has no attribute '{name}'")


class LeftOut:
    """An attribute that torch's class has and ours has not: says so when it is asked for.

    A `__getattr__` would do, but with one Python finds every attribute of an instance by a slower
    way.
    """

    def __init__(self, owner: str, name: str) -> None:
        self.owner, self.name = owner, name

    def __get__(self, instance: object, owner: type) -> NoReturn:
        raise missing(self.owner, self.name)


def leave_out(tensor: type) -> None:
    """Have the class of tensors say what of torch's it has not, when it has all it will have."""
    for name in TENSOR:
        if not hasattr(tensor, name):
            setattr(tensor, name, LeftOut("Tensor", name))


def not_here(module: str, name: str, others: Collection[str]) -> AttributeError:
    """Return the error for an attribute that a module such as `torch.cuda` does not have here.

    Args:
        module: the module's public name.
        name: the attribute that was asked for.
        others: what torch has in that module and reference_impl has not.
    """
    if name in others:
        return NotHere(f"{module}.{name} is not part of reference_impl; {LISTED_AT} lists what is")
    return AttributeError(f"module '{module}' has no attribute '{name}'")
