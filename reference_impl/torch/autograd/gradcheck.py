"""Comparing backward with differences: `torch.autograd.gradcheck`.

Column by column an input element is moved by `±eps`, which gives the derivatives of all
outputs with respect to it; row by row backward gives those of one output element. Both are
the same matrix, here held as `(input elements, output elements)`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

from .. import dtypes
from ..arguments import is_tensor
from ..creation import zeros, zeros_like
from ..elementwise import isclose
from ..engine import grad as gradients
from ..gradmode import enable_grad, no_grad
from ..random import Generator
from ..sampling import randn
from ..shapes import overlaps
from ..tensor import Tensor

__all__ = ["GradcheckError", "gradcheck", "gradgradcheck"]

NOT_DOUBLE = (
    "Input #{} requires gradient and is not a double precision floating point or complex. This "
    "check will likely fail if all the inputs are not of double precision floating point or "
    "complex. "
)
NOT_REENTRANT = (
    "Backward is not reentrant, i.e., running backward with same input and grad_output multiple "
    "times gives different values, although analytical gradient matches numerical gradient."
    "The tolerance for nondeterminism was {}.\n"
    """
NOTE: If your op relies on non-deterministic operations i.e., it is listed here:
https://pytorch.org/docs/stable/generated/torch.use_deterministic_algorithms.html
this failure might be expected.

If you are adding a new operator, please file an issue and then use one of the
workarounds. The workaround depends on how your test invokes gradcheck/gradgradcheck.
If the test
- manually invokes gradcheck/gradgradcheck, then call gradcheck/gradgradcheck
  with `nondet_tol=<tol>` as a keyword argument.
- is OpInfo-based (e.g., in test_ops_gradients.py), then modify the OpInfo for the test
  to have `gradcheck_nondet_tol=<tol>`.
- is a Module test (e.g., in common_nn.py), then modify the corresponding
  module_test entry to have `gradcheck_nondet_tol=<tol>`
"""
)


class GradcheckError(RuntimeError):
    """What `gradcheck` raises where the derivatives differ."""


GradcheckError.__module__ = "torch.autograd.gradcheck"


def differentiable_of(values: Any) -> tuple[Tensor, ...]:
    """Return the tensors among some values that require grad."""
    values = values if isinstance(values, (tuple, list)) else (values,)
    return tuple(v for v in values if is_tensor(v) and v.requires_grad)


def check_inputs(inputs: Sequence[Any]) -> None:
    """Raise, or warn, if inputs cannot be checked.

    Raises:
        ValueError: none of them requires grad.
        RuntimeError: several elements share one place.
    """
    if not differentiable_of(inputs):
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, but none of them "
            "have requires_grad=True."
        )
    for at, x in enumerate(inputs):
        if not is_tensor(x) or not x.requires_grad:
            continue
        if x.dtype is not dtypes.float64:
            warnings.warn(NOT_DOUBLE.format(at), UserWarning, stacklevel=4)
        if overlaps(x.shape, x.stride()):
            raise RuntimeError(
                f"The {at}th input has a dimension with stride 0. gradcheck only supports inputs "
                "that are non-overlapping to be able to compute the numerical gradients correctly. "
                "You should call .contiguous on the input before passing it to gradcheck."
            )
        x.retain_grad()


def numerical(fn: Callable, inputs: Sequence[Any], x: Tensor, eps: float) -> list[Tensor]:
    """Return the derivatives of each output with respect to one input, by differences."""

    def results() -> list[Tensor]:
        found = fn(*inputs)
        found = found if isinstance(found, (tuple, list)) else (found,)
        return [y.detach().clone() for y in found if is_tensor(y) and y.dtype.is_floating_point]

    with no_grad():
        shapes = results()
        matrices = [zeros(x.numel(), y.numel(), dtype=y.dtype) for y in shapes]
        data = x.data
        for row, place in enumerate(places(x)):
            kept = data[place].item()
            data[place] = kept + eps
            above = results()
            data[place] = kept - eps
            below = results()
            data[place] = kept
            for matrix, a, b in zip(matrices, above, below, strict=True):
                matrix[row] = ((a - b) / (2 * eps)).reshape(-1)
    return matrices


def places(x: Tensor) -> list[tuple[int, ...]]:
    """Return the index of each element, in row-major order."""
    found: list[tuple[int, ...]] = [()]
    for n in x.shape:
        found = [(*index, i) for index in found for i in range(n)]
    return found


def analytical(output: Tensor, inputs: Sequence[Tensor]) -> list[Tensor]:
    """Return the derivatives of one output with respect to each input, by backward."""
    matrices = [zeros(x.numel(), output.numel(), dtype=x.dtype) for x in inputs]
    for column, place in enumerate(places(output)):
        start = zeros_like(output)
        start[place] = 1
        grads = gradients(output, inputs, start, retain_graph=True, allow_unused=True)
        for matrix, grad in zip(matrices, grads, strict=True):
            if grad is not None:
                matrix[:, column] = grad.detach().reshape(-1)
    return matrices


def matches(a: Tensor, b: Tensor, atol: float, rtol: float) -> bool:
    """Tell whether two matrices are close at each place."""
    return bool(isclose(a, b.to(a.dtype), rtol=rtol, atol=atol).all())


def compare(
    fn: Callable, inputs: tuple, *, eps: float, atol: float, rtol: float, nondet_tol: float
) -> None:
    """Raise if backward and differences disagree."""
    leaves = differentiable_of(inputs)
    with enable_grad():
        found = fn(*inputs)
    outputs = found if isinstance(found, (tuple, list)) else (found,)
    floating = [y for y in outputs if is_tensor(y) and y.dtype.is_floating_point]
    by_differences = [numerical(fn, inputs, x, eps) for x in leaves]
    for i, output in enumerate(floating):
        if not output.requires_grad:
            check_constant([column[i] for column in by_differences])
            continue
        by_backward = analytical(output, leaves)
        again = analytical(output, leaves)
        for j, (matrix, once_more) in enumerate(zip(by_backward, again, strict=True)):
            expected = by_differences[j][i]
            if not matches(matrix, expected, atol, rtol):
                raise GradcheckError(
                    f"Jacobian mismatch for output {i} with respect to input {j},\n"
                    f"numerical:{expected}\nanalytical:{matrix}\n"
                )
            if bool(((matrix - once_more).abs() > nondet_tol).any()):
                raise GradcheckError(NOT_REENTRANT.format(nondet_tol))


def check_constant(derivatives: Sequence[Tensor]) -> None:
    """Raise if an output changes with an input although it does not require grad."""
    for matrix in derivatives:
        if not matches(matrix, zeros_like(matrix), 1e-6, 0.0):
            raise GradcheckError("Numerical gradient for function expected to be zero")


def check_undefined(fn: Callable, inputs: tuple) -> None:
    """Raise if backward cannot do without the gradient of one of several outputs."""
    leaves = differentiable_of(inputs)
    with enable_grad():
        outputs = differentiable_of(fn(*inputs))
    node = outputs[0].grad_fn if outputs else None
    if node is None or any(y.grad_fn is not node for y in outputs):
        return
    grads = node.apply([None] * node.outputs) if hasattr(node, "_forward_cls") else []
    for grad in grads[: len(leaves)]:
        if grad is not None and not bool((grad == 0).all()):
            raise GradcheckError(
                "Expected all input grads to be undefined or zero when all output grads are "
                "undefined or zero. Please look at 'Notes about undefined output gradients' in "
                '"tools/autograd/derivatives.yaml"'
            )


def gradcheck(
    func: Callable[..., Any],
    inputs: Tensor | Sequence[Any],
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_batched_forward_grad: bool = False,
    check_forward_ad: bool = False,
    check_backward_ad: bool = True,
    fast_mode: bool = False,
    masked: bool | None = None,
) -> bool:
    """Tell whether a function's backward agrees with differences of its results.

    >>> x = torch.tensor([1.0, 2.0], dtype=torch.double, requires_grad=True)
    >>> torch.autograd.gradcheck(lambda x: x.exp() * x, (x,))
    True

    Args:
        func: takes the inputs, returns a tensor or a tuple of tensors.
        inputs: those that require grad should be of double precision.
        eps: how far inputs are moved.
        atol: how much the derivatives may differ, plus `rtol` times the expected one.
        rtol: how much they may differ in relation to their size.
        raise_exception: raise instead of returning False.
        nondet_tol: how much two backward passes may differ.
        check_undefined_grad: let backward also do without a gradient.
        check_grad_dtypes: of no effect: gradients always get their input's type.
        check_batched_grad: not part of reference_impl.
        check_batched_forward_grad: not part of reference_impl.
        check_forward_ad: not part of reference_impl.
        check_backward_ad: check backward.
        fast_mode: of no effect: the whole Jacobian is always compared.
        masked: not part of reference_impl.

    Raises:
        GradcheckError: where the derivatives differ.
        ValueError: if no input requires grad.
    """
    if check_batched_grad or check_batched_forward_grad or check_forward_ad or masked:
        raise NotImplementedError(
            "torch.autograd.gradcheck with batched or forward gradients is not part of "
            "reference_impl"
        )
    given = (inputs,) if is_tensor(inputs) else tuple(inputs)
    try:
        check_inputs(given)
        if check_backward_ad:
            compare(func, given, eps=eps, atol=atol, rtol=rtol, nondet_tol=nondet_tol)
            if check_undefined_grad:
                check_undefined(func, given)
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True


def gradgradcheck(
    func: Callable[..., Any],
    inputs: Tensor | Sequence[Any],
    grad_outputs: Tensor | Sequence[Tensor] | None = None,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    gen_non_contig_grad_outputs: bool = False,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_fwd_over_rev: bool = False,
    check_rev_over_rev: bool = True,
    fast_mode: bool = False,
    masked: bool = False,
) -> bool:
    """Tell whether the second derivatives agree with differences of the first.

    >>> x = torch.tensor([1.0, 2.0], dtype=torch.double, requires_grad=True)
    >>> torch.autograd.gradgradcheck(lambda x: x**3, (x,))
    True

    Args:
        func: takes the inputs, returns a tensor or a tuple of tensors.
        inputs: those that require grad should be of double precision.
        grad_outputs: where the first derivative is taken; drawn by chance if None.
        eps: how far inputs are moved.
        atol: how much the derivatives may differ, plus `rtol` times the expected one.
        rtol: how much they may differ in relation to their size.
        gen_non_contig_grad_outputs: of no effect.
        raise_exception: raise instead of returning False.
        nondet_tol: how much two backward passes may differ.
        check_undefined_grad: let backward also do without a gradient.
        check_grad_dtypes: of no effect.
        check_batched_grad: not part of reference_impl.
        check_fwd_over_rev: not part of reference_impl.
        check_rev_over_rev: check backward of backward.
        fast_mode: of no effect.
        masked: not part of reference_impl.

    Raises:
        GradcheckError: where the derivatives differ.
    """
    given = (inputs,) if is_tensor(inputs) else tuple(inputs)
    if grad_outputs is None:
        chance = Generator().manual_seed(0)
        starts = tuple(
            randn(y.shape, dtype=y.dtype, generator=chance).requires_grad_()
            for y in differentiable_of(func(*given))
        )
    else:
        starts = (grad_outputs,) if is_tensor(grad_outputs) else tuple(grad_outputs)
    count = len(starts)

    def first(*args: Any) -> tuple[Tensor, ...]:
        inputs, starts = args[:-count], args[-count:]
        with enable_grad():
            outputs = differentiable_of(func(*inputs))
            leaves = differentiable_of(inputs)
            found = gradients(outputs, leaves, starts, create_graph=True, allow_unused=True)
        return tuple(g for g in found if g is not None)

    return gradcheck(
        first,
        (*given, *starts),
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        nondet_tol=nondet_tol,
        check_undefined_grad=check_undefined_grad,
        check_grad_dtypes=check_grad_dtypes,
        check_batched_grad=check_batched_grad,
        check_forward_ad=check_fwd_over_rev,
        fast_mode=fast_mode,
        masked=masked,
    )
