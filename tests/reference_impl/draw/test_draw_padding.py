"""Padded sequences, and a sentence in pieces."""

import draw_markup as markup
import pytest

from reference_impl import draw


def test_what_was_filled_in_is_dotted(engine):
    """Each sequence has a frame of its own length; the rest is dotted and grey."""
    picture = draw.padding(engine.tensor([[1, 2, 3], [0, 0, 4]]), names=["pre"])
    assert [float(frame["width"]) for frame in markup.frames(picture)] == [84, 28]
    assert markup.texts(picture) == ["pre", "(2, 3)", "1", "2", "3", "4", "0", "0"]
    assert picture.alt == "pre has 2 sequences of 3 places: 1 2 3; 2 filled places, 4."


def test_tensors_stand_one_below_the_other(engine):
    """Any value can be the filling; a row of filling alone has no frame."""
    first, second = engine.tensor([[1, -1]]), engine.tensor([[-1, -1], [0, 2]])
    picture = draw.padding(first, second, value=-1)
    assert len(markup.frames(picture)) == 2
    assert picture.alt == (
        "The batch has 1 sequences of 2 places: 1, 1 filled place. "
        "The batch has 2 sequences of 2 places: 2 filled places; 0 2."
    )


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((3,), r"padded sequences have the shape \(N, L\), not \(3,\)"),
        ((1, 17), "up to 16 places are drawn, not 17"),
    ],
)
def test_padding_that_cannot_be_drawn(engine, shape, message):
    """The error says what is wrong."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        draw.padding(engine.ones(*shape))


def test_a_word_is_a_bracket_over_its_pieces():
    """A whole word has an arrow, one that was cut a bracket; padding is dotted."""
    tokens = ["[CLS]", "py", "##torch", "我", "[SEP]", "[PAD]"]
    picture = draw.pieces(tokens, [2, 232, 248, 99, 3, 0], [1, 1, 1, 1, 1, 0])
    said = markup.texts(picture)
    assert said[:3] == ["pytorch", "我", "tokens"]
    assert sorted(said[3:9]) == sorted(tokens)
    assert len(markup.squares(picture)) == 18
    assert picture.alt == (
        "6 pieces with their ids: [CLS] 2, py 232, ##torch 248, 我 99, [SEP] 3, [PAD] 0. "
        "pytorch is cut into 2 pieces. The mask leaves out the last 1."
    )


def test_a_mask_is_not_needed():
    """Without one there is no such column, and nothing is dotted."""
    picture = draw.pieces(["a"], [5])
    assert markup.texts(picture) == ["a", "tokens", "a", "input_ids", "5"]
    assert "1.5 3" not in picture.svg


@pytest.mark.parametrize(
    ("tokens", "ids", "mask", "message"),
    [
        (["a"], [1, 2], [], "1 tokens were given 2 ids and 0 masks"),
        (["a"], [1], [1, 1], "1 tokens were given 1 ids and 2 masks"),
        (["a"] * 25, [1] * 25, [], "up to 24 pieces are drawn, not 25"),
    ],
)
def test_pieces_that_cannot_be_drawn(tokens, ids, mask, message):
    """The error says what is wrong."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        draw.pieces(tokens, ids, mask)
