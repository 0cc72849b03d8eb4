"""Modules and parameters in rows and dicts."""

from __future__ import annotations

import itertools
import operator
from collections import OrderedDict
from collections.abc import Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Self

from ...tensor import Tensor
from ..parameter import Parameter
from .module import Module, indented

__all__ = [
    "ModuleDict",
    "ModuleList",
    "Sequential",
]


def place(index: int, length: int) -> int:
    """Return an index counted from the front.

    Raises:
        IndexError: out of range.
    """
    index = operator.index(index)
    if not -length <= index < length:
        raise IndexError(f"index {index} is out of range")
    return index % length


class Row(Module):
    """What `Sequential` and `ModuleList` share: modules that are counted."""

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[Module]:
        return iter(self._modules.values())

    def _key(self, index: int) -> str:
        return list(self._modules)[place(index, len(self))]

    def __setitem__(self, idx: int, module: Module) -> None:
        setattr(self, self._key(idx), module)

    def __delitem__(self, idx: int | slice) -> None:
        for key in list(self._modules)[idx] if isinstance(idx, slice) else [self._key(idx)]:
            delattr(self, key)
        self._modules = {str(at): module for at, module in enumerate(self._modules.values())}

    def pop(self, key: int | slice) -> Module:
        """Take a module out, and return it."""
        module = self[key]
        del self[key]
        return module

    def append(self, module: Module) -> Self:
        """Add a module at the end; return the row."""
        self.add_module(str(len(self)), module)
        return self

    def _make_room(self, index: int, module: Module) -> None:
        for at in range(len(self), index, -1):
            self._modules[str(at)] = self._modules[str(at - 1)]
        self._modules[str(index)] = module


class Sequential(Row):
    """Modules in a row, each fed with what the one before returned.

    >>> torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU())
    Sequential(
      (0): Linear(in_features=2, out_features=3, bias=True)
      (1): ReLU()
    )

    Args:
        args: the modules, or one OrderedDict of them.
    """

    def __init__(self, *args: Module | OrderedDict[str, Module]) -> None:
        super().__init__()
        if len(args) == 1 and isinstance(args[0], OrderedDict):
            named = args[0].items()
        else:
            named = ((str(at), module) for at, module in enumerate(args))
        for name, module in named:
            self.add_module(name, module)

    def forward(self, input: object) -> object:
        """Return what the last module makes of what the one before it makes, and so on."""
        for module in self:
            input = module(input)
        return input

    def __getitem__(self, idx: int | slice) -> Module:
        if isinstance(idx, slice):
            return type(self)(OrderedDict(list(self._modules.items())[idx]))
        return self._modules[self._key(idx)]

    def insert(self, index: int, module: Module) -> Self:
        """Put a module before another; return the row."""
        if not isinstance(module, Module):
            raise AssertionError(f"module should be of type: {Module}")
        length = len(self)
        if not -length <= index <= length:
            raise IndexError(f"Index out of range: {index}")
        self._make_room(index + length if index < 0 else index, module)
        return self

    def extend(self, sequential: Iterable[Module]) -> Self:
        """Add modules at the end; return the row."""
        for module in sequential:
            self.append(module)
        return self

    def __add__(self, other: Sequential) -> Sequential:
        return Sequential(*self, *checked_row(other))

    def __iadd__(self, other: Sequential) -> Self:
        return self.extend(list(checked_row(other)))

    def __mul__(self, other: int) -> Sequential:
        self._check_times(other)
        return Sequential(*list(self) * other)

    __rmul__ = __mul__

    def __imul__(self, other: int) -> Self:
        self._check_times(other)
        return self.extend(list(self) * (other - 1))

    def _check_times(self, other: int) -> None:
        if not isinstance(other, int):
            raise TypeError(f"unsupported operand type(s) for *: {type(self)} and {type(other)}")
        if other <= 0:
            raise ValueError(f"Non-positive multiplication factor {other} for {type(self)}")


def checked_row(other: Sequential) -> Sequential:
    """Return what is added to a Sequential, if it is one."""
    if not isinstance(other, Sequential):
        raise ValueError(
            f"add operator supports only objects of Sequential class, but {type(other)} is given."
        )
    return other


class ModuleList(Row):
    """A list of modules whose parameters are found, as those in a Python list are not.

    >>> layers = torch.nn.ModuleList([torch.nn.Linear(2, 2) for _ in range(3)])
    >>> len(list(layers.parameters()))
    6
    >>> layers
    ModuleList(
      (0-2): 3 x Linear(in_features=2, out_features=2, bias=True)
    )

    Args:
        modules: what is in the list.
    """

    def __init__(self, modules: Iterable[Module] | None = None) -> None:
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def __getitem__(self, idx: int | slice) -> Module:
        if isinstance(idx, slice):
            return type(self)(list(self)[idx])
        return self._modules[self._key(idx)]

    def insert(self, index: int, module: Module) -> None:
        """Put a module before another."""
        self._make_room(index, module)

    def extend(self, modules: Iterable[Module]) -> Self:
        """Add modules at the end; return the list."""
        if not isinstance(modules, Iterable):
            raise TypeError(
                "ModuleList.extend should be called with an iterable, but got "
                + type(modules).__name__
            )
        for module in list(modules):
            self.append(module)
        return self

    __iadd__ = extend

    def __add__(self, other: Iterable[Module]) -> ModuleList:
        return ModuleList([*self, *other])

    def __repr__(self) -> str:
        """Return the list as text; equal neighbours stand together."""
        lines, at = [], 0
        for text, group in itertools.groupby(map(repr, self)):
            count = len(list(group))
            many = f"({at}-{at + count - 1}): {count} x {text}"
            lines.append(indented(f"({at}): {text}" if count == 1 else many))
            at += count
        inside = "\n  ".join(lines)
        return f"{self._get_name()}(\n  {inside}\n)" if lines else f"{self._get_name()}()"


def pairs(values: Iterable, owner: str, kind: str) -> Iterator[tuple[str, object]]:
    """Yield the pairs of a mapping, or of a sequence of pairs.

    Raises:
        TypeError: for something else, in torch's words.
    """
    if not isinstance(values, Iterable):
        raise TypeError(
            f"{owner}.update should be called with an iterable of key/value pairs, but got "
            + type(values).__name__
        )
    if isinstance(values, (Mapping, ModuleDict)):
        yield from values.items()
        return
    for at, pair in enumerate(values):
        if not isinstance(pair, Iterable):
            raise TypeError(
                f"{kind} update sequence element #{at} should be Iterable; is{type(pair).__name__}"
            )
        if len(pair) != 2:
            raise ValueError(
                f"{kind} update sequence element #{at} has length {len(pair)}; 2 is required"
            )
        yield pair[0], pair[1]


class ModuleDict(Module):
    """A dict of modules whose parameters are found.

    >>> choices = torch.nn.ModuleDict({"relu": torch.nn.ReLU(), "tanh": torch.nn.Tanh()})
    >>> choices["relu"](torch.tensor([-1.0, 1.0]))
    tensor([0., 1.])

    Args:
        modules: a mapping, or pairs of names and modules.
    """

    def __init__(self, modules: Mapping[str, Module] | None = None) -> None:
        super().__init__()
        if modules is not None:
            self.update(modules)

    def __getitem__(self, key: str) -> Module:
        return self._modules[key]

    def __setitem__(self, key: str, module: Module) -> None:
        self.add_module(key, module)

    def __delitem__(self, key: str) -> None:
        del self._modules[key]

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __contains__(self, key: str) -> bool:
        return key in self._modules

    def clear(self) -> None:
        """Take all modules out."""
        self._modules.clear()

    def pop(self, key: str) -> Module:
        """Take a module out, and return it."""
        return self._modules.pop(key)

    def keys(self) -> KeysView[str]:
        """Return the names."""
        return self._modules.keys()

    def items(self) -> Iterable[tuple[str, Module]]:
        """Return names and modules."""
        return self._modules.items()

    def values(self) -> ValuesView[Module]:
        """Return the modules."""
        return self._modules.values()

    def update(self, modules: Mapping[str, Module]) -> None:
        """Add or replace modules."""
        for name, module in pairs(modules, "ModuleDict", "ModuleDict"):
            self[name] = module


def line_of(name: object, value: object, kind: str) -> str:
    """Return one line of the repr of a list or dict of parameters."""
    if not isinstance(value, Tensor):
        return f"  ({name}): Object of type: {type(value).__name__}"
    what = "Parameter" if isinstance(value, Parameter) else "Tensor"
    size = "x".join(map(str, value.shape))
    return f"  ({name}): {what} containing: [{kind} of size {size}]"
