"""Tensors on grounds of their own, and what they become together."""

import re

import draw_markup as markup
import pytest

from reference_impl import draw


def test_rows(engine):
    """The result holds the rows of both; brackets cover as many squares as each brings."""
    a, b = engine.arange(6).view(2, 3), engine.arange(12).view(4, 3)
    picture = draw.cat((a, b), dim=0, names="ABC")
    assert picture.alt == (
        "A (2, 3) and B (4, 3) joined along dim 0 give C (6, 3), which holds "
        "[[0, 1, 2], [3, 4, 5], [0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]."
    )
    assert "dim 0: 2 + 4 = 6" in markup.texts(picture)
    brackets = [
        markup.numbers(path["d"])
        for path in markup.paths(picture)
        if re.fullmatch(r"M\S+ \S+H\S+V\S+H\S+", path["d"])
    ]
    spans = [(start, end) for _, start, _, end, _ in brackets]
    rows = sorted({y for x, y, _, _ in markup.squares(picture) if x > 100})
    assert spans == [(rows[0] + 1, rows[2] - 1), (rows[2] + 1, rows[5] + 28 - 1)]


def test_the_second_is_hatched_here_and_there(engine):
    """One hatching lies over the second tensor, another over its part of the result."""
    picture = draw.cat((engine.ones(2, 3), engine.ones(1, 3)))
    hatchings = [path for path in markup.paths(picture) if path.get("stroke-opacity")]
    assert len(hatchings) == 2
    frames = markup.frames(picture)
    assert [frame.get("stroke-dasharray") for frame in frames] == [None, "5 3", None]


@pytest.mark.parametrize(
    ("shapes", "dim", "alt"),
    [
        ([(2, 1), (2, 2)], 1, "(2, 1) and (2, 2) joined along dim 1 give (2, 3)"),
        ([(2, 1), (2, 2)], -1, "(2, 1) and (2, 2) joined along dim 1 give (2, 3)"),
        ([(1, 2, 2), (2, 2, 2)], 0, "(1, 2, 2) and (2, 2, 2) joined along dim 0 give (3, 2, 2)"),
        ([(2, 1, 2), (2, 2, 2)], 1, "(2, 1, 2) and (2, 2, 2) joined along dim 1 give (2, 3, 2)"),
        ([(2, 2, 1), (2, 2, 2)], 2, "(2, 2, 1) and (2, 2, 2) joined along dim 2 give (2, 2, 3)"),
        ([(1,), (2,), (3,)], 0, "(1,), (2,) and (3,) joined along dim 0 give (6,)"),
        ([(2, 3), (0,)], 0, "(2, 3) and (0,) joined along dim 0 give (2, 3)"),
        ([(0, 3), (2, 3)], 0, "(0, 3) and (2, 3) joined along dim 0 give (2, 3)"),
        ([(0,), (0,)], 0, "(0,) and (0,) joined along dim 0 give (0,)"),
    ],
)
def test_the_result_is_torchs(engine, shapes, dim, alt):
    """Shape and values in the sentence are those that cat gives, along every dim."""
    tensors = [i * engine.ones(*shape) for i, shape in enumerate(shapes)]
    result = engine.cat(tensors, dim)
    picture = draw.cat(tensors, dim)
    values = re.sub(r"(\d)\.0", r"\1.", str(result.tolist()))
    assert picture.alt == f"{alt}, which holds {values}." if result.numel() else f"{alt}."


def test_one_float_makes_floats(engine):
    """Each tensor is worded on its own, the result by the dtype that both become."""
    picture = draw.cat((engine.arange(2), engine.tensor([0.5])), names=["i", "f", "both"])
    assert picture.alt == (
        "i (2,) and f (1,) joined along dim 0 give both (3,), which holds [0.0000, 1.0000, 0.5000]."
    )
    assert {"0", "1"} < set(markup.texts(picture))


@pytest.mark.parametrize(
    ("shapes", "dim", "message"),
    [
        ([(2, 3)], 0, "2 to 4 tensors are drawn, not 1"),
        ([(1, 1)] * 5, 0, "2 to 4 tensors are drawn, not 5"),
        (
            [(2, 3), (4, 2)],
            0,
            "sizes (2, 3) and (4, 2) differ elsewhere than in dim 0, "
            "so there is no joined tensor to draw",
        ),
        ([(2,), (2,)], 1, "dim 1 does not exist: the tensors have 1 dims"),
        (
            [(), ()],
            0,
            "a tensor without dims cannot be joined; stack makes a dim for it",
        ),
    ],
)
def test_what_cannot_be_joined_is_refused(engine, shapes, dim, message):
    """The error says which sizes are in the way."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        draw.cat([engine.ones(shape) for shape in shapes], dim)


def test_names_must_fit(engine):
    """One name for each tensor, and perhaps one for the result."""
    with pytest.raises(ValueError, match=r"^2 tensors were given 1 names$"):
        draw.cat((engine.ones(1), engine.ones(1)), names="A")
