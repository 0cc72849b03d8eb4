"""The words that name how to pad and what to return."""

from __future__ import annotations

from enum import Enum
from typing import NoReturn

__all__ = ["ExplicitEnum", "PaddingStrategy", "TensorType"]


class ExplicitEnum(str, Enum):  # noqa: UP042 (a StrEnum prints otherwise)
    """A choice among words, whose error lists them."""

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        words = [member.value for member in cls]
        raise ValueError(f"{value} is not a valid {cls.__name__}, please select one of {words}")


class PaddingStrategy(ExplicitEnum):
    """Up to which length to pad: that of the longest, a given one, or none."""

    LONGEST = "longest"
    MAX_LENGTH = "max_length"
    DO_NOT_PAD = "do_not_pad"


class TensorType(ExplicitEnum):
    """Of which library the tensors are."""

    PYTORCH = "pt"
    NUMPY = "np"
    MLX = "mlx"
