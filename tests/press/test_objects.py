"""The engine's objects: read from source, kept for the next build, found by readers' names."""

import griffe
import pytest

from press import objects

CAT = "reference_impl.torch.cat"


@pytest.fixture
def root(project):
    """A project whose torch is a package: joining and a class."""
    (project.root / "reference_impl/torch.py").unlink()
    project.write(
        {
            "reference_impl/torch/__init__.py": "from .joining import Tape, cat\n",
            "reference_impl/torch/joining.py": '''
                def cat(tensors):
                    """Join."""


                class Tape:
                    """A tape."""

                    def read(self, n):
                        """Read."""
                ''',
        }
    )
    objects._load.cache_clear()
    return project.root


def read_anew(root, monkeypatch) -> bool:
    """Load the engine as another process would; return whether its source was read."""
    times = []
    read = objects._read
    with monkeypatch.context() as patch:
        patch.setattr(objects, "_read", lambda root: times.append(1) or read(root))
        objects._load.cache_clear()
        assert objects.find(objects.load(root), CAT).docstring.value == "Join."
    return bool(times)


def test_names_are_those_one_may_show(root):
    """By the names that packages export them under, with methods."""
    names = set(objects.names(objects.load(root)))
    assert names == {CAT, "reference_impl.torch.Tape", "reference_impl.torch.Tape.read"}


def test_a_module_that_readers_import_offers_its_own_names(project, root):
    """Where nothing of it is taken over; a chapter of a package below belongs to the one above."""
    project.write(
        {
            "reference_impl/torch/__init__.py": "from .nn.maps import fold\nfrom . import nn\n",
            "reference_impl/torch/nn/__init__.py": "from . import rnn\n",
            "reference_impl/torch/nn/rnn.py": '__all__ = ["pack"]\ndef pack(x):\n    "Pack."\n'
            'def own(x):\n    "Its own."\n',
            "reference_impl/torch/nn/maps.py": '__all__ = ["fold"]\ndef fold(x):\n    "Fold."\n',
        }
    )
    names = set(objects.names(objects.load(root)))
    assert names == {"reference_impl.torch.fold", "reference_impl.torch.nn.rnn.pack"}


@pytest.mark.parametrize("name", ["torch.cut", "torch.Tape.write", "torch.cat.dim.x", "os"])
def test_what_is_not_there_is_not_found(root, name):
    """Neither here nor there."""
    engine = objects.load(root)
    assert objects.find(engine, f"reference_impl.{name}") is None
    with pytest.raises(KeyError, match=name):
        objects.Objects(engine)[f"reference_impl.{name}"]


def test_mkdocstrings_gets_objects_under_their_shown_names(root):
    """The path of an object is the anchor of its note."""
    shown = objects.Objects(objects.load(root))
    assert "reference_impl" in shown
    for name in (CAT, "reference_impl.torch.Tape.read", "reference_impl.torch.joining.cat"):
        assert shown[name].path == name
    assert shown["reference_impl.torch.Tape.read"].kind is griffe.Kind.FUNCTION


def test_the_engine_is_read_once_for_all_builds(root, monkeypatch):
    """Until a file of it changes."""
    assert read_anew(root, monkeypatch)
    assert not read_anew(root, monkeypatch)
    path = root / "reference_impl/torch/joining.py"
    path.write_text(f"{path.read_text('utf-8')}\n", "utf-8")
    assert read_anew(root, monkeypatch)
    assert len(list((root / objects.KNOWN).iterdir())) == 1


def test_what_was_kept_and_is_broken_is_read_anew(root, monkeypatch):
    """A full disk is no reason for a build to fail for ever."""
    assert read_anew(root, monkeypatch)
    (kept,) = (root / objects.KNOWN).iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    assert read_anew(root, monkeypatch)
