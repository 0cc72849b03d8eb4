"""Connectionist temporal classification: a loss for sequences that are not aligned.

A network says for each of T times how probable each class is, one of them a blank. A target
of S classes may be spelt in many ways: a class may last, and blanks may stand between. The loss
is minus the logarithm of the probability of all spellings together. Two sums over them, from
the front and from the back, give it and its gradient. (Graves et al., 2006)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from ...dtypes import FLOATING
from ...elementwise import where
from ...elementwise.rules import underivable
from ...graph import differentiable
from ...literals import tensor
from ...tensor import Tensor
from .reduction import chosen
from .rounding import rounding_to

__all__ = ["ctc_loss"]

NEVER = -math.inf
Rounding = Callable[[float], float]
Table = list[list[float]]  # of logarithms: a row for each time


def log_sum(rounded: Rounding, *logs: float) -> float:
    """Return the logarithm of a sum, from the logarithms of what is added; each step rounded."""
    most = max(logs)
    if most == NEVER:
        return NEVER
    total = 0.0
    for x in logs:
        total = rounded(total + rounded(math.exp(rounded(x - most))))
    return rounded(rounded(math.log(total)) + most)


def forward_sums(logs: Table, spelt: Sequence[int], blank: int, rounded: Rounding) -> Table:
    """Return, for each time, how probable it is to have spelt so far and be at each place.

    Args:
        logs: of the probabilities, a row for each time and a column for each class.
        spelt: the target, with blanks around and between.
        blank: the class that stands for nothing.
        rounded: rounds a number to the type of the logarithms.
    """
    rows: Table = []
    for row in logs:
        before = rows[-1] if rows else None
        now = []
        for at, label in enumerate(spelt):
            if before is None:
                so_far = 0.0 if at < 2 else NEVER
            else:
                skips = at > 1 and label != blank and label != spelt[at - 2]
                so_far = log_sum(
                    rounded,
                    before[at],
                    before[at - 1] if at else NEVER,
                    before[at - 2] if skips else NEVER,
                )
            now.append(rounded(so_far + row[label]))
        rows.append(now)
    return rows


def one_loss(
    logs: Table, target: Sequence[int], blank: int, rounded: Rounding
) -> tuple[float, Table]:
    """Return the loss of one sample, and its slopes with respect to the logarithms.

    The slope at a class is its probability less the share of spellings that are at it then.
    """
    spelt = [blank]
    for label in target:
        spelt += [label, blank]
    if not logs:
        return (math.inf if target else 0.0), []
    front = forward_sums(logs, spelt, blank, rounded)
    back = forward_sums(logs[::-1], spelt[::-1], blank, rounded)
    loss = -log_sum(rounded, *front[-1][-2:])
    slopes = []
    for time, row in enumerate(logs):
        both = [NEVER] * len(row)
        behind = back[-1 - time][::-1]
        for at, label in enumerate(spelt):
            both[label] = log_sum(rounded, both[label], rounded(front[time][at] + behind[at]))
        if loss == math.inf:
            slopes.append([math.nan] * len(row))
        else:
            slopes.append(
                [
                    math.exp(x) - math.exp(rounded(rounded(s + loss) - x))
                    for x, s in zip(row, both, strict=True)
                ]
            )
    return loss, slopes


def integers(lengths: Tensor | Sequence[int], name: str, batch: int) -> list[int]:
    """Return lengths as a list, or raise for what are none."""
    if isinstance(lengths, Tensor):
        if lengths.is_floating_point():
            raise RuntimeError(f"{name} must be integral")
        lengths = lengths.reshape(-1).tolist()
    if len(lengths) != batch:
        raise RuntimeError(f"{name} must be of size batch_size")
    return [int(n) for n in lengths]


def checked_targets(targets: Tensor, lengths: Sequence[int]) -> list[list[int]]:
    """Return the target of each sample, from a matrix, or from one after the other."""
    place = "for argument #2 'targets' (while checking arguments for ctc_loss_allocate_outputs)"
    if targets.dim() == 1:
        if targets.size(0) != sum(lengths):
            raise RuntimeError(
                f"Expected tensor to have size {sum(lengths)} at dimension 0, but got size "
                f"{targets.size(0)} {place}"
            )
        flat, found, start = targets.long().tolist(), [], 0
        for length in lengths:
            found.append(flat[start : start + length])
            start += length
        return found
    if targets.size(0) != len(lengths):
        raise RuntimeError(
            f"Expected tensor to have size {len(lengths)} at dimension 0, but got size "
            f"{targets.size(0)} {place}"
        )
    longest = max(lengths, default=0)
    if targets.size(1) < longest:
        raise RuntimeError(
            f"Expected tensor to have size at least {longest} at dimension 1, but got size "
            f"{targets.size(1)} {place}"
        )
    rows = targets.long().tolist()
    return [row[:length] for row, length in zip(rows, lengths, strict=True)]


def ctc_loss(
    log_probs: Tensor,
    targets: Tensor,
    input_lengths: Tensor | Sequence[int],
    target_lengths: Tensor | Sequence[int],
    blank: int = 0,
    reduction: str = "mean",
    zero_infinity: bool = False,
) -> Tensor:
    """Return how improbable target sequences are, whenever their elements come.

    >>> logs = torch.tensor([[[0.5, 0.5]], [[0.5, 0.5]]]).log()  # two times, one sample
    >>> lengths = torch.tensor([2]), torch.tensor([1])
    >>> torch.nn.functional.ctc_loss(logs, torch.tensor([[1]]), *lengths).exp()
    tensor(1.3333)

    Of four ways to choose, three spell the target: 1/0.75.

    Args:
        log_probs: logarithms of probabilities, `(T, N, C)` or `(T, C)`.
        targets: classes, `(N, S)`, or all samples' one after the other.
        input_lengths: how many times count, for each sample.
        target_lengths: how many classes count, for each sample.
        blank: the class that stands for nothing.
        reduction: `mean` (over the lengths of the targets, then the samples), `sum` or `none`.
        zero_infinity: whether targets that cannot be spelt in time count as 0.
    """
    reduction = chosen(reduction)
    if log_probs.dtype.category != FLOATING:
        raise NotImplementedError(
            f"\"ctc_loss_cpu\" not implemented for '{log_probs.dtype.scalar_name}'"
        )
    batched = log_probs.dim() == 3
    x = log_probs if batched else log_probs.unsqueeze(1)
    if not batched and targets.dim() == 1:
        targets = targets.unsqueeze(0)
    times, batch, classes = x._size
    if not 0 <= blank < classes:
        raise RuntimeError("blank must be in label range")
    spans = integers(input_lengths, "input_lengths", batch)
    lengths = integers(target_lengths, "target_lengths", batch)
    labels = checked_targets(targets, lengths)
    for span in spans:
        if span > times:
            raise RuntimeError(
                f"Expected input_lengths to have value at most {times}, but got value {span} "
                "(while checking arguments for ctc_loss_allocate_outputs)"
            )
    if any(not 0 <= label < classes for row in labels for label in row):
        raise IndexError(f"targets hold a class that is not one of {classes}")
    logs = x.detach().transpose(0, 1).tolist()
    losses, slopes = [], []
    for rows, span, label in zip(logs, spans, labels, strict=True):
        loss, slope = one_loss(rows[:span], label, blank, rounding_to(x.dtype))
        if zero_infinity and loss == math.inf:
            slope = [[0.0] * classes for _ in slope]
        losses.append(loss)
        slopes.append(slope + [[0.0] * classes] * (times - span))
    steep = tensor(slopes, dtype=x.dtype).view(batch, times, classes).transpose(0, 1).contiguous()

    def backward(grad: Tensor, x: Tensor) -> Tensor:
        each = steep * grad.detach().view(1, batch, 1)
        return underivable(each, "_ctc_loss_backward", (grad, x))  # torch has no second derivative

    found = tensor(losses, dtype=x.dtype)
    found = differentiable(found, "CtcLossBackward0", (x,), saved=(x,), backward=backward)
    if zero_infinity:
        found = where(found == math.inf, 0.0, found)
    if reduction == "mean":
        return (found / tensor([max(n, 1) for n in lengths], dtype=x.dtype)).mean()
    if reduction == "sum":
        return found.sum()
    return found if batched else found.squeeze(0)
