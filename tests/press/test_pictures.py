"""The text alternatives of pictures, in Chinese."""

import re

import pytest

import reference_impl.torch as torch
from press.pictures import SENTENCES, chinese
from reference_impl import draw

HAN = re.compile(r"[\u4e00-\u9fff]")


def leaf(*shape):
    return torch.ones(*shape, requires_grad=True)


def drawn():
    """Return the pictures of all kinds, and of what is remarkable in each."""
    a = torch.arange(6).reshape(2, 3)
    w = leaf(2)
    y = w * 2 + 1
    padded = torch.tensor([[1, 2, 0], [0, 0, 0]])
    x, weight = torch.ones(2, 2, 5), torch.ones(3, 2, 2)
    return {
        "tensor": draw.tensor(a, name="a"),
        "no name": draw.tensor(a[0]),
        "a number": draw.tensor(torch.tensor(-1.5), name="x"),
        "empty": draw.tensor(torch.ones(0, 3), name="e"),
        "large": draw.tensor(torch.ones(20, 20), name="big"),
        "no values": draw.tensor(torch.ones(2, 3, device="meta"), name="m"),
        "storage": draw.storage(a, a.t(), names=["a", "t"], mark=[1, 2]),
        "cat": draw.cat([a, a], dim=0, names=["A", "B", "C"]),
        "no values joined": draw.cat([torch.ones(1, 2, device="meta")] * 2, names=["A", "B", "C"]),
        "graph": draw.graph(y.sum(), w=w, y=y),
        "names": draw.graph((leaf(1) * w).sum()),
        "apart": draw.graph(w.sum(), c=torch.ones(2)),
        "constant": draw.graph(torch.ones(2), x=torch.ones(2)),
        "conv1d": draw.conv1d(x, weight, torch.nn.functional.conv1d(x, weight), at=1),
        "dilated": draw.conv1d(x, weight, stride=2, padding=1, dilation=2),
        "batches": draw.batches([[0, 2], [3]], 5),
        "counts": draw.counts([0, 0, 2], samples=4, names=["again"]),
        "no name counts": draw.counts([0, 1], samples=2),
        "padding": draw.padding(padded, names=["pre"]),
        "pieces": draw.pieces(
            ["[CLS]", "love", "##ly", "[PAD]"], ids=[2, 5, 6, 0], mask=[1, 1, 1, 0]
        ),
        "curves": draw.curves([4, 2.5, -1], [1, 3, 0.5, 2], names=["loss", "lr"]),
        "no name curve": draw.curves([1, 3.5, 2]),
    }


PICTURES = drawn()


def numbers(said):
    return {number.rstrip(".") for number in re.findall(r"\d+\.?\d*", said)}


@pytest.mark.parametrize("kind", PICTURES)
def test_every_picture_is_told_in_chinese(kind):
    """No English sentence is left: what remains are names, numbers and torch's words."""
    said = chinese(PICTURES[kind].alt)
    assert HAN.search(said)
    assert not re.search(
        r"\b(is|are|has|holds|takes|gives|with|[Aa] tensor|of|and|the|no|at|drew)\b", said
    )
    # Each number of the English is said.
    assert numbers(said) == numbers(PICTURES[kind].alt)


def test_every_kind_is_here():
    """A drawing that is new needs its sentences."""
    kinds = set(draw.__all__) - {"Picture"}
    assert {kind for kind in kinds if kind in PICTURES} == kinds


def test_the_table_has_no_idle_sentence():
    """Each pattern is the one for some picture."""
    said = [picture.alt for picture in PICTURES.values()]
    idle = [
        pattern
        for pattern, _ in SENTENCES
        if not any(re.search(rf"(?:^|\. ){pattern}\.(?: |$)", alt) for alt in said)
    ]
    assert idle == []


def test_what_a_snippet_says_itself_stays():
    """A sentence of another kind, wherever it stands."""
    assert chinese("Three boxes.") == "Three boxes."
    assert chinese("w (1,) is a leaf. Three boxes.") == "w (1,) is a leaf. Three boxes."
