"""From text to encodings and back: added tokens, normalising, words, pieces, special tokens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .added_tokens import AddedToken, AddedVocabulary
from .encoding import Encoding, unsigned
from .pieces import BertNormalizer, Piece, words
from .shaping import Padding, Truncation
from .wordpiece import CONTINUES, Token, WordPiece

TEXT = "TextEncodeInput must be Union[TextInputSequence, Tuple[InputSequence, InputSequence]]"
WORDS = (
    "PreTokenizedEncodeInput must be Union[PreTokenizedInputSequence, "
    "Tuple[PreTokenizedInputSequence, PreTokenizedInputSequence]]"
)
# What decoding mends, token by token: English as it is written.
MENDED = (
    (" .", "."),
    (" ?", "?"),
    (" !", "!"),
    (" ,", ","),
    (" ' ", "'"),
    (" n't", "n't"),
    (" 'm", "'m"),
    (" do not", " don't"),
    (" 's", "'s"),
    (" 've", "'ve"),
    (" 're", "'re"),
)


def is_text(value: Any) -> bool:
    """Tell a string without halves of characters."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def is_words(value: Any) -> bool:
    """Tell a list of words."""
    return isinstance(value, (list, tuple)) and all(map(is_text, value))


def texts(value: Any, split: bool) -> tuple[Any, ...]:
    """Return one text, or the two of a pair.

    Args:
        value: what was given.
        split: whether a text is a list of words.

    Raises:
        TypeError: for anything else.
    """
    fits, wrong = (is_words, WORDS) if split else (is_text, TEXT)
    if fits(value):
        return (value,)
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise TypeError(wrong)
    if not all(map(fits, value)):
        raise TypeError(
            "PreTokenizedInputSequence must be Union[List[str], Tuple[str]]"
            if split
            else "TextInputSequence must be str"
        )
    return tuple(value)


class Pipeline:
    """All steps of a BERT tokenizer, in one place.

    Args:
        model: the vocabulary.
        normalizer: the first step.

    Attributes:
        added: Tokens beside the vocabulary.
        ends: What stands before a text, and behind it, each as token and id.
        truncation: How long an encoding may be; None for no limit.
        padding: Up to which length encodings are padded; None for none.
    """

    def __init__(self, model: WordPiece, normalizer: BertNormalizer) -> None:
        self.model, self.normalizer = model, normalizer
        self.added = AddedVocabulary(model, normalizer)
        self.ends: tuple[tuple[str, int], ...] = ()
        self.truncation: Truncation | None = None
        self.padding: Padding | None = None

    def special_count(self, pair: bool) -> int:
        """Return how many special tokens are added to a text, or to a pair."""
        return len(self.ends) + (pair and bool(self.ends))

    def vocabulary(self) -> dict[str, int]:
        """Return the id of every token, added ones, too."""
        return self.model.vocab | self.added.ids

    def token_to_id(self, token: str) -> int | None:
        """Return the id of a token; None if there is none."""
        if not isinstance(token, str):
            raise TypeError(f"'{type(token).__name__}' object is not an instance of 'str'")
        return self.added.ids.get(token, self.model.vocab.get(token))

    def id_to_token(self, index: Any) -> str | None:
        """Return the token of an id; None if there is none."""
        whole = unsigned(index, 32)
        found = self.added.token(whole)
        return self.model.tokens.get(whole) if found is None else found

    def add(self, tokens: Iterable[Any], special: bool = False) -> int:
        """Add tokens to those that are never cut; return how many are new.

        Raises:
            TypeError: for anything but a list of strings and added tokens.
        """
        made = []
        for token in tokens:
            if not isinstance(token, (str, AddedToken)):
                raise TypeError("Input must be a List[Union[str, AddedToken]]")
            if isinstance(token, AddedToken) and special:
                token.special = True
            kept = AddedToken(token, special=special) if isinstance(token, str) else token
            made.append(AddedToken(**kept.__getstate__()))
        return self.added.add(made)

    def splits(self, text: str) -> list[tuple[Piece, int | None]]:
        """Return the parts of a text that are tokenised one by one, and the ids of added tokens."""
        found: list[tuple[Piece, int | None]] = []
        for piece, index in self.added.extract(text):
            found += [(piece, index)] if index is not None else [(w, None) for w in words(piece)]
        return found

    def part(self, text: str, type_id: int, word: int | None) -> Encoding:
        """Encode one text, or one word of it."""
        rows = []
        for number, (piece, index) in enumerate(self.splits(text)):
            if index is None:
                found = self.model.tokenize(piece.text)
            else:
                found = [Token(index, piece.text, 0, len(piece.text))]
            place = number if word is None else word
            rows += [(token, piece.span(token.start, token.stop), place) for token in found]
        return Encoding.of(rows, type_id)

    def sequence(self, text: Any, type_id: int) -> Encoding:
        """Encode one text, given as a string or as a list of words."""
        if isinstance(text, str):
            return self.part(text, type_id, None)
        made = Encoding()
        for number, word in enumerate(text):
            made.append(self.part(word, type_id, number))
        return made

    def encode(self, value: tuple[Any, ...], add_special_tokens: bool) -> Encoding:
        """Encode a text or a pair."""
        found = [self.sequence(text, index) for index, text in enumerate(value)]
        if self.truncation:
            special = self.special_count(len(found) == 2) if add_special_tokens else 0
            self.truncation.apply(found[0], found[1] if len(found) == 2 else None, special)
        made = self.with_ends(found) if add_special_tokens else self.joined(found)
        if self.padding:
            self.padding.apply([made])
        return made

    def joined(self, found: list[Encoding]) -> Encoding:
        """Return a text, or both of a pair, one behind the other."""
        made = Encoding()
        for index, text in enumerate(found):
            text.type_ids = [index] * len(text)
            for part in (text, *text.overflowing):
                part.cover(index)
            made.append(text)
        return made

    def with_ends(self, found: list[Encoding]) -> Encoding:
        """Return `[CLS] text [SEP]`, or `[CLS] text [SEP] text [SEP]`."""
        (cls, cls_id), (sep, sep_id) = self.ends
        made = Encoding.of([(Token(cls_id, cls, 0, 0), (0, 0), None)], 0, added=1)
        for index, text in enumerate(found):
            text.type_ids = [index] * len(text)
            for part in (text, *text.overflowing):
                part.cover(index)
            made.append(text)
            made.append(Encoding.of([(Token(sep_id, sep, 0, 0), (0, 0), None)], index, added=1))
        return made

    def encode_batch(
        self, values: Iterable[Any], add_special_tokens: bool, split: bool
    ) -> list[Encoding]:
        """Encode texts and pairs, padded to one length if padding is on."""
        given = [texts(value, split) for value in values]
        made = [self.encode(value, add_special_tokens) for value in given]
        if self.padding and made:
            self.padding.apply(made)
        return made

    def decode(self, ids: Any, skip_special_tokens: bool = False) -> str:
        """Return ids as text; unknown ones are left out."""
        found = [self.id_to_token(index) for index in checked(ids)]
        kept = [token for token in found if token is not None]
        if skip_special_tokens:
            kept = [token for token in kept if token not in self.added.special]
        return joined_tokens(kept)


def checked(ids: Any) -> list[int]:
    """Return a list of ids.

    Raises:
        TypeError: for anything but whole numbers.
    """
    if isinstance(ids, str):
        raise TypeError("Can't extract `str` to `Vec`")
    return [unsigned(index, 32) for index in ids]


def joined_tokens(tokens: Any) -> str:
    """Return tokens as text: pieces of a word joined, English punctuation without a space."""
    if isinstance(tokens, str):
        raise TypeError("Can't extract `str` to `Vec`")
    found = []
    for at, token in enumerate(tokens):
        if not isinstance(token, str):
            raise TypeError(f"'{type(token).__name__}' object is not an instance of 'str'")
        text = token
        if at:
            text = token[len(CONTINUES) :] if token.startswith(CONTINUES) else f" {token}"
        for old, new in MENDED:
            text = text.replace(old, new)
        found.append(text)
    return "".join(found)
