"""`pieces`: words, the pieces a tokenizer cuts them into, and their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reference_impl.draw.pen import (
    ACCENT,
    INK,
    MARGIN,
    PAPER,
    QUIET,
    SOFT,
    Line,
    Pen,
    Picture,
    Square,
    text_width,
)

SIDE = 28
SPACE = 20
MOST = 24
CONTINUES = "##"


@dataclass(slots=True)
class Word:
    """What one word became: pieces `first` to `last`."""

    text: str
    first: int
    last: int


def pieces(
    tokens: Sequence[str],
    ids: Sequence[int],
    mask: Sequence[int] = (),
    *,
    special: Sequence[str] = ("[CLS]", "[SEP]", "[PAD]"),
    alt: str | None = None,
) -> Picture:
    """Draw from left to right: words, their pieces, the ids, and the attention mask.

    A word that was cut is a bracket over its pieces. What the tokenizer added has a ground of
    its own, and padding, which the mask leaves out, is dotted.

    Args:
        tokens: The pieces, such as `tokenizer.convert_ids_to_tokens(ids)`; 24 at most.
        ids: The number of each piece.
        mask: 1 for a piece, 0 for padding; no column where it is empty.
        special: The pieces that stand for no word.
        alt: The text alternative, where the sentence that is made by itself will not do.

    Raises:
        ValueError: If lengths differ, or there are too many pieces to draw.
    """
    if len(tokens) != len(ids) or (mask and len(mask) != len(ids)):
        raise ValueError(f"{len(tokens)} tokens were given {len(ids)} ids and {len(mask)} masks")
    if len(tokens) > MOST:
        raise ValueError(f"up to {MOST} pieces are drawn, not {len(tokens)}")
    words = words_of(tokens, special)
    columns = [[*tokens], [str(number) for number in ids]]
    heads = ["tokens", "input_ids"]
    if mask:
        columns.append([str(flag) for flag in mask])
        heads.append("mask")
    pen, top = Pen(), 30
    x = MARGIN + max((text_width(word.text, 14) for word in words), default=0) + 16
    for word in words:
        draw_word(pen, word, x, top)
    x += SPACE
    for head, column in zip(heads, columns, strict=True):
        wide = max(text_width(head), *(text_width(text, 14) for text in column)) + 12
        pen.text(x, 18, head)
        pen.squares(
            Square(
                x,
                top + at * SIDE,
                wide,
                SIDE,
                text,
                SOFT if tokens[at] in special else PAPER,
                ink=QUIET if mask and not mask[at] else INK,
                absent=bool(mask) and not mask[at],
            )
            for at, text in enumerate(column)
        )
        x += wide + SPACE
    return pen.picture(alt or sentence(tokens, ids, mask, words))


def words_of(tokens: Sequence[str], special: Sequence[str]) -> list[Word]:
    """Return the words that the pieces stand for, each with the pieces it was cut into."""
    words: list[Word] = []
    for at, token in enumerate(tokens):
        if token in special:
            continue
        if token.startswith(CONTINUES) and words and words[-1].last == at - 1:
            words[-1].text += token.removeprefix(CONTINUES)
            words[-1].last = at
        else:
            words.append(Word(token, at, at))
    return words


def draw_word(pen: Pen, word: Word, right: float, top: float) -> None:
    """Write a word at the left of its pieces, and a bracket over them if they are several."""
    start, end = top + word.first * SIDE, top + (word.last + 1) * SIDE
    middle = (start + end) / 2
    pen.text(right - 12, middle + 5, word.text, size=14, ink=INK, anchor="end")
    if word.last > word.first:
        pen.bracket(start + 5, end - 5, right + 10, -8, Line(ACCENT), across=False)
    else:
        pen.arrow([(right - 4, middle), (right + SPACE - 6, middle)], Line(QUIET), 1)


def sentence(
    tokens: Sequence[str], ids: Sequence[int], mask: Sequence[int], words: Sequence[Word]
) -> str:
    """Return what the picture shows."""
    numbered = ", ".join(f"{token} {number}" for token, number in zip(tokens, ids, strict=True))
    cut = [
        f"{word.text} is cut into {word.last - word.first + 1} pieces"
        for word in words
        if word.last > word.first
    ]
    said = [f"{len(tokens)} pieces with their ids: {numbered}.", *(f"{one}." for one in cut)]
    if mask and not all(mask):
        said.append(f"The mask leaves out the last {len(mask) - sum(mask)}.")
    return " ".join(said)
