"""One step of a recurrent network, as modules: `RNNCell`, `LSTMCell`, `GRUCell`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from ...creation import empty, zeros
from ...devices import device
from ...dtypes import dtype
from ...tensor import Tensor
from .. import init
from ..parameter import Parameter
from ..recurrent import gru_cell, lstm_cell, rnn_relu_cell, rnn_tanh_cell
from .module import Module

__all__ = ["GRUCell", "LSTMCell", "RNNCell", "RNNCellBase"]


def check_dims(cell: Module, what: str, value: Tensor) -> None:
    """Raise unless a tensor is a vector, or a batch of vectors."""
    if value.dim() not in (1, 2):
        raise ValueError(
            f"{type(cell).__name__}: Expected {what} to be 1D or 2D, got {value.dim()}D instead"
        )


class RNNCellBase(Module):
    """What all cells have: two weights and two biases, drawn within +-1/sqrt(hidden_size)."""

    __shown__ = "torch.nn.modules.rnn.RNNCellBase"

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool,
        num_chunks: int,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        rows = num_chunks * hidden_size
        self.weight_ih = Parameter(empty((rows, input_size), device=device, dtype=dtype))
        self.weight_hh = Parameter(empty((rows, hidden_size), device=device, dtype=dtype))
        for name in ("bias_ih", "bias_hh"):
            value = Parameter(empty(rows, device=device, dtype=dtype)) if bias else None
            self.register_parameter(name, value)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        bound = 1 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def _weights(self) -> tuple[Tensor | None, ...]:
        return self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh

    def _start(self, input: Tensor) -> Tensor:
        size = input.size(0), self.hidden_size
        return zeros(size, dtype=input.dtype, device=input.device)

    def extra_repr(self) -> str:
        """Return the sizes, and what is not as usual."""
        text = f"{self.input_size}, {self.hidden_size}"
        if self.bias is not True:
            text += f", bias={self.bias}"
        if getattr(self, "nonlinearity", "tanh") != "tanh":
            text += f", nonlinearity={self.nonlinearity}"
        return text


class RNNCell(RNNCellBase):
    """One step of an Elman network: `h = tanh(W x + b + U h + d)`. `(N, I)`, `(N, H)` to `(N, H)`.

    >>> cell = torch.nn.RNNCell(2, 3)
    >>> h = cell(torch.ones(5, 2))
    >>> cell(torch.ones(5, 2), h).shape
    torch.Size([5, 3])

    Args:
        input_size: I.
        hidden_size: H.
        bias: whether to add any.
        nonlinearity: `"tanh"` or `"relu"`.
        device: of the parameters.
        dtype: of the parameters.

    Raises:
        RuntimeError: when called, sizes that do not fit.
        ValueError: when called, other than one or two dimensions.
    """

    __shown__ = "torch.nn.modules.rnn.RNNCell"

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        nonlinearity: str = "tanh",
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 1, device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """Return the next h from an input and the last h, which is zero if left out."""
        steps = {"tanh": rnn_tanh_cell, "relu": rnn_relu_cell}
        check_dims(self, "input", input)
        if hx is not None:
            check_dims(self, "hidden", hx)
        if self.nonlinearity not in steps:
            raise RuntimeError(f"Unknown nonlinearity: {self.nonlinearity}")
        return of_one_state(self, steps[self.nonlinearity], input, hx)


class LSTMCell(RNNCellBase):
    """One step of a long short-term memory. `(N, I)` and two `(N, H)` to two `(N, H)`.

    Its weights are those of four gates, one above the other: `(4 H, I)` and `(4 H, H)`.

    >>> cell = torch.nn.LSTMCell(2, 3)
    >>> h, c = cell(torch.ones(5, 2))
    >>> h, c = cell(torch.ones(5, 2), (h, c))
    >>> h.shape, c.shape
    (torch.Size([5, 3]), torch.Size([5, 3]))

    Args:
        input_size: I.
        hidden_size: H.
        bias: whether to add any.
        device: of the parameters.
        dtype: of the parameters.

    Raises:
        RuntimeError: when called, sizes that do not fit.
        ValueError: when called, other than one or two dimensions.
    """

    __shown__ = "torch.nn.modules.rnn.LSTMCell"

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 4, device, dtype)

    def forward(self, input: Tensor, hx: Sequence[Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """Return the next h and c from an input and the last two, zero if left out."""
        check_dims(self, "input", input)
        for at, value in enumerate(() if hx is None else hx):
            check_dims(self, f"hx[{at}]", value)
        batched = input.dim() == 2
        if not batched:
            input = input.unsqueeze(0)
            hx = None if hx is None else (hx[0].unsqueeze(0), hx[1].unsqueeze(0))
        if hx is None:
            start = self._start(input)
            hx = (start, start)
        h, c = lstm_cell(input, hx, *self._weights())
        return (h, c) if batched else (h.squeeze(0), c.squeeze(0))


class GRUCell(RNNCellBase):
    """One step of a gated recurrent unit. `(N, I)` and `(N, H)` to `(N, H)`.

    Its weights are those of three gates, one above the other: `(3 H, I)` and `(3 H, H)`.

    >>> cell = torch.nn.GRUCell(2, 3)
    >>> h = cell(torch.ones(5, 2))
    >>> cell(torch.ones(5, 2), h).shape
    torch.Size([5, 3])

    Args:
        input_size: I.
        hidden_size: H.
        bias: whether to add any.
        device: of the parameters.
        dtype: of the parameters.

    Raises:
        RuntimeError: when called, sizes that do not fit.
        ValueError: when called, other than one or two dimensions.
    """

    __shown__ = "torch.nn.modules.rnn.GRUCell"

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 3, device, dtype)

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """Return the next h from an input and the last h, which is zero if left out."""
        check_dims(self, "input", input)
        if hx is not None:
            check_dims(self, "hidden", hx)
        return of_one_state(self, gru_cell, input, hx)


def of_one_state(
    cell: RNNCellBase, step: Callable[..., Tensor], input: Tensor, hx: Tensor | None
) -> Tensor:
    """Take a step of a cell whose state is one tensor; a single vector is a batch of one."""
    batched = input.dim() == 2
    if not batched:
        input = input.unsqueeze(0)
        hx = None if hx is None else hx.unsqueeze(0)
    hx = cell._start(input) if hx is None else hx
    h = step(input, hx, *cell._weights())
    return h if batched else h.squeeze(0)
