"""How types and names appear to the reader: under torch's names, here or not."""

from __future__ import annotations

from collections.abc import Collection

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
