"""Calls of whatever operator there is, with arguments drawn for what it declares."""

from __future__ import annotations

import inspect
from random import Random

import indices
import steps
import tensors
import torch
from program import Program

import reference_impl.torch as ref

# numbers from the memory of no tensor; settings; what reads files or asks for functions
LEFT_OUT = set(
    "empty empty_like empty_strided new_empty resize_ resize_as_ map_ apply_ set_printoptions "
    "backward detach_ new_empty_strided as_strided_ normal_ cuda to".split()
)


def operators(owner: object, theirs: object) -> dict[str, inspect.Signature]:
    """Return the signatures of the operators that both engines have under a name."""
    found = {}
    for name in dir(owner):
        call = getattr(owner, name, None)
        known = not name.startswith("_") and hasattr(call, "__wrapped__") and hasattr(theirs, name)
        if known and name not in LEFT_OUT and inspect.isfunction(inspect.unwrap(call)):
            found[name] = inspect.signature(call)
    return found


FUNCTIONS = operators(ref, torch)
METHODS = operators(ref.Tensor, torch.Tensor)


def argument(p: Program, name: str, kind: str, x: torch.Tensor) -> str:
    """Return an expression for an argument, mostly of the kind that is declared."""
    rng = p.rng
    kinds = [one.strip() for one in kind.split("|")]
    if rng.random() < 0.02:
        return rng.choice(["None", "'a'", "1.5", "[1]", "(0, 1)", "True", "torch.ones(2)", "{}"])
    one = rng.choice([k for k in kinds if k != "None"])
    if one == "Tensor":
        if name in ("index", "indices"):
            size = x.shape if rng.random() < 0.5 else x.shape[:1]
            return indices.numbers(rng, max(1, min(x.shape, default=1)), size, once=False)
        if name in ("mask", "condition"):
            return indices.mask(rng, x.shape) if x.dim() else "torch.tensor(True)"
        return steps.operand(p, next(n for n, v in p.tensors().items() if v is x))
    if one == "bool":
        return rng.choice(["True", "False"])
    if one == "int":
        if "dim" in name or "axis" in name:
            return str(steps.dim(rng, x))
        return str(rng.choice([0, 1, 1, 2, 2, 3, -1]))
    if one in ("float", "Number"):
        return rng.choice(["0.5", "2", "1", "0.25", "-1", "3", "0", "1.5"])
    if one == "Sequence[int]":
        if "dim" in name:
            return repr(tuple(steps.dim(rng, x) for _ in range(rng.randint(0, 2))))
        return repr(steps.refit(rng, x.numel())) if rng.random() < 0.5 else repr(tensors.shape(rng))
    if one == "Sequence[Tensor]":
        again = tensors.leaf(rng, str(x.dtype)[6:], x.shape)
        return f"({next(n for n, v in p.tensors().items() if v is x)}, {again})"
    if one == "dtype":
        return f"torch.{rng.choice(tensors.DTYPES)}"
    if one == "device":
        return rng.choice(["'cpu'", "'cpu'", "'meta'"])
    if one == "str":
        return repr(rng.choice("floor trunc sum prod mean amax linear lower reflect ij".split()))
    return "None"


def given(p: Program, signature: inspect.Signature, x: torch.Tensor, name: str) -> str:
    """Return the arguments of a call, without the first where that is the tensor itself."""
    found: list[str] = []
    skipped = False
    for at, parameter in enumerate(signature.parameters.values()):
        kind = parameter.annotation if isinstance(parameter.annotation, str) else "Number"
        required = parameter.default is inspect.Parameter.empty
        if at == 0 and kind.startswith("Tensor"):
            found.append(name)
            continue
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        wanted = p.rng.random() < (0.98 if required else 0.3)
        if parameter.name in ("out", "generator", "layout", "memory_format", "pin_memory"):
            wanted = False
        if not wanted:
            skipped = True
            continue
        text = argument(p, parameter.name, kind, x)
        by_name = skipped or parameter.kind is parameter.KEYWORD_ONLY or p.rng.random() < 0.15
        found.append(f"{parameter.name}={text}" if by_name else text)
        skipped = skipped or by_name
    return ", ".join(found)


def call(p: Program) -> None:
    """Let the program call an operator."""
    rng, name = p.rng, steps.pick(p)
    x = p.theirs[name]
    if rng.random() < 0.5:
        operator = rng.choice(list(FUNCTIONS))
        p.run(f"{p.fresh()} = torch.{operator}({given(p, FUNCTIONS[operator], x, name)})")
        return
    operator = rng.choice(list(METHODS))
    arguments = given(p, METHODS[operator], x, name).partition(", ")[2]
    p.run(f"{p.fresh()} = {name}.{operator}({arguments})")


def pool(rng: Random) -> list[str]:
    """Return settings of printing, the usual ones among them."""
    return [
        f"precision={rng.randint(0, 8)}",
        f"linewidth={rng.choice([20, 40, 80, 120])}",
        f"edgeitems={rng.randint(1, 4)}",
        f"threshold={rng.choice([0, 5, 20, 1000])}",
        f"sci_mode={rng.choice(['True', 'False', 'None'])}",
        f"profile={rng.choice(['short', 'full', 'default'])!r}",
    ]


def show(p: Program) -> None:
    """Let the program show a tensor in one of the ways there are."""
    rng = p.rng
    name = steps.pick(p)
    form = rng.choice(
        "str({x})|repr({x})|f'{{{x}}}'|[{x}]|({x}, {x}.shape)|{{'a': {x}}}|{x}.tolist()|{x}.shape"
        "|f'{{{x}:.3f}}'|f'{{{x}!r:>40}}'|{x}.to('meta')|torch.nn.Parameter({x}.float())|{x}.sum()"
        "|{x}.dtype|[x for x in {x}]|{x}.stride()|{x}.double().requires_grad_()|{x}.grad_fn"
        "|dict(zip('ab', {x}))|{x}.float().mean().item()|torch.Size({x}.shape)|{x}.T.contiguous()"
        "|'%s' % {x}|'{{}} {{}}'.format({x}, {x}.dtype)|{x}.numel()|{x}.device".split("|")
    )
    p.run(form.format(x=name))
