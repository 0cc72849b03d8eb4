"""Sequences of different lengths in one tensor, padded to the longest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...creation import full
from ...operators import checked
from ...ranges import arange
from ...tensor import Tensor

__all__ = [
    "pad_sequence",
    "unpad_sequence",
]


def pad_sequence(
    sequences: Iterable[Tensor],
    batch_first: bool = False,
    padding_value: float = 0.0,
    padding_side: str = "right",
) -> Tensor:
    """Return sequences `(L, *)` in one tensor `(T, B, *)`, the shorter ones padded.

    The type and the sizes behind the length are those of the first sequence. Each sequence
    is copied to its place, so its gradient is that of its place.

    >>> a, b = torch.tensor([1, 2, 3]), torch.tensor([4])
    >>> torch.nn.utils.rnn.pad_sequence([a, b], batch_first=True)
    tensor([[1, 2, 3],
            [4, 0, 0]])
    >>> torch.nn.utils.rnn.pad_sequence([a, b], True, padding_value=-1, padding_side="left")
    tensor([[ 1,  2,  3],
            [-1, -1,  4]])

    Args:
        sequences: any number but 0.
        batch_first: whether the result is `(B, T, *)`.
        padding_value: what is put where a sequence has nothing.
        padding_side: `"right"` or `"left"`.

    Raises:
        RuntimeError: no sequences, sizes that do not fit, or another side.
    """
    if not isinstance(sequences, Iterable):
        raise RuntimeError(
            "pad_sequence: Expected iterable for input sequences, but got arg of type: "
            f"{type(sequences)}"
        )
    return padded(tuple(sequences), batch_first, padding_value, padding_side)


def side_by_side(
    sequences: Sequence[Tensor], batch_first: bool, padding_value: float, padding_side: str
) -> Tensor:
    """Copy each of several sequences to its place in one tensor."""
    if not sequences:
        raise RuntimeError("received an empty list of sequences")
    if padding_side not in ("left", "right"):
        raise RuntimeError(
            f"Expected padding_side to be one of left or right, but got {padding_side}."
        )
    first = sequences[0]
    if not first.dim():
        raise RuntimeError("ArrayRef: invalid slice, N = 1; size = 0")
    batch, longest = len(sequences), max(sequence.size(0) for sequence in sequences)
    lead = (batch, longest) if batch_first else (longest, batch)
    found = full((*lead, *first._size[1:]), padding_value, dtype=first.dtype, device=first.device)
    for at, sequence in enumerate(sequences):
        length = sequence._size[0]
        start = longest - length if padding_side == "left" else 0
        if batch_first:
            place = found.select(0, at).narrow(0, start, length)
        else:
            place = found.narrow(0, start, length).select(1, at)
        place.copy_(sequence)
    return found


padded = checked(side_by_side, "pad_sequence", (), method=False)


def unpad_sequence(
    padded_sequences: Tensor, lengths: Tensor, batch_first: bool = False
) -> list[Tensor]:
    """Return the sequences in a padded batch, each of its own length.

    A batch `(T, B, *)` is transposed in place, as torch does it: give `(B, T, *)` with
    `batch_first=True` to keep it as it is.

    >>> batch = torch.tensor([[1, 2, 3], [4, 0, 0]])
    >>> torch.nn.utils.rnn.unpad_sequence(batch, torch.tensor([3, 1]), batch_first=True)
    [tensor([1, 2, 3]), tensor([4])]

    Args:
        padded_sequences: `(T, B, *)`.
        lengths: `(B,)`.
        batch_first: whether the batch is `(B, T, *)`.

    Raises:
        ValueError: not as many lengths as sequences.
    """
    if not batch_first:
        padded_sequences.transpose_(0, 1)
    steps = arange(padded_sequences.shape[1], device=lengths.device)
    return [
        sequence[steps < length] for sequence, length in zip(padded_sequences, lengths, strict=True)
    ]
