"""Arrays and tensors over one memory: what is shared, what is copied, what is refused."""

import copy

import numpy as np
import pytest
from oracle import outcome, ref, same, torch

KINDS = ["float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8", "bool"]


@pytest.mark.parametrize("kind", KINDS)
def test_from_numpy_shares(kind):
    """Writes on either side show on the other, whatever the type."""
    array = np.zeros((2, 3), dtype=kind)
    x = ref.from_numpy(array)
    assert x.data_ptr() == array.ctypes.data
    array[0, 1] = 1
    assert x[0, 1].item() == 1
    x[1, 2] = 1
    assert array[1, 2] == 1
    x.t()[2, 0] = 1
    assert array.tolist() == [[0, 1, 1], [0, 0, 1]]


@pytest.mark.parametrize("kind", KINDS)
def test_numpy_shares(kind):
    """The array of a tensor is its memory, views included."""
    x = ref.zeros(3, 4, dtype=getattr(ref, kind))
    array = x[1:, ::2].numpy()
    assert array.dtype == kind
    array[0, 0] = 1
    x[2, 2] = 1
    assert x.tolist() == [[0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0]]
    assert array.tolist() == [[1, 0], [0, 1]]


def test_there_and_back():
    """A tensor from an array's tensor is still the array's memory."""
    array = np.arange(4.0)
    again = ref.from_numpy(ref.from_numpy(array)[1:].numpy())
    again.mul_(10)
    assert array.tolist() == [0, 10, 20, 30]
    assert again.untyped_storage().nbytes() == 24


def test_steps():
    """Strides and the extent of the storage are torch's."""

    def told(t):
        x = t.from_numpy(np.arange(12.0).reshape(3, 4)[1:, ::2])
        return x.stride(), x.storage_offset(), x.untyped_storage().nbytes(), x

    same(told)


def test_gradients_reach_shared_memory():
    """A leaf over an array learns, and the array sees it."""
    array = np.ones(2, dtype="float32")
    w = ref.from_numpy(array).requires_grad_()
    (w * w).sum().backward()
    with ref.no_grad():
        w -= 0.5 * w.grad
    assert array.tolist() == [0, 0]


def test_read_only_arrays():
    """There is one warning, and sharing all the same."""
    locked = np.ones(2)
    locked.flags.writeable = False
    assert outcome(lambda t: t.from_numpy(locked), ref).startswith("tensor")
    ref.from_numpy(locked)[0] = 3
    assert locked.tolist() == [3, 1]


def test_copies():
    """What is deep-copied has memory of its own; what is copied has not."""
    array = np.zeros(2)
    x = ref.from_numpy(array)
    copy.copy(x)[0] = 1
    copy.deepcopy(x)[1] = 1
    assert array.tolist() == [1, 0]


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.as_tensor(np.ones(2)),
        lambda t: t.as_tensor(np.ones(2), dtype=t.float32),
        lambda t: t.asarray(np.ones((2, 0))),
        lambda t: t.tensor(np.array([True, False])),
        lambda t: t.tensor([np.float32(1.5), 2]),
        lambda t: t.from_numpy(np.array(5)),
        lambda t: t.zeros(2) + np.float64(1.5),
        lambda t: t.ones(2) + np.ones(2),
        lambda t: np.ones(2) + t.ones(2),
        lambda t: np.ones(2) * t.ones(2, requires_grad=True),
        lambda t: np.float64(2) * t.ones(2),
        lambda t: np.sin(t.ones(2)),
        lambda t: np.asarray(t.ones(2)),
        lambda t: np.asarray(t.ones(2), dtype="f8"),
        lambda t: np.array(t.ones(2)),
        lambda t: t.ones(2, requires_grad=True).numpy(force=True),
        lambda t: t.ones(2, requires_grad=True).numpy(),
        lambda t: np.asarray(t.ones(2, requires_grad=True)),
        lambda t: t.ones(2, dtype=t.bfloat16).numpy(),
        lambda t: t.ones(2, device="meta").numpy(),
        lambda t: t.from_numpy([1]),
        lambda t: t.from_numpy(np.float64(1)),
        lambda t: t.from_numpy(np.array(["a"])),
        lambda t: t.tensor(np.array(["a"])),
        lambda t: t.from_numpy(np.array([None])),
        lambda t: t.from_numpy(np.arange(3)[::-1]),
        lambda t: t.from_numpy(np.arange(3).astype(">i8")),
        lambda t: t.tensor(np.arange(6).reshape(2, 3)[:, ::-1]),
        lambda t: t.as_tensor(np.arange(3)[::-1]),
        lambda t: t.tensor(np.arange(3.0).astype(">f8")),
        lambda t: t.tensor(np.zeros(3, dtype=[("a", "i1"), ("b", "i4")])["b"]),
        lambda t: t.tensor(np.array(3)),
        lambda t: t.from_numpy(np.zeros(3, dtype=[("a", "i1"), ("b", "i4")])["b"]),
        lambda t: t.from_numpy(np.ones(2)).resize_(5),
        lambda t: (lambda x: (x.numpy(), x.resize_(9)))(t.ones(2)),
    ],
)
def test_as_torch_tells(call):
    """Results, errors and warnings are torch's."""
    same(call)


def test_types_that_are_missing():
    """What the reference has no type for is named."""
    with pytest.raises(NotImplementedError, match=r"torch\.uint64 is not part of reference_impl"):
        ref.from_numpy(np.ones(2, dtype="u8"))


def test_shares_like_torch():
    """The arrays of torch can be lent to the reference: one memory, both engines."""
    theirs = torch.zeros(2)
    ours = ref.from_numpy(theirs.numpy())
    ours[1] = 2
    assert theirs.tolist() == [0, 2]
