"""Numbers as lines over their places."""

import math

import draw_markup as markup
import pytest

from reference_impl import draw


def test_a_number_has_its_place_on_one_scale_that_holds_0(engine):
    """Steps are even, the highest number is on the upper line; tensors are numbers too."""
    picture = draw.curves(engine.tensor([1.0, 0.5, 0.0]), [4.0, 2.0])
    first, second = (markup.numbers(path["d"]) for path in markup.paths(picture)[-2:])
    left, top = second[:2]
    assert second == [left, top, left + 105, top + 72]
    assert first == [left, top + 108, left + 105, top + 126, left + 210, top + 144]
    assert markup.texts(picture) == ["4", "0", "0", "2"]


def test_numbers_below_0_make_the_scale_longer():
    """Its ends are the lowest and the highest number; between them 0, where there is room."""
    assert markup.texts(draw.curves([-2.0, 6.0])) == ["6", "0", "-2", "0", "1"]
    assert markup.texts(draw.curves([-2.0, 60.0])) == ["60", "-2", "0", "1"]
    assert markup.texts(draw.curves([-2.0, -1.0])) == ["0", "-2", "0", "1"]


def test_a_line_of_zeros_can_be_drawn():
    """A scale without a length has one all the same."""
    course = markup.numbers(markup.paths(draw.curves([0, 0]))[-1]["d"])
    assert course[1] == course[3]


def test_each_line_has_its_own_style_and_shows_it_beside_its_name():
    """Two inks, and dashes for the rest."""
    picture = draw.curves([1, 0], [2, 0], [3, 0], names=("a", "b", "c"))
    styles = [(path["stroke"], path.get("stroke-dasharray")) for path in markup.paths(picture)]
    assert markup.texts(picture)[:3] == ["a", "b", "c"]
    assert styles[:3] == styles[-3:]
    assert len(set(styles[:3])) == 3


def test_the_text_tells_ends_and_turns():
    """A turn is named where it is not an end."""
    assert draw.curves([1, 0.25, 0.5], [0, 1], names=("loss", "lr")).alt == (
        "loss goes from 1 to 0.5 in 2 steps; lowest 0.25 at step 1. lr goes from 0 to 1 in 1 steps."
    )
    assert draw.curves([1, 3, 0.5, 2]).alt == (
        "The line goes from 1 to 2 in 3 steps; lowest 0.5 at step 2, highest 3 at step 1."
    )


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ([], "1 to 4 series are drawn, not 0"),
        ([[0, 1]] * 5, "1 to 4 series are drawn, not 5"),
        ([[0, 1], [1]], "a line needs 2 numbers or more, not 1"),
        ([[0, math.nan]], "there is no place for nan on a scale"),
        ([[0, math.inf]], "there is no place for inf on a scale"),
    ],
)
def test_what_cannot_be_drawn(series, message):
    """The error says what is wrong."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        draw.curves(*series)
