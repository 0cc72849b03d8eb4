"""Calling a module, and what others have asked to be called before and after it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import NoReturn

from ...gradmode import mode
from ...graph import Node, RemovableHandle, differentiable, register
from ...public import LISTED_AT
from ...tensor import Tensor
from .tree import Tree


class Hooked(Tree):
    """A module as something to call: `module(x)` runs hooks, `forward`, and hooks."""

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Return what `forward` returns, after the hooks have seen it."""
        if not (
            self._forward_hooks
            or self._forward_pre_hooks
            or self._backward_hooks
            or self._backward_pre_hooks
        ):
            return self.forward(*args, **kwargs)
        done: set[int] = set()
        try:
            return self._call_with_hooks(args, kwargs, done)
        except Exception:
            self._call_always(args, kwargs, done)
            raise

    def _call_with_hooks(self, args: tuple, kwargs: dict, done: set[int]) -> object:
        args, kwargs = self._prepared(args, kwargs)
        watch = None
        full = list(self._backward_hooks.values()) if self._is_full_backward_hook else []
        if full or self._backward_pre_hooks:
            watch = BackwardWatch(self, full, list(self._backward_pre_hooks.values()))
            args = watch.inputs(args)
        result = self.forward(*args, **kwargs)
        for number, hook in list(self._forward_hooks.items()):
            done.add(number)
            named = (kwargs,) if number in self._forward_hooks_with_kwargs else ()
            changed = hook(self, args, *named, result)
            result = result if changed is None else changed
        if watch is not None:
            result = watch.outputs(result)
        if self._backward_hooks and self._is_full_backward_hook is False:
            self._hook_last_node(args, result)
        return result

    def _prepared(self, args: tuple, kwargs: dict) -> tuple[tuple, dict]:
        for number, hook in list(self._forward_pre_hooks.items()):
            if number not in self._forward_pre_hooks_with_kwargs:
                changed = hook(self, args)
                if changed is not None:
                    args = changed if isinstance(changed, tuple) else (changed,)
                continue
            changed = hook(self, args, kwargs)
            if changed is None:
                continue
            if not isinstance(changed, tuple) or len(changed) != 2:
                raise RuntimeError(
                    "forward pre-hook must return None or a tuple of (new_args, new_kwargs), but "
                    f"got {changed}."
                )
            args, kwargs = changed
        return args, kwargs

    def _call_always(self, args: tuple, kwargs: dict, done: set[int]) -> None:
        """Call the hooks that are to run even if something raised."""
        for number, hook in list(self._forward_hooks.items()):
            if number in self._forward_hooks_always_called and number not in done:
                named = (kwargs,) if number in self._forward_hooks_with_kwargs else ()
                try:
                    hook(self, args, *named, None)
                except Exception as error:
                    warnings.warn(
                        "module forward hook with ``always_call=True`` raised an exception that "
                        f"was silenced as another error was raised in forward: {error}",
                        UserWarning,
                        stacklevel=3,
                    )

    def _hook_last_node(self, args: tuple, result: object) -> None:
        """Call backward hooks of the old kind: they see the last operation, not the module."""
        last = result
        while not isinstance(last, Tensor):
            if isinstance(last, dict):
                last = next(v for v in last.values() if isinstance(v, Tensor))
            else:
                last = last[0]
        if last.grad_fn is not None:
            for hook in self._backward_hooks.values():
                last.grad_fn.register_hook(
                    lambda grad_in, grad_out, hook=hook: hook(self, grad_in, grad_out)
                )
            missed = unseen(args, result, last.grad_fn)
            if missed is not None:
                warnings.warn(missed, FutureWarning, stacklevel=4)

    def compile(self, *args: object, **kwargs: object) -> NoReturn:
        """Raise: there is no compiler here.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError(
            f"torch.nn.Module.compile is not part of reference_impl; {LISTED_AT} lists what is"
        )

    def register_forward_pre_hook(
        self, hook: Callable, *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, args)` before `forward`; it may return other arguments.

        Args:
            hook: what to call.
            prepend: whether before the hooks that are there.
            with_kwargs: whether to call `hook(module, args, kwargs)`.
        """
        handle = added(self._forward_pre_hooks, hook, prepend)
        if with_kwargs:
            self._forward_pre_hooks_with_kwargs[handle.id] = True
        return handle

    def register_forward_hook(
        self,
        hook: Callable,
        *,
        prepend: bool = False,
        with_kwargs: bool = False,
        always_call: bool = False,
    ) -> RemovableHandle:
        """Call `hook(module, args, output)` after `forward`; it may return another output.

        >>> relu = torch.nn.ReLU()
        >>> handle = relu.register_forward_hook(lambda module, args, output: output + 1)
        >>> relu(torch.tensor([-1.0, 2.0]))
        tensor([1., 3.])

        Args:
            hook: what to call.
            prepend: whether before the hooks that are there.
            with_kwargs: whether to call `hook(module, args, kwargs, output)`.
            always_call: whether also when `forward` raises.
        """
        handle = added(self._forward_hooks, hook, prepend)
        if with_kwargs:
            self._forward_hooks_with_kwargs[handle.id] = True
        if always_call:
            self._forward_hooks_always_called[handle.id] = True
        return handle

    def register_full_backward_pre_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(module, grad_output)` when the output's gradient is known."""
        return added(self._backward_pre_hooks, hook, prepend)

    def register_full_backward_hook(self, hook: Callable, prepend: bool = False) -> RemovableHandle:
        """Call `hook(module, grad_input, grad_output)` when the inputs' gradients are known.

        It may return other gradients for the inputs.
        """
        self._set_backward_kind(full=True)
        return added(self._backward_hooks, hook, prepend)

    def register_backward_hook(self, hook: Callable) -> RemovableHandle:
        """Call `hook(module, grad_input, grad_output)` at the module's last operation only.

        What it sees of a module of several operations is not that module's input; torch
        advises to use `register_full_backward_hook`.
        """
        self._set_backward_kind(full=False)
        return register(self._backward_hooks, hook)

    def _set_backward_kind(self, full: bool) -> None:
        if self._is_full_backward_hook is (not full):
            raise RuntimeError(
                "Cannot use both regular backward hooks and full backward hooks on a single "
                "Module. Please use only one of them."
            )
        self._is_full_backward_hook = full


REMOVED = "is deprecated and will be removed in future versions. This hook will be missing"
FULL = "Please use register_full_backward_hook to get the documented behavior."


def unseen(args: tuple, result: object, last: Node) -> str | None:
    """Say what a backward hook of the old kind does not see of a module, if anything.

    Args:
        args: what the module was called with.
        result: what it returned.
        last: the node that the hook is at.
    """
    results = result if isinstance(result, tuple) else (result,)
    if not all(isinstance(r, Tensor) for r in results):
        return (
            "Using non-full backward hooks on a Module that does not return a single Tensor or a "
            f"tuple of Tensors {REMOVED} some of the grad_output. {FULL}"
        )
    if not all(isinstance(x, Tensor) for x in args):
        return (
            "Using non-full backward hooks on a Module that does not take as input a single Tensor "
            f"or a tuple of Tensors {REMOVED} some of the grad_input. {FULL}"
        )
    ends = {r.grad_fn for r in results if r.grad_fn is not None}
    if len(ends) > 1:
        return (
            "Using a non-full backward hook when outputs are generated by different autograd Nodes "
            f"{REMOVED} some grad_output. {FULL}"
        )
    before = {x.grad_fn for x in args if x.grad_fn is not None}
    if before != {node for node, _ in last.next_functions}:
        return (
            "Using a non-full backward hook when the forward contains multiple autograd Nodes "
            f"{REMOVED} some grad_input. {FULL}"
        )
    return None


def added(hooks: dict[int, Callable], hook: Callable, first: bool) -> RemovableHandle:
    """Add a hook at the end, or as the first; return its handle."""
    handle = register(hooks, hook)
    if first:
        hooks.move_to_end(handle.id, last=False)
    return handle


def marked(values: Sequence[object]) -> tuple[tuple, list[int] | None, Node | None]:
    """Give the tensors among some values a common node that lets gradients through.

    Returns:
        The values, the places of the tensors, and the node; no places and no node where
        nothing is recorded.
    """
    places = [at for at, value in enumerate(values) if isinstance(value, Tensor)]
    tensors = [values[at] for at in places]
    if not (mode.grad and any(t.requires_grad for t in tensors)):
        return tuple(values), None, None
    aliases = [t._without_history() for t in tensors]
    differentiable(
        aliases, "BackwardHookFunctionBackward", tensors, backward=lambda grads: tuple(grads)
    )
    found = list(values)
    for at, one in zip(places, aliases, strict=True):
        found[at] = one
    return tuple(found), places, next(t.grad_fn for t in aliases if t.grad_fn is not None)


class BackwardWatch:
    """One call of a module, watched from its output's gradients to its inputs'."""

    def __init__(self, module: Hooked, hooks: list[Callable], prehooks: list[Callable]) -> None:
        self.module, self.hooks, self.prehooks = module, hooks, prehooks
        self.grad_outputs: tuple | None = None
        self.input_places: list[int] | None = None
        self.count = 0

    def inputs(self, args: tuple) -> tuple:
        """Return the arguments behind a node that calls the hooks with their gradients."""
        args, self.input_places, node = marked(args)
        self.count = len(args)
        if node is not None:
            node.register_hook(self.at_inputs)
        return args

    def at_inputs(self, grad_inputs: tuple, _: tuple) -> tuple | None:
        """Call the hooks, once the gradients of inputs and outputs are both there."""
        if self.grad_outputs is None:
            return None
        found: list = [None] * self.count
        for at, grad in zip(self.input_places, grad_inputs, strict=True):
            found[at] = grad
        found = tuple(found)
        for hook in self.hooks:
            changed = hook(self.module, found, self.grad_outputs)
            if changed is None:
                continue
            changed = changed if isinstance(changed, tuple) else (changed,)
            if len(changed) != len(found):
                raise RuntimeError(
                    "Backward hook returned an invalid number of grad_input, got "
                    f"{len(changed)}, but expected {len(found)}"
                )
            found = changed
        self.grad_outputs = None
        return tuple(found[at] for at in self.input_places)

    def outputs(self, result: object) -> object:
        """Return the result before a node that keeps its gradients for the hooks."""
        single = not isinstance(result, tuple)
        if single and not isinstance(result, Tensor):
            warnings.warn(
                "For backward hooks to be called, module output should be a Tensor or a tuple of "
                f"Tensors but received {type(result)}",
                UserWarning,
                stacklevel=4,
            )
        values, places, node = marked((result,) if single else result)
        if node is not None:

            def at_outputs(_: tuple, grads: tuple) -> tuple:
                return self.at_outputs(places, len(values), grads)

            node.register_hook(at_outputs)
        if single:
            return values[0]
        return values if type(result) is tuple else type(result)(*values)

    def at_outputs(self, places: list[int], count: int, grads: tuple) -> tuple:
        """Call what wants the outputs' gradients, and keep them until the inputs' are known."""
        found: list = [None] * count
        for at, grad in zip(places, grads, strict=True):
            found[at] = grad
        self.grad_outputs = tuple(found)
        for hook in self.prehooks:
            changed = hook(self.module, self.grad_outputs)
            if changed is None:
                continue
            changed = changed if isinstance(changed, tuple) else (changed,)
            if len(changed) != count:
                raise RuntimeError(
                    "Backward pre hook returned an invalid number of grad_output, got "
                    f"{len(changed)}, but expected {count}"
                )
            self.grad_outputs = changed
        kept = self.grad_outputs
        if self.input_places is None:  # no input requires grad: nothing will come after this
            self.without_inputs()
        return tuple(kept[at] for at in places)

    def without_inputs(self) -> None:
        """Call the hooks at the outputs, because the gradient ends within the module."""
        warnings.warn(
            "Full backward hook is firing when gradients are computed with respect to module "
            "outputs since no inputs require gradients. See https://docs.pytorch.org/docs/main/"
            "generated/torch.nn.Module.html#torch.nn.Module.register_full_backward_hook for more "
            "details.",
            UserWarning,
            stacklevel=6,
        )
        nothing = (None,) * self.count
        for hook in self.hooks:
            changed = hook(self.module, nothing, self.grad_outputs)
            if changed is not None and any(grad is not None for grad in changed):
                raise RuntimeError(
                    "Backward hook for Modules where no input requires gradient should always "
                    "return None or None for all gradients."
                )
        self.grad_outputs = None
