"""Recurrent networks as modules: `RNN`, `GRU` and `LSTM`, in layers and in both directions.

A module holds the weights, checks sizes, and brings input and state to the form in which
the functions of `nn/recurrent` take them. The modules of a single step are in `rnn_cells.py`.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from numbers import Number

from ...creation import empty, zeros
from ...devices import device
from ...dtypes import dtype
from ...tensor import Tensor
from .. import init
from ..parameter import Parameter
from ..recurrent import gru, lstm, rnn_relu, rnn_tanh
from ..utils.rnn import PackedSequence
from .module import Module
from .rnn_cells import GRUCell, LSTMCell, RNNCell, RNNCellBase

__all__ = ["GRU", "LSTM", "RNN", "GRUCell", "LSTMCell", "RNNBase", "RNNCell", "RNNCellBase"]

GATES = {"LSTM": 4, "GRU": 3, "RNN_TANH": 1, "RNN_RELU": 1}
ONLY_LSTM = "proj_size argument is only supported for LSTM, not RNN or GRU"
Input = Tensor | PackedSequence


def check_options(
    dropout: float, num_layers: int, bias: bool, batch_first: bool, proj_size: int, **sizes: int
) -> None:
    """Raise for an option that makes no sense; warn of dropout that would do nothing."""
    if not isinstance(dropout, Number) or not 0 <= dropout <= 1 or isinstance(dropout, bool):
        raise ValueError(
            "dropout should be a number in range [0, 1] representing the probability of an "
            "element being zeroed"
        )
    if dropout > 0 and num_layers == 1:
        warnings.warn(
            "dropout option adds dropout after all but last recurrent layer, so non-zero dropout "
            f"expects num_layers greater than 1, but got dropout={dropout} and "
            f"num_layers={num_layers}",
            stacklevel=4,
        )
    for name, value in (("bias", bias), ("batch_first", batch_first)):
        if not isinstance(value, bool):
            raise TypeError(f"{name} should be of type bool, got: {type(value).__name__}")
    for name, value in sizes.items():
        if not isinstance(value, int):
            raise TypeError(f"{name} should be of type int, got: {type(value).__name__}")
        if value <= 0:
            raise ValueError(f"{name} must be greater than zero")
    if num_layers <= 0:
        raise ValueError("num_layers must be greater than zero")
    if proj_size < 0:
        raise ValueError("proj_size should be a positive integer or zero to disable projections")
    if proj_size >= sizes["hidden_size"]:
        raise ValueError("proj_size has to be smaller than hidden_size")


class RNNBase(Module):
    """What `RNN`, `GRU` and `LSTM` have in common: weights, drawn within +-1/sqrt(hidden_size).

    Layer k has `weight_ih_l{k}` for its input, `weight_hh_l{k}` for its state, and a bias of
    each: `bias_ih_l{k}`, `bias_hh_l{k}`. Those of the other direction end in `_reverse`.

    >>> layer = torch.nn.GRU(2, 3)
    >>> {name: tuple(weight.shape) for name, weight in layer.named_parameters()}
    {'weight_ih_l0': (9, 2), 'weight_hh_l0': (9, 3), 'bias_ih_l0': (9,), 'bias_hh_l0': (9,)}

    Args:
        mode: `"LSTM"`, `"GRU"`, `"RNN_TANH"` or `"RNN_RELU"`; the other arguments are those
            of the module.
    """

    def __init__(
        self,
        mode: str,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        sizes = {"input_size": input_size, "hidden_size": hidden_size}
        check_options(dropout, num_layers, bias, batch_first, proj_size, **sizes)
        if mode not in GATES:
            raise ValueError("Unrecognized RNN mode: " + mode)
        self._all_weights: list[list[str]] = []
        for layer in range(num_layers):
            for suffix in ("", "_reverse")[: self._directions]:
                shapes = self._shapes(layer)
                names = [f"{name}_l{layer}{suffix}" for name in shapes]
                for name, shape in zip(names, shapes.values(), strict=True):
                    setattr(self, name, Parameter(empty(shape, device=device, dtype=dtype)))
                self._all_weights.append(names)
        self.reset_parameters()

    @property
    def _directions(self) -> int:
        return 2 if self.bidirectional else 1

    def _shapes(self, layer: int) -> dict[str, tuple[int, ...]]:
        """Return the weights of one layer and direction, in their order, with their shapes."""
        rows = GATES[self.mode] * self.hidden_size
        out = self.proj_size or self.hidden_size
        width = out * self._directions if layer else self.input_size
        shapes = {"weight_ih": (rows, width), "weight_hh": (rows, out)}
        if self.bias:
            shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
        if self.proj_size:
            shapes["weight_hr"] = (self.proj_size, self.hidden_size)
        return shapes

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        bound = 1 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    @property
    def all_weights(self) -> list[list[Parameter]]:
        """The weights of each layer and direction."""
        return [[getattr(self, name) for name in names] for names in self._all_weights]

    @property
    def _flat_weights_names(self) -> list[str]:
        return [name for names in self._all_weights for name in names]

    @property
    def _flat_weights(self) -> list[Parameter | None]:
        return [getattr(self, name, None) for name in self._flat_weights_names]

    def flatten_parameters(self) -> None:
        """Do nothing: only a GPU needs the weights in one piece of memory."""

    def check_input(self, input: Tensor, batch_sizes: Tensor | None) -> None:
        """Raise if an input's type, dimensions or features are not as expected."""
        found, expected = input.dtype, self._flat_weights[0].dtype
        if found != expected:
            raise ValueError(
                f"RNN input dtype ({found}) does not match weight dtype ({expected}). Convert "
                f"input: input.to({expected}), or convert model: model.to({found})"
            )
        dims = 3 if batch_sizes is None else 2
        if input.dim() != dims:
            raise RuntimeError(f"input must have {dims} dimensions, got {input.dim()}")
        if input.size(-1) != self.input_size:
            raise RuntimeError(
                "input.size(-1) must be equal to input_size. Expected "
                f"{self.input_size}, got {input.size(-1)}"
            )

    def get_expected_hidden_size(
        self, input: Tensor, batch_sizes: Tensor | None
    ) -> tuple[int, int, int]:
        """Return the shape of h for an input."""
        return self._state_size(input, batch_sizes, self.proj_size or self.hidden_size)

    def _state_size(
        self, input: Tensor, batch_sizes: Tensor | None, width: int
    ) -> tuple[int, int, int]:
        batch = self._batch(input) if batch_sizes is None else int(batch_sizes[0])
        return self.num_layers * self._directions, batch, width

    def _batch(self, input: Tensor) -> int:
        return input.size(0 if self.batch_first else 1)

    def check_hidden_size(
        self,
        hx: Tensor,
        expected_hidden_size: tuple[int, int, int],
        msg: str = "Expected hidden size {}, got {}",
    ) -> None:
        """Raise if a state is not of the expected shape."""
        if hx.size() != expected_hidden_size:
            raise RuntimeError(msg.format(expected_hidden_size, list(hx.size())))

    def check_forward_args(self, input: Tensor, hidden: Tensor, batch_sizes: Tensor | None) -> None:
        """Raise if an input and a state do not fit."""
        self.check_input(input, batch_sizes)
        self.check_hidden_size(hidden, self.get_expected_hidden_size(input, batch_sizes))

    def permute_hidden(self, hx: Tensor, permutation: Tensor | None) -> Tensor:
        """Return the states of a batch in another order."""
        return hx if permutation is None else hx.index_select(1, permutation)

    def _options(self) -> tuple[object, ...]:
        return self.bias, self.num_layers, self.dropout, self.training, self.bidirectional

    def _through(self, run: Callable, input: Input, hx: Tensor | None) -> tuple[Input, Tensor]:
        """Run the layers, the state being one tensor."""
        if isinstance(input, PackedSequence):
            return self._through_packed(run, input, hx)
        self._check_dims(input)
        batched = input.dim() == 3
        if hx is not None and hx.dim() != input.dim():
            kind, dims = ("batched 3-D", 3) if batched else ("unbatched 2-D", 2)
            raise RuntimeError(
                f"For {kind} input, hx should also be {dims}-D but got {hx.dim()}-D tensor"
            )
        lone = 0 if self.batch_first else 1
        if not batched:
            input = input.unsqueeze(lone)
            hx = None if hx is None else hx.unsqueeze(1)
        if hx is None:
            size = self._state_size(input, None, self.hidden_size)
            hx = zeros(size, dtype=input.dtype, device=input.device)
        self.check_forward_args(input, hx, None)
        output, last = run(input, hx, self._flat_weights, *self._options(), self.batch_first)
        return (output, last) if batched else (output.squeeze(lone), last.squeeze(1))

    def _through_packed(
        self, run: Callable, input: PackedSequence, hx: Tensor | None
    ) -> tuple[PackedSequence, Tensor]:
        data, batch_sizes, order, back = input
        if hx is None:
            size = self._state_size(data, batch_sizes, self.hidden_size)
            hx = zeros(size, dtype=data.dtype, device=data.device)
        else:
            hx = self.permute_hidden(hx, order)
        self.check_forward_args(data, hx, batch_sizes)
        output, last = run(data, batch_sizes, hx, self._flat_weights, *self._options())
        return PackedSequence(output, batch_sizes, order, back), self.permute_hidden(last, back)

    def _check_dims(self, input: Tensor) -> None:
        if input.dim() not in (2, 3):
            tensor = " tensor" if isinstance(self, RNN) else ""
            raise ValueError(
                f"{type(self).__name__}: Expected input to be 2D or 3D, got "
                f"{input.dim()}D{tensor} instead"
            )

    def extra_repr(self) -> str:
        """Return the sizes, and what is not as usual."""
        usual = {"proj_size": 0, "num_layers": 1, "bias": True, "batch_first": False}
        usual |= {"dropout": 0, "bidirectional": False}
        others = [f"{k}={getattr(self, k)}" for k, v in usual.items() if getattr(self, k) != v]
        return ", ".join([f"{self.input_size}, {self.hidden_size}", *others])


class RNN(RNNBase):
    """Elman networks: `h[t] = tanh(W x[t] + b + U h[t - 1] + d)`, in one layer or several.

    `(T, N, I)` to the last layer's h of each step, `(T, N, D * H)`, and the last h of each
    layer, `(D * num_layers, N, H)`; D is 2 if bidirectional, else 1. A gradient that goes
    back t steps is multiplied by U t times, and so vanishes or explodes.

    >>> layer = torch.nn.RNN(2, 3, num_layers=2)
    >>> output, h = layer(torch.ones(5, 4, 2))
    >>> output.shape, h.shape
    (torch.Size([5, 4, 3]), torch.Size([2, 4, 3]))

    Args:
        input_size: I.
        hidden_size: H.
        num_layers: how many layers, each reading the h of the one below.
        nonlinearity: `"tanh"` or `"relu"`.
        bias: whether to add any.
        batch_first: whether input and output are `(N, T, *)`.
        dropout: the probability of a 0 between layers.
        bidirectional: whether each layer reads in both directions.
        device: of the parameters.
        dtype: of the parameters.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        if "proj_size" in kwargs:
            raise ValueError(ONLY_LSTM)
        kind = args[3] if len(args) > 3 else kwargs.pop("nonlinearity", "tanh")
        if kind not in ("tanh", "relu"):
            raise ValueError(f"Unknown nonlinearity '{kind}'. Select from 'tanh' or 'relu'.")
        self.nonlinearity = kind
        super().__init__(f"RNN_{kind.upper()}", *args[:3], *args[4:], **kwargs)

    def forward(self, input: Input, hx: Tensor | None = None) -> tuple[Input, Tensor]:
        """Return h of each step, and of the last; a state that is left out is zero."""
        return self._through(rnn_tanh if self.mode == "RNN_TANH" else rnn_relu, input, hx)


class GRU(RNNBase):
    """Gated recurrent units, in one layer or several. `(T, N, I)` to `(T, N, D * H)` and h.

    Each step replaces a share of h: `h[t] = z * h[t - 1] + (1 - z) * n`. The gate z and the
    new value n depend on the input and on h, which a gate r has weakened for n. Where z is 1,
    h and its gradient pass unchanged.

    >>> layer = torch.nn.GRU(2, 3, bidirectional=True)
    >>> output, h = layer(torch.ones(5, 4, 2))
    >>> output.shape, h.shape
    (torch.Size([5, 4, 6]), torch.Size([2, 4, 3]))

    Args:
        input_size: I.
        hidden_size: H.
        num_layers: how many layers, each reading the h of the one below.
        bias: whether to add any.
        batch_first: whether input and output are `(N, T, *)`.
        dropout: the probability of a 0 between layers.
        bidirectional: whether each layer reads in both directions.
        device: of the parameters.
        dtype: of the parameters.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        if "proj_size" in kwargs:
            raise ValueError(ONLY_LSTM)
        super().__init__("GRU", *args, **kwargs)

    def forward(self, input: Input, hx: Tensor | None = None) -> tuple[Input, Tensor]:
        """Return h of each step, and of the last; a state that is left out is zero."""
        return self._through(gru, input, hx)


class LSTM(RNNBase):
    """Long short-term memories, in one layer or several. `(T, N, I)` to `(T, N, D * H)`, (h, c).

    The cell c changes by sums: `c[t] = f * c[t - 1] + i * g`, and h shows some of it:
    `h[t] = o * tanh(c[t])`. The gates i, f, o and the new value g depend on input and h. Where
    f is 1, c and its gradient pass unchanged.

    >>> layer = torch.nn.LSTM(2, 3, batch_first=True)
    >>> output, (h, c) = layer(torch.ones(4, 5, 2))
    >>> output.shape, h.shape, c.shape
    (torch.Size([4, 5, 3]), torch.Size([1, 4, 3]), torch.Size([1, 4, 3]))

    Args:
        input_size: I.
        hidden_size: H.
        num_layers: how many layers, each reading the h of the one below.
        bias: whether to add any.
        batch_first: whether input and output are `(N, T, *)`.
        dropout: the probability of a 0 between layers.
        bidirectional: whether each layer reads in both directions.
        proj_size: to how many numbers h is projected; 0 for not at all.
        device: of the parameters.
        dtype: of the parameters.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__("LSTM", *args, **kwargs)

    def get_expected_cell_size(
        self, input: Tensor, batch_sizes: Tensor | None
    ) -> tuple[int, int, int]:
        """Return the shape of c for an input."""
        return self._state_size(input, batch_sizes, self.hidden_size)

    def check_forward_args(
        self, input: Tensor, hidden: Sequence[Tensor], batch_sizes: Tensor | None
    ) -> None:
        """Raise if an input and a state do not fit."""
        self.check_input(input, batch_sizes)
        sizes = self.get_expected_hidden_size, self.get_expected_cell_size
        for at, size in enumerate(sizes):
            message = f"Expected hidden[{at}] size {{}}, got {{}}"
            self.check_hidden_size(hidden[at], size(input, batch_sizes), message)

    def permute_hidden(self, hx: Sequence[Tensor], permutation: Tensor | None) -> Sequence[Tensor]:
        """Return the states of a batch in another order."""
        if permutation is None:
            return hx
        return hx[0].index_select(1, permutation), hx[1].index_select(1, permutation)

    def _start(self, input: Tensor, batch_sizes: Tensor | None) -> tuple[Tensor, Tensor]:
        sizes = self.get_expected_hidden_size, self.get_expected_cell_size
        h, c = (
            zeros(size(input, batch_sizes), dtype=input.dtype, device=input.device)
            for size in sizes
        )
        return h, c

    def forward(
        self, input: Input, hx: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Input, tuple[Tensor, Tensor]]:
        """Return h of each step, and the last h and c; a state that is left out is zero."""
        if isinstance(input, PackedSequence):
            data, batch_sizes, order, back = input
            hx = self._start(data, batch_sizes) if hx is None else self.permute_hidden(hx, order)
            output, *last = lstm(data, batch_sizes, hx, self._flat_weights, *self._options())
            found = PackedSequence(output, batch_sizes, order, back)
            return found, self.permute_hidden(tuple(last), back)
        self._check_dims(input)
        batched = input.dim() == 3
        lone = 0 if self.batch_first else 1
        if hx is not None and not hx[0].dim() == hx[1].dim() == input.dim():
            kind, dims = ("batched 3-D", 3) if batched else ("unbatched 2-D", 2)
            raise RuntimeError(
                f"For {kind} input, hx and cx should also be {dims}-D but got "
                f"({hx[0].dim()}-D, {hx[1].dim()}-D) tensors"
            )
        if not batched:
            input = input.unsqueeze(lone)
            hx = None if hx is None else (hx[0].unsqueeze(1), hx[1].unsqueeze(1))
        hx = self._start(input, None) if hx is None else hx
        self.check_forward_args(input, hx, None)
        output, h, c = lstm(input, hx, self._flat_weights, *self._options(), self.batch_first)
        if batched:
            return output, (h, c)
        return output.squeeze(lone), (h.squeeze(1), c.squeeze(1))
