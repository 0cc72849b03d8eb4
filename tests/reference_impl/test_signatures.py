"""Signatures are torch's: names, order, defaults and what must be given by name."""

import inspect
import re

import pytest
import torch

import reference_impl.torch as ref

OPTIONS = {"dtype", "layout", "device", "pin_memory", "requires_grad", "out", "memory_format"}
OPTIONS |= {"generator", "names", "non_blocking", "copy"}
# torch's own Python functions, and those whose overloads are read as one
OTHERWISE = {
    "arange": "one signature stands for (end) and (start, end, step)",
    "result_type": "one signature stands for four overloads",
    "tensor": "not in the schemas",
    "as_tensor": "not in the schemas",
    "asarray": "not in the schemas",
    "hsplit": "sections or indices, under the name the documentation has",
    "vsplit": "sections or indices, under the name the documentation has",
    "dsplit": "sections or indices, under the name the documentation has",
    "tensor_split": "sections or indices, under the name the documentation has",
    "max": "of all, along dim, or of two tensors",
    "min": "of all, along dim, or of two tensors",
    "std": "dim, or unbiased alone",
    "std_mean": "dim, or unbiased alone",
    "var": "dim, or unbiased alone",
    "var_mean": "dim, or unbiased alone",
    "nonzero": "as_tuple is Python's, not the schema's",
    "sort": "stable belongs to an overload of its own",
    "argsort": "stable belongs to an overload of its own",
    "tensordot": "torch's own Python function",
    "scatter": "a tensor src, or a number value",
    "polygamma": "the method's self stands second in the schema",
    "where": "the method's self stands second in the schema",
    "trapezoid": "at points, or evenly spaced",
    "trapz": "at points, or evenly spaced",
    "cumulative_trapezoid": "at points, or evenly spaced",
}


def made_by_us(owner: object) -> dict[str, inspect.Signature]:
    """The functions of a module or class that a decorator of `operators.py` made."""
    found = {}
    for name in dir(owner):
        value = getattr(owner, name, None)
        inner = getattr(value, "__wrapped__", None)
        public = not name.startswith("_") and not name.endswith("_")
        if public and inspect.isfunction(value) and inspect.isfunction(inner):
            found[name] = inspect.signature(inner)
    return found


def schemas(name: str) -> list[list]:
    """The arguments of each overload of an operator, as torch declares them."""
    found = torch._C._jit_get_schemas_for_operator(f"aten::{name}")
    return [s.arguments for s in found if not re.search(r"names?|Dimname", str(s))]


def fits(ours: inspect.Signature, arguments: list) -> bool:
    """Whether our parameters are those of an overload: names, order, keyword-only, defaults."""
    declared = {
        ("input" if a.name == "self" else "from_" if a.name == "from" else a.name): a
        for a in arguments
    }
    mine = {n: p for n, p in ours.parameters.items() if n not in OPTIONS}
    theirs = {n: a for n, a in declared.items() if n not in OPTIONS}
    if list(mine) != list(theirs):
        return False
    for name, parameter in mine.items():
        only = parameter.kind is inspect.Parameter.KEYWORD_ONLY
        if only != theirs[name].kwarg_only:
            return False
        has_default = parameter.default is not inspect.Parameter.empty
        if theirs[name].has_default_value() and not has_default:
            return False
        default = theirs[name].default_value
        if name == "reduction":  # declared as the mean, which torch's own parser reads as 0
            default = 0
        if has_default and isinstance(default, (bool, int, float)) and default != parameter.default:
            return False
    return True


FUNCTIONS = made_by_us(ref) | made_by_us(ref.Tensor)
KNOWN = sorted(name for name in FUNCTIONS if schemas(name) and name not in OTHERWISE)


@pytest.mark.parametrize("name", KNOWN)
def test_signature(name):
    """One of torch's schemas has just these parameters."""
    assert any(fits(FUNCTIONS[name], arguments) for arguments in schemas(name)), (
        f"{name}{FUNCTIONS[name]} is none of\n"
        + "\n".join(str(s) for s in torch._C._jit_get_schemas_for_operator(f"aten::{name}"))
    )


def test_most_are_held_to_a_schema():
    """The test above is about nearly everything there is."""
    assert len(KNOWN) > 0.8 * len(FUNCTIONS)
