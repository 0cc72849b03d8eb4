"""WordPiece: a word as the longest pieces that the vocabulary knows.

After Schuster and Nakajima, “Japanese and Korean voice search” (2012), as BERT uses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

CONTINUES = "##"  # before a piece that does not begin a word
LONGEST = 100  # characters of a word; a longer one is unknown as a whole


class Token(NamedTuple):
    """A piece of a word: its number in the vocabulary, and where in the word it stands."""

    id: int
    value: str
    start: int
    stop: int


class WordPiece:
    """A vocabulary, and how words are cut into its pieces.

    Args:
        vocab: the number of each piece.
        unk_token: what stands for a word that has no pieces.
    """

    def __init__(self, vocab: dict[str, int], unk_token: str) -> None:
        self.vocab = vocab
        self.tokens = {index: token for token, index in vocab.items()}
        self.unk_token = unk_token

    def tokenize(self, word: str) -> list[Token]:
        """Return the pieces of a word, taken from its front, each as long as possible.

        Raises:
            Exception: the unknown token is needed, and not in the vocabulary.
        """
        found = list(self.pieces(word)) if len(word) <= LONGEST else []
        if found and found[-1].stop == len(word):
            return found
        if self.unk_token not in self.vocab:
            raise Exception("WordPiece error: Missing [UNK] token from the vocabulary")
        return [Token(self.vocab[self.unk_token], self.unk_token, 0, len(word))]

    def pieces(self, word: str) -> Iterator[Token]:
        """Yield pieces of a word up to its end, or to where none fits."""
        start = 0
        while start < len(word):
            before = CONTINUES if start else ""
            for stop in range(len(word), start, -1):
                piece = before + word[start:stop]
                if piece in self.vocab:
                    yield Token(self.vocab[piece], piece, start, stop)
                    start = stop
                    break
            else:
                return
