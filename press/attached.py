"""What the engine's decorators and assignments make of a function, told to Griffe.

    @inplace
    @operator
    def add(input, other): ...

    plus = alias(add, "plus")

makes `torch.add`, `Tensor.add`, `Tensor.add_`, and the same of `plus`. Griffe, which reads source
without running it, knows only the first; the others become aliases of it, so that pages can show
them and link to them like any other object. Nor does it tell `torch.tensor` from the chapter of
that name, which the function takes the place of where Python runs: such a name is kept apart, as
`hidden`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import griffe

TENSOR = "torch.Tensor"
HIDDEN = "hidden"  # among the extras of a package

# Decorators that make a method of every tensor, and what they add to the function's name.
METHODS = {"operator": "", "method": "", "attach": "", "inplace": "_"}
ATTRIBUTE = "attribute"  # the decorator of what is read without parentheses

MADE = re.compile(r"(?P<by>[\w.]+)\((?P<function>\w+)(?:, ['\"]\w+['\"])?\)")


def attach(engine: griffe.Module) -> None:
    """Add methods of Tensor, its in-place variants, what it inherits, and other names."""
    try:
        tensor = engine[TENSOR]
    except KeyError:
        return
    tensor = tensor.final_target if tensor.is_alias else tensor
    for module in _modules(engine):
        for name, member in list(module.members.items()):
            if member.is_alias:
                continue
            if member.is_function:
                _methods(tensor, name, member)
            elif member.is_attribute and (made := MADE.fullmatch(str(member.value or ""))):
                function = module.members.get(made["function"])
                if function is not None and function.is_function:
                    module.set_member(name, griffe.Alias(name, function, parent=module))
                    if made["by"] == "alias":
                        _methods(tensor, name, function)
    for base in tensor.resolved_bases:
        for name, member in base.members.items():
            _alias(tensor, name, member)
    for module in _modules(engine):
        _unhide(module)


def _unhide(package: griffe.Object | griffe.Alias) -> None:
    """Keep what a package takes over under a name that one of its own chapters has."""
    chapters = [one for one in package.members.values() if not one.is_alias and one.is_module]
    package.extra[HIDDEN] = {
        name: chapter.members[name]
        for chapter in chapters
        for name in chapter.exports or ()
        if isinstance(name, str)
        and package.members.get(name) in chapters
        and chapter.members.get(name) is not None
        and chapter.members[name].is_function
    }


def decorators(function: griffe.Object | griffe.Alias) -> list[str]:
    """Return the names of the engine's own decorators that a function has."""
    own = f"{function.package.path}."
    paths = [decorator.callable_path for decorator in function.decorators]
    return [path.rpartition(".")[2] for path in paths if path.startswith(own)]


def _methods(tensor: griffe.Object, name: str, function: griffe.Object | griffe.Alias) -> None:
    """Add the methods that the decorators of a function make, under a name."""
    for kind in decorators(function):
        if kind in METHODS:
            _alias(tensor, f"{name}{METHODS[kind]}", function)


def _alias(tensor: griffe.Object, name: str, member: griffe.Object | griffe.Alias) -> None:
    if not name.startswith("_") and name not in tensor.members:
        target = member.final_target if member.is_alias else member
        tensor.set_member(name, griffe.Alias(name, target, parent=tensor))


def _modules(module: griffe.Object | griffe.Alias) -> Iterator[griffe.Object | griffe.Alias]:
    yield module
    for member in list(module.members.values()):
        if not member.is_alias and member.is_module:
            yield from _modules(member)
