"""A whole LSTM layer as one node of the graph.

torch leaves LSTM layers of float32 to the library oneDNN, which computes all steps at once;
so the graph has one `MkldnnRnnLayerBackward0` where that of a GRU has a dozen nodes a step.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain

from ... import dtypes
from ...engine import grad as gradients
from ...gradmode import mode
from ...graph import differentiable
from ...tensor import Tensor, fresh
from ...tensorbase import numbers
from . import lstm_kernels as kernels
from .cells import Weights, lstm_step
from .lstm_kernels import Row
from .through import through_steps


def lstm_layer(
    input: Tensor, h: Tensor, c: Tensor, weights: Weights, backwards: bool
) -> tuple[Tensor, Tensor, Tensor]:
    """Return an LSTM layer's states of each step, `(T, N, H)`, and its last h and c, `(N, H)`.

    Backward goes through the steps from the last to the first, on numbers; if it is itself
    to be differentiated, it is that of the layer composed of single steps instead.

    Args:
        input: `(T, N, I)`.
        h: `(N, H)`.
        c: `(N, H)`.
        weights: of the layer.
        backwards: whether it starts with the last step.

    Raises:
        RuntimeError: a type that is not float32.
    """
    inputs = (input, *weights[:4], h, c)
    if any(x is not None and x.dtype is not dtypes.float32 for x in inputs):
        raise RuntimeError("get_mkldnn_dtype: unsupported data type")
    (length, batch, width), n = input._size, h._size[1]
    rows = kernels.side_by_side(rows_of(weights.input), rows_of(weights.hidden))
    outputs, last, done = kernels.forwards(
        ordered(rows_of(input), batch, backwards),
        rows,
        bias_of(weights),
        rows_of(h),
        rows_of(c),
    )
    in_place = outputs[::-1] if backwards else outputs
    results = (
        filled(chain.from_iterable(in_place), length, batch, n),
        filled(outputs[-1], batch, n),
        filled(last, batch, n),
    )
    asked = input.requires_grad

    def backward(grads: Sequence[Tensor | None], *inputs: Tensor | None) -> Sequence:
        if mode.grad:
            return of_steps(grads, inputs, backwards)
        states, grad_h, grad_c = (
            [[0.0] * n for _ in range(size)] if grad is None else rows_of(grad)
            for grad, size in zip(grads, (length * batch, batch, batch), strict=True)
        )
        to_input, to_h, to_c, shares = kernels.backwards(
            done,
            rows,
            ordered(states, batch, backwards),
            grad_h,
            grad_c,
            0 if asked else width,
        )
        if backwards:
            to_input.reverse()
        to_rows, to_bias = kernels.of_weights(done, shares)
        bias = filled([to_bias], 4 * n)
        return (
            filled(chain.from_iterable(to_input), length, batch, width) if asked else None,
            filled((row[:width] for row in to_rows), 4 * n, width),
            filled((row[width:] for row in to_rows), 4 * n, n),
            bias,
            bias,
            filled(to_h, batch, n),
            filled(to_c, batch, n),
        )

    return differentiable(
        results, "MkldnnRnnLayerBackward0", inputs, saved=inputs, backward=backward
    )


def of_steps(
    grads: Sequence[Tensor | None], inputs: Sequence[Tensor | None], backwards: bool
) -> list[Tensor | None]:
    """Return the gradients of the inputs as those of the layer composed of single steps."""
    input, *weights, h, c = inputs
    output, state = through_steps(lstm_step, input, (h, c), Weights(*weights), backwards)
    reached = [pair for pair in zip((output, *state), grads, strict=True) if pair[1] is not None]
    ends, starts = zip(*reached, strict=True)
    wanted = [x for x in inputs if x is not None and x.requires_grad]
    found = iter(gradients(ends, wanted, starts, create_graph=True, allow_unused=True))
    return [next(found) if x is not None and x.requires_grad else None for x in inputs]


def rows_of(tensor: Tensor) -> list[Row]:
    """Return a tensor's numbers as rows along its last dimension."""
    return kernels.cut(numbers(tensor), tensor._size[-1])


def ordered(rows: list[Row], batch: int, backwards: bool) -> list[list[Row]]:
    """Return the rows of each step, in the order in which the steps are taken."""
    steps = [rows[at : at + batch] for at in range(0, len(rows), batch)]
    return steps[::-1] if backwards else steps


def bias_of(weights: Weights) -> Row:
    """Return the sum of both biases; zeros where there are none."""
    if weights.input_bias is None or weights.hidden_bias is None:
        return [0.0] * weights.input._size[0]
    return kernels.added(numbers(weights.input_bias), numbers(weights.hidden_bias))


def filled(rows: Sequence[Row], *size: int) -> Tensor:
    """Return a tensor of float32 with the numbers of some rows."""
    return fresh(array("f", chain.from_iterable(rows)), size, dtypes.float32)
