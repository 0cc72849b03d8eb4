"""Sequences of different lengths in one tensor: padded to one length, or packed step by step.

A recurrent layer reads a batch step by step. Padded, every sequence is as long as the
longest, and the layer computes on numbers that mean nothing. Packed, the rows of all
sequences stand sorted by step, and each step says how many sequences reach it: of `abc`,
`de` and `f` the data is `adfbec`, and the batch sizes are 3, 2 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

from ... import dtypes
from ...arguments import Number
from ...creation import empty_like, full, zeros
from ...dtypes import dtype
from ...exchange import as_tensor
from ...gradmode import no_grad
from ...graph import differentiable
from ...literals import tensor
from ...operators import checked
from ...public import Public
from ...ranges import arange
from ...sorting import sort
from ...tensor import Tensor
from ..naming import missing as _missing
from .padding import pad_sequence, unpad_sequence

__all__ = [
    "PackedSequence",
    "invert_permutation",
    "pack_padded_sequence",
    "pack_sequence",
    "pad_packed_sequence",
    "pad_sequence",
    "unpack_sequence",
    "unpad_sequence",
]

BY_HAND = (
    "batch_sizes should always be on CPU. Instances of PackedSequence should never be created "
    "manually. They should be instantiated by functions like pack_sequence and "
    "pack_padded_sequences in nn.utils.rnn. "
    "https://pytorch.org/docs/stable/nn.html#torch.nn.utils.rnn.pack_sequence"
)
UNSORTED = (
    "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can "
    "pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this "
    "requirement if you do not need ONNX exportability."
)


class PackedSequence_(NamedTuple):
    """The parts of a packed batch."""

    data: Tensor
    batch_sizes: Tensor
    sorted_indices: Tensor | None
    unsorted_indices: Tensor | None


class PackedSequence(PackedSequence_, metaclass=Public):
    """A batch of sequences packed step by step; made by `pack_sequence` or `pack_padded_sequence`.

    >>> from torch.nn.utils.rnn import pack_sequence
    >>> pack_sequence([torch.tensor([1, 2, 3]), torch.tensor([4, 5])])
    PackedSequence(data=tensor([1, 4, 2, 5, 3]), batch_sizes=tensor([2, 2, 1]), \
sorted_indices=None, unsorted_indices=None)

    Args:
        data: the rows of all steps, `(sum of lengths, *)`.
        batch_sizes: how many sequences reach each step.
        sorted_indices: which sequence of the batch comes first, second and so on; None if
            they were sorted.
        unsorted_indices: where each sequence of the batch went.
    """

    def __new__(
        cls,
        data: Tensor,
        batch_sizes: Tensor | None = None,
        sorted_indices: Tensor | None = None,
        unsorted_indices: Tensor | None = None,
    ) -> Self:
        """Return a packed batch; `data` may be a pair of data and batch sizes."""
        if unsorted_indices is None:
            unsorted_indices = invert_permutation(sorted_indices)
        if batch_sizes is None:
            if not isinstance(data, (list, tuple)) or len(data) != 2:
                raise AssertionError("Expected data to be a list or tuple of length 2")
            data, batch_sizes = data
        elif batch_sizes.device.type != "cpu":
            raise ValueError(BY_HAND)
        return super().__new__(cls, data, batch_sizes, sorted_indices, unsorted_indices)

    def to(self, *args: object, **kwargs: object) -> Self:
        """Return the batch with its data on another device or of another type, as `Tensor.to`."""
        data = self.data.to(*args, **kwargs)
        if data is self.data:
            return self
        moved = [None if x is None else x.to(data.device) for x in self[2:]]
        return type(self)(data, self.batch_sizes, *moved)

    def cpu(self, *args: object, **kwargs: object) -> Self:
        """Return the batch with its data on the cpu."""
        return self.to(*args, device="cpu", **kwargs)

    def cuda(self, *args: object, **kwargs: object) -> Self:
        """Raise: there is no GPU here."""
        return self.to(*args, device="cuda", **kwargs)

    def _of(self, kind: dtype) -> Self:
        return self.to(dtype=kind)

    def double(self) -> Self:
        """Return the batch with data of type float64."""
        return self._of(dtypes.float64)

    def float(self) -> Self:
        """Return the batch with data of type float32."""
        return self._of(dtypes.float32)

    def half(self) -> Self:
        """Return the batch with data of type float16."""
        return self._of(dtypes.float16)

    def long(self) -> Self:
        """Return the batch with data of type int64."""
        return self._of(dtypes.int64)

    def int(self) -> Self:
        """Return the batch with data of type int32."""
        return self._of(dtypes.int32)

    def short(self) -> Self:
        """Return the batch with data of type int16."""
        return self._of(dtypes.int16)

    def char(self) -> Self:
        """Return the batch with data of type int8."""
        return self._of(dtypes.int8)

    def byte(self) -> Self:
        """Return the batch with data of type uint8."""
        return self._of(dtypes.uint8)

    @property
    def is_cuda(self) -> bool:
        """Whether the data is on a GPU: never."""
        return self.data.is_cuda

    def is_pinned(self) -> bool:
        """Tell whether the data is in pinned memory: never."""
        return False


def invert_permutation(permutation: Tensor | None) -> Tensor | None:
    """Return the permutation that undoes one. `(N,)` to `(N,)`.

    >>> torch.nn.utils.rnn.invert_permutation(torch.tensor([2, 0, 1]))
    tensor([1, 2, 0])
    """
    if permutation is None:
        return None
    inverse = empty_like(permutation)
    return inverse.scatter_(0, permutation, arange(permutation.numel(), device=permutation.device))


def pack_padded_sequence(
    input: Tensor,
    lengths: Tensor | Sequence[int],
    batch_first: bool = False,
    enforce_sorted: bool = True,
) -> PackedSequence:
    """Return a padded batch `(T, B, *)` packed: its rows step by step, without the padding.

    >>> from torch.nn.utils.rnn import pack_padded_sequence
    >>> batch = torch.tensor([[1, 2, 3], [4, 0, 0]])
    >>> pack_padded_sequence(batch, [3, 1], batch_first=True).data
    tensor([1, 4, 2, 3])

    Args:
        input: `(T, B, *)`.
        lengths: of the sequences.
        batch_first: whether the input is `(B, T, *)`.
        enforce_sorted: whether they come sorted, the longest first; if not, they are sorted,
            and the result remembers how.

    Raises:
        RuntimeError: lengths that are not sorted, not positive, or not as many as sequences.
    """
    if isinstance(lengths, Tensor):
        lengths = lengths.to(dtype=dtypes.int64)
    else:
        lengths = as_tensor(lengths, dtype=dtypes.int64)
    sorted_indices = None
    if not enforce_sorted:
        lengths, sorted_indices = sort(lengths, descending=True)
        sorted_indices = sorted_indices.to(input.device)
        input = input.index_select(0 if batch_first else 1, sorted_indices)
    data, batch_sizes = _pack_padded_sequence(input, lengths, batch_first)
    return PackedSequence(data, batch_sizes, sorted_indices)


def step_by_step(input: Tensor, lengths: Tensor, batch_first: bool) -> tuple[Tensor, Tensor]:
    """Return the rows of sorted sequences step by step, and how many each step has."""
    if lengths.dim() != 1 or lengths.is_meta:
        raise RuntimeError(
            "'lengths' argument should be a 1D CPU int64 tensor, but got "
            f"{lengths.dim()}D {lengths.device} {lengths.dtype.scalar_name} tensor"
        )
    if not input.numel():
        raise RuntimeError("Cannot pack empty tensors.")
    second, first = input.size(1), input.size(0)
    batch, steps = (first, second) if batch_first else (second, first)
    counts = lengths.tolist()
    if len(counts) != batch:
        raise RuntimeError(
            f"Expected `len(lengths)` to be equal to batch_size, but got {len(counts)} "
            f"(batch_size={batch})"
        )
    if counts[-1] <= 0:
        raise RuntimeError(
            "Length of all samples has to be greater than 0, but found an element in 'lengths' "
            "that is <= 0"
        )
    if counts != sorted(counts, reverse=True):
        raise RuntimeError(UNSORTED)
    batch_sizes = [sum(n > step for n in counts) for step in range(counts[0])]
    to_step, to_sequence = (1, steps) if batch_first else (batch, 1)
    places = [
        step * to_step + at * to_sequence
        for step, n in enumerate(batch_sizes[:steps])
        for at in range(n)
    ]
    rows = tensor(places, device=input.device)
    size = input._size

    def backward(grad: Tensor) -> Tensor:
        nothing = zeros((batch * steps, *size[2:]), dtype=grad.dtype, device=grad.device)
        return nothing.index_copy(0, rows, grad).view(size)

    with no_grad():
        data = input.reshape(batch * steps, *size[2:]).index_select(0, rows)
    data = differentiable(data, "PackPaddedSequenceBackward0", (input,), backward=backward)
    return data, tensor(batch_sizes)


_pack_padded_sequence = checked(step_by_step, "_pack_padded_sequence", (), method=False)


def pad_packed_sequence(
    sequence: PackedSequence,
    batch_first: bool = False,
    padding_value: float = 0.0,
    total_length: int | None = None,
) -> tuple[Tensor, Tensor]:
    """Return a packed batch padded, `(T, B, *)`, and the lengths of its sequences, `(B,)`.

    >>> from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence
    >>> packed = pack_sequence([torch.tensor([1, 2, 3]), torch.tensor([4])])
    >>> pad_packed_sequence(packed, batch_first=True, total_length=4)
    (tensor([[1, 2, 3, 0],
            [4, 0, 0, 0]]), tensor([3, 1]))

    Args:
        sequence: the packed batch.
        batch_first: whether the result is `(B, T, *)`.
        padding_value: what is put where a sequence has nothing.
        total_length: T, if it is not to be the length of the longest sequence.

    Raises:
        ValueError: a total length that is too short.
    """
    longest = sequence.batch_sizes.size(0)
    if total_length is not None:
        if total_length < longest:
            raise ValueError(
                "Expected total_length to be at least the length of the longest sequence in "
                f"input, but got total_length={total_length} and max sequence length being "
                f"{longest}"
            )
        longest = total_length
    found, lengths = _pad_packed_sequence(
        sequence.data, sequence.batch_sizes, batch_first, padding_value, longest
    )
    order = sequence.unsorted_indices
    if order is None:
        return found, lengths
    return found.index_select(0 if batch_first else 1, order), lengths[order.cpu()]


def spread(
    data: Tensor,
    batch_sizes: Tensor,
    batch_first: bool,
    padding_value: Number,
    total_length: int,
) -> tuple[Tensor, Tensor]:
    """Copy rows that stand step by step to their places, as many steps at once as are alike."""
    counts = [*batch_sizes.tolist(), 0]
    rest = data._size[1:]
    found = full(
        (total_length, counts[0], *rest), padding_value, dtype=data.dtype, device=data.device
    )
    lengths: list[int] = []
    start = first = 0
    for step in range(1, len(counts)):
        reached, going_on = counts[step - 1 : step + 1]
        if reached == going_on:
            continue
        stop = start + reached * (step - first)
        rows = data[start:stop].view(step - first, reached, *rest)
        found.narrow(0, first, step - first).narrow(1, 0, reached).copy_(rows)
        lengths = [step] * (reached - going_on) + lengths
        start, first = stop, step
    return found.transpose(0, 1) if batch_first else found, tensor(lengths)


_pad_packed_sequence = checked(spread, "_pad_packed_sequence", (), method=False)


def pack_sequence(sequences: Sequence[Tensor], enforce_sorted: bool = True) -> PackedSequence:
    """Return sequences `(L, *)` packed: their rows step by step.

    >>> from torch.nn.utils.rnn import pack_sequence
    >>> a, b = torch.tensor([1]), torch.tensor([2, 3])
    >>> pack_sequence([a, b], enforce_sorted=False)
    PackedSequence(data=tensor([2, 1, 3]), batch_sizes=tensor([2, 1]), \
sorted_indices=tensor([1, 0]), unsorted_indices=tensor([1, 0]))

    Args:
        sequences: any number but 0.
        enforce_sorted: whether they come sorted, the longest first.

    Raises:
        RuntimeError: none, empty ones, or sequences that are not sorted.
    """
    lengths = as_tensor([sequence.size(0) for sequence in sequences])
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences: PackedSequence) -> list[Tensor]:
    """Return the sequences in a packed batch, in the order in which they were packed.

    >>> from torch.nn.utils.rnn import pack_sequence, unpack_sequence
    >>> unpack_sequence(pack_sequence([torch.tensor([1, 2, 3]), torch.tensor([4, 5])]))
    [tensor([1, 2, 3]), tensor([4, 5])]
    """
    batch, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(batch, lengths, batch_first=True)


def __getattr__(name: str) -> object:
    raise _missing("torch.nn.utils.rnn", name)
