"""How a chapter makes its operators: decorators that check, attach, and derive variants.

    @inplace
    @operator
    def exp(input: Tensor, *, out: Tensor | None = None) -> Tensor:
        y = unary(input, math.exp)
        return differentiable(
            y, "ExpBackward0", (input,), saved=(y,), backward=lambda grad, y: grad * y
        )

makes `torch.exp(x)`, `torch.exp(x, out=y)`, `x.exp()` and `x.exp_()`. The parameters are
torch's, by name, order and default; their annotations say what they accept (see
`calling.py`). A parameter `out` is only announced: the decorator takes it away and writes
the result where it should go, or `write` does if an operator has rules of its own for
that. `overloads` are torch's other signatures, as its error for a wrong call lists them.

- `function`: `torch.NAME`
- `method`: `Tensor.NAME`
- `operator`: both
- `inplace`, on top: `Tensor.NAME_` as well
- `infix("__add__", "__radd__")`, on top: Python's operators
- `alias(mul, "multiply")`: the same under another name
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Sequence

from .calling import Signature
from .dtypes import BOOL
from .gradmode import mode
from .inplace import (
    DEPRECATED,
    any_requires_grad,
    as_step,
    become,
    check_apart,
    check_before,
    check_cast,
    check_history,
    check_several,
    check_writable,
    source_of,
    write_out,
)
from .subclassing import KNOWN, dispatched, overriding
from .tensor import Tensor

# what torch has no derivative of: in place they change a tensor's numbers, not its history
UNRECORDED = ("logical_not_", "logical_and_", "logical_or_", "logical_xor_")


def reading(
    fn: Callable,
    name: str,
    action: Callable,
    *,
    method: bool,
    overloads: Sequence[str] = (),
    by_position: Callable | None = None,
) -> Callable:
    """Return a function that reads its arguments as `fn` declares them, then acts on them.

    Args:
        fn: whose signature and docstring are shown.
        name: as errors give it.
        action: called with the arguments as they were read.
        method: whether the first argument is `self`, which errors do not count.
        overloads: torch's other signatures, for its error.
        by_position: what does the same where no argument is named; `action` if None.
    """
    by_position = by_position or action
    signature: Signature | None = None
    known: set[tuple] = set()  # the types (and names) of arguments that need no reading

    def call(*args: object, **kwargs: object) -> object:
        nonlocal signature
        if KNOWN and (classes := overriding(args, kwargs)):
            return dispatched(call, classes, args, kwargs)
        kinds = tuple(map(type, args))
        if kwargs:
            kinds = (*kinds, *kwargs, *map(type, kwargs.values()))
            if kinds in known:
                return action(*args, **kwargs)
        elif kinds in known:
            return by_position(*args)
        if signature is None:
            signature = Signature(fn, name, method=method, overloads=overloads)
        read, named = signature.read(args, kwargs)
        if not signature.converts(args, kwargs):
            known.add(kinds)
        return action(*read, **named)

    call.__wrapped__ = fn  # what functools.wraps does, at a third of the time
    call.__name__ = call.__qualname__ = name
    call.__module__, call.__doc__ = fn.__module__, fn.__doc__
    return call


def checked(
    fn: Callable,
    name: str,
    overloads: Sequence[str],
    *,
    method: bool,
    write: Callable = write_out,
) -> Callable:
    """Return `fn` with its arguments read as torch reads them, and `out=` taken care of."""

    def action(*args: object, out: object = None, **named: object) -> object:
        if out is None:
            return fn(*args, **named)
        return write(name, out, fn(*args, **named), (*args, *named.values()))

    takes_out = "out" in (fn.__kwdefaults__ or ())
    act = action if takes_out else fn
    return reading(fn, name, act, method=method, overloads=overloads, by_position=fn)


def _decorator(*, as_function: bool, as_method: bool) -> Callable:
    def decorate(
        fn: Callable | None = None, *, overloads: Sequence[str] = (), write: Callable = write_out
    ) -> Callable:
        again = functools.partial(decorate, overloads=overloads, write=write)
        if fn is None:
            return again
        name = fn.__name__
        made = checked(fn, name, overloads, method=not as_function, write=write)
        made.decorate = again
        if as_method:
            bound = checked(fn, name, overloads, method=True) if as_function else made
            setattr(Tensor, name, bound)
        return made

    return decorate


function = _decorator(as_function=True, as_method=False)
function.__doc__ = "Make `torch.NAME`."
method = _decorator(as_function=False, as_method=True)
method.__doc__ = "Make `Tensor.NAME`."
operator = _decorator(as_function=True, as_method=True)
operator.__doc__ = "Make `torch.NAME` and `Tensor.NAME`."


def inplace(made: Callable) -> Callable:
    """Make `Tensor.NAME_` too: compute anew, then let the tensor become the result.

    Raises, when called:
        RuntimeError: on a leaf that requires grad, on memory shared by several elements,
            and where the result has another shape or a type of a higher category.
    """
    fn = made.__wrapped__
    name = f"{fn.__name__.lstrip('_')}_"
    derivable = name not in UNRECORDED

    def action(self: Tensor, *rest: object, **named: object) -> Tensor:
        others = (*rest, *named.values())
        tensors = [x for x in others if isinstance(x, Tensor)]
        if name != "copy_" and (not self._storage.is_meta) in [x._storage.is_meta for x in tensors]:
            return on_meta(self, rest, named)
        recorded = mode.grad and derivable and any_requires_grad((self, *others))
        if recorded:
            check_history(self)
        if name == "index_put_":
            check_apart(self, others, wholly=True)
        elif name != "fill_":
            check_apart(self, tensors)
        source = source_of(self) if recorded else self
        if name in DEPRECATED:
            check_several(self, name)
        try:
            result = fn(source, *rest, **named)
        except RuntimeError as error:
            check_before(self, (self, *others), error)
            raise
        if name not in DEPRECATED and not (name == "copy_" and others[0] is self):
            check_several(self, name, others)
        if name in ("clamp_", "clip_") and not tensors:
            check_cast(result.dtype, self.dtype, as_cpp=True)
        if recorded and result.dtype.category == BOOL:
            result = as_step(result, fn.__name__, (source, *rest))
        return become(self, result, source)

    def on_meta(self: Tensor, rest: tuple, named: dict) -> Tensor:
        """Do in shape only what a meta tensor among the operands leaves without numbers."""
        check_writable(self, False)
        shaped = [x.detach().to("meta") if isinstance(x, Tensor) else x for x in (self, *rest)]
        become(self, fn(*shaped, **named), shaped[0])
        return self

    overloads = made.decorate.keywords["overloads"]
    made.in_place = reading(fn, name, action, method=True, overloads=overloads)
    made.in_place.__doc__ = f"Do what `{fn.__name__}` does, in place."
    setattr(Tensor, name, made.in_place)
    return made


def infix(*names: str) -> Callable[[Callable], Callable]:
    """Make Python's operators of a function of two operands.

    `__iadd__` and the like stand for the in-place variant. An operand that is neither
    tensor nor number is left to the other side, and then to Python's own error.
    """

    def decorate(made: Callable) -> Callable:
        for name in names:
            in_place = name.startswith("__i")
            call = made.in_place if in_place else getattr(Tensor, made.__name__, made)
            setattr(Tensor, name, lenient(call, name))
        return made

    return decorate


def lenient(call: Callable, name: str) -> Callable:
    """Return an operator's method that answers NotImplemented to an operand it cannot take."""

    def apply(self: Tensor, other: object, *modulus: object) -> object:
        if modulus:  # of the three-argument pow
            return NotImplemented
        try:
            return call(self, other)
        except TypeError:
            return NotImplemented

    apply.__name__ = name
    return apply


def alias(made: Callable, name: str) -> Callable:
    """Make the same function under another name, with whatever was attached of it."""
    fn = made.__wrapped__
    twin = types.FunctionType(fn.__code__, fn.__globals__, name, fn.__defaults__, fn.__closure__)
    functools.update_wrapper(twin, fn)
    del twin.__wrapped__
    twin.__name__ = twin.__qualname__ = name
    twin.__kwdefaults__ = fn.__kwdefaults__
    twin.__doc__ = f"Alias of `{fn.__name__}`."
    again = made.decorate(twin)
    return inplace(again) if hasattr(made, "in_place") else again
