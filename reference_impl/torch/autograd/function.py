"""Operations of your own: `torch.autograd.Function`, a forward and the backward that belongs to it.

The node in the graph and the `ctx` that both methods receive are one object, as in torch:
what forward leaves on `ctx` is there when backward comes.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from ..arguments import is_tensor
from ..gradmode import mode, no_grad
from ..graph import FREED, Node, Saved, differentiable, gradient_edge, remember_origin
from ..inplace import check_writable, rebase
from ..public import Public
from ..tensor import Tensor
from ..views import look

__all__ = ["BackwardCFunction", "Function", "FunctionCtx", "FunctionMeta", "once_differentiable"]

NOT_TO_BE_MADE = (
    "{} should not be instantiated. Methods on autograd functions are all static, so you should "
    "invoke them on the class itself. Instantiating an autograd function will raise an error in a "
    "future version of PyTorch."
)
LEGACY = (
    "Legacy autograd function with non-static forward method is deprecated. Please use new-style "
    "autograd function with static forward method. (Example: "
    "https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
)


class FunctionCtx(metaclass=Public):
    """What `forward` and `backward` share: saved tensors, and how outputs are to be treated."""

    __shown__ = "torch.autograd.function.FunctionCtx"
    to_save: tuple = ()
    dirty: tuple = ()
    non_differentiable: tuple = ()
    materialize = True

    def save_for_backward(self, *tensors: Tensor | None) -> None:
        """Keep inputs and outputs for backward, where `saved_tensors` returns them.

        Unlike an attribute, what is saved this way is checked: backward raises if it was
        written to since, and it is freed with the graph.
        """
        self.to_save = tensors

    def mark_dirty(self, *args: Tensor) -> None:
        """Say which inputs forward has written to; each must be returned, too."""
        self.dirty = args

    def mark_non_differentiable(self, *args: Tensor) -> None:
        """Say which outputs have no gradient, such as indices."""
        self.non_differentiable = args

    def set_materialize_grads(self, value: bool) -> None:
        """Choose what backward gets for an output without gradient: zeros (True) or None."""
        self.materialize = value


class BackwardCFunction(FunctionCtx, Node):
    """The node of a Function. Each Function has a subclass of its own, `NAMEBackward`."""

    __shown__ = "torch.autograd.function.BackwardCFunction"
    _forward_cls: type[Function]

    def __init__(self, inputs: Sequence[object]) -> None:
        tensors = [x for x in inputs if is_tensor(x)]
        edges = tuple(map(gradient_edge, tensors))
        wanted = [
            None if node is None else (x.shape, x.dtype)
            for x, (node, _) in zip(tensors, edges, strict=True)
        ]
        Node.__init__(self, edges, wanted, 0, several=True)
        self.are_tensors = [is_tensor(x) for x in inputs]
        self.needs_input_grad = tuple(is_tensor(x) and x.requires_grad for x in inputs)
        self.shapes: list[Tensor | None] = []
        self.saved: list[Saved] | None = []

    @property
    def saved_tensors(self) -> tuple[Tensor | None, ...]:
        """What `save_for_backward` was given.

        Raises:
            RuntimeError: if the graph has been freed, or a tensor written to.
        """
        if self.saved is None:
            raise RuntimeError(FREED)
        return tuple(saved.read(self) for saved in self.saved)

    def name(self) -> str:
        """Return the operation's name."""
        return type(self).__name__

    def apply(self, *grads: Any) -> list[Tensor | None]:
        """Call `backward`, and check what it returns.

        Raises:
            RuntimeError: another number of gradients than inputs, or one that cannot be.
        """
        given = list(grads[0]) if len(grads) == 1 and isinstance(grads[0], list) else list(grads)
        if self.materialize:
            given = [
                like.new_zeros(like.shape) if grad is None and like is not None else grad
                for grad, like in zip(given, self.shapes, strict=True)
            ]
        found = self._forward_cls.backward(self, *given)
        return self.checked(found if isinstance(found, tuple) else (found,))

    def checked(self, found: tuple) -> list[Tensor | None]:
        """Return one gradient for each input, of its shape and type."""
        count = len(self.are_tensors)
        while len(found) > count and found[-1] is None:
            found = found[:-1]
        if len(found) != count:
            raise RuntimeError(
                f"function {self.name()} returned an incorrect number of gradients (expected "
                f"{count}, got {len(found)})"
            )
        fitted: list[Tensor | None] = []
        for at, (grad, takes) in enumerate(zip(found, self.are_tensors, strict=True)):
            if grad is not None and not takes:
                raise RuntimeError(
                    f"function {self.name()} returned a gradient different than None at position "
                    f"{at + 1}, but the corresponding forward input was not a Variable"
                )
            if grad is not None and not is_tensor(grad):
                raise RuntimeError(f"expected Variable or None (got {type(grad).__name__})")
            if takes:
                place = len(fitted)
                node = self.next_functions[place][0]
                fitted.append(None if grad is None or node is None else self.fitted(place, grad))
        return fitted

    def release(self) -> None:
        """Forget what was saved."""
        if self.saved:
            self.saved = None


class FunctionMeta(Public):
    """Gives each Function the class of its nodes."""

    def __init__(cls, name: str, bases: tuple, attributes: dict) -> None:
        super().__init__(name, bases, attributes)
        shown = f"{name}Backward"
        cls._backward_cls = type(BackwardCFunction)(
            shown,
            (BackwardCFunction,),
            {"_forward_cls": cls, "__shown__": f"torch.autograd.function.{shown}"},
        )
        cls._backward_cls.__module__ = "torch.autograd.function"


class Function(metaclass=FunctionMeta):
    """An operation with a backward of its own. Subclass it, and call its `apply`.

    >>> class Cube(torch.autograd.Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         ctx.save_for_backward(x)
    ...         return x**3
    ...
    ...     @staticmethod
    ...     def backward(ctx, grad):
    ...         (x,) = ctx.saved_tensors
    ...         return 3 * x**2 * grad
    >>> x = torch.tensor(2.0, requires_grad=True)
    >>> y = Cube.apply(x)
    >>> y
    tensor(8., grad_fn=<CubeBackward>)
    >>> y.backward()
    >>> x.grad
    tensor(12.)
    """

    __shown__ = "torch.autograd.function.Function"
    _backward_cls: type[BackwardCFunction]

    def __init__(self, *args: object, **kwargs: object) -> None:
        warnings.warn(NOT_TO_BE_MADE.format(type(self)), DeprecationWarning, stacklevel=2)

    def __call__(self, *args: object, **kwargs: object) -> None:
        """Raise: a Function is applied, not called."""
        raise RuntimeError(LEGACY)

    @staticmethod
    def forward(*args: Any, **kwargs: Any) -> Any:
        """Return the result. What happens inside is not recorded.

        Args:
            args: `ctx`, then what `apply` was given; without `ctx` if there is a
                `setup_context`.
            kwargs: what `apply` was given by name.
        """
        raise NotImplementedError(
            "You must implement the forward function for custom autograd.Function."
        )

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> Any:
        """Save what backward needs, where `forward` takes no `ctx`."""
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:
        """Return the gradient of each input, None where there is none.

        Args:
            ctx: what forward has left.
            grad_outputs: the gradient of each output.
        """
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom "
            "autograd.Function to use it with backward mode AD."
        )

    vjp = backward

    @classmethod
    def apply(cls, *args: Any, **kwargs: Any) -> Any:
        """Run forward, and record the operation if an input requires grad.

        Raises:
            RuntimeError: for an input that was written to and must not be.
        """
        if cls.setup_context is not Function.setup_context:
            args, kwargs = bound(cls.forward, args, kwargs), {}
        ctx = cls._backward_cls((*args, *kwargs.values()))
        recorded = mode.grad and any(ctx.needs_input_grad)
        ctx.needs_input_grad = (
            ctx.needs_input_grad if mode.grad else (False,) * len(ctx.are_tensors)
        )
        with no_grad():
            if cls.setup_context is Function.setup_context:
                outputs = cls.forward(ctx, *args, **kwargs)
            else:
                outputs = cls.forward(*args)
                cls.setup_context(ctx, args, outputs)
        single = not isinstance(outputs, tuple)
        inputs = (*args, *kwargs.values())
        results = tuple(wrapped(ctx, inputs, (outputs,) if single else outputs, recorded))
        if recorded:
            for at, value in enumerate(ctx.to_save):
                if value is not None and not is_tensor(value):
                    raise TypeError(
                        "save_for_backward can only save variables, but argument "
                        f"{at} is of type {type(value).__name__}"
                    )
            pairs = [*zip((outputs,) if single else outputs, results, strict=True)]
            ctx.saved = [kept(value, pairs, results) for value in ctx.to_save]
            ctx.had_saved = bool(ctx.saved)
            ctx.to_save = ctx.dirty = ctx.non_differentiable = ()  # an output here would be a cycle
            if mode.anomaly:
                remember_origin(ctx)
        return results[0] if single else results


def bound(forward: Callable, args: tuple, kwargs: dict) -> tuple:
    """Return all arguments of a call by position, with defaults where there are some."""
    code = forward.__code__
    names = code.co_varnames[: code.co_argcount]
    defaults = forward.__defaults__ or ()
    known = dict(zip(names[len(names) - len(defaults) :], defaults, strict=True)) | kwargs
    return (*args, *(known[name] for name in names[len(args) :] if name in known))


def kept(value: object, pairs: Sequence[tuple], results: Sequence) -> Saved:
    """Return a saved value; one of the outputs stands for what became of it."""
    for before, after in pairs:
        if before is value and is_tensor(value):
            value = after
    return Saved(value, results)


def check_marks(ctx: BackwardCFunction, outputs: Sequence[object]) -> None:
    """Raise if what forward has marked cannot be marked so."""
    for value in ctx.dirty:
        if not is_tensor(value):
            raise RuntimeError("mark_dirty can only accept variables, but argument ")
        if not any(value is output for output in outputs):
            raise RuntimeError(
                "Some elements marked as dirty during the forward method were not returned as "
                "output. The inputs that are modified inplace must all be outputs of the Function."
            )
    for value in ctx.non_differentiable:
        if not is_tensor(value):
            raise RuntimeError("mark_non_differentiable only accepts variable arguments, but got ")


def wrapped(
    ctx: BackwardCFunction, inputs: Sequence[object], outputs: Sequence[object], recorded: bool
) -> list:
    """Give each output its place in the graph.

    Args:
        ctx: the node.
        inputs: of `forward`.
        outputs: what it returned.
        recorded: whether anything requires grad.
    """
    if not recorded:
        return list(outputs)
    check_marks(ctx, outputs)
    ctx.outputs = len(outputs)
    made = []
    for at, output in enumerate(outputs):
        if not is_tensor(output):
            ctx.shapes.append(None)
            made.append(output)
            continue
        if any(output is value for value in ctx.dirty):
            made.append(written(ctx, at, output, inputs))
        else:
            made.append(placed(ctx, at, output, any(output is x for x in inputs)))
        ctx.shapes.append(output._without_history())
    return made


def placed(ctx: BackwardCFunction, at: int, output: Tensor, is_input: bool) -> Tensor:
    """Make an output a result of the node, unless it has no gradient.

    An input that is returned as it is becomes a view of itself, so that it can have two
    histories.
    """
    if is_input:
        with no_grad():
            output = look(output, *output._geometry())
    if output._base is not None:
        output._made = "function"
    marked = any(output is value for value in ctx.non_differentiable)
    if output.dtype.is_floating_point and not marked:
        output._requires_grad = False
        output._set_history(ctx, at)
    return output


def written(ctx: BackwardCFunction, at: int, output: Tensor, inputs: Sequence[object]) -> Tensor:
    """Make an input that forward has written to a result of the node.

    Raises:
        RuntimeError: for a leaf that requires grad.
    """
    if output.requires_grad and output.is_leaf:
        raise RuntimeError(
            "a leaf Variable that requires grad has been used in an in-place operation."
        )
    check_writable(output, recorded=True)
    if output._base is None:
        output._set_history(ctx, at)
    else:
        tensors = [x for x in inputs if is_tensor(x)]
        source = next(
            edge for x, edge in zip(tensors, ctx.next_functions, strict=True) if x is output
        )
        rebase(output._base, output, ctx, source)
    return output


def once_differentiable(fn: Callable) -> Callable:
    """Mark a backward that cannot itself be differentiated: doing so raises.

    For a backward that computes outside torch, say with NumPy. Without the mark, a second
    derivative would silently be wrong.
    """

    @functools.wraps(fn)
    def wrapper(ctx: Any, *args: Any) -> Any:
        with no_grad():
            outputs = fn(ctx, *args)
        wanted = mode.grad and any(is_tensor(a) and a.requires_grad for a in args)
        if not wanted:
            return outputs
        single = not isinstance(outputs, tuple)
        marked = tuple(map(guarded, (outputs,) if single else outputs))
        return marked[0] if single else marked

    return wrapper


def guarded(output: Tensor | None) -> Tensor | None:
    """Return a gradient whose own backward raises."""
    if output is None:
        return None

    def refuse(grad: Tensor) -> Tensor:
        raise RuntimeError(
            "trying to differentiate twice a function that was marked with @once_differentiable"
        )

    leaf = output.detach().requires_grad_()
    return differentiable(leaf._without_history(), "Error", (leaf,), backward=refuse)
