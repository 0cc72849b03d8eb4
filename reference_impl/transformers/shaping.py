"""Making encodings fit a length: cutting what is too long, padding what is too short."""

from __future__ import annotations

from typing import NamedTuple

from .encoding import Encoding, unsigned

REGISTER = 2**64


class Truncation(NamedTuple):
    """How long an encoding may be, and what is cut."""

    max_length: int
    stride: int
    strategy: str
    direction: str

    def checked(self, special: int) -> Truncation:
        """Return this, if the parts that overflow can advance.

        The room left by special tokens is reckoned in a register without sign, as the Rust
        library does: with less room than special tokens there is all the room in the world.

        Raises:
            ValueError: they cannot.
            OverflowError: for a negative number.
        """
        made = self._replace(max_length=unsigned(self.max_length), stride=unsigned(self.stride))
        room = (made.max_length - special) % REGISTER
        if room < made.stride:
            raise ValueError(
                f"tokenizer stride set to {made.stride}, which is greater than or equal to its "
                f"effective max length of {room} (= {made.max_length} original max length - "
                f"{special} added special tokens), "
            )
        return made

    def apply(self, first: Encoding, second: Encoding | None, special: int) -> None:
        """Cut one text or two, so that they fit with so many special tokens.

        Raises:
            Exception: the text that may be cut is not there, or too short.
        """
        room = (self.max_length - special) % REGISTER
        texts = [first] if second is None else [first, second]
        if room == 0:
            lengths = [0] * len(texts)
        elif sum(map(len, texts)) <= room:
            return
        elif self.strategy == "longest_first":
            lengths = [room] if second is None else shared(len(first), len(second), room)
        else:
            lengths = self.only_one(texts, sum(map(len, texts)) - room)
        for text, length in zip(texts, lengths, strict=True):
            text.cut(length, self.stride, self.direction)

    def only_one(self, texts: list[Encoding], excess: int) -> list[int]:
        """Return the lengths of texts when one of them alone gives way."""
        chosen = 0 if self.strategy == "only_first" else 1
        if chosen == len(texts):
            raise Exception("Truncation error: Second sequence not provided")
        lengths = list(map(len, texts))
        if lengths[chosen] <= excess:
            raise Exception(
                "Truncation error: Sequence to truncate too short to respect the provided "
                "max_length"
            )
        lengths[chosen] -= excess
        return lengths


def shared(first: int, second: int, room: int) -> list[int]:
    """Return how much of the room each of two texts gets: the shorter stays whole if it can."""
    short, long = sorted((first, second))
    long = short if short > room else max(short, room - short)
    if short + long > room:
        short, long = room // 2, room // 2 + room % 2
    return [long, short] if first > second else [short, long]


class Padding(NamedTuple):
    """Up to which length encodings are padded, with what and on which side."""

    length: int | None
    direction: str
    pad_id: int
    pad_token: str
    pad_type_id: int
    pad_to_multiple_of: int | None

    def checked(self) -> Padding:
        """Return this, if it can be done.

        Raises:
            ValueError: for another side.
            OverflowError: for a negative number.
        """
        if self.direction not in ("left", "right"):
            raise ValueError(
                f"Unknown `direction`: `{self.direction}`. Use one of `left` or `right`"
            )
        for number in (self.length, self.pad_to_multiple_of):
            if number is not None:
                unsigned(number)
        return self

    def apply(self, encodings: list[Encoding]) -> None:
        """Pad all to one length: the given one, or that of the longest."""
        length = max(map(len, encodings), default=0) if self.length is None else self.length
        length += -length % self.pad_to_multiple_of if self.pad_to_multiple_of else 0
        for encoding in encodings:
            blank = (self.pad_id, self.pad_type_id, self.pad_token)
            encoding.fill(length, blank, self.direction)
