"""Names that may stand at the caret, and what they do."""

from pathlib import Path

import pytest

import reference_impl.torch as torch
from press.completing import complete, describe
from press.docstrings import read_catalog

ROOT = Path(__file__).resolve().parents[2]

NOW = {"torch": torch, "x": torch.ones(2), "layer": torch.nn.Linear(2, 3)}


def labels(before, namespace=NOW):
    return [option["label"] for option in complete(before, namespace)["options"]]


@pytest.mark.parametrize(
    ("before", "some"),
    [
        ("torch.ca", ["can_cast", "cat"]),
        ("y = x.vie", ["view", "view_as"]),
        ("(x * 2).su", ["sub", "sum"]),
        ("torch.ones(\n    2,\n).vie", ["view"]),
        ("layer.we", ["weight"]),
        ("torch.nn.Lin", ["Linear"]),
        ("torch.cat((x, x), di", ["dim="]),
        ("x.sum(kee", ["keepdim="]),
        ("whi", ["while"]),
        ("pri", ["print"]),
        ("lay", ["layer"]),
        ('"a".joi', ["join"]),
    ],
)
def test_what_is_offered(before, some):
    """Attributes of what is known, parameters of the open call, variables, builtins, keywords."""
    assert set(some) <= set(labels(before))


@pytest.mark.parametrize("before", ["nobody.", "x..", "f(.", "'"])
def test_nothing_is_offered_where_nothing_is_known(before):
    """And nothing is raised."""
    assert labels(before) == [] or not before.endswith(".")


def test_chapters_of_the_engine_are_not_offered():
    """They lie beside torch's own modules, under no name of torch's."""
    assert "joining" not in labels("torch.")
    assert {"nn", "optim", "autograd"} <= set(labels("torch."))


def test_private_names_come_when_asked_for():
    """After an underscore."""
    assert not [name for name in labels("x.") if name.startswith("_")]
    assert "_version" in labels("x._")


def test_options_know_how_much_is_written():
    """So that the editor replaces no more."""
    assert complete("torch.ca", NOW)["length"] == 2
    assert {"label": "cat", "type": "function"} in complete("torch.ca", NOW)["options"]


def test_the_catalogue_knows_what_is_described():
    """A Chinese page looks a summary up as the catalogue of translations has it."""
    assert describe("torch.", "cat", NOW)["summary"] in read_catalog(ROOT).summaries()


def test_a_name_is_described_by_its_docstring():
    """Signature and first sentence."""
    told = describe("torch.", "cat", NOW)
    assert told["signature"] == "cat(tensors, dim=0, *, out=None)"
    assert told["summary"].startswith("Join tensors along a dimension they have.")
    assert describe("x.", "view", NOW)["signature"] == "view(size)"
    assert describe("torch.cat(", "dim=", NOW)["signature"] == "(tensors, dim=0, *, out=None)"
    assert describe("", "x", NOW) == {"signature": "x: Tensor", "summary": ""}
    assert describe("x.", "nonsense", NOW) is None
