"""The window over the elements, and the element it gives."""

import re

import draw_markup as markup
import pytest
from draw_engines import load

from reference_impl import draw


def x(t, channels=1, length=7):
    return t.arange(float(channels * length)).view(channels, length)


def windows(picture):
    """The window's frame and that of its next place, as (left, right)."""
    found = {}
    for frame in markup.frames(picture):
        if frame.get("stroke-width") in ("3", "1.5"):
            left = float(frame["x"])
            found[frame["stroke-width"]] = (left, left + float(frame["width"]))
    return found["3"], found.get("1.5")


def test_sentence(engine):
    """The sentence gives the sizes, and the value where the result is given."""
    weight = engine.tensor([[[1.0, 0.0, -1.0]]])
    assert draw.conv1d(x(engine), weight).alt == (
        "A window of kernel_size 3 over 1 channel slides along L = 7 with stride 1 "
        "and gives L_out = 5."
    )
    result = engine.tensor([[-1.0, -2.0, -2.0, 5.0]])
    picture = draw.conv1d(x(engine), weight, result, stride=2, padding=1, at=3)
    assert picture.alt == (
        "A window of kernel_size 3 over 1 channel slides along L = 7, padded to 9, with stride 2 "
        "and gives L_out = 4. The window gives 5. at place 3."
    )


def test_the_next_place_is_one_stride_on(engine):
    """Both windows are as wide as the kernel, `stride` squares apart."""
    picture = draw.conv1d(x(engine), engine.ones(1, 1, 3), stride=2, at=1)
    here, there = windows(picture)
    cell = markup.squares(picture)[0][2]
    assert here[1] - here[0] == there[1] - there[0] == 3 * cell
    assert there[0] - here[0] == 2 * cell
    last = draw.conv1d(x(engine), engine.ones(1, 1, 3), at=4)
    assert windows(last)[1] is None


def test_the_line_goes_from_the_window_to_its_element(engine):
    """Without padding the element that is given stands under the middle of the window."""
    picture = draw.conv1d(x(engine), engine.ones(1, 1, 3), at=2)
    (left, right), _ = windows(picture)
    line = next(p for p in markup.paths(picture) if p["stroke-width"] == "1.2")
    assert set(markup.numbers(line["d"])[::2]) >= {(left + right) / 2}
    assert (left + right) / 2 in markup.centres(picture)


def test_padding_is_dotted(engine):
    """Padded places have a dotted edge, no ground, and a zero."""
    picture = draw.conv1d(x(engine), engine.ones(1, 1, 3), padding=2)
    dotted = [
        g
        for g in markup.parse(picture).iter(f"{markup.SVG}g")
        if g.get("stroke-dasharray") == "1.5 3"
    ]
    assert [len(list(group)) for group in dotted] == [4]
    assert dotted[0].get("fill") == "none"
    assert markup.texts(picture).count("0") == 4


@pytest.mark.parametrize(
    ("length", "kernel", "stride", "padding", "dilation"),
    [(7, 2, 1, 0, 1), (7, 3, 2, 1, 1), (9, 3, 1, "same", 2), (9, 4, 1, "same", 1), (9, 3, 3, 2, 2)],
)
@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
def test_lengths_are_torchs(length, kernel, stride, padding, dilation):
    """L_out in sentence, squares and formula is what torch's conv1d gives."""
    torch = load("torch")
    given, weight = x(torch, 1, length), torch.ones(1, 1, kernel)
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    result = torch.nn.functional.conv1d(given, weight, **options)
    picture = draw.conv1d(given, weight, result, **options)
    assert f"L_out = {result.shape[-1]}." in picture.alt
    assert markup.texts(picture)[-1].endswith(f" = {result.shape[-1]}")


def test_big_inputs_are_cut(engine):
    """A batch on the meta device: first sample, ends of channels and length, no weights."""
    given = engine.empty(32, 256, 35, device="meta")
    picture = draw.conv1d(given, engine.empty(100, 256, 2, device="meta"), at=1)
    assert picture.alt == (
        "A window of kernel_size 2 over 256 channels slides along L = 35 with stride 1 and gives "
        "L_out = 34 in each of 100 channels. The first of 32 samples is drawn."
    )
    assert len(markup.squares(picture)) == 5 * 7 + 5 * 6
    assert "weight[0]" not in markup.texts(picture)


@pytest.mark.parametrize(
    ("shape", "weight", "options", "message"),
    [
        ((7,), (1, 1, 3), {}, "the input of conv1d has 2 or 3 dims, but got (7,)"),
        ((1, 7), (1, 3), {}, "the weight of conv1d has 3 dims, but got (1, 3)"),
        (
            (4, 7),
            (1, 2, 3),
            {},
            "the weight reads 2 channels and the input has 4 (groups are not drawn)",
        ),
        ((1, 2), (1, 1, 3), {}, "a window over 3 elements does not fit into 2"),
        ((1, 7), (1, 1, 3), {"at": 5}, "the result has elements 0 to 4, not 5"),
        ((1, 7), (1, 1, 3), {"stride": 0}, "stride and dilation are 1 or more"),
        (
            (1, 7),
            (1, 1, 3),
            {"padding": "x"},
            'padding is a length, "same" or "valid", but got \'x\'',
        ),
        ((1, 7), (1, 1, 3), {"padding": "same", "stride": 2}, "padding='same' needs stride 1"),
    ],
)
def test_wrong_sizes_are_refused(engine, shape, weight, options, message):
    """The error gives the sizes that do not fit."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        draw.conv1d(engine.ones(shape), engine.ones(weight), **options)


def test_a_result_of_another_convolution_is_refused(engine):
    """A result must have the shape that this convolution gives."""
    message = "the result has shape (1, 4), but this convolution gives (1, 5)"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        draw.conv1d(x(engine), engine.ones(1, 1, 3), engine.ones(1, 4))
