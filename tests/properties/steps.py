"""The next statement of a program: a view, an assignment, an operation, a step of autograd."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import indices
import tensors
import torch
from program import Program

UNARY = (
    "abs neg exp log sqrt sin cos tanh sigmoid relu square reciprocal rsqrt sign floor ceil round "
    "trunc frac exp2 expm1 log1p log2 log10 erf isnan isfinite isinf logical_not bitwise_not "
    "clone detach contiguous positive sinh cosh atan asinh signbit"
).split()
BINARY = (
    "add sub mul div true_divide floor_divide remainder fmod pow maximum minimum atan2 eq ne lt le "
    "gt ge logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor fmax fmin "
    "copysign hypot rsub xlogy"
).split()
INFIX = "+ - * / // % ** == != < <= > >= & | ^ @".split()
IN_PLACE = (
    "add_ sub_ mul_ div_ floor_divide_ remainder_ pow_ copy_ eq_ lt_ ge_ logical_and_".split()
)
IN_PLACE_ALONE = (
    "abs_ neg_ exp_ sqrt_ sigmoid_ tanh_ relu_ square_ zero_ floor_ round_ t_ squeeze_ "
    "logical_not_ reciprocal_ sin_ detach_ unsqueeze_(0) clamp_(-1,1) fill_(2) fill_(0.5)"
).split()
REDUCTIONS = (
    "sum mean prod max min amax amin argmax argmin any all std var norm logsumexp median mode "
    "cumsum cumprod softmax log_softmax sort argsort count_nonzero nansum nanmean cummax cummin "
    "logcumsumexp aminmax unique nanmedian"
).split()

PRODUCTS = (
    "{a} @ {b}", "torch.matmul({a}, {b})", "{a}.mm({b})", "{a}.bmm({b})", "{a}.dot({b})",
    "{a}.mv({b})", "torch.einsum('...i,ij', {a}, {b})", "torch.outer({a}, {b})",
    "torch.inner({a}, {b}.mT)", "torch.nn.functional.linear({a}, {b}.t())",
)  # fmt: skip


def pick(p: Program, *, floating: bool = False) -> str:
    """Draw the name of a tensor, making a first one where there is none."""
    names = [n for n, v in p.tensors().items() if not floating or v.is_floating_point()]
    return p.rng.choice(names) if names else new(p)


def new(p: Program) -> str:
    """Let the program make a tensor."""
    name = p.fresh()
    p.run(f"{name} = {tensors.leaf(p.rng)}")
    return name


def dim(rng: Random, x: torch.Tensor) -> int:
    """Draw a dimension, now and then one that is not there."""
    most = x.dim()
    if rng.random() < 0.04:
        return rng.randint(-most - 2, most + 1)
    return rng.randint(-most, most - 1) if most else rng.choice([0, -1])


def refit(rng: Random, count: int) -> tuple[int, ...]:
    """Draw a shape of as many elements, now and then of more, or with a -1."""
    if count == 0:
        return rng.choice([(0,), (0, 3), (2, 0), (-1,), (3, 0, 1)])
    found: list[int] = []
    while count > 1 and len(found) < 3:
        factor = rng.choice([d for d in range(1, count + 1) if count % d == 0])
        found.append(factor)
        count //= factor
    found.append(count)
    kind = rng.random()
    if kind < 0.25:
        found[rng.randrange(len(found))] = -1
    elif kind < 0.3:
        found[0] += 1
    return tuple(found)


def view(p: Program, name: str) -> str:
    """Return an expression for a view of a tensor, or for a copy where torch makes one."""
    rng, x = p.rng, p.theirs[name]
    size, most = list(x.shape), x.dim()
    order = list(range(most))
    rng.shuffle(order)
    kind = rng.choice(
        "T t transpose permute view reshape flatten expand squeeze unsqueeze select narrow index "
        "index as_strided unfold movedim swapaxes diagonal view_as expand_as ravel contiguous "
        "chunk split unbind unflatten mT flip roll repeat view_dtype tril real H".split()
    )
    if kind in ("T", "mT", "H", "real"):
        return f"{name}.{kind}"
    if kind in ("t", "contiguous", "ravel"):
        return f"{name}.{kind}()"
    if kind in ("transpose", "swapaxes", "movedim"):
        return f"{name}.{kind}({dim(rng, x)}, {dim(rng, x)})"
    if kind == "permute":
        return f"{name}.permute({', '.join(map(str, order)) or '()'})"
    if kind in ("view", "reshape"):
        return f"{name}.{kind}({refit(rng, x.numel())})"
    if kind == "flatten":
        start = dim(rng, x)
        return rng.choice([f"{name}.flatten()", f"{name}.flatten({start}, {dim(rng, x)})"])
    if kind == "expand":
        wide = [rng.choice([-1, s, 3]) if s != 1 else rng.choice([1, 2, 3, -1]) for s in size]
        wide = (
            wide
            if rng.random() < 0.15
            else [w if s == 1 else s for w, s in zip(wide, size, strict=True)]
        )
        return f"{name}.expand({tuple([2] * rng.randint(0, 1) + wide)})"
    if kind == "squeeze":
        return f"{name}.squeeze({rng.choice(['', dim(rng, x)])})"
    if kind == "unsqueeze":
        return f"{name}.unsqueeze({rng.randint(-most - 1, most)})"
    if kind == "select":
        at = dim(rng, x)
        return f"{name}.select({at}, {indices.whole(rng, size[at] if -most <= at < most else 1)})"
    if kind == "narrow":
        at = dim(rng, x)
        extent = size[at] if -most <= at < most else 1
        start = rng.randint(0, extent)
        return (
            f"{name}.narrow({at}, {start}, {rng.randint(0, extent - start + (rng.random() < 0.1))})"
        )
    if kind == "index":
        return f"{name}[{indices.index(rng, size, plain=True)}]"
    if kind == "as_strided":
        wide = tuple(rng.randint(1, 3) for _ in range(rng.randint(0, 3)))
        strides = tuple(rng.randint(0, 3) for _ in wide)
        offset = rng.choice(["", f", {rng.randint(0, 2)}"])
        return f"{name}.as_strided({wide}, {strides}{offset})"
    if kind == "unfold":
        at = dim(rng, x)
        extent = size[at] if -most <= at < most else 1
        return f"{name}.unfold({at}, {rng.randint(1, max(1, extent))}, {rng.randint(1, 2)})"
    if kind == "diagonal":
        return f"{name}.diagonal({rng.randint(-2, 2)}, {dim(rng, x)}, {dim(rng, x)})"
    if kind in ("view_as", "expand_as"):
        return f"{name}.{kind}({pick(p)})"
    if kind in ("chunk", "split"):
        return f"{name}.{kind}({rng.randint(1, 3)}, {dim(rng, x)})[{rng.choice([0, 0, -1])}]"
    if kind == "unbind":
        return f"{name}.unbind({dim(rng, x)})[0]"
    if kind == "unflatten":
        at = dim(rng, x)
        extent = size[at] if -most <= at < most else 1
        return f"{name}.unflatten({at}, {refit(rng, extent)})"
    if kind in ("flip", "roll"):
        return f"{name}.{kind}({dim(rng, x)}{f', {dim(rng, x)}' if kind == 'roll' else ''})"
    if kind == "repeat":
        times = [rng.choice([1, 1, 2, 2, 0]) for _ in range(most + rng.randint(0, 1))]
        return f"{name}.repeat({', '.join(map(str, times)) or 1})"
    if kind == "view_dtype":
        return f"{name}.view(torch.{rng.choice(['int32', 'int16', 'uint8', 'int64'])})"
    return f"{name}.{kind}({rng.randint(-1, 1)})"


def operand(p: Program, name: str) -> str:
    """Return an expression for the other operand: a number, a known tensor, or a new one."""
    rng, x = p.rng, p.theirs[name]
    kind = rng.random()
    if kind < 0.3:
        return rng.choice("2 0.5 -1 3 0 True -2.5 1e-3 100".split())
    fitting = [n for n, v in p.tensors().items() if v.shape == x.shape]
    if kind < 0.65 and fitting:
        return rng.choice(fitting)
    if kind < 0.7:
        return pick(p)
    dtype = str(x.dtype)[6:] if rng.random() < 0.5 else rng.choice(tensors.DTYPES)
    return tensors.leaf(rng, dtype, tensors.beside(rng, x))


def make(p: Program) -> None:
    """A new tensor."""
    new(p)


def see(p: Program) -> None:
    """A view of a tensor."""
    p.run(f"{p.fresh()} = {view(p, pick(p))}")


def read(p: Program) -> None:
    """What an index picks."""
    name = pick(p)
    p.run(f"{p.fresh()} = {name}[{indices.index(p.rng, p.theirs[name].shape)}]")


def write(p: Program) -> None:
    """Assignment through an index."""
    rng, name = p.rng, target(p, single=p.rng.random() < 0.9)
    at = indices.index(rng, p.theirs[name].shape, once=True, plain=is_repeated(p.theirs[name]))
    try:
        picked = eval(f"{name}[{at}]", dict(p.theirs))
        value = (
            operand(p, name)
            if rng.random() < 0.1
            else tensors.leaf(
                rng,
                None if rng.random() < 0.4 else str(picked.dtype)[6:],
                tensors.beside(rng, picked),
            )
        )
    except Exception:
        value = "1"
    if rng.random() < 0.4:
        value = rng.choice("0 1 -1 2.5 True 7".split())
    p.run(f"{name}[{at}] {rng.choice(['=', '=', '=', '=', '+=', '*='])} {value}")


def alone(p: Program) -> None:
    """A function of one tensor."""
    name = pick(p)
    p.run(f"{p.fresh()} = {name}.{p.rng.choice(UNARY)}()")


def combine(p: Program) -> None:
    """A function of two tensors, or of a tensor and a number."""
    rng, name = p.rng, pick(p)
    other = operand(p, name)
    if rng.random() < 0.6:
        pair = (name, other) if rng.random() < 0.8 else (other, name)
        p.run(f"{p.fresh()} = {pair[0]} {rng.choice(INFIX)} {pair[1]}")
    else:
        p.run(f"{p.fresh()} = torch.{rng.choice(BINARY)}({name}, {other})")


def is_tangled(x: torch.Tensor) -> bool:
    """Tell whether elements may share memory in part: torch leaves open what a write does then."""
    spans = sorted((s, n) for n, s in zip(x.shape, x.stride(), strict=True) if n > 1 and s)
    reach = 1
    for step, count in spans:
        if step < reach:
            return True
        reach = step * (count - 1) + reach
    return False


def is_repeated(x: torch.Tensor) -> bool:
    """Tell whether one place in memory is several elements, as after `expand`."""
    return any(n > 1 and s == 0 for n, s in zip(x.shape, x.stride(), strict=True))


def target(p: Program, *, single: bool = False) -> str:
    """Draw the name of a tensor to write to.

    Args:
        p: the program.
        single: whether each element must have a place of its own.
    """
    names = [n for n, v in p.tensors().items() if not is_tangled(v)]
    if single:
        names = [n for n in names if not is_repeated(p.theirs[n])]
    return p.rng.choice(names) if names else new(p)


def apart(p: Program, name: str, other: str) -> str:
    """Return the other operand, as a copy if it may share memory with the first in part."""
    x, y = p.theirs[name], p.theirs.get(other)
    if y is None or y is x or x.untyped_storage().data_ptr() != y.untyped_storage().data_ptr():
        return other
    return other if y.is_contiguous() else f"{other}.clone()"


def in_place(p: Program) -> None:
    """An operation in place."""
    rng, name = p.rng, target(p)
    kind = rng.random()
    if kind < 0.4:
        call = rng.choice(IN_PLACE_ALONE)
        p.run(f"{name}.{call}" if "(" in call else f"{name}.{call}()")
    elif kind < 0.7:
        other = apart(p, name, operand(p, name))
        p.run(f"{name}.{rng.choice(IN_PLACE)}({other})")
    else:
        sign = rng.choice("+= -= *= /= //= %= **= &= |=".split())
        p.run(f"{name} {sign} {apart(p, name, operand(p, name))}")


def reduce(p: Program) -> None:
    """A reduction, or what runs along a dimension."""
    rng, name = p.rng, pick(p)
    call = rng.choice(REDUCTIONS)
    at = dim(rng, p.theirs[name])
    keep = rng.choice(["", "", ", keepdim=True"])
    given = rng.choice(["", "", f"{at}{keep}", f"dim={at}{keep}", f"{at}", f"{at}"])
    if call in ("sum", "mean", "amax", "amin", "prod") and rng.random() < 0.2:
        given = f"({at}, {dim(rng, p.theirs[name])}){keep}"
    p.run(f"{p.fresh()} = {rng.choice([f'{name}.{call}(', f'torch.{call}({name}, '])}{given})")


def join(p: Program) -> None:
    """Several tensors into one."""
    rng, name = p.rng, pick(p)
    x = p.theirs[name]
    call = rng.choice(
        "cat cat stack stack hstack vstack where addcmul lerp block_diag dstack".split()
    )
    if call == "where":
        condition = tensors.leaf(rng, "bool", tensors.beside(rng, x))
        p.run(f"{p.fresh()} = torch.where({condition}, {name}, {operand(p, name)})")
    elif call in ("addcmul", "lerp"):
        p.run(f"{p.fresh()} = torch.{call}({name}, {operand(p, name)}, {operand(p, name)})")
    else:
        size = list(x.shape)
        at = dim(rng, x)
        if call == "cat" and size and -x.dim() <= at < x.dim():
            size[at] = rng.randint(0, 3)
        dtype = str(x.dtype)[6:] if rng.random() < 0.6 else rng.choice(tensors.DTYPES)
        others = [name, tensors.leaf(rng, dtype, size)]
        rng.shuffle(others)
        where = f", {at}" if call in ("cat", "stack") else ""
        p.run(f"{p.fresh()} = torch.{call}(({', '.join(others)}){where})")


def multiply(p: Program) -> None:
    """A product of matrices."""
    rng, name = p.rng, pick(p)
    x = p.theirs[name]
    inner = x.shape[-1] if x.dim() else 1
    size = rng.choice([(inner,), (inner, 2), (inner, 3), (*x.shape[:-2], inner, 2)])
    dtype = str(x.dtype)[6:] if rng.random() < 0.9 else rng.choice(tensors.DTYPES)
    other = tensors.leaf(rng, dtype, size)
    form = rng.choice(PRODUCTS)
    p.run(f"{p.fresh()} = {form.format(a=name, b=other)}")


def cast(p: Program) -> None:
    """The same numbers as another type."""
    name = pick(p)
    dtype = p.rng.choice(tensors.FLOATS + tensors.WHOLE + ("bool",))
    form = p.rng.choice(
        [
            f".to(torch.{dtype})",
            f".type(torch.{dtype})",
            ".float()",
            ".double()",
            ".long()",
            ".int()",
            ".half()",
            ".bool()",
            ".tolist()",
            ".type_as(" + pick(p) + ")",
        ]
    )
    p.run(f"{p.fresh()} = {name}{form}")


def require(p: Program) -> None:
    """Let a tensor require grad."""
    names = [n for n, v in p.tensors().items() if v._base is None]
    p.run(f"{p.rng.choice(names) if names else new(p)}.requires_grad_()")


def back(p: Program) -> None:
    """Differentiate, and look at the gradients of all leaves."""
    rng = p.rng
    known = [n for n, v in p.tensors().items() if v.requires_grad]
    if not known:
        return require(p)
    name = rng.choice(known)
    kind = rng.random()
    if kind < 0.2:
        p.run(f"{name}.retain_grad()")
        return None
    if kind < 0.4:
        leaf = rng.choice(known)
        more = rng.choice(
            ["", "", ", allow_unused=True", ", create_graph=True", ", retain_graph=True"]
        )
        p.run(f"{p.fresh()} = torch.autograd.grad({name}.sum(), {leaf}{more})")
        return None
    call = rng.choice(
        [
            "sum().backward()",
            "sum().backward()",
            "backward()",
            "sum().backward(retain_graph=True)",
            "pow(2).sum().backward()",
            "mean().backward()",
            "detach()",
        ]
    )
    p.run(f"{name}.{call}")
    grads(p)
    return None


def grads(p: Program) -> None:
    """Compare the gradients of everything that requires one."""
    for name, value in p.tensors().items():
        if value.requires_grad and (value.is_leaf or value.retains_grad):
            p.run(f"{name}.grad")


def marks(p: Program) -> None:
    """Write through each tensor in turn, to see what shares memory with what."""
    p.run("torch.set_grad_enabled(False)")
    for at, name in enumerate(p.tensors()):
        p.run(f"{name}.detach().fill_({at})")
    p.run("torch.set_grad_enabled(True)")


STEPS: tuple[Callable[[Program], None], ...] = (
    make, see, see, see, read, write, write, alone, combine, combine, in_place, in_place, reduce,
    join, multiply, cast, require, back,
)  # fmt: skip


def size_of(p: Program) -> int:
    """How many numbers the largest tensor has."""
    return max((math.prod(v.shape) for v in p.tensors().values()), default=0)
