"""Backward: from results to leaves, each node once, when all that flows into it has arrived."""

from __future__ import annotations

import heapq
import itertools
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .arguments import is_tensor
from .gradmode import mode
from .graph import AccumulateGrad, Node, gradient_edge

if TYPE_CHECKING:
    from .tensor import Tensor

Edge = tuple[Node | None, int]

CYCLE = (
    "Using backward() with create_graph=True will create a reference cycle between the parameter "
    "and its gradient which can cause a memory leak. We recommend using autograd.grad when "
    "creating "
    "the graph to avoid this. If you have to use this function, make sure to reset the .grad "
    "fields "
    "of your parameters to None after use to break the cycle and avoid the leak. (Triggered "
    "internally at /__w/pytorch/pytorch/torch/csrc/autograd/engine.cpp:1307.)"
)


def listed(tensors: Tensor | Sequence[Tensor]) -> tuple[Tensor, ...]:
    """Return one tensor or several as a tuple."""
    return (tensors,) if is_tensor(tensors) else tuple(tensors)


def backward(
    tensors: Tensor | Sequence[Tensor],
    grad_tensors: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    inputs: Tensor | Sequence[Tensor] | None = None,
) -> None:
    """Add to `.grad` of each leaf the gradient of the tensors' sum.

    Args:
        tensors: where to start, each of one element unless its gradient is given.
        grad_tensors: the gradient at each; 1 where there is none.
        retain_graph: keep what was saved, for another backward; as `create_graph` if None.
        create_graph: record backward itself, so that gradients can be differentiated.
        inputs: the tensors whose `.grad` to fill, instead of all leaves.

    Raises:
        RuntimeError: a start that needs no gradient or is no scalar, or a graph already freed.
    """
    roots = listed(tensors)
    if inputs is not None and not is_tensor(inputs) and len(inputs) == 0:
        raise RuntimeError("`inputs` argument to `backward()` cannot be empty.")
    grads = starting_gradients(roots, grad_tensors)
    if create_graph:
        warnings.warn(CYCLE, UserWarning, stacklevel=3)
    targets = None
    if inputs is not None:
        for tensor in listed(inputs):
            tensor.retain_grad()
        targets = [gradient_edge(tensor) for tensor in listed(inputs)]
    keep = create_graph if retain_graph is None else retain_graph
    run(roots, grads, keep=keep, create=create_graph, targets=targets, capture=False)


def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    allow_unused: bool | None = None,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> tuple[Tensor | None, ...]:
    """Return the gradients of the outputs' sum with respect to the inputs; no `.grad` changes.

    >>> x = torch.tensor(3.0, requires_grad=True)
    >>> (dx,) = torch.autograd.grad(x * x * x, x, create_graph=True)
    >>> torch.autograd.grad(dx, x)
    (tensor(18.),)

    Args:
        outputs: where to start.
        inputs: where to arrive.
        grad_outputs: the gradient at each output; 1 where there is none.
        retain_graph: keep what was saved; as `create_graph` if None.
        create_graph: record backward itself.
        allow_unused: return None for an input that was not used, instead of raising.
        is_grads_batched: take a batch of gradients at each output, along their first
            dimension, and return as many for each input.
        materialize_grads: return zeros instead of None.

    Raises:
        RuntimeError: an input that does not require grad, or was not used.
    """
    if is_grads_batched:
        options = (allow_unused, materialize_grads)
        return batched(listed(outputs), inputs, grad_outputs, retain_graph, create_graph, *options)
    ends = listed(inputs)
    if not ends:
        raise RuntimeError("`inputs` argument to `grad()` cannot be empty.")
    roots = listed(outputs)
    grads = starting_gradients(roots, grad_outputs)
    targets = [gradient_edge(tensor) for tensor in ends]
    if any(node is None for node, _ in targets):
        raise RuntimeError("One of the differentiated Tensors does not require grad")
    keep = create_graph if retain_graph is None else retain_graph
    found = run(roots, grads, keep=keep, create=create_graph, targets=targets, capture=True)
    if materialize_grads:
        return tuple(
            e.new_zeros(e.shape) if g is None else g for g, e in zip(found, ends, strict=True)
        )
    if not allow_unused and None in [None if g is None else 0 for g in found]:
        at = next(i for i, g in enumerate(found) if g is None)
        raise RuntimeError(
            f"The differentiated Tensor at index {at} appears to not have been used in the graph. "
            "Set allow_unused=True if this is the desired behavior."
        )
    return tuple(found)


def batched(
    outputs: Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor],
    retain_graph: bool | None,
    create_graph: bool,
    allow_unused: bool | None,
    materialize_grads: bool,
) -> tuple[Tensor | None, ...]:
    """Return what `grad` gives for each gradient of a batch, stacked: one run for each."""
    batches = listed(grad_outputs)
    for at, (batch, output) in enumerate(zip(batches, outputs, strict=True)):
        if batch.shape[1:] != output.shape:
            raise RuntimeError(
                "If `is_grads_batched=True`, we interpret the first dimension of each grad_output "
                "as the batch dimension. The sizes of the remaining dimensions are expected to "
                "match the shape of corresponding output, but a mismatch was detected: "
                f"grad_output[{at}] has a shape of {batch.shape} and output[{at}] has a shape of "
                f"{output.shape}. If you only want some tensors in `grad_output` to be considered "
                "batched, consider using vmap."
            )
    count = len(batches[0])
    keep = create_graph if retain_graph is None else retain_graph
    rows = []
    for at in range(count):
        starts = [batch[at] for batch in batches]
        last = at == count - 1
        rows.append(
            grad(
                outputs,
                inputs,
                starts,
                keep or not last,
                create_graph,
                allow_unused,
                materialize_grads=materialize_grads,
            )
        )
    found: list[Tensor | None] = []
    for column in zip(*rows, strict=True):
        if column[0] is None:
            found.append(None)
            continue
        stacked = column[0].new_zeros((count, *column[0].shape))
        for at, row in enumerate(column):
            stacked[at] = row
        found.append(stacked)
    return tuple(found)


def starting_gradients(
    roots: Sequence[Tensor], given: Tensor | Sequence[Tensor | None] | None
) -> list[Tensor]:
    """Return the gradient at each root, checked; 1 for a scalar without one."""
    if given is None:
        grads: Sequence = (None,) * len(roots)
    else:
        grads = listed(given)
    found = []
    for at, (root, start) in enumerate(zip(roots, grads, strict=False)):
        if start is None:
            if root.requires_grad and root.numel() != 1:
                raise RuntimeError("grad can be implicitly created only for scalar outputs")
            start = root._ones()
        elif not is_tensor(start):
            raise TypeError(
                f"gradients can be either Tensors or None, but got {type(start).__name__}"
            )
        elif start.shape != root.shape:
            raise RuntimeError(
                f"Mismatch in shape: grad_output[{at}] has a shape of {start.shape} and "
                f"output[{at}] has a shape of {root.shape}."
            )
        found.append(start if start.dtype is root.dtype else start.to(root.dtype))
    if len(grads) != len(roots):
        raise RuntimeError(f"got {len(roots)} tensors and {len(grads)} gradients")
    for at, root in enumerate(roots):
        if gradient_edge(root)[0] is None:
            raise RuntimeError(
                f"element {at} of tensors does not require grad and does not have a grad_fn"
            )
    return found


def arrivals(roots: Sequence[Node]) -> dict[Node, int]:
    """Return, for each node that can be reached, how many edges lead to it."""
    count = dict.fromkeys(roots, 0)
    ahead = list(count)
    while ahead:
        for node, _ in ahead.pop().next_functions:
            if node is None:
                continue
            if node not in count:
                count[node] = 0
                ahead.append(node)
            count[node] += 1
    return count


def leading_to(targets: Sequence[Edge], nodes: dict[Node, int]) -> set[Node]:
    """Return the nodes from which a target can be reached, without the targets beyond."""
    before: dict[Node, list[Node]] = {}
    for node in nodes:
        for after, _ in node.next_functions:
            if after is not None:
                before.setdefault(after, []).append(node)
    found: set[Node] = set()
    ahead = [node for node, _ in targets if node is not None]
    while ahead:
        for node in before.get(ahead.pop(), ()):
            if node not in found:
                found.add(node)
                ahead.append(node)
    return found


def run(
    roots: Sequence[Tensor],
    grads: Sequence[Tensor],
    *,
    keep: bool,
    create: bool,
    targets: Sequence[Edge] | None,
    capture: bool,
) -> list[Tensor | None]:
    """Send gradients from the roots through the graph, latest operation first.

    Args:
        roots: where to start.
        grads: the gradient at each.
        keep: whether nodes keep what they saved.
        create: whether what happens here is recorded.
        targets: edges to arrive at; only what leads there runs. None for all leaves.
        capture: whether to return what arrives at the targets, instead of accumulating it.
    """
    starts = [gradient_edge(root) for root in roots]
    waiting = arrivals([node for node, _ in starts])
    running = None if targets is None else leading_to(targets, waiting)
    caught: dict[Edge, Tensor | None] = dict.fromkeys(targets or ())
    if running is not None and not capture:
        running |= {node for node, _ in targets if isinstance(node, AccumulateGrad)}
    arrived: dict[Node, list[Tensor | None]] = {}
    ready: list[tuple[float, int, Node]] = []
    turn = itertools.count()
    before, mode.grad = mode.grad, create
    try:
        for (node, output), start in zip(starts, grads, strict=True):
            receive(arrived, node, output, start)
        for node in dict.fromkeys(node for node, _ in starts):
            if not waiting[node]:
                heapq.heappush(ready, (-node.birth, next(turn), node))
        while ready:
            node = heapq.heappop(ready)[2]
            given = arrived.pop(node, None)
            results: Sequence = (None,) * len(node.next_functions)
            if given is not None:
                if node.tensor_hooks or type(node) is AccumulateGrad:
                    given = hooked(node, given)
                if caught:
                    for output, value in enumerate(given):
                        if (node, output) in caught:
                            caught[node, output] = value
                if running is None or node in running:
                    results = evaluate(node, given)
                    if not keep:
                        node.release()
            for (after, output), value in zip(node.next_functions, results, strict=True):
                if after is None:
                    continue
                if value is not None:
                    receive(arrived, after, output, value)
                waiting[after] -= 1
                if not waiting[after]:
                    heapq.heappush(ready, (-after.birth, next(turn), after))
    finally:
        mode.grad = before
    return [caught[target] for target in targets] if capture else []


def receive(arrived: dict, node: Node, output: int, value: Tensor) -> None:
    """Add a gradient to what has arrived at a node's output."""
    slots = arrived.get(node)
    if slots is None:
        slots = arrived[node] = [None] * node.outputs
    known = slots[output]
    slots[output] = value if known is None else known + value


def hooked(node: Node, grads: list[Tensor | None]) -> list[Tensor | None]:
    """Let the hooks of a node's outputs see, and change, the gradients that arrived."""
    per_output = node.tensor_hooks
    if isinstance(node, AccumulateGrad):
        per_output = {0: vars(node.variable).get("_backward_hooks", {})}
    for output, hooks in per_output.items():
        for _, hook in sorted(hooks.items()):  # the one of retain_grad last
            if grads[output] is None:
                continue
            changed = hook(grads[output])
            if changed is not None:
                check_hook(hook, changed, grads[output])
                grads[output] = changed
    return grads


def check_hook(hook: object, changed: object, grad: Tensor) -> None:
    """Raise if a hook returned what cannot stand for the gradient."""
    name = getattr(hook, "__name__", type(hook).__name__)
    if not is_tensor(changed):
        raise TypeError(f"expected Variable, but hook returned '{type(changed).__name__}'")
    if changed.dtype is not grad.dtype:
        raise RuntimeError(
            f"hook '{name}' has changed the type of value (was {grad.type()} got {changed.type()})"
        )
    if changed.shape != grad.shape:
        raise RuntimeError(f"hook '{name}' has changed the size of value")


def evaluate(node: Node, grads: list[Tensor | None]) -> Sequence[Tensor | None]:
    """Run one node between its hooks."""
    if not (node.prehooks or node.hooks or mode.anomaly):
        return node.apply(grads)
    for hook in list(node.prehooks.values()):
        changed = hook(tuple(grads))
        grads = grads if changed is None else list(listed(changed))
    results: Sequence = watched(node, grads) if mode.anomaly else node.apply(grads)
    for hook in list(node.hooks.values()):
        changed = hook(tuple(results), tuple(grads))
        results = results if changed is None else listed(changed)
    return results


def watched(node: Node, grads: list[Tensor | None]) -> Sequence[Tensor | None]:
    """Run one node under anomaly detection: before an error comes a warning where it began.

    Raises:
        RuntimeError: if the node returns nan.
    """
    try:
        results = node.apply(grads)
        for at, grad in enumerate(results if mode.check_nan else ()):
            if grad is not None and grad.isnan().any():
                raise RuntimeError(
                    f"Function '{node.name()}' returned nan values in its {at}th output."
                )
    except Exception:
        calls = "".join(node.metadata.get("traceback_", ()))
        origin, line = f"Traceback of forward call that caused the error:\n{calls}", 122
        if not calls:
            origin = "No forward pass information available. Enable detect anomaly during forward "
            origin, line = origin + "pass for more information.", 92
        warnings.warn(
            f"Error detected in {node.name()}. {origin} (Triggered internally at "
            f"/__w/pytorch/pytorch/torch/csrc/autograd/python_anomaly_mode.cpp:{line}.)",
            UserWarning,
            stacklevel=5,
        )
        raise
    return results
