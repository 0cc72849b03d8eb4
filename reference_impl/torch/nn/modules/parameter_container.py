"""Parameters in rows and dicts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, KeysView, Mapping
from typing import Self

from ...tensor import Tensor
from ..parameter import Parameter
from .container import line_of, pairs, place
from .module import Module, typename

__all__ = [
    "ParameterDict",
    "ParameterList",
]


def as_parameter(value: object) -> object:
    """Make a parameter of a tensor; leave anything else."""
    tensor = isinstance(value, Tensor) and not isinstance(value, Parameter)
    return Parameter(value) if tensor else value


class ParameterList(Module):
    """A list of parameters which a module finds; tensors become parameters.

    >>> torch.nn.ParameterList([torch.ones(2), torch.zeros(2, 3)])
    ParameterList(
        (0): Parameter containing: [torch.float32 of size 2]
        (1): Parameter containing: [torch.float32 of size 2x3]
    )

    Args:
        values: what is in the list.
    """

    __shown__ = "torch.nn.modules.container.ParameterList"

    def __init__(self, values: Iterable | None = None) -> None:
        super().__init__()
        self._size = 0
        if values is not None:
            self.extend(values)

    def __getitem__(self, idx: int | slice) -> object:
        if isinstance(idx, slice):
            return type(self)(list(self)[idx])
        return getattr(self, str(place(idx, len(self))))

    def __setitem__(self, idx: int, param: object) -> None:
        setattr(self, str(place(idx, len(self))), as_parameter(param))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator:
        return (self[at] for at in range(self._size))

    def append(self, value: object) -> Self:
        """Add a value at the end; return the list."""
        self._size += 1
        self[self._size - 1] = value
        return self

    def extend(self, values: Iterable) -> Self:
        """Add values at the end; return the list."""
        if not isinstance(values, Iterable) or isinstance(values, Tensor):
            raise TypeError(
                "ParameterList.extend should be called with an iterable, but got "
                + type(values).__name__
            )
        for value in values:
            self.append(value)
        return self

    __iadd__ = extend

    def extra_repr(self) -> str:
        """Return a line for each value."""
        return "\n".join(line_of(at, p, getattr(p, "dtype", "")) for at, p in enumerate(self))

    def __call__(self, *args: object, **kwargs: object) -> None:
        """Raise: a list computes nothing."""
        raise RuntimeError("ParameterList should not be called.")


class ParameterDict(Module):
    """A dict of parameters which a module finds; tensors become parameters.

    Args:
        parameters: a mapping, or pairs of names and values.
    """

    __shown__ = "torch.nn.modules.container.ParameterDict"

    def __init__(self, parameters: Mapping | Iterable | None = None) -> None:
        super().__init__()
        self._keys: dict[str, None] = {}
        if parameters is not None:
            self.update(parameters)

    def __getitem__(self, key: str) -> object:
        return getattr(self, checked_key(key))

    def __setitem__(self, key: str, value: object) -> None:
        self._keys[key] = None
        setattr(self, checked_key(key), as_parameter(value))

    def __delitem__(self, key: str) -> None:
        del self._keys[key]
        delattr(self, checked_key(key))

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __reversed__(self) -> Iterator[str]:
        return reversed(self._keys)

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def copy(self) -> ParameterDict:
        """Return a dict of the same parameters."""
        return ParameterDict(OrderedDict(self.items()))

    def setdefault(self, key: str, default: object = None) -> object:
        """Return what is under a name, after putting `default` there if there is nothing."""
        if key not in self:
            self[key] = default
        return self[key]

    def clear(self) -> None:
        """Take everything out."""
        for key in list(self._keys):
            del self[key]

    def pop(self, key: str) -> object:
        """Take a value out, and return it."""
        value = self[key]
        del self[key]
        return value

    def popitem(self) -> tuple[str, object]:
        """Take out what was put in last, and return its name and value."""
        key = next(reversed(self._keys))
        return key, self.pop(key)

    def get(self, key: str, default: object = None) -> object:
        """Return what is under a name, or `default`."""
        return self[key] if key in self._keys else default

    def fromkeys(self, keys: Iterable[str], default: object = None) -> ParameterDict:
        """Return a dict with `default` under each name."""
        return ParameterDict((key, default) for key in keys)

    def keys(self) -> KeysView[str]:
        """Return the names."""
        return self._keys.keys()

    def items(self) -> Iterable[tuple[str, object]]:
        """Return names and values."""
        return ((key, self[key]) for key in self._keys)

    def values(self) -> Iterable:
        """Return the values."""
        return (self[key] for key in self._keys)

    def update(self, parameters: Mapping | Iterable) -> None:
        """Add or replace values; those of a plain dict in the order of their names."""
        known = isinstance(parameters, ParameterDict)
        found = (
            parameters.items() if known else pairs(parameters, "ParametersDict", "ParameterDict")
        )
        if isinstance(parameters, Mapping) and not isinstance(parameters, OrderedDict):
            found = sorted(found)
        for key, value in found:
            self[key] = value

    def extra_repr(self) -> str:
        """Return a line for each value."""
        return "\n".join(line_of(key, p, typename(p)) for key, p in self.items())

    def __call__(self, input: object) -> None:
        """Raise: a dict computes nothing."""
        raise RuntimeError("ParameterDict should not be called.")

    def __or__(self, other: ParameterDict) -> ParameterDict:
        both = self.copy()
        both.update(other)
        return both

    def __ror__(self, other: ParameterDict) -> ParameterDict:
        both = other.copy()
        both.update(self)
        return both

    def __ior__(self, other: ParameterDict) -> Self:
        self.update(other)
        return self


def checked_key(key: str) -> str:
    """Return a name, if it is one."""
    if not isinstance(key, str):
        raise TypeError(
            "Index given to ParameterDict cannot be used as a key as it is not a string (type is "
            f"'{type(key).__name__}'). Open an issue on github if you need non-string keys."
        )
    return key
