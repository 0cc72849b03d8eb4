"""Arrays in samples, of NumPy or of its stand-in, become tensors; the rest is in tests/parity."""

from __future__ import annotations

import subprocess
import sys
from collections import UserDict, UserList
from types import MappingProxyType

import numpy
import pytest
import torch

import reference_impl.numpy as standin
import reference_impl.torch as ref

ARRAYS = {
    "arrays": lambda np: [np.array([1.5, 2.0]), np.array([3.0, 4.0])],
    "whole numbers": lambda np: [np.array([[1]]), np.array([[2]])],
    "types": lambda np: [np.zeros(2, dtype="float32"), np.ones(2, dtype="float32")],
    "single numbers": lambda np: [np.float32(1.5), np.float32(2)],
    "doubles, which are floats, too": lambda np: [np.float64(1.5), np.float64(2)],
    "single truths": lambda np: [np.bool_(True), np.bool_(False)],
    "in pairs": lambda np: [(np.zeros(2), np.int64(3)), (np.ones(2), np.int64(4))],
    "of different sizes": lambda np: [np.zeros(2), np.zeros(3)],
}


def told(fn: object, *args: object) -> str:
    """What a function returns, or its error."""
    try:
        return repr(fn(*args))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("np", [numpy, standin], ids=["NumPy", "stand-in"])
@pytest.mark.parametrize("name", ARRAYS)
def test_arrays(name, np):
    """Both kinds of arrays make the batches and samples that torch makes of NumPy's."""
    ours, theirs = ref.utils.data, torch.utils.data
    batch, its = ARRAYS[name](np), ARRAYS[name](numpy)
    assert told(ours.default_collate, batch) == told(theirs.default_collate, its)
    assert told(ours.default_convert, batch) == told(theirs.default_convert, its)


def test_arrays_of_texts():
    """They cannot become tensors: alone they stay, in a batch they are refused."""
    array = numpy.array(["a"])
    assert ref.utils.data.default_convert(array) is array
    error = told(ref.utils.data.default_collate, [array])
    assert error == told(torch.utils.data.default_collate, [array])
    assert error.startswith("TypeError: default_collate: batch must contain tensors")


def test_a_sample_of_an_array_shares_its_memory():
    """Without batches nothing is copied."""
    array = numpy.zeros(2)
    ref.utils.data.default_convert({"x": array})["x"][0] = 7
    assert array.tolist() == [7, 0]


@pytest.mark.parametrize("wrap", [UserDict, MappingProxyType])
def test_mappings_of_other_kinds(wrap):
    """What can be copied stays what it is; what cannot becomes a dict."""
    batch = [wrap({"a": 1}), wrap({"a": 2})]
    for name in ("default_collate", "default_convert"):
        value = batch if name == "default_collate" else batch[0]
        ours = getattr(ref.utils.data, name)(value)
        theirs = getattr(torch.utils.data, name)(value)
        assert (type(ours), repr(ours)) == (type(theirs), repr(theirs))


def test_lists_of_other_kinds():
    """A copy of the first sample takes the batches."""
    batch = [UserList([1, 2]), UserList([3, 4])]
    made = ref.utils.data.default_collate(batch)
    assert type(made) is UserList
    assert repr(made) == repr(torch.utils.data.default_collate(batch))
    assert batch[0] == [1, 2]


def test_batches_without_numpy():
    """Making batches imports no NumPy, which is slow to import."""
    code = (
        "import sys, reference_impl.torch as t\n"
        "t.utils.data.default_collate([(1.0, t.ones(2))])\n"
        "assert not {n for n in sys.modules if 'numpy' in n.split('.')}"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
