"""Datasets: what has samples, by number or one after the other.

A dataset that is a map answers `dataset[i]` and, mostly, `len(dataset)`; an iterable one is a
stream. Any object that answers will do for a `DataLoader`, a list too.
(https://docs.pytorch.org/docs/stable/data.html)
"""

from __future__ import annotations

import bisect
import itertools
import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from ...random import Generator, default_generator
from ...sampling import randperm
from ...tensor import Tensor
from .naming import Kind, Named

__all__ = [
    "ChainDataset",
    "ConcatDataset",
    "Dataset",
    "IterableDataset",
    "StackDataset",
    "Subset",
    "TensorDataset",
    "random_split",
]

Sample = TypeVar("Sample", covariant=True)


class Dataset(Named, Generic[Sample], metaclass=Kind):
    """Samples by number: a subclass says which sample has a number, and how many there are.

    A `DataLoader` asks for `len(dataset)` to know the numbers, then for `dataset[i]`. Where
    many samples are got faster at once, `__getitems__` takes a list of numbers.

    >>> class Squares(torch.utils.data.Dataset):
    ...     def __len__(self):
    ...         return 4
    ...     def __getitem__(self, i):
    ...         return i, i * i
    >>> squares = Squares()
    >>> squares[3], len(squares), len(squares + squares)
    ((3, 9), 4, 8)
    """

    def __getitem__(self, index: int) -> Sample:
        """Return the sample of a number; every subclass defines this."""
        raise NotImplementedError("Subclasses of Dataset should implement __getitem__.")

    def __add__(self, other: Dataset) -> ConcatDataset:
        return ConcatDataset([self, other])


class IterableDataset(Dataset[Sample], Iterable[Sample]):
    """Samples one after the other, as from a file or a socket: a subclass defines `__iter__`.

    There are no numbers, hence nothing to shuffle: a `DataLoader` takes the samples as they
    come. With several workers each reads the whole stream, unless `__iter__` asks
    `get_worker_info()` which part is its own.

    >>> class Countdown(torch.utils.data.IterableDataset):
    ...     def __iter__(self):
    ...         return iter([3, 2, 1])
    >>> [batch.tolist() for batch in torch.utils.data.DataLoader(Countdown(), batch_size=2)]
    [[3, 2], [1]]
    """

    def __add__(self, other: Dataset) -> ChainDataset:
        return ChainDataset([self, other])


class TensorDataset(Dataset[tuple[Tensor, ...]]):
    """Tensors side by side: sample `i` is the tuple of their rows `i`.

    Unlike `zip` it refuses tensors of different lengths, and can be asked for any sample. A
    row is a view: writing to it writes to the tensor.

    >>> x, y = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([0, 1])
    >>> dataset = torch.utils.data.TensorDataset(x, y)
    >>> dataset[1], len(dataset)
    ((tensor([3., 4.]), tensor(1)), 2)

    Args:
        tensors: of the same size along their first dim.

    Raises:
        AssertionError: another size along the first dim.
    """

    tensors: tuple[Tensor, ...]

    def __init__(self, *tensors: Tensor) -> None:
        if any(tensors[0].size(0) != tensor.size(0) for tensor in tensors):
            raise AssertionError("Size mismatch between tensors")
        self.tensors = tensors

    def __getitem__(self, index: int) -> tuple[Tensor, ...]:
        """Return row `index` of each tensor."""
        return tuple(tensor[index] for tensor in self.tensors)

    def __len__(self) -> int:
        return self.tensors[0].size(0)


class StackDataset(Dataset):
    """Datasets side by side: sample `i` is the tuple, or the dict, of their samples `i`.

    >>> inputs, labels = ["good", "bad"], [1, 0]
    >>> torch.utils.data.StackDataset(inputs, labels)[0]
    ('good', 1)
    >>> torch.utils.data.StackDataset(text=inputs, label=labels)[1]
    {'text': 'bad', 'label': 0}

    Args:
        args: datasets of the same length, for tuples.
        kwargs: datasets of the same length, for dicts.

    Raises:
        ValueError: of different lengths, none, or both kinds.
    """

    datasets: tuple | dict

    def __init__(self, *args: Dataset, **kwargs: Dataset) -> None:
        if args and kwargs:
            raise ValueError(
                "Supported either ``tuple``- (via ``args``) or``dict``- (via ``kwargs``) like "
                "input/output, but both types are given."
            )
        parts = args or tuple(kwargs.values())
        if not parts:
            raise ValueError("At least one dataset should be passed")
        self._length = len(parts[0])
        if any(len(part) != self._length for part in parts):
            raise ValueError("Size mismatch between datasets")
        self.datasets = args or kwargs

    def __getitem__(self, index: int) -> tuple | dict:
        """Return sample `index` of each dataset."""
        if isinstance(self.datasets, dict):
            return {name: dataset[index] for name, dataset in self.datasets.items()}
        return tuple(dataset[index] for dataset in self.datasets)

    def __getitems__(self, indices: list[int]) -> list:
        """Return the samples of several numbers; each dataset is asked for all at once."""
        if isinstance(self.datasets, dict):
            columns = [several(dataset, indices) for dataset in self.datasets.values()]
            return [
                dict(zip(self.datasets, row, strict=True)) for row in zip(*columns, strict=True)
            ]
        return list(zip(*(several(dataset, indices) for dataset in self.datasets), strict=True))

    def __len__(self) -> int:
        return self._length


def several(dataset: Dataset, indices: list[int]) -> list:
    """Return the samples of several numbers, asking for all at once where that is offered."""
    if not callable(getattr(dataset, "__getitems__", None)):
        return [dataset[index] for index in indices]
    samples = dataset.__getitems__(indices)
    if len(samples) != len(indices):
        raise ValueError(
            f"Nested dataset's output size mismatch. Expected {len(indices)}, got {len(samples)}"
        )
    return samples


class ConcatDataset(Dataset[Sample]):
    """Datasets one after the other, as one: the numbers of the second follow the first's.

    >>> both = torch.utils.data.ConcatDataset([["a", "b"], ["c"]])
    >>> [both[i] for i in range(3)], both[-1], both.cumulative_sizes
    (['a', 'b', 'c'], 'c', [2, 3])

    Args:
        datasets: maps, not streams.

    Raises:
        AssertionError: no dataset, or a stream.
    """

    datasets: list[Dataset]
    cumulative_sizes: list[int]

    def __init__(self, datasets: Iterable[Dataset]) -> None:
        self.datasets = list(datasets)
        if not self.datasets:
            raise AssertionError("datasets should not be an empty iterable")
        if any(isinstance(dataset, IterableDataset) for dataset in self.datasets):
            raise AssertionError("ConcatDataset does not support IterableDataset")
        self.cumulative_sizes = self.cumsum(self.datasets)

    @staticmethod
    def cumsum(sequence: Iterable[Dataset]) -> list[int]:
        """Return, for each dataset, how many samples it and those before it have."""
        return list(itertools.accumulate(len(dataset) for dataset in sequence))

    def __len__(self) -> int:
        return self.cumulative_sizes[-1]

    def __getitem__(self, idx: int) -> Sample:
        """Return the sample of a number; negative ones count from the end."""
        if idx < 0:
            if -idx > len(self):
                raise ValueError("absolute value of index should not exceed dataset length")
            idx += len(self)
        which = bisect.bisect_right(self.cumulative_sizes, idx)
        before = self.cumulative_sizes[which - 1] if which else 0
        return self.datasets[which][idx - before]

    @property
    def cummulative_sizes(self) -> list[int]:
        """Return `cumulative_sizes`, under its name of old."""
        warnings.warn(
            "`cummulative_sizes` attribute is renamed to `cumulative_sizes`",
            FutureWarning,
            stacklevel=2,
        )
        return self.cumulative_sizes


class ChainDataset(IterableDataset):
    """Streams one after the other, as one; `first + second` makes one, too.

    Args:
        datasets: streams.
    """

    def __init__(self, datasets: Iterable[Dataset]) -> None:
        self.datasets = datasets

    def _streams(self) -> Iterator[IterableDataset]:
        for dataset in self.datasets:
            if not isinstance(dataset, IterableDataset):
                raise AssertionError("ChainDataset only supports IterableDataset")
            yield dataset

    def __iter__(self) -> Iterator:
        for dataset in self._streams():
            yield from dataset

    def __len__(self) -> int:
        return sum(len(dataset) for dataset in self._streams())


class Subset(Dataset[Sample]):
    """Some samples of a dataset, by their numbers there; nothing is copied.

    >>> letters = torch.utils.data.Subset(["a", "b", "c", "d"], [3, 0])
    >>> letters[0], letters[1], len(letters)
    ('d', 'a', 2)

    Args:
        dataset: the whole.
        indices: which samples of it, in which order.

    Raises:
        NotImplementedError: a subclass that defines `__getitem__` alone, which a `DataLoader`
            would pass by.
    """

    dataset: Dataset
    indices: Sequence[int]

    def __init__(self, dataset: Dataset, indices: Sequence[int]) -> None:
        self.dataset = dataset
        self.indices = indices
        kind = type(self)
        if kind.__getitem__ is not Subset.__getitem__ and kind.__getitems__ is Subset.__getitems__:
            raise NotImplementedError(
                f"{kind.__name__} overrides __getitem__ but not __getitems__. When subclassing "
                "Subset and overriding __getitem__, you must also override __getitems__ to ensure "
                "DataLoader works correctly with your custom logic. A simple implementation:\n\n"
                "def __getitems__(self, indices):\n"
                "    return [self.__getitem__(idx) for idx in indices]"
            )

    def __getitem__(self, idx: int | list[int]) -> Sample:
        """Return the sample of a number; a list of numbers is handed on as a list."""
        if isinstance(idx, list):
            return self.dataset[[self.indices[i] for i in idx]]
        return self.dataset[self.indices[idx]]

    def __getitems__(self, indices: list[int]) -> list[Sample]:
        """Return the samples of several numbers; the dataset is asked for all at once."""
        there = [self.indices[i] for i in indices]
        if callable(getattr(self.dataset, "__getitems__", None)):
            return self.dataset.__getitems__(there)
        return [self.dataset[i] for i in there]

    def __len__(self) -> int:
        return len(self.indices)


def random_split(
    dataset: Dataset,
    lengths: Sequence[int | float],
    generator: Generator | None = default_generator,
) -> list[Subset]:
    """Split a dataset by chance into subsets that share no sample.

    Fractions are rounded down; the samples left over go to the first subsets, one each.

    >>> train, test = torch.utils.data.random_split(
    ...     range(10), [0.8, 0.2], generator=torch.Generator().manual_seed(0)
    ... )
    >>> list(train), list(test)
    ([4, 1, 7, 5, 3, 9, 0, 8], [6, 2])

    Args:
        dataset: what to split.
        lengths: how many samples each subset gets, or which part: fractions with a sum of 1.
        generator: where the order comes from.

    Raises:
        ValueError: lengths with another sum than the dataset's length.
    """
    total = sum(lengths)
    if math.isclose(total, 1) and total <= 1:
        lengths = whole(lengths, len(dataset))
    if sum(lengths) != len(dataset):
        raise ValueError("Sum of input lengths does not equal the length of the input dataset!")
    order = randperm(sum(lengths), generator=generator).tolist()
    ends = itertools.accumulate(lengths)
    return [
        Subset(dataset, order[end - length : end])
        for end, length in zip(ends, lengths, strict=True)
    ]


def whole(fractions: Sequence[float], total: int) -> list[int]:
    """Return how many of `total` samples each fraction gets."""
    for at, fraction in enumerate(fractions):
        if not 0 <= fraction <= 1:
            raise ValueError(f"Fraction at index {at} is not between 0 and 1")
    lengths = [math.floor(total * fraction) for fraction in fractions]
    for extra in range(total - sum(lengths)):
        lengths[extra % len(lengths)] += 1
    for at, length in enumerate(lengths):
        if length == 0:
            warnings.warn(
                f"Length of split at index {at} is 0. This might result in an empty dataset.",
                stacklevel=3,
            )
    return lengths
