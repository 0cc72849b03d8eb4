"""Squares with the values that torch prints."""

import re

import draw_markup as markup
import pytest
from draw_engines import load

from reference_impl import draw


@pytest.mark.parametrize(
    "values",
    [
        [3.5],
        [1.0, 2.0, -10.0],
        [0.5, 1.25, -3.0],
        [1e-5, 1.0],
        [1000.5, 0.5],
        [1001.0, 1.0],
        [1e9],
        [0.00011, 0.1],
        [float("nan"), 1.0],
        [float("inf"), 1.5],
        [float("-inf"), -2.0],
        [-0.0, 0.0],
        [0.99995],
        [1, -20, 300],
        [True, False],
        list(range(2000)),
        [0.5] * 5 + [1e6] + [0.5] * 1500,
    ],
)
def test_values_read_as_torch_prints_them(values):
    """The words in the squares are those of torch's repr, without its padding."""
    torch = load("torch")
    x = torch.tensor(values)
    printed = repr(x).removeprefix("tensor([").split("]")[0].replace("...,", "").split(",")
    words = markup.texts(draw.tensor(x))[1:]
    assert words == [word.strip() for word in printed]


def test_a_matrix_is_rows_of_neighbouring_squares(engine):
    """2 rows of 3 squares touch each other, and one frame encloses them."""
    picture = draw.tensor(engine.arange(6).view(2, 3), "b")
    boxes = markup.squares(picture)
    assert [(x, y) for x, y, _, _ in boxes] == [
        (10 + 34 * j, 28 + 34 * i) for i in range(2) for j in range(3)
    ]
    frame = markup.frames(picture)[0]
    assert [frame[key] for key in ("x", "y", "width", "height")] == ["10", "28", "102", "68"]
    assert markup.texts(picture) == ["b", "(2, 3)", "0", "1", "2", "3", "4", "5"]
    assert picture.alt == "b has shape (2, 3) and holds [[0, 1, 2], [3, 4, 5]]."


def test_every_value_stands_in_the_middle_of_its_square(engine):
    """Texts are centred on the centres of the squares."""
    picture = draw.tensor(engine.tensor([[1.5, -2.25], [0.125, 3.0]]))
    words = list(markup.parse(picture).iter(f"{markup.SVG}text"))[1:]
    assert {float(word.get("x")) for word in words} == markup.centres(picture)


def test_long_values_make_wider_squares(engine):
    """A square has room for the longest value, and 28 px or more."""
    width = markup.squares(draw.tensor(engine.tensor([-0.1234])))[0][2]
    assert width >= len("-0.1234") * 12 * 0.6 + 8


@pytest.mark.parametrize(
    ("make", "alt"),
    [
        (lambda t: t.tensor(3.5), "x has shape () and holds 3.5000."),
        (lambda t: t.tensor(3.0), "x has shape () and holds 3."),
        (lambda t: t.ones(0), "x has shape (0,) and holds no elements."),
        (lambda t: t.ones(2, 0, 3), "x has shape (2, 0, 3) and holds no elements."),
        (
            lambda t: t.arange(8).view(2, 2, 2),
            "x has shape (2, 2, 2) and holds [[[0, 1], [2, 3]], [[4, 5], [6, 7]]].",
        ),
        (
            lambda t: t.empty(5, 4, device="meta"),
            "x has shape (5, 4) and holds 20 elements, drawn without their values.",
        ),
        (
            lambda t: t.arange(13),
            "x has shape (13,) and holds [0, 1, 2, ..., 10, 11, 12]. "
            "Where the dots are, elements are left out.",
        ),
    ],
)
def test_the_alternative_says_shape_and_values(engine, make, alt):
    """A full sentence for every number of dims, for nothing, and for what is cut."""
    assert draw.tensor(make(engine), "x").alt == alt


def test_slabs_stand_one_above_the_other(engine):
    """Each slab of a 3-D tensor has its own frame, under its index."""
    picture = draw.tensor(engine.arange(12).view(2, 2, 3), "x")
    tops = [float(frame["y"]) for frame in markup.frames(picture)]
    assert len(tops) == 2
    assert tops[1] - tops[0] > 2 * 34
    assert {"x[0]", "x[1]"} < set(markup.texts(picture))


def test_big_tensors_are_cut(engine):
    """20 by 20 is drawn as 7 by 7 with dots in the middle row and column."""
    picture = draw.tensor(engine.arange(400).view(20, 20))
    assert len(markup.squares(picture)) == 49
    assert picture.svg.count("<circle") == 13 * 3
    assert len(markup.squares(draw.tensor(engine.arange(12)))) == 12


def test_marked_elements_have_a_ground_and_a_bold_value(engine):
    """An index marks one element, a shorter one all that it selects, -1 the last."""
    x = engine.arange(6).view(2, 3)
    for mark, bold in [((0, 0), "0"), ([(1,)], "345"), ([(0, 1), (-1, -1)], "15"), (1, "345")]:
        group = draw.tensor(x, mark=mark).svg.split('text-anchor="middle" font-weight="700">')[1]
        assert re.findall(r">(\d)</text>", group.split("</g>")[0]) == list(bold)


def test_an_element_that_does_not_exist_cannot_be_marked(engine):
    """The error names index and shape."""
    with pytest.raises(ValueError, match=r"^cannot mark \(2, 0\) in a tensor of shape \(2, 3\)$"):
        draw.tensor(engine.ones(2, 3), mark=(2, 0))


def test_four_dims_are_refused(engine):
    """The error says what to draw instead."""
    message = "x has 4 dims, (1, 2, 3, 4); up to 3 are drawn: draw a part, such as x[0]"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        draw.tensor(engine.ones(1, 2, 3, 4), "x")
