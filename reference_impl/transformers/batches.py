"""What a tokenizer returns: a dict of lists or tensors, and the encodings they come from."""

from __future__ import annotations

import importlib
from abc import ABCMeta
from collections import UserDict
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from .. import torch
from ..torch.public import Public
from .encoding import Encoding
from .utils import ExplicitEnum, TensorType, logging

logger = logging.get_logger("transformers.tokenization_utils_base")

NO_TENSOR = (
    "Unable to create tensor, you should probably activate truncation and/or padding with "
    "'padding=True' 'truncation=True' to have batched tensors with the same length. Perhaps your "
    "features (`{}` in this case) have excessive nesting (inputs type `list` where type `int` is "
    "expected)."
)


class PublicABC(Public, ABCMeta):
    """The type of abstract types that print under their public path."""


class TruncationStrategy(ExplicitEnum):
    """Which text gives way: the first, the second, the longer one, or none."""

    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"
    LONGEST_FIRST = "longest_first"
    DO_NOT_TRUNCATE = "do_not_truncate"


class CharSpan(NamedTuple):
    """Characters of a text, from `start` up to, without, `end`."""

    start: int
    end: int


class TokenSpan(NamedTuple):
    """Tokens of an encoding, from `start` up to, without, `end`."""

    start: int
    end: int


CharSpan.__module__ = TokenSpan.__module__ = "transformers.tokenization_utils_base"


def arrays() -> ModuleType:
    """Return NumPy where it is installed, else what stands in for it."""
    try:
        return importlib.import_module("numpy")
    except ImportError:
        return importlib.import_module("reference_impl.numpy")


def flatten(nested: Any) -> list:
    """Return what nested lists hold, in order; the first element tells how deep they are."""
    if len(nested) and isinstance(nested[0], (list, tuple)):
        return [value for part in nested for value in flatten(part)]
    return list(nested)


def as_tensor(value: Any) -> Any:
    """Return nested lists as a tensor, of integers if they are empty."""
    np = arrays()
    if isinstance(value, list) and value and isinstance(value[0], np.ndarray):
        return torch.from_numpy(np.array(value))
    return torch.tensor(value, dtype=None if flatten(value) else torch.int64)


def as_array(value: Any) -> Any:
    """Return nested lists as an array of NumPy, rows of different lengths as one of objects."""
    np, kind = arrays(), None
    nested = isinstance(value, (list, tuple)) and bool(value)
    if nested and isinstance(value[0], (list, tuple, np.ndarray)) and len(set(map(len, value))) > 1:
        value, kind = [np.asarray(row) for row in value], object
    if kind is None and not flatten(value):
        kind = np.int64
    return np.asarray(value, dtype=kind)


def converters(tensor_type: str | TensorType) -> tuple[Callable, Callable]:
    """Return what makes a tensor of lists, and what tells one.

    Raises:
        ValueError: for another library.
        ImportError: for MLX, which is not here.
    """
    kind = TensorType(tensor_type)
    if kind is TensorType.MLX:
        raise ImportError("Unable to convert output to MLX tensors format, MLX is not installed.")
    if kind is TensorType.PYTORCH:
        return as_tensor, torch.is_tensor
    return as_array, lambda value: isinstance(value, arrays().ndarray)


class BatchEncoding(UserDict, metaclass=PublicABC):
    """What calling a tokenizer returns: a dict whose keys are attributes, too.

    >>> from transformers import BertTokenizer
    >>> tokenizer = BertTokenizer({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "hi": 3})
    >>> batch = tokenizer("Hi ho")
    >>> batch
    {'input_ids': [1, 3, 0, 2], 'token_type_ids': [0, 0, 0, 0], 'attention_mask': [1, 1, 1, 1]}
    >>> batch.tokens(), batch.word_ids()
    (['[CLS]', 'hi', '[UNK]', '[SEP]'], [None, 0, 1, None])

    Args:
        data: the dict.
        encoding: the encodings that it was made of, or the only one.
        tensor_type: `"pt"` or `"np"`, to have tensors instead of lists.
        prepend_batch_axis: whether the tensors get a first dimension of size 1.
        n_sequences: how many texts each encoding holds; None where unknown.
    """

    __shown__ = "transformers.tokenization_utils_base.BatchEncoding"

    def __init__(
        self,
        data: dict[str, Any] | None = None,
        encoding: Encoding | Sequence[Encoding] | None = None,
        tensor_type: str | TensorType | None = None,
        prepend_batch_axis: bool = False,
        n_sequences: int | None = None,
    ) -> None:
        super().__init__(data)
        self._encodings = [encoding] if isinstance(encoding, Encoding) else encoding
        if n_sequences is None and self._encodings:
            n_sequences = self._encodings[0].n_sequences
        self._n_sequences = n_sequences
        self.convert_to_tensors(tensor_type, prepend_batch_axis)

    @property
    def n_sequences(self) -> int | None:
        """How many texts each encoding holds: 1, 2, or None where unknown."""
        return self._n_sequences

    @property
    def is_fast(self) -> bool:
        """Whether the encodings are there."""
        return self._encodings is not None

    @property
    def encodings(self) -> list[Encoding] | None:
        """The encodings, one for each text of the batch."""
        return self._encodings

    def __getitem__(self, item: Any) -> Any:
        """Return a key's value, the encoding at a number, or those of a slice.

        Raises:
            KeyError: for another key.
        """
        if isinstance(item, str):
            return self.data[item]
        if self._encodings is not None:
            return self._encodings[item]
        if isinstance(item, slice):
            return {key: value[item] for key, value in self.data.items()}
        raise KeyError(
            "Invalid key. Only three types of key are available: (1) string, (2) integers for "
            "backend Encoding, and (3) slices for data subsetting."
        )

    def __getattr__(self, item: str) -> Any:
        try:
            return self.data[item]
        except KeyError:
            raise AttributeError from None

    def __getstate__(self) -> dict[str, Any]:
        return {"data": self.data, "encodings": self._encodings}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.data, self._encodings = state["data"], state["encodings"]

    def _encoding(self, method: str, index: int) -> Encoding:
        if not self._encodings:
            raise ValueError(f"{method}() is not available when using Python based tokenizers")
        return self._encodings[index]

    def _found(self, method: str, first: int, second: int | None, count: str) -> tuple:
        """Return an encoding and a place in it, from a place alone or a batch index before it."""
        if not self._encodings:
            raise ValueError(f"{method}() is not available when using Python based tokenizers")
        batch, place = (0, first) if second is None else (first, second)
        if count:
            batch = batch if batch >= 0 else self._batch_size + batch
            place = place if place >= 0 else self._seq_len + place
        return self._encodings[batch], place

    def tokens(self, batch_index: int = 0) -> list[str]:
        """Return the tokens of one text."""
        return list(self._encoding("tokens", batch_index).tokens)

    def sequence_ids(self, batch_index: int = 0) -> list[int | None]:
        """Return which text of a pair each token belongs to; None of special tokens."""
        return self._encoding("sequence_ids", batch_index).sequence_ids

    def word_ids(self, batch_index: int = 0) -> list[int | None]:
        """Return which word each token belongs to; None of special tokens."""
        return list(self._encoding("word_ids", batch_index).word_ids)

    def token_to_sequence(
        self, batch_or_token_index: int, token_index: int | None = None
    ) -> int | None:
        """Return which text of a pair a token belongs to."""
        found = self._found("token_to_sequence", batch_or_token_index, token_index, "tokens")
        return found[0].token_to_sequence(found[1])

    def token_to_word(
        self, batch_or_token_index: int, token_index: int | None = None
    ) -> int | None:
        """Return which word a token belongs to."""
        found = self._found("token_to_word", batch_or_token_index, token_index, "tokens")
        return found[0].token_to_word(found[1])

    def word_to_tokens(
        self, batch_or_word_index: int, word_index: int | None = None, sequence_index: int = 0
    ) -> TokenSpan | None:
        """Return the tokens of a word."""
        found = self._found("word_to_tokens", batch_or_word_index, word_index, "words")
        span = found[0].word_to_tokens(found[1], sequence_index)
        return None if span is None else TokenSpan(*span)

    def token_to_chars(
        self, batch_or_token_index: int, token_index: int | None = None
    ) -> CharSpan | None:
        """Return where in its text a token stands."""
        found = self._found("token_to_chars", batch_or_token_index, token_index, "")
        span = found[0].token_to_chars(found[1])
        return None if span is None else CharSpan(*span)

    def char_to_token(
        self, batch_or_char_index: int, char_index: int | None = None, sequence_index: int = 0
    ) -> int | None:
        """Return which token a character is in."""
        found = self._found("char_to_token", batch_or_char_index, char_index, "")
        return found[0].char_to_token(found[1], sequence_index)

    def word_to_chars(
        self, batch_or_word_index: int, word_index: int | None = None, sequence_index: int = 0
    ) -> CharSpan:
        """Return where in its text a word stands."""
        found = self._found("word_to_chars", batch_or_word_index, word_index, "")
        return CharSpan(*found[0].word_to_chars(found[1], sequence_index))

    def char_to_word(
        self, batch_or_char_index: int, char_index: int | None = None, sequence_index: int = 0
    ) -> int | None:
        """Return which word a character is in."""
        found = self._found("char_to_word", batch_or_char_index, char_index, "")
        return found[0].char_to_word(found[1], sequence_index)

    def convert_to_tensors(
        self, tensor_type: str | TensorType | None = None, prepend_batch_axis: bool = False
    ) -> BatchEncoding:
        """Turn the lists into tensors, in place.

        Raises:
            ValueError: for lists of different lengths, or another library.
        """
        if tensor_type is None:
            return self
        make, is_tensor = converters(tensor_type)
        for key, value in self.items():
            try:
                whole = [value] if prepend_batch_axis else value
                if not is_tensor(whole):
                    self[key] = make(whole)
            except Exception as error:
                raise ValueError(NO_TENSOR.format(key)) from error
        return self

    def to(self, device: Any, *, non_blocking: bool = False) -> BatchEncoding:
        """Move all tensors to a device, in place."""
        if isinstance(device, (str, int, torch.device)):
            for key, value in self.data.items():
                if hasattr(value, "to") and callable(value.to):
                    self.data[key] = value.to(device=device, non_blocking=non_blocking)
        else:
            logger.warning(
                f"Attempting to cast a BatchEncoding to type {device}. This is not supported."
            )
        return self
