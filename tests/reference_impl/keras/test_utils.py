"""pad_sequences is Keras's, on real NumPy and on what stands in for it."""

from __future__ import annotations

import inspect
import os
import random
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as real
import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras

import reference_impl.keras as ours
import reference_impl.numpy as stand_in

ROOT = Path(__file__).parents[3]
KINDS = ["int32", "int64", "int8", "uint8", "float32", "float64", "bool", object, int, float]
ARRAYS = {"numpy": real, "stand-in": stand_in}


def element(random: random.Random, size: tuple[int, ...], words: bool) -> Any:
    """A step of a sequence: a number or word, or nested lists of them."""
    if size:
        return [element(random, size[1:], words) for _ in range(size[0])]
    if words:
        return random.choice(["a", "bc", "词", ""])
    number = random.choice([random.randint(-9, 9), random.uniform(-9, 9), random.randint(0, 400)])
    return random.choice([number, int(number), number > 0])


def case(seed: int) -> tuple[list, dict[str, Any]]:
    """Sequences, and how they are to be padded; now and then something that cannot work."""
    dice = random.Random(seed)
    size = dice.choice([(), (), (), (2,), (3, 1)])
    words = dice.random() < 0.15
    sequences: list[Any] = []
    for _ in range(dice.choice([0, 1, 2, 3, 5])):
        shape = size if dice.random() < 0.97 else (1,)
        steps = [element(dice, shape, words) for _ in range(dice.choice([0, 1, 2, 3, 7]))]
        sequences.append(dice.choice([steps, steps, tuple(steps)]))
    if dice.random() < 0.03:
        sequences.insert(dice.randint(0, len(sequences)), dice.choice([5, None, 2.5, "word"]))
    options: dict[str, Any] = {}
    if dice.random() < 0.6:
        options["maxlen"] = dice.choice([0, 1, 2, 3, 4, 8, 1, 2, 3, -1, None])
    if dice.random() < 0.7 or words:
        options["dtype"] = object if words and dice.random() < 0.8 else dice.choice(KINDS)
    for name in ("padding", "truncating"):
        if dice.random() < 0.6:
            options[name] = dice.choice(["pre", "post", "pre", "post", "pre", "post", "left"])
    if dice.random() < 0.6:
        options["value"] = dice.choice([-1, 0.5, 7, 2.0, 300, True, "<pad>", -1.5])
    return dice.choice([sequences, sequences, tuple(sequences)]), options


def outcome(pad: Callable[..., Any], sequences: Any, options: dict[str, Any]) -> Any:
    """What padding gives, as text, or how it fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = pad(sequences, **options)
        except Exception as error:
            return type(error).__name__, str(error)
    return repr(found), found.shape, str(found.dtype), found.tolist()


def on(monkeypatch: pytest.MonkeyPatch, arrays: ModuleType) -> None:
    """Have ours compute with one of the two."""
    monkeypatch.setattr("reference_impl.keras.utils.arrays", lambda: arrays)


@pytest.mark.parametrize("arrays", ARRAYS.values(), ids=ARRAYS)
def test_a_thousand_cases(monkeypatch, arrays):
    """Array, type and error are Keras's."""
    on(monkeypatch, arrays)
    failed = 0
    for seed in range(1000):
        sequences, options = case(seed)
        theirs = outcome(keras.utils.pad_sequences, sequences, options)
        mine = outcome(ours.utils.pad_sequences, sequences, options)
        assert mine == theirs, (seed, sequences, options)
        failed += isinstance(theirs[1], str)
    assert 100 < failed < 500


INPUTS = {
    "arrays": lambda np: [np.array([1, 2]), np.array([3])],
    "an array": lambda np: np.array([[1, 2], [3, 4]]),
    "a mixture": lambda np: [np.array([1, 2]), (3,), [4, 5, 6], range(2)],
    "nested arrays": lambda np: [np.ones((2, 3)), np.zeros((1, 3))],
    "numbers of NumPy": lambda np: [[np.int64(3), np.float32(2.5)], [True]],
    "other steps": lambda np: [np.ones((2, 3)), np.zeros((1, 2))],
    "a generator": lambda np: (x for x in [[1], [2]]),
    "generators": lambda np: [(x for x in [1]), [2]],
    "numbers": lambda np: [1, 2, 3],
    "nothing": lambda np: [],
    "only empty ones": lambda np: [[], []],
    "a word": lambda np: ["ab", "c"],
    "a dict": lambda np: {"a": [1], "b": [2]},
    "sets": lambda np: [{1, 2}, {3}],
    "ragged steps": lambda np: [[[1, 2], [3]], [[4, 5]]],
    "None": lambda np: [[None, 1], [2]],
    "nan": lambda np: [[float("nan")], [1, 2]],
    "wide numbers": lambda np: [[2**40], [1]],
}


@pytest.mark.parametrize("arrays", ARRAYS.values(), ids=ARRAYS)
@pytest.mark.parametrize("name", INPUTS)
def test_inputs(monkeypatch, name, arrays):
    """What counts as sequences, and the errors for what does not."""
    on(monkeypatch, arrays)
    theirs = outcome(keras.utils.pad_sequences, INPUTS[name](real), {})
    mine = outcome(ours.utils.pad_sequences, INPUTS[name](arrays), {})
    assert str(mine).split(" at 0x")[0] == str(theirs).split(" at 0x")[0]


def test_the_signature_is_keras_s():
    """Names, order and defaults."""
    theirs = inspect.signature(keras.utils.pad_sequences).parameters.values()
    mine = inspect.signature(ours.utils.pad_sequences).parameters.values()
    assert [(p.name, p.default) for p in mine] == [(p.name, p.default) for p in theirs]


def test_both_names_and_the_version():
    """The old path leads to the same function; the version is the one that was compared."""
    assert ours.preprocessing.sequence.pad_sequences is ours.utils.pad_sequences
    assert ours.__version__ == keras.__version__


@pytest.mark.parametrize("path", ["", "utils.", "preprocessing."])
def test_what_is_left_out(path):
    """A public name that is not here says so; any other is unknown."""
    module = eval(f"keras.{path}".rstrip("."))
    own = eval(f"ours.{path}".rstrip("."))
    public = {name for name in dir(module) if not name.startswith("_")}
    assert set(own.OTHERS) | {"pad_sequences", "preprocessing", "sequence", "utils"} >= public
    with pytest.raises(NotImplementedError, match=r"^keras\.\w.* is not part of reference_impl"):
        getattr(own, own.OTHERS[0])
    with pytest.raises(AttributeError, match=f"^module 'keras.{path}".rstrip(".")):
        _ = own.text


def test_the_type_of_steps_of_a_tensor():
    """A tensor's rows are sequences, and the result goes back to torch."""
    import reference_impl.torch as torch

    rows = ours.utils.pad_sequences([torch.tensor([1, 2]), torch.tensor([3])])
    assert torch.from_numpy(rows).tolist() == [[1, 2], [0, 3]]


def test_import_keras_gives_the_stand_in():
    """Under `install()` all of its paths lead here, and loading them loads no torch of ours."""
    code = (
        "import reference_impl; reference_impl.install()\n"
        "import keras, sys\n"
        "from keras.preprocessing.sequence import pad_sequences\n"
        "from keras.utils import pad_sequences as same\n"
        "assert pad_sequences is same is keras.utils.pad_sequences\n"
        "assert keras.__name__ == 'reference_impl.keras' and 'keras.src' not in sys.modules\n"
        "try: keras.layers\n"
        "except NotImplementedError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("keras.layers is not part of reference_impl")
