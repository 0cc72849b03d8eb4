"""Parts of a text that remember where they come from: cleaned, lowered, split into words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import combining

from .characters import (
    SPACES,
    decomposed,
    is_accent,
    is_chinese,
    is_control,
    is_moved,
    is_punctuation,
    lowered,
)


class Piece(NamedTuple):
    """Characters, and for each of them its place in the text they were made of.

    A normalised text can be shorter or longer than the original; the places say nevertheless
    which of its characters a token stands for.
    """

    text: str
    places: Sequence[int]

    def part(self, start: int, stop: int) -> Piece:
        """Return the characters from `start` up to, without, `stop`."""
        return Piece(self.text[start:stop], self.places[start:stop])

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Return where a part begins and ends in the original text."""
        return self.places[start], self.places[stop - 1] + 1


class BertNormalizer:
    """Turns a text into what the vocabulary is made of, one character after the other.

    Args:
        handle_chinese_chars: whether each Chinese character becomes a word of its own.
        strip_accents: whether accents go; None where `lowercase` decides.
        lowercase: whether capitals become small.
    """

    def __init__(
        self,
        handle_chinese_chars: bool = True,
        strip_accents: bool | None = None,
        lowercase: bool = True,
    ) -> None:
        self.handle_chinese_chars = handle_chinese_chars
        self.strip_accents = strip_accents
        self.lowercase = lowercase
        self.known: dict[str, str] = {}

    @property
    def strips(self) -> bool:
        """Whether accents go."""
        return self.lowercase if self.strip_accents is None else self.strip_accents

    def __call__(self, piece: Piece) -> Piece:
        """Return the normalised piece."""
        if self.strips and any(map(is_moved, set(piece.text))):
            return self.reordered(piece)
        text, places = [], []
        for char, place in zip(piece.text, piece.places, strict=True):
            if char not in self.known:
                self.known[char] = self.normalized(char)
            found = self.known[char]
            text.append(found)
            places.extend([place] * len(found))
        return Piece("".join(text), places)

    def normalized(self, char: str) -> str:
        """Return what becomes of one character: nothing, itself, or several."""
        found = self.cleaned(char)
        if self.strips:
            parts = "".join(map(decomposed, found))
            found = "".join(part for part in parts if not is_accent(part))
        return "".join(map(lowered, found)) if self.lowercase else found

    def cleaned(self, char: str) -> str:
        """Return a character as it is before accents go: nothing, a space, or with spaces."""
        if char in "\0\ufffd" or is_control(char):
            return ""
        found = " " if char in SPACES else char
        return f" {char} " if self.handle_chinese_chars and is_chinese(char) else found

    def reordered(self, piece: Piece) -> Piece:
        """Return a piece with marks that stay, which Unicode's order puts before some accents.

        Each then counts as what stood in its new place, as in the Rust library.
        """
        text = [self.cleaned(char) for char in piece.text]
        places = iter([at for part, at in zip(text, piece.places, strict=True) for _ in part])
        parts = [
            (part, number == 0)
            for char in "".join(text)
            for number, part in enumerate(decomposed(char))
        ]
        place, kept, found = 0, [], []
        for part, is_first in in_order(parts):
            place = next(places) if is_first else place
            if not is_accent(part):
                small = lowered(part) if self.lowercase else part
                kept.append(small)
                found += [place] * len(small)
        return Piece("".join(kept), found)


def in_order(parts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Return characters with each run of marks sorted by Unicode's combining classes."""
    made: list[tuple[str, bool]] = []
    start = 0
    for at, part in enumerate(parts):
        made.append(part)
        if combining(part[0]):
            made[start:] = sorted(made[start:], key=lambda one: combining(one[0]))
        else:
            start = at + 1
    return made


def words(piece: Piece) -> Iterator[Piece]:
    """Yield what stands between spaces; each punctuation character is a word of its own."""
    start = 0
    for at, char in enumerate(piece.text):
        alone = is_punctuation(char)
        if alone or char in SPACES:
            if start < at:
                yield piece.part(start, at)
            if alone:
                yield piece.part(at, at + 1)
            start = at + 1
    if start < len(piece.text):
        yield piece.part(start, len(piece.text))
