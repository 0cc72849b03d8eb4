"""From a list of samples to a batch: numbers become tensors, tensors are stacked."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, MutableMapping, MutableSequence, Sequence

from ....dtypes import float64
from ....exchange import as_tensor
from ....joining import stack
from ....literals import is_array, tensor
from ....tensor import Tensor

__all__ = ["collate", "default_collate", "default_collate_fn_map", "default_convert"]

FOUND = (
    "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found {}"
)
NOT_NUMBERS = frozenset("SaUO")  # what NumPy's types of texts and objects begin with


class Looks(type):
    """Types that take in by the look, so that NumPy need not be imported to know its own."""

    def __instancecheck__(cls, value: object) -> bool:
        return cls.fits(value)


class Array(metaclass=Looks):
    """The arrays of NumPy, and of what stands in for it."""

    fits = staticmethod(is_array)


class ArrayNumber(metaclass=Looks):
    """The single numbers of NumPy, such as `np.float32(1)`."""

    @staticmethod
    def fits(value: object) -> bool:
        """Tell numbers by what they offer; texts offer it, too."""
        numeric = hasattr(type(value), "__array_interface__") and not is_array(value)
        return numeric and not isinstance(value, (str, bytes))


def holds_numbers(array: object) -> bool:
    """Tell whether an array can become a tensor: texts and objects cannot."""
    return not NOT_NUMBERS & set(array.dtype.str)


def rebuilt(like: Mapping | Sequence, items: Iterable) -> object:
    """Return a container of the kind of another with other items, or a dict or list.

    A copy is changed rather than a new one made, for the kind may have more to it.

    Args:
        like: the container.
        items: pairs for a mapping; else values, as many as the container has.
    """
    items = list(items)
    mapping = isinstance(like, Mapping)
    try:
        if isinstance(like, MutableMapping):
            made = copy.copy(like)
            made.update(items)
        elif isinstance(like, MutableSequence):
            made = copy.copy(like)
            for at, item in enumerate(items):
                made[at] = item
        else:
            made = type(like)(dict(items) if mapping else items)
    except TypeError:  # a kind that cannot be made or changed this way, such as range
        return dict(items) if mapping else items
    return made


def is_namedtuple(value: object) -> bool:
    """Tell whether a value is a tuple with names."""
    return isinstance(value, tuple) and hasattr(value, "_fields")


def default_convert(data: object) -> object:
    """Turn arrays into tensors, wherever they stand in a sample; leave the rest as it is.

    A `DataLoader` without batches (`batch_size=None`) does this with each sample.

    >>> import numpy as np
    >>> torch.utils.data.default_convert({"x": np.array([1, 2]), "name": "a"})
    {'x': tensor([1, 2]), 'name': 'a'}

    Args:
        data: a sample.
    """
    if isinstance(data, Tensor):
        return data
    if isinstance(data, (Array, ArrayNumber)):
        whole = isinstance(data, Array) and not holds_numbers(data)
        return data if whole else as_tensor(data)
    if isinstance(data, Mapping):
        return rebuilt(data, ((key, default_convert(data[key])) for key in data))
    if is_namedtuple(data):
        return type(data)(*(default_convert(item) for item in data))
    if isinstance(data, tuple):
        return [default_convert(item) for item in data]
    if isinstance(data, Sequence) and not isinstance(data, (str, bytes)):
        return rebuilt(data, (default_convert(item) for item in data))
    return data


def collate(batch: Sequence, *, collate_fn_map: dict | None = None) -> object:
    """Make a batch of samples of one kind, container by container.

    Args:
        batch: the samples.
        collate_fn_map: which function makes a batch of which type; it is called with a list
            and with this map.

    Raises:
        TypeError: a type that neither is in the map nor holds others.
        RuntimeError: samples of different lengths.
    """
    first = batch[0]
    kinds = collate_fn_map or {}
    known = type(first) if type(first) in kinds else None
    known = known or next((kind for kind in kinds if isinstance(first, kind)), None)
    if known is not None:
        return kinds[known](batch, collate_fn_map=collate_fn_map)

    def together(samples: Sequence) -> object:
        return collate(samples, collate_fn_map=collate_fn_map)

    if isinstance(first, Mapping):
        return rebuilt(first, ((key, together([each[key] for each in batch])) for key in first))
    if is_namedtuple(first):
        return type(first)(*(together(samples) for samples in zip(*batch, strict=False)))
    if isinstance(first, Sequence):
        if any(len(each) != len(first) for each in batch):
            raise RuntimeError("each element in list of batch should be of equal size")
        columns = [together(samples) for samples in zip(*batch, strict=True)]
        return columns if isinstance(first, tuple) else rebuilt(first, columns)
    raise TypeError(FOUND.format(type(first)))


def collate_tensor_fn(batch: Sequence[Tensor], *, collate_fn_map: dict | None = None) -> Tensor:
    """Stack tensors of one shape `(*)` to `(N, *)`."""
    return stack(batch, 0)


def collate_numpy_array_fn(batch: Sequence, *, collate_fn_map: dict | None = None) -> object:
    """Make tensors of arrays, then a batch of them."""
    if not holds_numbers(batch[0]):
        raise TypeError(FOUND.format(batch[0].dtype))
    return collate([as_tensor(array) for array in batch], collate_fn_map=collate_fn_map)


def collate_numpy_scalar_fn(batch: Sequence, *, collate_fn_map: dict | None = None) -> Tensor:
    """Put NumPy's numbers into a tensor `(N)` of their type."""
    return as_tensor(batch)


def collate_float_fn(batch: Sequence[float], *, collate_fn_map: dict | None = None) -> Tensor:
    """Put Python's floats into a tensor `(N)` of float64, in which they lose nothing."""
    return tensor(batch, dtype=float64)


def collate_int_fn(batch: Sequence[int], *, collate_fn_map: dict | None = None) -> Tensor:
    """Put integers or bools into a tensor `(N)`."""
    return tensor(batch)


def collate_str_fn(batch: Sequence, *, collate_fn_map: dict | None = None) -> Sequence:
    """Leave texts as they are."""
    return batch


default_collate_fn_map: dict[type, Callable] = {
    Tensor: collate_tensor_fn,
    Array: collate_numpy_array_fn,
    ArrayNumber: collate_numpy_scalar_fn,
    float: collate_float_fn,
    int: collate_int_fn,
    str: collate_str_fn,
    bytes: collate_str_fn,
}


def default_collate(batch: Sequence) -> object:
    """Make a batch of a list of samples, as a `DataLoader` does unless told otherwise.

    Tensors of shape `(*)` are stacked to `(N, *)`; so are arrays. Numbers become a tensor
    `(N)`, floats in float64. Texts stay a list. Tuples, lists and dicts are gone through: a
    list of pairs becomes a pair of batches.

    >>> torch.utils.data.default_collate([(torch.tensor([1.0, 2.0]), 0), (torch.zeros(2), 1)])
    [tensor([[1., 2.],
            [0., 0.]]), tensor([0, 1])]
    >>> torch.utils.data.default_collate([{"n": 1.5, "name": "a"}, {"n": 2.5, "name": "b"}])
    {'n': tensor([1.5000, 2.5000], dtype=torch.float64), 'name': ['a', 'b']}

    Args:
        batch: the samples.

    Raises:
        RuntimeError: tensors of different shapes, or lists of different lengths.
        TypeError: another type, None for one.
    """
    return collate(batch, collate_fn_map=default_collate_fn_map)
