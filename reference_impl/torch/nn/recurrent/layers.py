"""Layers of cells on each other, in one direction or two: `torch.lstm`, `torch.gru`, `rnn_tanh`.

The layers of `torch.nn` call these. Each has two forms, for sequences of one length and for
packed ones.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from ... import dtypes
from ...calling import Signature
from ...joining import cat, stack
from ...tensor import Tensor
from ..functional.dropout import dropout as drop
from .cells import State, Step, Weights, gru_step, lstm_step, relu_step, tanh_step
from .fused import lstm_layer
from .through import Run, through_packed, through_steps

__all__ = ["gru", "lstm", "rnn_relu", "rnn_tanh"]

NOT_FUSED = (
    "LSTM with projections is not supported with oneDNN. Using default implementation. (Triggered "
    "internally at /__w/pytorch/pytorch/aten/src/ATen/native/RNN.cpp:1512.)"
)


class Arrangement(NamedTuple):
    """How layers stand on each other."""

    num_layers: int
    dropout: float  # the probability of a 0 between layers
    train: bool  # whether there is dropout at all
    bidirectional: bool  # whether each layer runs in both directions, side by side


def stacked(
    run: Run,
    step: Step,
    input: Tensor,
    states: Sequence[State],
    weights: Sequence[Weights],
    arrangement: Arrangement,
) -> tuple[Tensor, State]:
    """Run layers one after the other.

    Args:
        run: how a cell goes through the input.
        step: of the cell.
        input: of the first layer.
        states: of each layer and direction.
        weights: of each layer and direction.
        arrangement: of the layers.

    Returns:
        The last layer's output, and the states in the end, stacked.
    """
    num_layers, dropout, train, bidirectional = arrangement
    directions = 2 if bidirectional else 1
    if bidirectional and (len(weights) % 2 or len(states) % 2):
        raise RuntimeError("Odd number of params or hiddens given to a bidirectional RNN")
    for what, given in (("hidden states", states), ("weights", weights)):
        if len(given) != num_layers * directions:
            raise RuntimeError(f"Expected more {what} in stacked_rnn")
    last: list[State] = []
    for layer in range(num_layers):
        if layer and dropout and train:
            input = drop(input, dropout)
        outputs = []
        for direction in range(directions):
            at = layer * directions + direction
            output, state = run(step, input, states[at], weights[at], direction == 1)
            outputs.append(output)
            last.append(state)
        input = outputs[0] if directions == 1 else cat(outputs, -1)
    return input, tuple(stack(parts, 0) for parts in zip(*last, strict=True))


def grouped(params: Sequence[Tensor], has_biases: bool, projected: bool = False) -> list[Weights]:
    """Return the weights of each layer and direction from a flat list of them all."""
    count = (4 if has_biases else 2) + projected
    if len(params) % count:
        raise RuntimeError("got an incorrect number of RNN parameters")
    found = []
    for at in range(0, len(params), count):
        some = list(params[at : at + count])
        projection = some.pop() if projected else None
        found.append(Weights(*(some if has_biases else [*some, None, None]), projection))
    return found


def either(packed: Callable) -> Callable[[Callable], Callable]:
    """Let a function for sequences of one length take the arguments for packed ones, too."""

    def decorate(unpacked: Callable) -> Callable:
        name = unpacked.__name__
        forms = [(fn, Signature(fn, name, method=False)) for fn in (packed, unpacked)]

        def read(args: tuple, kwargs: dict) -> tuple[Callable, list, dict]:
            for fn, signature in forms:
                with suppress(TypeError):
                    return fn, *signature.fitted(args, kwargs)
            return unpacked, *forms[1][1].read(args, kwargs)  # raises, and says what torch says

        @functools.wraps(unpacked)
        def call(*args: object, **kwargs: object) -> tuple[Tensor, ...]:
            fn, given, named = read(args, kwargs)
            return fn(*given, **named)

        return call

    return decorate


def of_one_state(
    run: Run,
    step: Step,
    input: Tensor,
    hx: Tensor,
    params: Sequence[Tensor],
    has_biases: bool,
    arrangement: Arrangement,
) -> tuple[Tensor, Tensor]:
    """Run layers of a cell whose state is one tensor."""
    states = [(h,) for h in hx.unbind(0)]
    weights = grouped(params, has_biases)
    output, (last,) = stacked(run, step, input, states, weights, arrangement)
    return output, last


def of_padded(
    step: Step,
    input: Tensor,
    hx: Tensor,
    params: Sequence[Tensor],
    has_biases: bool,
    arrangement: Arrangement,
    batch_first: bool,
) -> tuple[Tensor, Tensor]:
    """Take such a cell through padded sequences. `(T, N, I)`, or `(N, T, I)` if batch first."""
    input = input.transpose(0, 1) if batch_first else input
    output, last = of_one_state(through_steps, step, input, hx, params, has_biases, arrangement)
    return output.transpose_(0, 1) if batch_first else output, last


def for_packed(step: Step) -> Callable:
    """Return the form for packed sequences of a function of such a cell."""

    def layers(
        data: Tensor,
        batch_sizes: Tensor,
        hx: Tensor,
        params: Sequence[Tensor],
        has_biases: bool,
        num_layers: int,
        dropout: float,
        train: bool,
        bidirectional: bool,
    ) -> tuple[Tensor, Tensor]:
        run = through_packed(batch_sizes.tolist())
        arrangement = Arrangement(num_layers, dropout, train, bidirectional)
        return of_one_state(run, step, data, hx, params, has_biases, arrangement)

    return layers


@either(for_packed(tanh_step))
def rnn_tanh(
    input: Tensor,
    hx: Tensor,
    params: Sequence[Tensor],
    has_biases: bool,
    num_layers: int,
    dropout: float,
    train: bool,
    bidirectional: bool,
    batch_first: bool,
) -> tuple[Tensor, Tensor]:
    """Do what `nn.RNN` does, given its weights."""
    arrangement = Arrangement(num_layers, dropout, train, bidirectional)
    return of_padded(tanh_step, input, hx, params, has_biases, arrangement, batch_first)


@either(for_packed(relu_step))
def rnn_relu(
    input: Tensor,
    hx: Tensor,
    params: Sequence[Tensor],
    has_biases: bool,
    num_layers: int,
    dropout: float,
    train: bool,
    bidirectional: bool,
    batch_first: bool,
) -> tuple[Tensor, Tensor]:
    """Do what `nn.RNN` does with relu, given its weights."""
    arrangement = Arrangement(num_layers, dropout, train, bidirectional)
    return of_padded(relu_step, input, hx, params, has_biases, arrangement, batch_first)


@either(for_packed(gru_step))
def gru(
    input: Tensor,
    hx: Tensor,
    params: Sequence[Tensor],
    has_biases: bool,
    num_layers: int,
    dropout: float,
    train: bool,
    bidirectional: bool,
    batch_first: bool,
) -> tuple[Tensor, Tensor]:
    """Do what `nn.GRU` does, given its weights."""
    arrangement = Arrangement(num_layers, dropout, train, bidirectional)
    return of_padded(gru_step, input, hx, params, has_biases, arrangement, batch_first)


def projected(hx: Sequence[Tensor]) -> bool:
    """Tell whether h is narrower than c."""
    return hx[0].size(2) != hx[1].size(2)


def is_fused(input: Tensor) -> bool:
    """Tell whether torch leaves an LSTM of such an input to oneDNN."""
    return input.dtype is dtypes.float32 and not input.is_meta and input.numel() > 0


def fused(
    input: Tensor,
    hx: Sequence[Tensor],
    params: Sequence[Tensor],
    has_biases: bool,
    arrangement: Arrangement,
) -> tuple[Tensor, Tensor, Tensor]:
    """Run an LSTM of which each layer and direction is one node. `(T, N, I)` to `(T, N, H)`."""

    def run(step: Step, input: Tensor, state: State, weights: Weights, backwards: bool) -> tuple:
        output, *last = lstm_layer(input, *state, weights, backwards)
        return output, tuple(last)

    h, c = (x.contiguous() for x in hx)
    count = arrangement.num_layers * (2 if arrangement.bidirectional else 1)
    output, last = stacked(
        run,
        lstm_step,
        input.contiguous(),
        [(h[at], c[at]) for at in range(count)],
        grouped(params, has_biases)[:count],
        arrangement,
    )
    return output, *last


def composed(
    run: Run,
    input: Tensor,
    hx: Sequence[Tensor],
    params: Sequence[Tensor],
    has_biases: bool,
    arrangement: Arrangement,
) -> tuple[Tensor, Tensor, Tensor]:
    """Run an LSTM step by step."""
    states = list(zip(*(x.unbind(0) for x in hx), strict=True))
    weights = grouped(params, has_biases, projected(hx))
    output, last = stacked(run, lstm_step, input, states, weights, arrangement)
    return output, *last


def lstm_of_packed(
    data: Tensor,
    batch_sizes: Tensor,
    hx: Sequence[Tensor],
    params: Sequence[Tensor],
    has_biases: bool,
    num_layers: int,
    dropout: float,
    train: bool,
    bidirectional: bool,
) -> tuple[Tensor, Tensor, Tensor]:
    """Take an LSTM through packed sequences; if they are of one length, as if not packed."""
    if len(hx) != 2:
        raise RuntimeError("lstm expects two hidden states")
    arrangement = Arrangement(num_layers, dropout, train, bidirectional)
    counts = batch_sizes.tolist()
    if counts[0] != counts[-1] or not is_fused(data) or projected(hx):
        run = through_packed(counts)
        return composed(run, data, hx, params, has_biases, arrangement)
    whole = data.view(len(counts), counts[0], data.size(-1))
    output, *last = fused(whole, hx, params, has_biases, arrangement)
    return output.view(-1, output.size(-1)), *last


@either(lstm_of_packed)
def lstm(
    input: Tensor,
    hx: Sequence[Tensor],
    params: Sequence[Tensor],
    has_biases: bool,
    num_layers: int,
    dropout: float,
    train: bool,
    bidirectional: bool,
    batch_first: bool,
) -> tuple[Tensor, Tensor, Tensor]:
    """Do what `nn.LSTM` does, given its weights."""
    if len(hx) != 2:
        raise RuntimeError("lstm expects two hidden states")
    arrangement = Arrangement(num_layers, dropout, train, bidirectional)
    input = input.transpose(0, 1) if batch_first else input
    if is_fused(input) and not projected(hx):
        output, *last = fused(input, hx, params, has_biases, arrangement)
    else:
        if is_fused(input):
            warnings.warn(NOT_FUSED, UserWarning, stacklevel=5)
        output, *last = composed(through_steps, input, hx, params, has_biases, arrangement)
    return output.transpose(0, 1) if batch_first else output, *last
