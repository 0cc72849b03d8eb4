"""The graph of what was computed: nodes, edges, and the values they keep for backward.

A node stands for one operation. Its edges lead to the nodes of its inputs; a leaf's edge
leads to an AccumulateGrad. The graph knows tensors only by their methods.

Nothing here forms a cycle: a tensor holds its node, a node holds its inputs' nodes and
saved values, and a saved output is held without its node, which it gets back when read.
"""

from __future__ import annotations

import importlib
import itertools
import os
import re
import weakref
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .arguments import is_tensor
from .gradmode import mode
from .public import Public, shown_repr
from .shapes import expands

if TYPE_CHECKING:
    from .tensor import Tensor

_births = itertools.count()
AS_ONE: dict[str, Callable] = {}  # nodes whose backward is one operation; see `twice.py`

FREED = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed). Saved intermediate values of the graph are freed when you call "
    ".backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the "
    "graph a second time or if you need to access saved tensors after calling backward."
)
INFERENCE_SAVED = (
    "Inference tensors cannot be saved for backward. Please do not use Tensors created in "
    "inference "
    "mode in computation tracked by autograd. To work around this, you can make a clone to get a "
    "normal tensor and use it in autograd, or use `torch.no_grad()` instead of "
    "`torch.inference_mode()`."
)


class Version:
    """How often a memory was written to; views of one memory share it."""

    count = 0


class RemovableHandle(metaclass=Public):
    """What registering a hook returns: `remove()` takes the hook away again."""

    __shown__ = "torch.utils.hooks.RemovableHandle"
    __repr__ = shown_repr

    def __init__(self, hooks: dict[int, Callable]) -> None:
        self.hooks = hooks
        self.id = next(_births)

    def remove(self) -> None:
        """Take the hook away; a second time does nothing."""
        self.hooks.pop(self.id, None)

    def __enter__(self) -> RemovableHandle:
        return self

    def __exit__(self, *error: object) -> None:
        self.remove()


def register(hooks: dict[int, Callable], hook: Callable) -> RemovableHandle:
    """Add a hook and return its handle."""
    handle = RemovableHandle(hooks)
    hooks[handle.id] = hook
    return handle


class Saved:
    """A value kept for backward, with the version it had then."""

    __slots__ = ("edge", "origin", "output", "value", "version")

    def __init__(self, value: object, outputs: Sequence[Tensor]) -> None:
        self.output: int | None = None
        self.edge = None
        self.version: int | None = None  # of what is no tensor
        if not is_tensor(value):
            self.value = value
            return
        if value._inference:
            raise RuntimeError(INFERENCE_SAVED)
        for at, output in enumerate(outputs):
            if value is output:
                self.output = at
        if self.output is None and value._requires_grad and value.grad_fn is None:
            self.value = value  # itself: its gradient belongs to it
        else:
            self.origin = weakref.ref(value)
            self.value = value._without_history()
            self.edge = gradient_edge(value) if self.output is None else None
        self.version = value._versions.count

    def comes_from(self, edge: tuple[Node | None, int]) -> bool:
        """Tell whether the value is the input at an edge."""
        if not is_tensor(self.value) or self.output is not None:
            return False
        return edge == (self.edge or gradient_edge(self.value))

    def read(self, node: Node) -> object:
        """Return the value, with its place in the graph.

        Raises:
            RuntimeError: if it was written to since.
        """
        value = self.value
        if self.version is None:
            return value
        edge = self.edge if self.output is None else (node, self.output)
        if value._versions.count != self.version:
            raise RuntimeError(self.stale(edge))
        if edge is None or edge[0] is None:
            return value
        again = value._without_history()
        again._set_history(*edge)
        return again

    def stale(self, edge: tuple[Node, int] | None) -> str:
        """Say which value was written to after it had been saved."""
        shown = f"[{self.value.type()} {list(self.value.shape)}]"
        origin = None if self.output is not None or self.edge is None else self.origin()
        edge = edge if origin is None else gradient_edge(origin)  # what it has become
        if edge is not None and edge[0] is not None:
            name = re.sub(r"Backward\d*$", "", edge[0].name())
            shown += f", which is output {edge[1]} of {name},"
        return (
            "one of the variables needed for gradient computation has been modified by an inplace "
            f"operation: {shown} is at version {self.value._version}; expected version "
            f"{self.version} instead. Hint: enable anomaly detection to find the operation that "
            "failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, "
            "check_nan=False)."
        )


# Torch's hand-written nodes: their names carry the namespace, those of generated ones do not.
WITHOUT_DERIVATIVE_FORMULA = ("CopyBackwards", "CopySlices", "Error", "NotImplemented")


class Node:
    """One operation of the graph, reached from a result as `grad_fn`.

    >>> y = torch.ones(2, requires_grad=True).exp()
    >>> y.grad_fn.name(), y.grad_fn.next_functions[0][0].name()
    ('ExpBackward0', 'torch::autograd::AccumulateGrad')
    """

    __slots__ = (
        "__weakref__",
        "birth",
        "had_saved",
        "hooks",
        "metadata",
        "next_functions",
        "outputs",
        "prehooks",
        "rules",
        "several",
        "tensor_hooks",
        "wanted",
    )

    def __init__(
        self, next_functions: tuple, wanted: Sequence, outputs: int, several: bool = False
    ) -> None:
        self.birth = next(_births)
        self.next_functions = next_functions
        self.wanted = wanted  # of each input: the shape and type its gradient must have
        self.outputs = outputs
        self.several = several  # whether the rule gets a tuple of gradients, even of one
        self.rules: list[tuple[int | None, Callable, list[Saved]]] | None = []
        self.had_saved = False
        self.metadata: dict = {}
        self.hooks: dict[int, Callable] = {}
        self.prehooks: dict[int, Callable] = {}
        self.tensor_hooks: dict[int, dict[int, Callable]] = {}

    def name(self) -> str:
        """Return the operation's name, as torch's C++ has it; the type's is what repr shows."""
        name = type(self).__name__
        return f"torch::autograd::{name}" if name in WITHOUT_DERIVATIVE_FORMULA else name

    @property
    def _saved_self(self) -> object:
        return self._saved("self")

    @property
    def _saved_other(self) -> object:
        return self._saved("other")

    @property
    def _saved_result(self) -> object:
        return self._saved("result")

    def _saved(self, role: str) -> object:
        """Return what was saved: the first or second input, or the result.

        Raises:
            RuntimeError: if it has been freed or written to.
        """
        if self.rules is None:
            raise RuntimeError(FREED)
        inputs = {"self": 0, "other": 1}
        edge = self.next_functions[inputs[role]] if role in inputs else None
        for saved in (saved for _, _, values in self.rules for saved in values):
            if role == "result" and is_tensor(saved.value) and saved.output is not None:
                return saved.read(self)
            if edge is not None and saved.comes_from(edge):
                return saved.read(self)
        raise AttributeError(
            f"'{type(self).__name__}' object has no attribute '_saved_{role}' in reference_impl"
        )

    def __call__(self, *grads: Tensor | None) -> Tensor | tuple[Tensor | None, ...] | None:
        """Return what `apply` does, one gradient as itself and several as a tuple."""
        found = self.apply(grads)
        return found[0] if len(found) == 1 else tuple(found)

    def register_hook(self, hook: Callable) -> RemovableHandle:
        """Call `hook(grad_inputs, grad_outputs)` after the node; it may return other inputs'."""
        return register(self.hooks, hook)

    def register_prehook(self, hook: Callable) -> RemovableHandle:
        """Call `hook(grad_outputs)` before the node; it may return other grad_outputs."""
        return register(self.prehooks, hook)

    def apply(self, grads: Sequence[Tensor | None]) -> list[Tensor | None]:
        """Return the gradients of the inputs from those of the outputs; None where none is needed.

        Raises:
            RuntimeError: if what was saved has been freed or written to.
        """
        if self.rules is None:
            raise RuntimeError(FREED)
        given = tuple(grads) if self.several else grads[0]
        found: list[Tensor | None] = [None] * len(self.next_functions)
        as_one = AS_ONE.get(type(self).__name__) if mode.grad else None
        for at, rule, saved in self.rules:
            values = [s.read(self) for s in saved] if saved else saved
            result = as_one(self, rule, given, values) if as_one else rule(given, *values)
            if at is not None:
                found[at] = result
            elif isinstance(result, (tuple, list)):
                found[: len(result)] = result
            else:
                found[0] = result
        for at, grad in enumerate(found):
            if grad is not None:
                found[at] = self.fitted(at, grad) if self.wanted[at] else None
        return found

    def fitted(self, at: int, grad: Tensor) -> Tensor:
        """Bring a gradient to its input's shape and type: what was broadcast is summed."""
        shape, dtype = self.wanted[at]
        if grad._size != shape:
            if not expands(shape, grad._size):
                raise RuntimeError(
                    f"Function {self.name()} returned an invalid gradient at index {at} - got "
                    f"{list(grad.shape)} but expected shape compatible with {list(shape)}"
                )
            grad = grad.sum_to_size(shape)
        return grad if grad._storage.dtype is dtype else grad.to(dtype)

    def keep(
        self, at: int | None, rule: Callable, values: Sequence, outputs: Sequence[Tensor]
    ) -> None:
        """Remember the rule for one input's gradient, or for all, and what it is called with."""
        kept = [Saved(value, outputs) for value in values] if values else []
        self.rules.append((at, rule, kept))
        if kept:
            self.had_saved = True

    def release(self) -> None:
        """Forget what was saved, after a backward that does not keep the graph."""
        if self.had_saved:
            self.rules = None


_classes: dict[str, type[Node]] = {}


def node_class(name: str) -> type[Node]:
    """Return the class of the nodes of one operation; torch, too, has one for each."""
    known = _classes.get(name)
    if known is None:
        known = type(name, (Node,), {"__slots__": (), "__module__": "builtins"})
        _classes[name] = known
    return known


def remember_origin(node: Node) -> None:
    """Note in a node's metadata which calls of the user's led to it, for anomaly detection."""
    traceback = importlib.import_module("traceback")  # not needed before
    here = os.path.dirname(__file__)
    calls = [call for call in traceback.extract_stack() if not call.filename.startswith(here)]
    node.metadata["traceback_"] = traceback.format_list(calls)


class AccumulateGrad(Node):
    """The end of the graph at a leaf: adds what arrives to the leaf's `.grad`."""

    __slots__ = ("variable",)
    __module__ = "builtins"

    def __init__(self, variable: Tensor) -> None:
        super().__init__((), (), 1)
        self.birth = float("inf")  # runs as soon as it can
        self.variable = variable

    def name(self) -> str:
        """Return torch's full name."""
        return "torch::autograd::AccumulateGrad"

    def apply(self, grads: Sequence[Tensor | None]) -> list:
        """Add the gradient to `.grad`: in place, unless it is itself being recorded."""
        variable, grad = self.variable, grads[0]
        if grad is None:
            return []
        known = variable.grad
        if known is None:
            variable.grad = grad._laid_out_like(variable)
        elif mode.grad:
            variable.grad = known + grad
        else:
            variable.grad += grad
        for hook in list(vars(variable).get("_accumulate_hooks", {}).values()):
            hook(variable)
        return []


NOWHERE = (None, 0)


def gradient_edge(value: object) -> tuple[Node | None, int]:
    """Return the node and output number at which a value's gradient arrives."""
    if not is_tensor(value):
        return NOWHERE
    node = value.grad_fn
    if node is not None:
        return node, value._output_nr
    return (value._accumulator(), 0) if value._requires_grad else NOWHERE


def differentiable(
    result: Tensor | Sequence[Tensor],
    name: str,
    inputs: Sequence[Tensor | float | None],
    *,
    backward: Callable | Sequence[Callable | tuple],
    saved: Sequence[object] = (),
) -> Tensor | Sequence[Tensor]:
    """Record how a result came about, if anything it came from requires grad; return it.

    `backward` says what the gradients of the inputs are. Either it is one function,
    called with the result's gradient and the saved values, which returns one gradient or
    one for each input; or there is one function for each input, called only if that input
    needs its gradient. A function that needs saved values of its own stands in a tuple
    with them, and they are saved only if it is needed:

        differentiable(y, "ExpBackward0", (x,), saved=(y,), backward=lambda grad, y: grad * y)
        differentiable(y, "MulBackward0", (a, b), backward=(
            (lambda grad, b: grad * b, b),
            (lambda grad, a: grad * a, a),
        ))

    Gradients are written with tensor operations, so they can be differentiated again.
    A gradient of the broadcast shape is summed to the input's, and cast to its type.
    What is saved is checked (version, freed) when read; constants, which are neither
    changed nor freed, come as closure variables instead.

    Args:
        result: fresh tensors without history; of several, those of a floating type count,
            and `backward` gets the tuple of their gradients, None for one without.
        name: torch's name of the node, such as `ExpBackward0`.
        inputs: tensors in torch's order; a number or None has no gradient.
        backward: the rule, or the rules.
        saved: values for a single `backward`.
    """
    if not mode.grad:
        return result
    for x in inputs:
        if getattr(x, "requires_grad", False):  # a number has no such thing
            break
    else:
        return result
    several = isinstance(result, (tuple, list))
    results = result if several else (result,)
    for r in results:
        if r._storage.dtype.is_floating_point:
            break
    else:
        return result
    edges = tuple(map(gradient_edge, inputs))
    wanted = [
        None if node is None else (x._size, x._storage.dtype)
        for x, (node, _) in zip(inputs, edges, strict=True)
    ]
    node = node_class(name)(edges, wanted, len(results), several)
    if callable(backward):
        node.keep(None, backward, saved, results)
    else:
        for at, rule in enumerate(backward):
            if rule is None or edges[at][0] is None:
                continue
            if type(rule) is tuple:
                node.keep(at, rule[0], rule[1:], results)
            else:
                node.keep(at, rule, (), results)
    if mode.anomaly:
        remember_origin(node)
    for at, tensor in enumerate(results):
        if tensor._storage.dtype.is_floating_point:
            tensor._set_history(node, at)
    return result
