"""One step of a recurrent network: from an input and a state to the next state.

All cells begin alike: the input times one matrix and the state times another, each plus a
bias. An Elman cell bends the sum, and that is the next state. A GRU and an LSTM cut such
sums into gates, numbers between 0 and 1 that say how much of something passes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...creation import zeros
from ...elementwise.activation import relu, sigmoid
from ...elementwise.trigonometry import tanh
from ...graph import differentiable
from ...joining import cat
from ...linalg.products import matmul
from ...operators import function
from ...tensor import Tensor
from ...tensorbase import wrap
from ..functional.linear import linear

__all__ = ["gru_cell", "lstm_cell", "rnn_relu_cell", "rnn_tanh_cell"]

State = tuple[Tensor, ...]  # h; of an LSTM h and c


class Weights(NamedTuple):
    """What a cell has learned: G rows for each of its H numbers, G being 1, 3 (GRU) or 4 (LSTM)."""

    input: Tensor  # (G * H, I)
    hidden: Tensor  # (G * H, H)
    input_bias: Tensor | None = None  # (G * H,)
    hidden_bias: Tensor | None = None  # (G * H,)
    projection: Tensor | None = None  # (P, H): h is projected to P numbers

    def of_input(self, input: Tensor) -> Tensor:
        """Return the input's share, of one step or of all at once. `(*, I)` to `(*, G * H)`."""
        return linear(input, self.input, self.input_bias)

    def of_state(self, h: Tensor) -> Tensor:
        """Return the state's share. `(N, H)` to `(N, G * H)`."""
        return linear(h, self.hidden, self.hidden_bias)

    def of_both(self, share: Tensor, h: Tensor) -> Tensor:
        """Return the state's share plus the input's, which torch adds in place."""
        own = self.of_state(h)
        return own + share if own._size == share._size else own.add_(share)


# step(the input's share, state, weights): the next state
Step = Callable[[Tensor, State, Weights], State]


def gates(shares: Tensor, count: int) -> tuple[Tensor, ...]:
    """Cut the shares of several gates apart, which torch's graph does not count as views."""
    rows, n = shares.size(0), shares.size(1) // count
    pieces = tuple(
        wrap(Tensor, shares._storage, (rows, n), shares._stride, shares._offset + at * n)
        for at in range(count)
    )

    def backward(grads: tuple[Tensor | None, ...]) -> Tensor:
        some = next(grad for grad in grads if grad is not None)
        nothing = zeros((rows, n), dtype=some.dtype, device=some.device)
        return cat([nothing if grad is None else grad for grad in grads], 1)

    return differentiable(pieces, "UnsafeSplitBackward0", (shares,), backward=backward)


def tanh_step(share: Tensor, state: State, weights: Weights) -> State:
    """Return `tanh(share + W h + b)`."""
    return (tanh(weights.of_both(share, state[0])),)


def relu_step(share: Tensor, state: State, weights: Weights) -> State:
    """Return `relu(share + W h + b)`."""
    return (relu(weights.of_both(share, state[0])),)


def gru_step(share: Tensor, state: State, weights: Weights) -> State:
    """Return `z * h + (1 - z) * n`: the update gate z keeps of h what n is not to replace.

    The reset gate r says how much of h goes into the new value n.
    """
    (h,) = state
    input_r, input_z, input_n = gates(share, 3)
    hidden_r, hidden_z, hidden_n = gates(weights.of_state(h), 3)
    r = sigmoid(hidden_r + input_r)
    z = sigmoid(hidden_z + input_z)
    n = tanh(input_n + hidden_n * r)
    return ((h - n) * z + n,)


def lstm_step(share: Tensor, state: State, weights: Weights) -> State:
    """Return h and c: c forgets by the gate f and takes by the gate i, h shows of it by o.

    c changes by sums alone, so gradients can pass through many steps without vanishing.
    """
    h, c = state
    i, f, g, o = gates(weights.of_both(share, h), 4)
    i, f, g, o = sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)
    c = f * c + i * g
    h = o * tanh(c)
    return (h if weights.projection is None else matmul(h, weights.projection.t())), c


def check_cell(input: Tensor, state: Sequence[Tensor], weights: Weights, count: int) -> None:
    """Raise if input, state and weights of a single step do not fit.

    Args:
        input: `(N, I)`.
        state: each `(N, H)`.
        weights: of the cell.
        count: how many rows of the weights each number of the state has.
    """
    if input.size(1) != weights.input.size(1):
        raise RuntimeError(
            f"input has inconsistent input_size: got {input.size(1)} expected "
            f"{weights.input.size(1)}"
        )
    hidden = weights.hidden.size(1)
    for at, tensor in enumerate(state):
        if input.size(0) != tensor.size(0):
            raise RuntimeError(
                f"Input batch size {input.size(0)} doesn't match hidden{at} batch size "
                f"{tensor.size(0)}"
            )
        if tensor.size(1) != hidden:
            raise RuntimeError(
                f"hidden{at} has inconsistent hidden_size: got {tensor.size(1)}, expected {hidden}"
            )
    for name, weight in (("weight_ih", weights.input), ("weight_hh", weights.hidden)):
        if weight.size(0) != count * hidden:
            raise RuntimeError(
                f"{name} first dim must be {count} * hidden_size = {count * hidden}, but got "
                f"{weight.size(0)}"
            )


def once(step: Step, input: Tensor, state: State, weights: Weights, count: int) -> State:
    """Take a single step with checked sizes."""
    check_cell(input, state, weights, count)
    return step(weights.of_input(input), state, weights)


@function
def rnn_tanh_cell(
    input: Tensor,
    hx: Tensor,
    w_ih: Tensor,
    w_hh: Tensor,
    b_ih: Tensor | None = None,
    b_hh: Tensor | None = None,
) -> Tensor:
    """Return `tanh(input @ w_ih.T + b_ih + hx @ w_hh.T + b_hh)`; see `nn.RNNCell`."""
    return once(tanh_step, input, (hx,), Weights(w_ih, w_hh, b_ih, b_hh), 1)[0]


@function
def rnn_relu_cell(
    input: Tensor,
    hx: Tensor,
    w_ih: Tensor,
    w_hh: Tensor,
    b_ih: Tensor | None = None,
    b_hh: Tensor | None = None,
) -> Tensor:
    """Return `relu(input @ w_ih.T + b_ih + hx @ w_hh.T + b_hh)`; see `nn.RNNCell`."""
    return once(relu_step, input, (hx,), Weights(w_ih, w_hh, b_ih, b_hh), 1)[0]


@function
def gru_cell(
    input: Tensor,
    hx: Tensor,
    w_ih: Tensor,
    w_hh: Tensor,
    b_ih: Tensor | None = None,
    b_hh: Tensor | None = None,
) -> Tensor:
    """Return the next state of a gated recurrent unit; see `nn.GRUCell`."""
    return once(gru_step, input, (hx,), Weights(w_ih, w_hh, b_ih, b_hh), 3)[0]


@function
def lstm_cell(
    input: Tensor,
    hx: Sequence[Tensor],
    w_ih: Tensor,
    w_hh: Tensor,
    b_ih: Tensor | None = None,
    b_hh: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the next h and c of a long short-term memory; see `nn.LSTMCell`."""
    if len(hx) != 2:
        raise RuntimeError("lstm_cell expects two hidden states")
    return once(lstm_step, input, tuple(hx), Weights(w_ih, w_hh, b_ih, b_hh), 4)
