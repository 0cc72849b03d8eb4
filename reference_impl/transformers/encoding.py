"""What a text has become: for each token its id, its type, its word, its place in the text."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Any

from ..torch.public import Public
from .wordpiece import Token

# What each token has, and what a padding token has there (its id, type and text are given).
COLUMNS = {
    "ids": None,
    "type_ids": None,
    "tokens": None,
    "word_ids": None,
    "offsets": (0, 0),
    "special_tokens_mask": 1,
    "attention_mask": 0,
}
SHOWN = "ids, type_ids, tokens, offsets, attention_mask, special_tokens_mask, overflowing"


class PanicException(BaseException):
    """What becomes of a panic of the Rust library; no `except Exception` catches it."""


PanicException.__module__ = "pyo3_runtime"


def unsigned(value: Any, bits: int = 64) -> int:
    """Return a whole number that a register without sign can hold.

    Raises:
        TypeError: for what is no whole number.
        OverflowError: negative, or too large.
    """
    whole = operator.index(value)
    if bits == 64 and whole < 0:
        raise OverflowError("can't convert negative int to unsigned")
    if whole < 0:
        raise OverflowError("number too small to fit in target type")
    if whole >= 2**bits:
        large = "int too big to convert" if bits == 64 else "number too large to fit in target type"
        raise OverflowError(large)
    return whole


class Encoding(metaclass=Public):
    """The tokens of a text or of a pair of texts, column by column.

    Attributes:
        ids: The number of each token in the vocabulary.
        type_ids: 0 in the first text, 1 in the second.
        tokens: The tokens as text.
        word_ids: Which word of its text a token belongs to; None of special tokens.
        offsets: Where in its text each token begins and ends.
        special_tokens_mask: 1 where the tokenizer has added a token.
        attention_mask: 0 where there is padding.
        overflowing: What truncation has cut off, as encodings.
        ranges: Which tokens are those of the first text, and of the second.
    """

    __shown__ = "tokenizers.Encoding"

    def __init__(self, **columns: list) -> None:
        for name in COLUMNS:
            setattr(self, name, columns.get(name, []))
        self.overflowing: list[Encoding] = []
        self.ranges: dict[int, range] = {}

    @classmethod
    def of(
        cls,
        found: Iterable[tuple[Token, tuple[int, int], int | None]],
        type_id: int,
        added: int = 0,
    ) -> Encoding:
        """Return an encoding of tokens, each with its offsets and its word."""
        rows = list(found)
        return cls(
            ids=[token.id for token, _, _ in rows],
            type_ids=[type_id] * len(rows),
            tokens=[token.value for token, _, _ in rows],
            word_ids=[word for _, _, word in rows],
            offsets=[place for _, place, _ in rows],
            special_tokens_mask=[added] * len(rows),
            attention_mask=[1] * len(rows),
        )

    def part(self, start: int, stop: int) -> Encoding:
        """Return the tokens from `start` up to, without, `stop`."""
        return Encoding(**{name: getattr(self, name)[start:stop] for name in COLUMNS})

    def copy(self) -> Encoding:
        """Return an encoding that can be changed without changing this one."""
        made = self.part(0, len(self))
        made.overflowing, made.ranges = list(self.overflowing), dict(self.ranges)
        return made

    def take(self, other: Encoding) -> None:
        """Take the content of another encoding's place."""
        self.__dict__.update(other.__dict__)

    def append(self, pair: Encoding) -> None:
        """Append another encoding, and all that overflowed in every combination."""
        combined = []
        for mine in self.overflowing:
            combined += [joined(mine, pair), *(joined(mine, other) for other in pair.overflowing)]
        combined += [joined(self, other) for other in pair.overflowing]
        length = len(self)
        for index, places in pair.ranges.items():
            self.ranges[index] = range(places.start + length, places.stop + length)
        for name in COLUMNS:
            setattr(self, name, getattr(self, name) + getattr(pair, name))
        self.overflowing = combined

    def cover(self, index: int) -> None:
        """Note that all tokens here are those of one text: the first (0) or the second (1)."""
        self.ranges[index] = range(len(self))

    def cut(self, length: int, stride: int, direction: str) -> None:
        """Cut down to a length; what is cut off overflows, in parts that share `stride` tokens.

        Raises:
            PanicException: parts would not advance.
        """
        total = len(self)
        if length >= total:
            return
        if length == 0:
            rest = self.copy()
            self.take(Encoding())
            self.overflowing = [rest]
            return
        if stride >= length:
            raise PanicException(
                f"`stride` must be strictly less than `max_len={length}` (note that `max_len` may "
                "be shorter than the max length of the original model, as it subtracts the number "
                "of special characters"
            )
        parts = []
        for at in range(0, total, length - stride):
            low, high = (
                (at, at + length) if direction == "right" else (total - at - length, total - at)
            )
            parts.append(self.part(max(low, 0), min(high, total)))
            if high >= total if direction == "right" else low <= 0:
                break
        self.take(parts[0])
        self.overflowing = parts[1:]

    def fill(self, length: int, ids: tuple[int, int, str], direction: str) -> None:
        """Pad to a length with a token, given as its id, type and text."""
        for part in self.overflowing:
            part.fill(length, ids, direction)
        missing = length - len(self)
        if missing <= 0:
            return
        blanks = COLUMNS | dict(zip(("ids", "type_ids", "tokens"), ids, strict=True))
        for name, blank in blanks.items():
            column, padding = getattr(self, name), [blank] * missing
            setattr(self, name, padding + column if direction == "left" else column + padding)
        if direction == "left":
            for index, places in self.ranges.items():
                self.ranges[index] = range(places.start + missing, places.stop + missing)

    @property
    def n_sequences(self) -> int:
        """How many texts there are."""
        return len(self.ranges) or 1

    @property
    def sequence_ids(self) -> list[int | None]:
        """Which text each token belongs to; None of special tokens."""
        found: list[int | None] = [None] * len(self)
        for index in range(self.n_sequences):
            for place in self.places(index):
                found[place] = index
        return found

    def places(self, index: int) -> range:
        """Return which tokens are those of a text."""
        return self.ranges.get(index, range(len(self)))

    def token_to_sequence(self, token_index: int) -> int | None:
        """Return which text a token belongs to."""
        token = unsigned(token_index)
        if token > len(self):
            return None
        if not self.ranges:
            return 0
        return next((index for index, places in self.ranges.items() if token in places), None)

    def token_to_word(self, token_index: int) -> int | None:
        """Return which word a token belongs to."""
        inside = self.token_to_sequence(token_index) is not None and token_index < len(self)
        return self.word_ids[token_index] if inside else None

    def token_to_chars(self, token_index: int) -> tuple[int, int] | None:
        """Return where in its text a token begins and ends."""
        inside = self.token_to_sequence(token_index) is not None and token_index < len(self)
        return self.offsets[token_index] if inside else None

    def word_to_tokens(self, word_index: int, sequence_index: int = 0) -> tuple[int, int] | None:
        """Return the first token of a word, and the one behind its last."""
        word, found = unsigned(word_index, 32), []
        for place in self.places(unsigned(sequence_index)):
            if self.word_ids[place] is not None and self.word_ids[place] > word:
                break
            if self.word_ids[place] == word:
                found.append(place)
        return (found[0], found[-1] + 1) if found else None

    def word_to_chars(self, word_index: int, sequence_index: int = 0) -> tuple[int, int] | None:
        """Return where in its text a word begins and ends."""
        found = self.word_to_tokens(word_index, sequence_index)
        return found and (self.offsets[found[0]][0], self.offsets[found[1] - 1][1])

    def char_to_token(self, char_pos: int, sequence_index: int = 0) -> int | None:
        """Return which token a character of a text is in."""
        char = unsigned(char_pos)
        for place in self.places(unsigned(sequence_index)):
            start, stop = self.offsets[place]
            if start <= char < stop:
                return place
        return None

    def char_to_word(self, char_pos: int, sequence_index: int = 0) -> int | None:
        """Return which word a character of a text is in."""
        token = self.char_to_token(char_pos, sequence_index)
        return None if token is None else self.token_to_word(token)

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        return f"Encoding(num_tokens={len(self)}, attributes=[{SHOWN}])"


def joined(first: Encoding, second: Encoding) -> Encoding:
    """Return two encodings, one behind the other."""
    made = first.copy()
    made.append(second)
    return made
