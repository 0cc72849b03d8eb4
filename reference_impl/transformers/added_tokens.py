"""Tokens beside the vocabulary: found in the text as they are, and never cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..torch.public import Public
from .characters import SPACES, is_word
from .pieces import BertNormalizer, Piece
from .wordpiece import WordPiece

__all__ = ["AddedToken"]

FLAGS = ("single_word", "lstrip", "rstrip", "normalized", "special")


class AddedToken(metaclass=Public):
    """A token that is looked for in the text before anything is cut.

    >>> from transformers import AddedToken
    >>> AddedToken("[NAME]", special=True).normalized
    False

    Args:
        content: how it is written.
        single_word: whether it must not touch other letters.
        lstrip: whether it swallows the spaces before it.
        rstrip: whether it swallows the spaces behind it.
        normalized: whether it is looked for in the lowered text; by default if not special.
        special: whether `skip_special_tokens` skips it.
        **others: ignored, and said so.
    """

    __shown__ = "tokenizers.AddedToken"

    def __init__(
        self,
        content: str = "",
        single_word: bool = False,
        lstrip: bool = False,
        rstrip: bool = False,
        normalized: bool | None = None,
        special: bool = False,
        **others: Any,
    ) -> None:
        if not isinstance(content, str):
            raise TypeError(f"'{type(content).__name__}' object is not an instance of 'str'")
        for name in others:
            print(f"Ignored unknown kwarg option {name}")
        self.content, self.single_word, self.special = content, single_word, special
        self.lstrip, self.rstrip, self._normalized = lstrip, rstrip, normalized

    @property
    def normalized(self) -> bool:
        """Whether it is looked for in the lowered text."""
        return not self.special if self._normalized is None else self._normalized

    def __getstate__(self) -> dict[str, Any]:
        return {"content": self.content, **{name: getattr(self, name) for name in FLAGS}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AddedToken) and self.__getstate__() == other.__getstate__()

    def __hash__(self) -> int:
        return hash(self.content)

    def __str__(self) -> str:
        return self.content

    def __repr__(self) -> str:
        flags = ("rstrip", "lstrip", "single_word", "normalized", "special")
        shown = ", ".join(f"{name}={getattr(self, name)}" for name in flags)
        return f'AddedToken("{self.content}", {shown})'


class Pattern:
    """Finds tokens in a text, from left to right, each as long as possible."""

    def __init__(self, tokens: dict[str, int]) -> None:
        self.tokens = tokens
        longest_first = sorted(tokens, key=len, reverse=True)
        self.search = re.compile("|".join(map(re.escape, longest_first))) if tokens else None

    def matches(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield id, begin and end of each."""
        for match in self.search.finditer(text) if self.search else ():
            yield self.tokens[match[0]], match.start(), match.end()


class AddedVocabulary:
    """All added tokens of a tokenizer, and the text split at them.

    Attributes:
        ids: the id of each, by its content.
        tokens: each by its id.
        special: the contents of those that are special.
        splits_special: whether special tokens in the text are text like any other.
    """

    def __init__(self, model: WordPiece, normalizer: BertNormalizer) -> None:
        self.model, self.normalizer = model, normalizer
        self.ids: dict[str, int] = {}
        self.tokens: dict[int, AddedToken] = {}
        self.lowered: dict[int, str] = {}
        self.special: set[str] = set()
        self.splits_special = False
        self.refresh()

    def add(self, tokens: list[AddedToken]) -> int:
        """Add tokens; those of the vocabulary keep their id, others get the next free one.

        Returns:
            How many were not there already in just this form.
        """
        size = len(self.model.vocab)
        highest = max(self.tokens, default=-1)
        free = highest + 1 if self.tokens and (highest >= size or not size) else size
        added = 0
        for token in tokens:
            known = self.tokens.get(self.ids.get(token.content, -1))
            if not token.content or known == token:
                continue
            index = self.ids.get(token.content, self.model.vocab.get(token.content))
            if index is None:
                index, free = free, free + 1
            if token.normalized and (text := self.plain(token.content)) != token.content:
                self.lowered[index] = text
            self.ids[token.content], self.tokens[index] = index, token
            if token.special:
                self.special.add(token.content)
            added += 1
        self.refresh()
        return added

    def plain(self, content: str) -> str:
        """Return a token's content as it stands in a normalised text."""
        return self.normalizer(Piece(content, range(len(content)))).text

    def refresh(self) -> None:
        """Make the patterns anew: one for the text as it is, one for the normalised."""
        written: list[dict[str, int]] = [{}, {}]
        for index, token in self.tokens.items():
            shown = self.lowered.get(index, token.content) if token.normalized else token.content
            if shown:
                written[token.normalized][shown] = index
        self.as_it_is, self.normalised = map(Pattern, written)

    def token(self, index: int) -> str | None:
        """Return how the token of an id is written in a normalised text."""
        found = self.tokens.get(index)
        return None if found is None else self.lowered.get(index, found.content)

    def split(self, piece: Piece, pattern: Pattern) -> Iterator[tuple[Piece, int | None]]:
        """Yield the parts of a piece, and the id of those that are added tokens."""
        text, done = piece.text, 0
        for index, found, stop in pattern.matches(text):
            token, start = self.tokens[index], found
            if self.splits_special and token.content in self.special:
                continue
            touches = (start and is_word(text[start - 1])) or (
                stop < len(text) and is_word(text[stop])
            )
            if token.single_word and touches:
                continue
            while token.lstrip and start > done and text[start - 1] in SPACES:
                start -= 1
            start = max(start, done) if token.lstrip else start
            while token.rstrip and stop < len(text) and text[stop] in SPACES:
                stop += 1
            if done < start:
                yield piece.part(done, start), None
            yield piece.part(start, stop), index
            done = stop
        if done < len(text):
            yield piece.part(done, len(text)), None

    def extract(self, text: str) -> Iterator[tuple[Piece, int | None]]:
        """Yield the normalised parts of a text, and the ids of the added tokens in it."""
        for piece, index in self.split(Piece(text, range(len(text))), self.as_it_is):
            if index is not None:
                yield piece, index
            else:
                yield from self.split(self.normalizer(piece), self.normalised)
