"""Samplers: in which order the numbers of samples come, and in which groups."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import Generic, TypeVar

from ...creation import empty
from ...dtypes import float64, int64
from ...exchange import as_tensor
from ...parametric import multinomial
from ...random import Generator
from ...sampling import randint, randperm
from ...tensor import Tensor
from .naming import Kind, Named

__all__ = [
    "BatchSampler",
    "RandomSampler",
    "Sampler",
    "SequentialSampler",
    "SubsetRandomSampler",
    "WeightedRandomSampler",
]

Number = TypeVar("Number", covariant=True)
AT_ONCE = 32  # numbers that torch draws together, with replacement


def drawn_seed(generator: Generator | None = None) -> int:
    """Draw a seed of 63 bits, by default from the shared generator."""
    return empty((), dtype=int64).random_(generator=generator).item()


class Sampler(Named, Generic[Number], metaclass=Kind):
    """Indices of samples, one after the other: a subclass defines `__iter__`, mostly `__len__`.

    >>> class EveryOther(torch.utils.data.Sampler):
    ...     def __iter__(self):
    ...         return iter([0, 2, 4])
    >>> loader = torch.utils.data.DataLoader("abcdef", batch_size=2, sampler=EveryOther())
    >>> list(loader)
    [['a', 'c'], ['e']]
    """

    def __iter__(self) -> Iterator[Number]:
        raise NotImplementedError


class SequentialSampler(Sampler[int]):
    """The indices from 0 up, as a `DataLoader` takes them without `shuffle`.

    >>> list(torch.utils.data.SequentialSampler(["a", "b", "c"]))
    [0, 1, 2]

    Args:
        data_source: what has a length.
    """

    data_source: Sized

    def __init__(self, data_source: Sized) -> None:
        self.data_source = data_source

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.data_source)))

    def __len__(self) -> int:
        return len(self.data_source)


class RandomSampler(Sampler[int]):
    """The indices in random order: each once, or with replacement, as dice fall.

    Without a generator of its own it draws a seed from the shared one for each round, so that
    `torch.manual_seed` decides and no two rounds are alike.

    >>> _ = torch.manual_seed(0)
    >>> sampler = torch.utils.data.RandomSampler(range(5))
    >>> sorted(sampler), len(sampler)
    ([0, 1, 2, 3, 4], 5)
    >>> len(set(torch.utils.data.RandomSampler(range(5), replacement=True, num_samples=100)))
    5

    Args:
        data_source: what has a length.
        replacement: whether an index may come again.
        num_samples: how many to draw; as many as there are by default. Without replacement,
            more than there are begin another shuffled round.
        generator: where the order comes from.

    Raises:
        TypeError: `replacement` is no bool.
        ValueError: `num_samples` is not positive, as with nothing to draw from.
    """

    data_source: Sized
    replacement: bool

    def __init__(
        self,
        data_source: Sized,
        replacement: bool = False,
        num_samples: int | None = None,
        generator: Generator | None = None,
    ) -> None:
        self.data_source = data_source
        self.replacement = replacement
        self._num_samples = num_samples
        self.generator = generator
        if not isinstance(replacement, bool):
            raise TypeError(
                f"replacement should be a boolean value, but got replacement={replacement}"
            )
        if not isinstance(self.num_samples, int) or self.num_samples <= 0:
            raise ValueError(
                "num_samples should be a positive integer value, but got "
                f"num_samples={self.num_samples}"
            )

    @property
    def num_samples(self) -> int:
        """Return how many indices a round has."""
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self) -> Iterator[int]:
        count = len(self.data_source)
        generator = self.generator
        if generator is None:
            generator = Generator().manual_seed(drawn_seed())
        draw = self._drawn if self.replacement else self._shuffled
        yield from draw(count, generator)

    def _drawn(self, count: int, generator: Generator) -> Iterator[int]:
        for start in range(0, self.num_samples, AT_ONCE):
            size = min(AT_ONCE, self.num_samples - start)
            yield from randint(count, (size,), generator=generator).tolist()

    def _shuffled(self, count: int, generator: Generator) -> Iterator[int]:
        for _ in range(self.num_samples // count):
            yield from randperm(count, generator=generator).tolist()
        # drawn even where nothing is left to fill: with a generator that is used again it counts
        yield from randperm(count, generator=generator).tolist()[: self.num_samples % count]

    def __len__(self) -> int:
        return self.num_samples


class SubsetRandomSampler(Sampler[int]):
    """Given indices, each once, in random order.

    Args:
        indices: the numbers.
        generator: where the order comes from.
    """

    indices: Sequence[int]

    def __init__(self, indices: Sequence[int], generator: Generator | None = None) -> None:
        self.indices = indices
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        for at in randperm(len(self.indices), generator=self.generator).tolist():
            yield self.indices[at]

    def __len__(self) -> int:
        return len(self.indices)


class WeightedRandomSampler(Sampler[int]):
    """Indices at random, each as likely as its weight says: rare classes come as often as others.

    >>> labels = [0] * 90 + [1] * 10
    >>> weights = [1 / labels.count(label) for label in labels]
    >>> g = torch.Generator().manual_seed(0)
    >>> sampler = torch.utils.data.WeightedRandomSampler(weights, 1000, generator=g)
    >>> sum(labels[i] for i in sampler)  # of 1000
    500

    Args:
        weights: one for each index, not negative; their sum does not matter.
        num_samples: how many to draw.
        replacement: whether an index may come again.
        generator: where the indices come from.

    Raises:
        ValueError: `num_samples` is not positive, `replacement` no bool, or the weights are
            not one row.
    """

    weights: Tensor
    num_samples: int
    replacement: bool

    def __init__(
        self,
        weights: Sequence[float],
        num_samples: int,
        replacement: bool = True,
        generator: Generator | None = None,
    ) -> None:
        check_count("num_samples", num_samples)
        if not isinstance(replacement, bool):
            raise ValueError(
                f"replacement should be a boolean value, but got replacement={replacement}"
            )
        row = as_tensor(weights, dtype=float64)
        if row.dim() != 1:
            raise ValueError(
                f"weights should be a 1d sequence but given weights have shape {tuple(row.shape)}"
            )
        self.weights = row
        self.num_samples = num_samples
        self.replacement = replacement
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        yield from multinomial(
            self.weights, self.num_samples, self.replacement, generator=self.generator
        ).tolist()

    def __len__(self) -> int:
        return self.num_samples


class BatchSampler(Sampler[list[int]]):
    """The indices of another sampler in lists of one length; the last may be shorter.

    >>> list(torch.utils.data.BatchSampler(range(7), batch_size=3, drop_last=False))
    [[0, 1, 2], [3, 4, 5], [6]]
    >>> list(torch.utils.data.BatchSampler(range(7), batch_size=3, drop_last=True))
    [[0, 1, 2], [3, 4, 5]]

    Args:
        sampler: any iterable; its length is asked for only by `len`.
        batch_size: how many to a list.
        drop_last: whether to leave out a last list that is shorter.

    Raises:
        ValueError: `batch_size` is not positive, or `drop_last` no bool.
    """

    def __init__(
        self, sampler: Sampler[int] | Iterable[int], batch_size: int, drop_last: bool
    ) -> None:
        check_count("batch_size", batch_size)
        if not isinstance(drop_last, bool):
            raise ValueError(f"drop_last should be a boolean value, but got drop_last={drop_last}")
        self.sampler = sampler
        self.batch_size = batch_size
        self.drop_last = drop_last

    def __iter__(self) -> Iterator[list[int]]:
        numbers = iter(self.sampler)
        while batch := list(itertools.islice(numbers, self.batch_size)):
            if len(batch) < self.batch_size and self.drop_last:
                return
            yield batch

    def __len__(self) -> int:
        whole, rest = divmod(len(self.sampler), self.batch_size)
        return whole + (rest > 0 and not self.drop_last)


def check_count(name: str, value: object) -> None:
    """Refuse what is no positive integer."""
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ValueError(f"{name} should be a positive integer value, but got {name}={value}")
