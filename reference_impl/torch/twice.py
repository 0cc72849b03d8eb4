"""Second derivatives: which backward torch has as one operation, and which it cannot derive.

A backward here is a formula of tensor operations, so it can be differentiated as it is. Torch
has some as operations of their own: then the gradient's `grad_fn` bears their name, it depends
on the input even where the slope is constant, and a few have no derivative at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .arguments import is_tensor
from .engine import grad as gradients
from .gradmode import enable_grad, mode, no_grad
from .graph import AS_ONE, Node, differentiable, gradient_edge
from .tensor import Tensor

# those whose backward is called like them
REGULAR = (
    "AdaptiveAvgPool2D AdaptiveAvgPool3D AdaptiveMaxPool2D AdaptiveMaxPool3D AvgPool2D AvgPool3D "
    "BinaryCrossEntropy Elu FractionalMaxPool2D FractionalMaxPool3D Gelu Glu GridSampler2D "
    "GridSampler3D Hardshrink Hardswish Hardtanh HuberLoss LeakyRelu LogSigmoid "
    "MaxPool2DWithIndices MaxPool3DWithIndices MseLoss NativeBatchNorm NativeLayerNorm NllLoss "
    "NllLoss2D PreluKernel ReflectionPad1D ReflectionPad2D ReflectionPad3D ReplicationPad1D "
    "ReplicationPad2D ReplicationPad3D RreluWithNoise Sigmoid SmoothL1Loss SoftMarginLoss "
    "Softplus Softshrink Tanh Threshold"
).split()
OTHERS = {
    "Celu": "EluBackwardBackward0",
    "LogSoftmax": "LogSoftmaxBackwardDataBackward0",
    "Relu": "ThresholdBackwardBackward0",
    "Selu": "EluBackwardBackward0",
    "Softmax": "SoftmaxBackwardDataBackward0",
}
DERIVATIVE = "derivative for aten::{} is not implemented"
UNKNOWN = {  # the node of the backward, and the error of its own backward
    "Cdist": (
        "CdistBackwardBackward0",
        NotImplementedError("the derivative for '_cdist_backward' is not implemented."),
    ),
    "Pdist": (
        "PdistBackwardBackward0",
        NotImplementedError("the derivative for '_pdist_backward' is not implemented."),
    ),
    "Hardsigmoid": (
        "NotImplemented",
        RuntimeError(DERIVATIVE.format("hardsigmoid_backward")),
    ),
    "ScaledDotProductFlashAttentionForCpu": (
        "NotImplemented",
        RuntimeError(DERIVATIVE.format("_scaled_dot_product_flash_attention_for_cpu_backward")),
    ),
}


def as_one(name: str, error: Exception | None = None) -> Callable:
    """Return what calls a backward's rule and records it as one node.

    Args:
        name: of the node.
        error: what differentiating it raises; None if it can be.
    """

    def call(node: Node, rule: Callable, given: object, values: Sequence[object]) -> object:
        several = isinstance(given, tuple)
        grads = given if several else (given,)
        arguments = (*grads, *values)
        places = [at for at, x in enumerate(arguments) if is_tensor(x)]
        tensors = [arguments[at] for at in places]

        def run(*replaced: Tensor) -> object:
            found = list(arguments)
            for at, x in zip(places, replaced, strict=True):
                found[at] = x
            count = len(grads)
            first = tuple(found[:count]) if several else found[0]
            return rule(first, *found[count:])

        with no_grad():
            result = run(*tensors)
        results = result if isinstance(result, (tuple, list)) else (result,)
        present = [r.detach() if r is not None else None for r in results]

        def again(grads: Tensor | tuple, *tensors: Tensor) -> list[Tensor]:
            if error is not None:
                raise error
            grads = grads if isinstance(grads, tuple) else (grads,)
            return derived(run, tensors, grads) + [zero.new_zeros(zero.shape) for zero in unused]

        made = [r for r in present if r is not None]
        unused = stand_ins(node, grads, values)
        differentiable(
            made if len(made) > 1 else made[0],
            name,
            [*tensors, *unused],
            saved=tensors,
            backward=again,
        )
        return present[0] if len(present) == 1 else present

    return call


def stand_ins(node: Node, grads: Sequence, values: Sequence[object]) -> list[Tensor]:
    """Return tensors at the places in the graph of inputs that a backward does without.

    Torch keeps them all the same, so a gradient depends on them: with the slope 0.
    """
    known = [gradient_edge(x) for x in values]
    if any(edge[0] is node for edge in known):  # it keeps its result instead
        return []
    like = next(g for g in grads if g is not None)
    found = []
    for edge, wanted in zip(node.next_functions, node.wanted, strict=True):
        if edge[0] is not None and edge not in known:
            zero = like.new_zeros(()).expand(wanted[0]).detach()
            zero._set_history(*edge)
            found.append(zero)
    return found


def derived(run: Callable, tensors: Sequence[Tensor], grads: Sequence[Tensor]) -> list[Tensor]:
    """Return the gradients of what a rule is called with, from those of what it returns."""
    with enable_grad():
        seen = [x.view_as(x) if x.requires_grad else x for x in tensors]
        result = run(*seen)
    results = result if isinstance(result, (tuple, list)) else (result,)
    results = [r for r in results if r is not None]
    pairs = [
        (r, g) for r, g in zip(results, grads, strict=True) if g is not None and r.requires_grad
    ]
    wanted = [x for x in seen if x.requires_grad]
    found: Sequence = [None] * len(wanted)
    if pairs and wanted:
        ends, starts = zip(*pairs, strict=True)
        found = gradients(ends, wanted, starts, True, mode.grad, True)
    by_place = iter(found)
    zeros = [next(by_place) if x.requires_grad else None for x in seen]
    return [
        x.new_zeros(x.shape) if g is None and x.requires_grad else g
        for g, x in zip(zeros, tensors, strict=True)
    ]


for _name in REGULAR:
    for _overload in (0, 1):  # in place, some are another overload
        AS_ONE[f"{_name}Backward{_overload}"] = as_one(f"{_name}BackwardBackward0")
for _name, _node in OTHERS.items():
    AS_ONE[f"{_name}Backward0"] = AS_ONE[f"{_name}Backward1"] = as_one(_node)
for _name, (_node, _error) in UNKNOWN.items():
    AS_ONE[f"{_name}Backward0"] = as_one(_node, _error)
