"""Files: torch's format, byte for byte where it counts, and its errors."""

import copy
import io
import pickle
import zipfile
from collections import OrderedDict

import numpy as np
import pytest
from oracle import outcome, ref, same, told, torch

ENGINES = {"torch": torch, "reference": ref}


class Plain:
    """A class that no file of weights may name."""


def everything(t):
    """One of each thing that a file of weights may hold."""
    x = t.arange(6.0).reshape(2, 3)
    tagged = t.nn.Parameter(t.ones(1), requires_grad=False)
    tagged.note = "kept"
    return {
        "whole": x,
        "row": x[1],
        "turned": x.t(),
        "kinds": [t.ones(2, dtype=k) / 3 for k in (t.float64, t.float16, t.bfloat16)],
        "whole numbers": [t.arange(3, dtype=k) for k in (t.int64, t.int32, t.int16, t.int8)],
        "bytes": (t.tensor([1, 255], dtype=t.uint8), t.tensor([True, False])),
        "shapes": (t.tensor(1.5), t.zeros(0, 3), t.ones(2, device="meta")),
        "leaf": t.ones(1, requires_grad=True),
        "parameters": OrderedDict(w=t.nn.Parameter(t.ones(2)), tagged=tagged),
        "torch's own": (t.float32, t.Size([2, 3]), t.device("cpu")),
        "python": [1, 2.5, None, True, "text", (1, (2,)), {3}, b"raw", 1 + 2j, 2**80],
    }


def saved(t, value):
    """A file."""
    file = io.BytesIO()
    t.save(value, file)
    file.seek(0)
    return file


@pytest.mark.parametrize("writer", ENGINES)
@pytest.mark.parametrize("reader", ENGINES)
def test_files_cross_over(writer, reader):
    """What one engine writes the other reads."""
    back = ENGINES[reader].load(saved(ENGINES[writer], everything(ENGINES[writer])))
    assert told(back) == told(everything(ENGINES[reader]))
    assert back["parameters"]["tagged"].note == "kept"
    back["whole"][1, 0] = -1
    assert back["row"].tolist() == [-1, 4, 5]
    assert back["turned"][0, 1] == -1


def test_bytes():
    """The records in the archive are torch's, byte for byte, and their places aligned."""

    def archive(t):
        value = everything(t)
        del value["torch's own"]  # torch makes a new string of each device's name
        return zipfile.ZipFile(saved(t, value))

    ours, theirs = archive(ref), archive(torch)
    names = [n for n in theirs.namelist() if not n.endswith("serialization_id")]
    assert ours.namelist() == names
    for name in names:
        assert ours.read(name) == theirs.read(name), name
        info = ours.getinfo(name)
        assert info.compress_type == zipfile.ZIP_STORED
        assert (info.header_offset + 30 + len(name) + len(info.extra)) % 64 == 0


@pytest.mark.parametrize("writer", ENGINES)
@pytest.mark.parametrize("reader", ENGINES)
def test_files_on_disk(writer, reader, tmp_path):
    """Paths, and the name of the folder in the archive."""
    path = tmp_path / "model.best.pt"
    ENGINES[writer].save(ENGINES[writer].ones(2), path)
    assert zipfile.ZipFile(path).namelist()[0] == "model.best/data.pkl"
    assert ENGINES[reader].load(str(path)).tolist() == [1, 1]


@pytest.mark.parametrize("writer", ENGINES)
@pytest.mark.parametrize("reader", ENGINES)
def test_whole_modules(writer, reader):
    """A module with its structure crosses over, too, where the file is trusted."""
    there, here = ENGINES[writer], ENGINES[reader]
    there.manual_seed(0)
    model = there.nn.Sequential(there.nn.Linear(2, 3), there.nn.ReLU(), there.nn.Linear(3, 1))
    back = here.load(saved(there, model), weights_only=False)
    assert repr(back) == repr(model)
    assert told(back(here.ones(1, 2))) == told(model(there.ones(1, 2)))
    with pytest.raises(pickle.UnpicklingError, match=r"GLOBAL torch\.nn\.modules\.container"):
        here.load(saved(there, model))


@pytest.mark.parametrize("writer", ENGINES)
def test_state_dicts(writer):
    """Weights of one engine go into a model of the other."""
    there, here = ENGINES[writer], ENGINES["torch" if writer == "reference" else "reference"]
    model, twin = there.nn.Linear(3, 2), here.nn.Linear(3, 2)
    twin.load_state_dict(here.load(saved(there, model.state_dict())))
    assert told(twin(here.ones(1, 3))) == told(model(there.ones(1, 3)))


def test_memory_from_numpy():
    """Shared memory is written as it is."""
    array = np.arange(4.0)
    assert torch.load(saved(ref, ref.from_numpy(array)[1:])).tolist() == [1, 2, 3]


def reread(value, **options):
    """Save and load on the same engine."""
    return lambda t: t.load(saved(t, value(t)), **options)


def allowed(t):
    """Name a class as safe for one block."""
    file = saved(t, Plain())
    with t.serialization.safe_globals([Plain]):
        before = type(t.load(file)), Plain in t.serialization.get_safe_globals()
    t.serialization.add_safe_globals([Plain])
    t.serialization.clear_safe_globals()
    return before, t.serialization.get_safe_globals()


@pytest.mark.parametrize(
    "call",
    [
        reread(lambda t: Plain()),
        reread(lambda t: {"f": len}),
        reread(lambda t: [slice(1, 2)]),
        reread(lambda t: np.ones(2)),
        reread(lambda t: __import__("os").getcwd),
        reread(lambda t: t.ones(1, requires_grad=True) * 2),
        reread(lambda t: t.ones(2), map_location="meta"),
        reread(lambda t: t.ones(2), map_location=lambda storage, where: storage),
        reread(lambda t: t.ones(2), map_location={"cpu": "meta"}),
        reread(lambda t: t.ones(2), map_location="cuda"),
        reread(lambda t: type(Plain()), weights_only=False),
        allowed,
        lambda t: t.load(io.BytesIO(b"garbage")),
        lambda t: t.load(io.BytesIO(b"")),
        lambda t: t.load(io.BytesIO(b""), weights_only=False),
        lambda t: t.load(io.BytesIO(b"PK\3\4 and no more")),
        lambda t: t.load(io.BytesIO(saved(t, t.ones(1)).getvalue()[:300])),
        lambda t: t.load(io.BytesIO(saved(t, t.ones(1)).getvalue()[:-30])),
        lambda t: t.load(3),
        lambda t: t.load("nowhere.pt"),
        lambda t: t.save(t.ones(1), 3),
        lambda t: t.save(t.ones(1), "no/such/folder/x.pt"),
        lambda t: t.load(io.BytesIO(b""), pickle_module=pickle, weights_only=True),
        lambda t: copy.deepcopy(t.ones(1, requires_grad=True) * 2),
        lambda t: copy.deepcopy(t.ones(1, requires_grad=True)),
        lambda t: copy.copy(t.ones(1, requires_grad=True) * 2),
        lambda t: pickle.loads(pickle.dumps(t.ones(2, dtype=t.float16) / 3)),
        lambda t: pickle.loads(pickle.dumps(t.ones(1, requires_grad=True) * 2)),
    ],
)
def test_as_torch_tells(call):
    """Results and errors are torch's, word for word."""
    same(call)


def test_views_stay_views():
    """Tensors that are copied together share memory as before, and have gradients as before."""

    def copied(t):
        x = t.ones(2, 2)
        w = t.ones(1, requires_grad=True)
        (w * 2).sum().backward()
        w.tag = "kept"
        twin, row, leaf = copy.deepcopy((x, x[0], w))
        row[0] = 5
        return x, twin, leaf, leaf.grad, leaf.tag

    same(copied)


def test_weights_only_calls_nothing():
    """A file that would run code is refused before it does."""

    class Bomb:
        def __reduce__(self):
            return print, ("boom",)

    text = outcome(lambda t: t.load(saved(torch, Bomb())), ref)
    assert "Unsupported global: GLOBAL print was not an allowed global" in text


def test_what_is_missing():
    """Names of torch that are not here are named."""
    file = saved(torch, torch.nn.Bilinear(1, 1, 1).__class__)
    with pytest.raises((NotImplementedError, pickle.UnpicklingError)):
        ref.load(file)
    with pytest.raises(NotImplementedError, match=r"before torch 1\.6"):
        old = io.BytesIO()
        torch.save(torch.ones(1), old, _use_new_zipfile_serialization=False)
        old.seek(0)
        ref.load(old)
