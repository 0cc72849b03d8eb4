"""What holds of every picture, whatever it shows."""

import re
import subprocess
import sys

import draw_markup as markup
import pytest
from draw_engines import load

from reference_impl import draw


def pictures(t) -> dict[str, draw.Picture]:
    """One of each kind and its corner cases, drawn from the tensors of an engine."""
    a = t.arange(6)
    b = a.view(2, 3)
    x = t.tensor([1.0, 2.0, 3.0], requires_grad=True)
    y = (x * x).sum()
    w = t.tensor([[[1.0, 0.0, -1.0]]])
    ones = t.ones(2, 3)
    return {
        "scalar": draw.tensor(t.tensor(3.5), "s"),
        "matrix": draw.tensor(b, "b", mark=(0, 0)),
        "slabs": draw.tensor(t.arange(24).view(2, 3, 4), "x"),
        "cut": draw.tensor(t.arange(400).view(20, 20), "big"),
        "floats": draw.tensor(t.tensor([[0.5, -1.25], [1e-3, 12.0]])),
        "bools": draw.tensor(t.tensor([True, False])),
        "empty": draw.tensor(t.ones(0, 3), "e"),
        "meta": draw.tensor(t.empty(40, 50, device="meta"), "m"),
        "storage": draw.storage(a, b, b.t(), names="abc", mark=0),
        "rows": draw.cat((ones, 2 * t.ones(4, 3)), dim=0, names="ABC"),
        "columns": draw.cat((t.arange(3), t.arange(2)), dim=-1),
        "conv": draw.conv1d(t.arange(7.0).view(1, 7), w, padding=1, stride=2),
        "graph": draw.graph(y, x=x, y=y),
    }


KINDS = (
    *("scalar", "matrix", "slabs", "cut", "floats", "bools", "empty", "meta"),
    *("storage", "rows", "columns", "conv", "graph"),
)


@pytest.fixture(scope="module")
def drawn():
    return pictures(load("torch"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_engines_give_the_same_bytes(drawn, kind):
    """A picture of the reference's tensors is, byte for byte, that of torch's."""
    reference = pictures(load("reference", "arange", "tensor", "ones", "empty"))
    assert drawn[kind].svg == reference[kind].svg


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_one_svg_element_with_its_text_alternative(drawn, kind):
    """Well-formed XML, an image by role, labelled by the sentence that `alt` holds."""
    root = markup.parse(drawn[kind])
    assert root.tag == f"{markup.SVG}svg"
    assert root.get("role") == "img"
    assert root.get("class").split()[0] == "hb-pic"
    assert root.get("aria-label") == drawn[kind].alt
    assert drawn[kind].alt.endswith(".")
    assert drawn[kind]._repr_svg_() == drawn[kind].svg


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_drawn_off_the_paper(drawn, kind):
    """Every square and every text lies within the picture."""
    root = markup.parse(drawn[kind])
    width, height = float(root.get("width")), float(root.get("height"))
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    for element in root.iter():
        if element.tag in (f"{markup.SVG}rect", f"{markup.SVG}text"):
            assert 0 <= float(element.get("x")) <= width
            assert 0 <= float(element.get("y")) <= height
        if element.tag == f"{markup.SVG}rect":
            assert float(element.get("x")) + float(element.get("width")) <= width
            assert float(element.get("y")) + float(element.get("height")) <= height


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_never_too_small(drawn, kind):
    """12 px or more; the place in a storage may be 10."""
    sizes = {float(size) for size in re.findall(r'font-size="([\d.]+)"', drawn[kind].svg)}
    assert min(sizes) >= (10 if kind == "storage" else 12)


@pytest.mark.parametrize("kind", KINDS)
def test_colours_are_tokens_with_fallbacks(drawn, kind):
    """Nothing is painted but currentColor, none, and variables that have a fallback."""
    paints = re.findall(r'(?:fill|stroke)="([^"]+)"', drawn[kind].svg)
    allowed = re.compile(r"none|currentColor|var\(--hb-[a-z0-9-]+, #[0-9a-f]{6}\)")
    assert [paint for paint in paints if not allowed.fullmatch(paint)] == []


def test_pictures_on_one_page_cannot_clash(drawn):
    """No ids and no bare selectors; each picture's rule is bound to a class of its own."""
    own = set()
    for picture in drawn.values():
        assert " id=" not in picture.svg
        assert "url(" not in picture.svg
        style = re.search(r"<style>(.*?)</style>", picture.svg).group(1)
        name = markup.parse(picture).get("class").split()[1]
        selectors = re.findall(r"([^{}()]+)\{", re.sub(r"@media\([^)]*\)\{", "", style))
        assert selectors == [f".{name}", f".{name}:root"]
        own.add(name)
    assert len(own) == len(drawn)


def test_dark_inks_wait_for_a_file_of_its_own(drawn):
    """Inside a page the page's tokens decide: the dark set is bound to the document's root."""
    style = re.search(r"<style>(.*?)</style>", drawn["matrix"].svg).group(1)
    assert style.index("prefers-color-scheme:dark") < style.index(":root") < style.index("#15181b")


def test_the_same_tensor_is_drawn_the_same_twice():
    """No addresses, no hash order: two runs with different hash seeds give the same bytes."""
    code = (
        "import torch; from reference_impl import draw; x = torch.ones(2, requires_grad=True);"
        "y = (x * x + x).sum(); print(draw.graph(y, x=x, y=y).svg)"
    )
    load("torch")
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_drawing_imports_no_torch():
    """Importing and using draw leaves torch alone."""
    code = "import sys; from reference_impl import draw; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_names_are_escaped(engine):
    """A name may hold any letter, and stays text."""
    picture = draw.tensor(engine.arange(2), '<b>&"\x00')
    assert markup.texts(picture)[0] == '<b>&" '
    assert picture.alt == '<b>&"  has shape (2,) and holds [0, 1].'


def test_the_text_alternative_can_be_given(engine):
    """`alt` takes the place of the sentence."""
    picture = draw.tensor(engine.arange(2), alt="两个元素。")
    assert picture.alt == "两个元素。"
    assert markup.parse(picture).get("aria-label") == "两个元素。"
    assert repr(picture) == "<Picture: 两个元素。>"


@pytest.mark.parametrize("call", ["tensor", "graph"])
def test_only_tensors_are_drawn(call):
    """A list is refused by name."""
    with pytest.raises(TypeError, match=r"^a picture needs a tensor, but got list$"):
        getattr(draw, call)([1, 2])
