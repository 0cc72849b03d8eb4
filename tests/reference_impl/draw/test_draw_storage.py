"""One tape, and the readings of it."""

import re

import draw_markup as markup
import pytest

from reference_impl import draw
from reference_impl.draw.pen import MARGIN, text_width


def test_two_readings_of_one_storage(engine):
    """The sentence says size, stride and offset of each."""
    b = engine.arange(6).view(2, 3)
    picture = draw.storage(b, b.t(), names="bc", mark=0)
    assert picture.alt == (
        "One storage of 6 elements, [0, 1, 2, 3, 4, 5], is read by b (2, 3) with stride (3, 1) "
        "from offset 0 and c (3, 2) with stride (1, 3) from offset 0. Marked: place 0."
    )
    words = markup.texts(picture)
    assert {"b[0]", "b[1]", "c[0]", "c[1]", "c[2]", "stride (1, 3) offset 0"} < set(words)


def test_every_arc_ends_in_the_middle_of_a_square(engine):
    """Arcs join the centres of the squares that a row holds, 3 apart for a transpose."""
    picture = draw.storage(engine.arange(6).view(2, 3).t(), names="c")
    arcs = [markup.numbers(path["d"]) for path in markup.paths(picture) if "C" in path["d"]]
    order = sorted(markup.centres(picture))
    joined = [(order.index(arc[0]), order.index(arc[-2])) for arc in arcs]
    assert joined == [(0, 3), (1, 4), (2, 5)]


def test_a_bracket_covers_its_row(engine):
    """A row of neighbours is bracketed from its first square to its last."""
    picture = draw.storage(engine.arange(6).view(2, 3), names="b")
    spans = [markup.numbers(p["d"]) for p in markup.paths(picture) if "H" in p["d"]]
    lefts = sorted(x for x, *_ in markup.squares(picture))
    width = markup.squares(picture)[0][2]
    assert [(span[0], span[3]) for span in spans] == [
        (lefts[0] + 3, lefts[2] + width - 3),
        (lefts[3] + 3, lefts[5] + width - 3),
    ]


def test_lines_tell_the_readings_apart(engine):
    """First solid in the accent above, second dashed in ochre below, third a style alone."""
    a = engine.arange(6)
    picture = draw.storage(a, a.view(2, 3), a.view(3, 2), names="abc")
    brackets = [path for path in markup.paths(picture) if "H" in path["d"]]
    looks = list(dict.fromkeys((p["stroke"], p.get("stroke-dasharray")) for p in brackets))
    assert looks == [
        ("var(--hb-accent, #0f5a9e)", None),
        ("var(--hb-second, #8a5200)", "5 3"),
        ("currentColor", "1 3"),
    ]
    tape = min(y for _, y, _, _ in markup.squares(picture))
    above = [max(markup.numbers(p["d"])[1::3]) < tape for p in brackets]
    assert above == [True] + [False] * 5


def test_a_slice_shows_what_it_skips(engine):
    """The tape is the whole storage, though the tensor reads a part."""
    part = engine.arange(6)[2:5]
    picture = draw.storage(part, names=["part"])
    assert len(markup.squares(picture)) == 6
    assert picture.alt == (
        "One storage of 6 elements, [0, 1, 2, 3, 4, 5], is read by part (3,) "
        "with stride (1,) from offset 2."
    )


def test_expanded_rows_share_one_bracket(engine):
    """Rows that are the same places are named together."""
    two = draw.storage(engine.arange(3).expand(2, 3), names="e")
    assert "e[0] e[1]" in markup.texts(two)
    assert "e[0]…e[4]" in markup.texts(draw.storage(engine.arange(3).expand(5, 3), names="e"))


def test_overlapping_rows_lie_in_lanes(engine):
    """Brackets that share squares stand at different heights."""
    picture = draw.storage(engine.arange(6).as_strided((4, 3), (1, 1)), names="u")
    heights = [markup.numbers(p["d"])[2] for p in markup.paths(picture) if "H" in p["d"]]
    assert len(set(heights)) == 3
    assert heights[0] == heights[3]


def test_long_names_are_not_cut_off(engine):
    """A label wider than its square begins where the tape does."""
    picture = draw.storage(engine.arange(3).view(3, 1), names=["scores"])
    label = next(
        t for t in markup.parse(picture).iter(f"{markup.SVG}text") if t.text == "scores[0]"
    )
    assert label.get("text-anchor") == "middle"
    assert float(label.get("x")) >= text_width("scores[0]") / 2 + MARGIN


def test_long_storages_are_cut(engine):
    """Of 100 elements the first and last 12 are drawn, with dots between."""
    picture = draw.storage(engine.arange(100), names="a")
    assert len(markup.squares(picture)) == 25
    assert "10, 11, ..., 88, 89," in picture.alt


def test_nothing_has_a_picture_too(engine):
    """An empty storage is a dotted place; a tensor without dims is one square."""
    assert draw.storage(engine.ones(0), names="e").alt == (
        "One storage of 0 elements is read by e (0,) with stride (1,) from offset 0."
    )
    assert draw.storage(engine.tensor(3.0), names="s").alt == (
        "One storage of 1 element, [3.], is read by s () with stride () from offset 0."
    )


def test_other_storages_are_refused(engine):
    """A copy is not a view, and the error says so."""
    a = engine.arange(6)
    with pytest.raises(ValueError, match=r"^a and b are not over one storage$"):
        draw.storage(a, a.clone(), names="ab")


def test_wrong_calls_are_refused(engine):
    """Numbers of tensors and names, and places that do not exist."""
    a = engine.arange(6)
    for views, names, mark, message in [
        ((), "", (), "1 to 4 tensors over a storage are drawn, not 0"),
        ((a,) * 5, "abcde", (), "1 to 4 tensors over a storage are drawn, not 5"),
        ((a, a), "a", (), "2 tensors were given 1 names"),
        ((a,), "a", 6, "cannot mark place 6 of a storage of 6"),
    ]:
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            draw.storage(*views, names=names, mark=mark)
