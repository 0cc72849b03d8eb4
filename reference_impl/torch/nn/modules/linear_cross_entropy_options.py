"""How `linear_cross_entropy` is computed in pieces."""

from __future__ import annotations

from dataclasses import dataclass

from ... import dtypes
from ...devices import device
from ...dtypes import dtype
from ...public import Public

__all__ = ["LinearCrossEntropyOptions"]

POLICIES = ("auto", "accurate", "balanced", "compact")
ACCUMULATE_IN = (None, dtypes.float16, dtypes.bfloat16, dtypes.float32, dtypes.float64)


@dataclass(frozen=True, slots=True)
class LinearCrossEntropyOptions(metaclass=Public):
    """What `linear_cross_entropy` may trade for memory; made once, never changed.

    >>> torch.nn.LinearCrossEntropyOptions(batch_chunk_size=2).batch_chunk_size
    2

    Args:
        allow_retain_graph: whether backward may run twice; then the gradients are kept.
        batch_chunk_size: how many samples are in a piece; all if None.
        chunking_method: how that is found: `aspect_ratio`, so that the scores of a piece take
            no more memory than the input, `aspect_ratio:2`, half of it, and so on; `auto`; None.
        acc_policy: `accurate`, `balanced`, `compact` or `auto`: how much is kept in `acc_dtype`.
        acc_dtype: in which type sums are made.

    Raises:
        ValueError: for a value that is none of these.
    """

    allow_retain_graph: bool = False
    batch_chunk_size: int | None = None
    chunking_method: str | None = "auto"
    acc_policy: str = "auto"
    acc_dtype: dtype | None = None

    def __post_init__(self) -> None:
        if self.acc_policy not in POLICIES:
            raise ValueError(f"invalid acc_policy: {self.acc_policy!r}")
        if self.chunking_method not in (None, "auto"):
            name, colon, factor = self.chunking_method.partition(":")
            factor = factor if colon else "1"
            if name != "aspect_ratio" or not factor.isdigit() or int(factor) < 1:
                raise ValueError(f"invalid chunking_method: {self.chunking_method!r}")
        if self.batch_chunk_size is not None and not (
            isinstance(self.batch_chunk_size, int) and self.batch_chunk_size > 0
        ):
            raise ValueError(
                f"batch_chunk_size must be positive int or None, got {self.batch_chunk_size!r}"
            )
        if self.acc_dtype not in ACCUMULATE_IN:
            raise ValueError(
                "acc_dtype must be one of {None, torch.float16, torch.bfloat16, torch.float32, "
                f"torch.float64}}, got {self.acc_dtype!r}. Pass acc_dtype=None to let the op pick "
                "automatically."
            )

    def _adjust(
        self, num_batches: int, in_features: int, num_classes: int, dtype: dtype, device: device
    ) -> LinearCrossEntropyOptions:
        """Return options with all that was left open chosen, for inputs of these sizes.

        Raises:
            ValueError: if size and method of the pieces contradict each other.
        """
        halves = dtype in (dtypes.float16, dtypes.bfloat16)
        policy, method = self.acc_policy, self.chunking_method
        if method == "auto":
            method = "aspect_ratio" if halves else "aspect_ratio:2"
            method = method if self.batch_chunk_size is None else None
        if policy == "auto":
            policy = "accurate" if halves else "compact"
        size = min(self.batch_chunk_size or num_batches, num_batches)
        if method is not None:
            part = -(-num_batches // -(-num_classes // in_features))
            size = min(
                (1 << (part - 1).bit_length()) // int(method.partition(":")[2] or 1), num_batches
            )
            if self.batch_chunk_size not in (None, size):
                raise ValueError(
                    f"batch_chunk_size (={self.batch_chunk_size}) and chunking_method ('{method}') "
                    f"give different chunk sizes ({self.batch_chunk_size} vs {size}); pass only "
                    "one."
                )
        wide = self.acc_dtype
        if wide is None:
            wide = dtypes.float32 if halves and self.acc_policy == "auto" else dtype
        return type(self)(self.allow_retain_graph, max(1, size), method, policy, wide)
