"""Derivatives of functions as wholes: Jacobians, Hessians, and their products with vectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..creation import zeros_like
from ..gradmode import enable_grad, is_grad_enabled, set_grad_enabled
from ..joining import stack
from ..tensor import Tensor
from .strictness import (
    RESULT,
    Tensors,
    as_tuple,
    check_recorded,
    check_vector,
    differentiated,
    filled,
    finished,
    prepared,
    the_scalar,
    unwrapped,
    vector_for,
)

__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]


def vjp(
    func: Callable[..., Any],
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensors, Tensors]:
    """Return `func(*inputs)`, and a vector times the Jacobian: what one backward computes.

    >>> x = torch.tensor([1.0, 2.0])
    >>> torch.autograd.functional.vjp(lambda x: x * x, x, torch.ones(2))
    (tensor([1., 4.]), tensor([2., 4.]))

    Args:
        func: takes the inputs, returns a tensor or a tuple of tensors.
        inputs: a tensor or a tuple of tensors.
        v: of the outputs' shapes; 1 for a single output of one element.
        create_graph: record the results.
        strict: raise where an input is not used, instead of giving zeros.
    """
    with enable_grad():
        was_tuple, xs = as_tuple(inputs, "inputs", "vjp")
        xs = prepared(xs, create_graph, need_graph=True)
        gave_tuple, ys = as_tuple(func(*xs), RESULT, "vjp")
        check_recorded(ys, "outputs", strict)
        vs = None
        if v is not None:
            vs = prepared(as_tuple(v, "v", "vjp")[1], create_graph, need_graph=False)
            check_vector(vs, ys, gave_tuple)
        elif len(ys) != 1 or ys[0].numel() != 1:
            raise RuntimeError(
                "The vector v can only be None if the user-provided function returns a single "
                "Tensor with a single element."
            )
    with set_grad_enabled(create_graph or is_grad_enabled()):
        found = differentiated(ys, xs, vs, create_graph)
        product = filled(found, xs, strict, create_graph, "back")
    ys, product = finished(ys, create_graph), finished(product, create_graph)
    return unwrapped(ys, gave_tuple), unwrapped(product, was_tuple)


def jvp(
    func: Callable[..., Any],
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensors, Tensors]:
    """Return `func(*inputs)`, and the Jacobian times a vector.

    A backward gives `u J`, which is linear in `u`: its own derivative with respect to `u`
    is J, so a second backward gives `J v`.

    >>> x = torch.tensor([1.0, 2.0])
    >>> torch.autograd.functional.jvp(lambda x: x * x, x, torch.tensor([1.0, 0.0]))
    (tensor([1., 4.]), tensor([2., 0.]))

    Args:
        func: takes the inputs, returns a tensor or a tuple of tensors.
        inputs: a tensor or a tuple of tensors.
        v: of the inputs' shapes; 1 for a single input of one element.
        create_graph: record the results.
        strict: raise where an input is not used, instead of giving zeros.
    """
    with enable_grad():
        was_tuple, xs = as_tuple(inputs, "inputs", "jvp")
        xs = prepared(xs, create_graph, need_graph=True)
        vs = vector_for(v, xs, was_tuple, create_graph, "jvp")
        gave_tuple, ys = as_tuple(func(*xs), RESULT, "jvp")
        check_recorded(ys, "outputs", strict)
        us = tuple(zeros_like(y, requires_grad=True) for y in ys)
        first = differentiated(ys, xs, us, create_graph=True)
        check_recorded(first, "grad_inputs", strict)
    with set_grad_enabled(create_graph or is_grad_enabled()):
        found = differentiated(first, us, vs, create_graph)
        product = filled(found, ys, strict, create_graph, "back_trick")
    ys, product = finished(ys, create_graph), finished(product, create_graph)
    return unwrapped(ys, gave_tuple), unwrapped(product, gave_tuple)


def jacobian(
    func: Callable[..., Any],
    inputs: Tensors,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    strategy: str = "reverse-mode",
) -> Any:
    """Return the derivative of each output element with respect to each input element.

    One backward for each element of the output. Output `(M,)`, input `(N,)`: `(M, N)`.

    >>> x = torch.tensor([1.0, 2.0])
    >>> torch.autograd.functional.jacobian(lambda x: x * x, x)
    tensor([[2., 0.],
            [0., 4.]])

    Args:
        func: takes the inputs, returns a tensor or a tuple of tensors.
        inputs: a tensor or a tuple of tensors.
        create_graph: record the result.
        strict: raise where an output does not depend on an input, instead of giving zeros.
        vectorize: of no effect.
        strategy: `reverse-mode`; there is no forward mode here.

    Returns:
        a tensor of the output's shape followed by the input's; tuples of them for tuples.
    """
    if strategy not in ("forward-mode", "reverse-mode"):
        raise AssertionError(
            'Expected strategy to be either "forward-mode" or "reverse-mode". Hint: If your '
            'function has more outputs than inputs, "forward-mode" tends to be more performant. '
            'Otherwise, prefer to use "reverse-mode".'
        )
    if strategy == "forward-mode":
        raise NotImplementedError(
            'torch.autograd.functional.jacobian(strategy="forward-mode") is not part of '
            "reference_impl"
        )
    with enable_grad():
        was_tuple, xs = as_tuple(inputs, "inputs", "jacobian")
        xs = prepared(xs, create_graph, need_graph=True)
        gave_tuple, ys = as_tuple(func(*xs), RESULT, "jacobian")
        check_recorded(ys, "outputs", strict)
        if vectorize and strict:
            raise RuntimeError(
                "torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are not "
                "supported together. Please either set `strict=False` or `vectorize=False`."
            )
        found = tuple(
            rows_of(y, at, xs, strict=strict, create_graph=create_graph) for at, y in enumerate(ys)
        )
    found = finished(found, create_graph)
    return unwrapped(tuple(unwrapped(row, was_tuple) for row in found), gave_tuple)


def rows_of(
    output: Tensor, at: int, inputs: tuple, *, strict: bool, create_graph: bool
) -> tuple[Tensor, ...]:
    """Return the derivatives of one output with respect to each input."""
    rows: list[list[Tensor]] = [[] for _ in inputs]
    for place in range(output.numel()):
        element = (output.reshape(-1)[place],)
        grads = differentiated(element, inputs, create_graph=create_graph)
        for number, (grad, x, column) in enumerate(zip(grads, inputs, rows, strict=True)):
            if strict and grad is None:
                raise RuntimeError(
                    f"Output {at} of the user-provided function is independent of input {number}. "
                    "This is not allowed in strict mode."
                )
            if strict and create_graph and not grad.requires_grad:
                raise RuntimeError(
                    "The jacobian of the user-provided function is independent of input "
                    f"{number}. This is not allowed in strict mode when create_graph=True."
                )
            column.append(zeros_like(x) if grad is None else grad)
    return tuple(
        (stack(column) if column else x.new_zeros((0, *x.shape))).view((*output.shape, *x.shape))
        for column, x in zip(rows, inputs, strict=True)
    )


def hessian(
    func: Callable[..., Any],
    inputs: Tensors,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    outer_jacobian_strategy: str = "reverse-mode",
) -> Any:
    """Return the second derivatives of a function of one result: the Jacobian of its gradient.

    >>> x = torch.tensor([1.0, 2.0])
    >>> torch.autograd.functional.hessian(lambda x: (x**3).sum(), x)
    tensor([[ 6.,  0.],
            [ 0., 12.]])

    Args:
        func: takes the inputs, returns a tensor of one element.
        inputs: a tensor or a tuple of tensors.
        create_graph: record the result.
        strict: raise where the gradient does not depend on an input, instead of giving zeros.
        vectorize: of no effect.
        outer_jacobian_strategy: `reverse-mode`; there is no forward mode here.

    Returns:
        a tensor `(*input.shape, *input.shape)`; a tuple of tuples for a tuple of inputs.
    """
    was_tuple, xs = as_tuple(inputs, "inputs", "hessian")
    if outer_jacobian_strategy not in ("forward-mode", "reverse-mode"):
        raise AssertionError('Expected strategy to be either "forward-mode" or "reverse-mode".')

    def scalar(*xs: Tensor) -> Tensor:
        gave_tuple, ys = as_tuple(func(*xs), RESULT, "hessian")
        check_recorded(ys, "outputs", strict)
        return the_scalar(ys, gave_tuple, "hessian").squeeze()

    def gradient(*xs: Tensor) -> tuple[Tensor, ...]:
        found = jacobian(scalar, xs, create_graph=True)
        check_recorded(found, "jacobian", strict)
        return found

    found = jacobian(gradient, xs, create_graph, strict, vectorize, outer_jacobian_strategy)
    return found if was_tuple else found[0][0]


def vhp(
    func: Callable[..., Any],
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensor, Tensors]:
    """Return `func(*inputs)`, and a vector times the Hessian, without computing the Hessian.

    >>> x = torch.tensor([1.0, 2.0])
    >>> torch.autograd.functional.vhp(lambda x: (x**3).sum(), x, torch.ones(2))
    (tensor(9.), tensor([ 6., 12.]))

    Args:
        func: takes the inputs, returns a tensor of one element.
        inputs: a tensor or a tuple of tensors.
        v: of the inputs' shapes; 1 for a single input of one element.
        create_graph: record the results.
        strict: raise where an input is not used, instead of giving zeros.
    """
    with enable_grad():
        was_tuple, xs = as_tuple(inputs, "inputs", "vhp")
        xs = prepared(xs, create_graph, need_graph=True)
        vs = vector_for(v, xs, was_tuple, create_graph, "vhp")
        gave_tuple, ys = as_tuple(func(*xs), RESULT, "vhp")
        check_recorded(ys, "outputs", strict)
        the_scalar(ys, gave_tuple, "vhp")
        first = differentiated(ys, xs, create_graph=True)
        check_recorded(first, "jacobian", strict)
    with set_grad_enabled(create_graph or is_grad_enabled()):
        found = differentiated(first, xs, vs, create_graph)
        product = filled(found, xs, strict, create_graph, "double_back")
    ys, product = finished(ys, create_graph), finished(product, create_graph)
    return unwrapped(ys, gave_tuple), unwrapped(product, was_tuple)


def hvp(
    func: Callable[..., Any],
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensor, Tensors]:
    """Return `func(*inputs)`, and the Hessian times a vector, without computing the Hessian.

    For smooth functions this is `vhp` transposed, by three backward passes instead of two.

    >>> x = torch.tensor([1.0, 2.0])
    >>> torch.autograd.functional.hvp(lambda x: (x**3).sum(), x, torch.ones(2))
    (tensor(9.), tensor([ 6., 12.]))

    Args:
        func: takes the inputs, returns a tensor of one element.
        inputs: a tensor or a tuple of tensors.
        v: of the inputs' shapes; 1 for a single input of one element.
        create_graph: record the results.
        strict: raise where an input is not used, instead of giving zeros.
    """
    with enable_grad():
        was_tuple, xs = as_tuple(inputs, "inputs", "hvp")
        xs = prepared(xs, create_graph, need_graph=True)
        vs = vector_for(v, xs, was_tuple, create_graph, "hvp")
        gave_tuple, ys = as_tuple(func(*xs), RESULT, "hvp")
        check_recorded(ys, "outputs", strict)
        the_scalar(ys, gave_tuple, "hvp")
        first = differentiated(ys, xs, create_graph=True)
        check_recorded(first, "jacobian", strict)
        us = tuple(zeros_like(x, requires_grad=True) for x in xs)
        second = differentiated(first, xs, us, create_graph=True)
        check_recorded(first, "hessian", strict)
    with set_grad_enabled(create_graph or is_grad_enabled()):
        found = differentiated(second, us, vs, create_graph)
        product = filled(found, xs, strict, create_graph, "double_back_trick")
    ys, product = finished(ys, create_graph), finished(product, create_graph)
    return unwrapped(ys, gave_tuple), unwrapped(product, was_tuple)
