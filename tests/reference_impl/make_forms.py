"""Write reference_impl/torch/forms.py from the torch that is installed."""

import pathlib
import re

import torch

import reference_impl.torch as ref
from reference_impl.torch.forms import as_method

HEAD = '''"""The forms in which torch {version} takes calls, where its errors list them.

Made by `python tests/reference_impl/make_forms.py`.
"""

# ruff: noqa: E501 (a form is a line)

'''
TAIL = '''

def forms_of(name: str, *, method: bool) -> tuple[str, ...]:
    """Return the forms of a function or a method; none where torch has just one and no list."""
    table, start = METHODS if method else FUNCTIONS, f"{name}("
    lines = table.splitlines()
    found = [line for line in lines if line.startswith(start)]
    if method and not found and f"{name} has one" not in lines:
        return tuple(map(as_method, forms_of(name, method=False)))
    return tuple(line[len(start) : -1].replace("…", OPTIONS) for line in found)


def as_method(form: str) -> str:
    """Return the form of a function as that of the method: without `input` and `out`."""
    parts = [p for p in form.split(", ") if p != "Tensor input" and not p.endswith(" out = None")]
    return ", ".join(parts[:-1] if parts[-1:] == ["*"] else parts)
'''
OPTIONS = (
    "torch.dtype dtype = None, torch.layout layout = None, torch.device device = None, "
    "bool pin_memory = False, bool requires_grad = False"
)


def forms(call: object, *leading: object) -> tuple[str, ...]:
    """The forms that torch lists when it is called with arguments that nothing takes."""
    try:
        call(*leading, *[object()] * 40)
    except (TypeError, RuntimeError, NotImplementedError) as error:
        text = str(error)
    if "received an invalid combination of arguments" not in text:
        return ()
    return tuple(re.findall(r"(?:^ \* |but expected )\((.*)\)$", text, re.M))


def of_functions() -> dict[str, tuple[str, ...]]:
    """The forms of the functions that both torch and the reference have."""
    built_in = type(torch.add)
    names = [n for n in dir(ref) if not n.startswith("_") and hasattr(torch, n)]
    return {n: forms(f) for n in names if type(f := getattr(torch, n)) is built_in}


def of_methods() -> dict[str, tuple[str, ...]]:
    """The same of the methods."""
    built_in, x = type(torch.Tensor.add), torch.ones(2, 2)
    names = [n for n in dir(torch.Tensor) if not n.startswith("_") and hasattr(ref.Tensor, n)]
    found = {n: f for n in names if type(f := getattr(torch.Tensor, n)) is built_in}
    return {n: forms(f, x) for n, f in found.items()}


def table(variable: str, listed: dict[str, tuple[str, ...]]) -> str:
    """One table: a form a line."""
    lines = []
    for name, found in listed.items():
        lines += [f"{name}({form})" for form in found]
        lines += [] if found or variable == "FUNCTIONS" else [f"{name} has one"]
    body = "\n".join(lines).replace(OPTIONS, "…")
    return f'{variable} = """\\\n{body}\n"""\n'


def text() -> str:
    """The whole file."""
    functions, methods = of_functions(), of_methods()
    others = {
        name: found
        for name, found in methods.items()
        if found != tuple(map(as_method, functions.get(name, ())))
    }
    first, second = OPTIONS.split(", bool pin_memory")
    options = f'OPTIONS = (\n    "{first}, "\n    "bool pin_memory{second}"\n)\n'
    head = HEAD.format(version=torch.__version__.split("+")[0])
    return f"{head}{options}\n{table('FUNCTIONS', functions)}\n{table('METHODS', others)}{TAIL}"


if __name__ == "__main__":
    target = pathlib.Path(__file__).parents[2] / "reference_impl" / "torch" / "forms.py"
    target.write_text(text(), encoding="utf-8")
