"""What the functions of `functional` have in common: reading arguments, strict mode, errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..arguments import is_tensor
from ..creation import zeros_like
from ..engine import grad as gradients
from ..tensor import Tensor

Tensors = Tensor | tuple[Tensor, ...]
RESULT = "outputs of the user-provided function"


def as_tuple(value: Any, what: str, name: str) -> tuple[bool, tuple[Tensor, ...]]:
    """Return whether a value was a tuple, and its tensors as one.

    Raises:
        TypeError: for anything but a tensor or a tuple of tensors.
    """
    was_tuple = isinstance(value, tuple)
    items = value if was_tuple else (value,)
    for at, item in enumerate(items):
        if not is_tensor(item):
            where = f"value at index {at}" if was_tuple else f"given {what}"
            raise TypeError(
                f"The {what} given to {name} must be either a Tensor or a tuple of Tensors but the "
                f"{where} has type {type(item)}."
            )
    return was_tuple, items


def prepared(tensors: Sequence[Tensor], create_graph: bool, need_graph: bool) -> tuple:
    """Return inputs as this call's own: detached leaves, or, to keep the graph, views of them."""
    return tuple(
        x.view_as(x) if create_graph and x.requires_grad else x.detach().requires_grad_(need_graph)
        for x in tensors
    )


def finished(values: Any, create_graph: bool) -> Any:
    """Return results, detached unless the graph was asked for."""
    if create_graph:
        return values
    if is_tensor(values):
        return values.detach()
    return tuple(finished(value, create_graph) for value in values)


def unwrapped(values: tuple, is_tuple: bool) -> Any:
    """Return a tuple, or its only item where no tuple was given."""
    return values if is_tuple else values[0]


def check_vector(v: tuple, other: tuple, is_tuple: bool) -> None:
    """Raise if a vector does not fit what it is to be multiplied with."""
    if len(v) != len(other):
        if is_tuple:
            raise RuntimeError(
                f"v is a tuple of invalid length: should be {len(other)} but got {len(v)}."
            )
        raise RuntimeError("The given v should contain a single Tensor.")
    for at, (a, b) in enumerate(zip(v, other, strict=True)):
        if a.shape != b.shape:
            where = f"Entry {at} in " if is_tuple else ""
            raise RuntimeError(f"{where}v has invalid size: should be {b.shape} but got {a.shape}.")


STRICT = {
    "outputs": (
        "Output {} of the user-provided function does not require gradients. The outputs must be "
        "computed in a differentiable manner from the input when running in strict mode."
    ),
    "grad_inputs": (
        "The gradient with respect to input {} is independent of the inputs of the user-provided "
        "function. This is not allowed in strict mode."
    ),
    "jacobian": (
        "While computing the hessian, found that the jacobian of the user-provided function with "
        "respect to input {} is independent of the input. This is not allowed in strict mode. You "
        "should ensure that your function is twice differentiable and that the jacobian depends on "
        "the inputs (this would be violated by a linear function for example)."
    ),
    "hessian": (
        "The hessian of the user-provided function with respect to input {} is independent of the "
        "input. This is not allowed in strict mode. You should ensure that your function is thrice "
        "differentiable and that the hessian depends on the inputs."
    ),
}
INDEPENDENT = (
    "The output of the user-provided function is independent of input {}. This is not allowed in "
    "strict mode."
)
UNUSED = {
    "back": INDEPENDENT,
    "back_trick": (
        "The gradient with respect to the input is independent of entry {} in the grad_outputs "
        "when using the double backward trick to compute forward mode gradients. This is not "
        "allowed in strict mode."
    ),
    "double_back": (
        "The jacobian of the user-provided function is independent of input {}. This is not "
        "allowed in strict mode."
    ),
    "double_back_trick": (
        "The hessian of the user-provided function is independent of entry {} in the "
        "grad_jacobian. This is not allowed in strict mode as it prevents from using the double "
        "backward trick to replace forward mode AD."
    ),
}


def check_recorded(tensors: Sequence[Tensor | None], what: str, strict: bool) -> None:
    """Raise in strict mode if one of some tensors does not depend on the inputs."""
    for at, tensor in enumerate(tensors if strict else ()):
        if tensor is None:
            raise RuntimeError(INDEPENDENT.format(at))
        if not tensor.requires_grad:
            raise RuntimeError(STRICT[what].format(at))


def filled(
    grads: Sequence[Tensor | None],
    like: Sequence[Tensor],
    strict: bool,
    create_graph: bool,
    stage: str,
) -> tuple[Tensor, ...]:
    """Return gradients with zeros for None, or, in strict mode, an error that names the stage."""
    found = []
    for at, (grad, other) in enumerate(zip(grads, like, strict=True)):
        if grad is None and strict:
            raise RuntimeError(UNUSED[stage].format(at))
        if grad is not None and strict and create_graph and not grad.requires_grad:
            which = "hessian" if "double" in stage else "jacobian"
            raise RuntimeError(
                f"The {which} of the user-provided function is independent of input {at}. This is "
                "not allowed in strict mode when create_graph=True."
            )
        found.append(zeros_like(other) if grad is None else grad)
    return tuple(found)


def differentiated(
    outputs: Sequence[Tensor | None],
    inputs: Sequence[Tensor],
    starts: Sequence[Tensor | None] | None = None,
    create_graph: bool = False,
) -> tuple[Tensor | None, ...]:
    """Return gradients as `torch.autograd.grad` does; outputs without history count as zero."""
    starts = starts or (None,) * len(outputs)
    pairs = [
        (output, start)
        for output, start in zip(outputs, starts, strict=True)
        if output is not None and output.requires_grad
    ]
    if not pairs:
        return (None,) * len(inputs)
    recorded, given = zip(*pairs, strict=True)
    return gradients(
        recorded, inputs, given, allow_unused=True, create_graph=create_graph, retain_graph=True
    )


def the_scalar(outputs: tuple, is_tuple: bool, name: str) -> Tensor:
    """Return the only output, of one element, of a function whose Hessian is wanted."""
    if is_tuple:
        raise RuntimeError(f"The function given to {name} should return a single Tensor")
    if outputs[0].numel() != 1:
        raise RuntimeError(
            f"The Tensor returned by the function given to {name} should contain a single element"
        )
    return outputs[0]


def vector_for(
    v: Tensors | None, inputs: tuple, is_tuple: bool, create_graph: bool, name: str
) -> tuple | None:
    """Return the vector to multiply with, checked; None for an input of one element."""
    if v is not None:
        _, given = as_tuple(v, "v", name)
        given = prepared(given, create_graph, need_graph=False)
        check_vector(given, inputs, is_tuple)
        return given
    if len(inputs) != 1 or inputs[0].numel() != 1:
        raise RuntimeError(
            "The vector v can only be None if the input to the user-provided function is a single "
            "Tensor with a single element."
        )
    return None
