"""Classes that readers derive from Tensor: an operation on one gives one.

Where an argument is of such a class, its `__torch_function__` does the operation. Tensor's own
does it as with plain tensors, and makes what comes out one of the class. A class that overrides
it sees every operation.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from .tensor import Tensor

__all__: list[str] = []

ENGINE = __name__.rpartition(".")[0]
KNOWN: set[type] = set()  # the derived classes; empty in most programs, which then pay nothing

# methods that read their arguments themselves, and so have to be told
UNREAD = (
    "__repr__ __format__ __getitem__ __setitem__ __invert__ to type float double half bfloat16 "
    "long int short char byte bool contiguous cpu split unique new_tensor tolist item numpy"
).split()


class _State(threading.local):
    plain = False  # whether tensors of derived classes count as plain ones


state = _State()


@contextmanager
def as_plain() -> Iterator[None]:
    """Let derived classes have no say inside."""
    before, state.plain = state.plain, True
    try:
        yield
    finally:
        state.plain = before


def overriding(args: Sequence[object], kwargs: dict) -> list[type]:
    """Return the derived classes among the types of arguments and of their items."""
    found: list[type] = []
    if state.plain:
        return found
    for value in (*args, *kwargs.values()):
        for item in value if type(value) in (tuple, list) else (value,):
            if type(item) in KNOWN and type(item) not in found:
                found.append(type(item))
    return found


def dispatched(call: Callable, kinds: list[type], args: Sequence[object], kwargs: dict) -> object:
    """Return what the first class that can does of a call; a derived class before its base.

    Raises:
        TypeError: if none can.
    """
    rest = list(kinds)
    while rest:
        kind = next(k for k in rest if not any(k in o.__mro__[1:] for o in rest))
        rest.remove(kind)
        result = kind.__torch_function__(call, tuple(kinds), args, kwargs)
        if result is not NotImplemented:
            return result
    shown = ", ".join(map(str, kinds))
    raise TypeError(
        f"Multiple dispatch failed for 'torch.{call.__name__}'; all __torch_function__ handlers "
        f"returned NotImplemented:\n\n  - tensor subclass {shown}\n\nFor more information, try "
        "re-running with TORCH_LOGS=not_implemented"
    )


def converted(result: object, kind: type) -> object:
    """Return a result with each plain tensor in it made one of a class."""
    if isinstance(result, (tuple, list)) and any(isinstance(x, Tensor) for x in result):
        return type(result)([converted(x, kind) for x in result])
    if isinstance(result, Tensor) and not isinstance(result, kind):
        return result.as_subclass(kind)
    return result


def torch_function(
    cls: type,
    func: Callable,
    types: Sequence[type],
    args: Sequence[object] = (),
    kwargs: dict | None = None,
) -> object:
    """Do an operation as with plain tensors; what comes out is of the class."""
    if not all(issubclass(cls, kind) for kind in types):
        return NotImplemented
    with as_plain():
        result = func(*args, **(kwargs or {}))
    return converted(result, cls)


def register(cls: type, **kwargs: object) -> None:
    """Remember a class that is derived from Tensor, unless the engine itself has it."""
    super(Tensor, cls).__init_subclass__(**kwargs)
    if cls.__module__.startswith(ENGINE):
        return
    if not KNOWN:
        for name in UNREAD:
            setattr(Tensor, name, asking(getattr(Tensor, name)))
        Tensor.data = property(asking(Tensor.data.fget), Tensor.data.fset, doc=Tensor.data.__doc__)
    KNOWN.add(cls)


def asking(method: Callable) -> Callable:
    """Return a method that asks derived classes first."""

    @functools.wraps(method)
    def ask(*args: object, **kwargs: object) -> object:
        kinds = overriding(args, kwargs)
        return dispatched(ask, kinds, args, kwargs) if kinds else method(*args, **kwargs)

    return ask


Tensor.__init_subclass__ = classmethod(register)
Tensor.__torch_function__ = classmethod(torch_function)
