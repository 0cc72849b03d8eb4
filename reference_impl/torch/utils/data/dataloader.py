"""`DataLoader`: a dataset, an order and a size become batches.

A round over a loader is an iterator of its own: `_SingleProcessDataLoaderIter` fetches batch
by batch, `_MultiProcessingDataLoaderIter` lets workers take turns.
"""

from __future__ import annotations

import itertools
import math
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NoReturn, Self

from ...random import Generator
from ._utils.collate import default_collate, default_convert
from ._utils.fetch import _IterableDatasetFetcher, _MapDatasetFetcher
from ._utils.worker import Worker, WorkerInfo, get_worker_info
from .dataset import Dataset, IterableDataset, Sample
from .naming import Kind, Named
from .sampler import BatchSampler, RandomSampler, Sampler, SequentialSampler, drawn_seed

__all__ = ["DataLoader", "default_collate", "default_convert", "get_worker_info"]

START_METHODS = ["fork", "spawn", "forkserver"]
FIXED = {"batch_size", "batch_sampler", "sampler", "drop_last", "dataset", "persistent_workers"}
ONE_PROCESS = (
    "reference_impl has one process: the {count} of this DataLoader take turns in it. The batches "
    "are those that torch's worker processes load, but none is loaded while you work on another."
)
NOT_PINNED = (
    "'pin_memory' argument is set as true but no accelerator is found, then device pinned memory "
    "won't be used."
)
LONGER = (
    "Length of IterableDataset {dataset} was reported to be {length}(when accessing "
    "len(dataloader)), but {count} samples have been fetched. "
)
EACH_READS_ALL = (
    "For multiprocessing data-loading, this could be caused by not properly configuring the "
    "IterableDataset replica at each worker. Please see "
    "https://pytorch.org/docs/stable/data.html#torch.utils.data.IterableDataset for examples."
)


class _DatasetKind:
    """Whether samples are got by number or come one after the other."""

    Map = 0
    Iterable = 1


class _InfiniteConstantSampler(Sampler):
    """Nothing, forever: a stream is not asked for numbers."""

    def __iter__(self) -> Iterator[None]:
        return itertools.repeat(None)


class DataLoader(Named, Generic[Sample], metaclass=Kind):
    """The batches of a dataset: each round over the loader gives all of them once.

    With `shuffle` each round has another order, by chance. Shuffled or not, each draws a number
    from the generator. `len` tells batches, not samples; the last one may be smaller.

    >>> x = torch.arange(10).reshape(5, 2)
    >>> loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x), batch_size=2)
    >>> [tuple(batch.shape) for (batch,) in loader], len(loader)
    ([(2, 2), (2, 2), (1, 2)], 3)

    Args:
        dataset: anything with `dataset[i]` and a length, or an `IterableDataset`.
        batch_size: how many samples to a batch; None for samples without batches.
        shuffle: whether the order is by chance.
        sampler: the order: indices of samples.
        batch_sampler: the order and the batches: lists of indices.
        num_workers: how many workers load; here they take turns in this process.
        collate_fn: makes a batch of a list of samples; `default_collate` unless given.
        drop_last: whether to leave out a last batch that is smaller.
        worker_init_fn: called in each worker with its number.
        generator: where the order comes from.

    Raises:
        ValueError: options that contradict each other.
    """

    __initialized = False
    _iterator: _BaseDataLoaderIter | None = None

    def __init__(
        self,
        dataset: Dataset[Sample],
        batch_size: int | None = 1,
        shuffle: bool | None = None,
        sampler: Sampler | Iterable | None = None,
        batch_sampler: Sampler[list] | Iterable[list] | None = None,
        num_workers: int = 0,
        collate_fn: Callable[[list], object] | None = None,
        pin_memory: bool = False,
        drop_last: bool = False,
        timeout: float = 0,
        worker_init_fn: Callable[[int], None] | None = None,
        multiprocessing_context: object = None,
        generator: Generator | None = None,
        *,
        prefetch_factor: int | None = None,
        persistent_workers: bool = False,
        pin_memory_device: str = "",
        in_order: bool = True,
    ) -> None:
        check_workers(num_workers, timeout, prefetch_factor, persistent_workers)
        self.dataset = dataset
        self.num_workers = num_workers
        self.prefetch_factor = 2 if num_workers and prefetch_factor is None else prefetch_factor
        self.pin_memory = pin_memory
        self.pin_memory_device = pin_memory_device
        self.timeout = timeout
        self.worker_init_fn = worker_init_fn
        self.multiprocessing_context = multiprocessing_context
        self.in_order = in_order
        if isinstance(dataset, IterableDataset):
            self._dataset_kind = _DatasetKind.Iterable
            check_stream(shuffle, sampler, batch_sampler)
        else:
            self._dataset_kind = _DatasetKind.Map
        check_order(batch_size, bool(shuffle), sampler, batch_sampler, drop_last)
        if batch_sampler is not None:
            batch_size, drop_last = None, False
        if sampler is None:
            if self._dataset_kind == _DatasetKind.Iterable:
                sampler = _InfiniteConstantSampler()
            elif shuffle:
                sampler = RandomSampler(dataset, generator=generator)
            else:
                sampler = SequentialSampler(dataset)
        if batch_size is not None and batch_sampler is None:
            batch_sampler = BatchSampler(sampler, batch_size, drop_last)
        self.batch_size = batch_size
        self.drop_last = drop_last
        self.sampler = sampler
        self.batch_sampler = batch_sampler
        self.generator = generator
        if collate_fn is None:
            collate_fn = default_collate if self._auto_collation else default_convert
        self.collate_fn = collate_fn
        self.persistent_workers = persistent_workers
        self.__initialized = True
        self._IterableDataset_len_called: int | None = None
        self._iterator = None
        if num_workers:
            count = f"{num_workers} worker{'s' * (num_workers > 1)}"
            warnings.warn(ONE_PROCESS.format(count=count), stacklevel=2)

    @property
    def multiprocessing_context(self) -> object:
        """Return how processes would be started; here none is."""
        return self.__multiprocessing_context

    @multiprocessing_context.setter
    def multiprocessing_context(self, multiprocessing_context: object) -> None:
        value = multiprocessing_context
        if value is not None and self.num_workers == 0:
            raise ValueError(
                "multiprocessing_context can only be used with multi-process loading (num_workers "
                "> 0), but got num_workers=0"
            )
        if isinstance(value, str):
            if value not in START_METHODS:
                raise ValueError(
                    "multiprocessing_context option should specify a valid start method in "
                    f"{START_METHODS!r}, but got multiprocessing_context={value!r}"
                )
        elif value is not None and not hasattr(value, "get_start_method"):
            raise TypeError(
                "multiprocessing_context option should be a valid context object or a string "
                f"specifying the start method, but got multiprocessing_context={value}"
            )
        self.__multiprocessing_context = value

    def __setattr__(self, attr: str, val: object) -> None:
        if self.__initialized and attr in FIXED:
            raise ValueError(
                f"{attr} attribute should not be set after {type(self).__name__} is initialized"
            )
        super().__setattr__(attr, val)

    @property
    def _auto_collation(self) -> bool:
        return self.batch_sampler is not None

    @property
    def _index_sampler(self) -> Sampler | Iterable:
        return self.batch_sampler if self._auto_collation else self.sampler

    def _get_iterator(self) -> _BaseDataLoaderIter:
        if self.num_workers == 0:
            return _SingleProcessDataLoaderIter(self)
        return _MultiProcessingDataLoaderIter(self)

    def __iter__(self) -> _BaseDataLoaderIter:
        if not (self.persistent_workers and self.num_workers > 0):
            return self._get_iterator()
        if self._iterator is None:
            self._iterator = self._get_iterator()
        else:
            self._iterator._reset(self)
        return self._iterator

    def __len__(self) -> int:
        if self._dataset_kind == _DatasetKind.Map:
            return len(self._index_sampler)
        length = self._IterableDataset_len_called = len(self.dataset)
        if self.batch_size is None:
            return length
        if self.drop_last:
            return length // self.batch_size
        return math.ceil(length / self.batch_size)


def check_workers(
    num_workers: int, timeout: float, prefetch_factor: int | None, persistent_workers: bool
) -> None:
    """Refuse options of workers that contradict each other."""
    if num_workers < 0:
        raise ValueError(
            "num_workers option should be non-negative; use num_workers=0 to disable "
            "multiprocessing."
        )
    if timeout < 0:
        raise ValueError("timeout option should be non-negative")
    if num_workers == 0 and prefetch_factor is not None:
        raise ValueError(
            "prefetch_factor option could only be specified in multiprocessing.let num_workers > 0 "
            "to enable multiprocessing, otherwise set prefetch_factor to None."
        )
    if prefetch_factor is not None and prefetch_factor < 0:
        raise ValueError("prefetch_factor option should be non-negative")
    if persistent_workers and num_workers == 0:
        raise ValueError("persistent_workers option needs num_workers > 0")


def check_stream(shuffle: object, sampler: object, batch_sampler: object) -> None:
    """Refuse an order for samples that have no numbers."""
    if shuffle not in {False, None}:
        name, value = "shuffle", shuffle
    elif sampler is not None:
        name, value = "sampler", sampler
    elif batch_sampler is not None:
        name, value = "batch_sampler", batch_sampler
    else:
        return
    raise ValueError(
        f"DataLoader with IterableDataset: expected unspecified {name} option, but got "
        f"{name}={value}"
    )


def check_order(
    batch_size: int | None, shuffle: bool, sampler: object, batch_sampler: object, drop_last: bool
) -> None:
    """Refuse an order, or batches, that are given twice."""
    if sampler is not None and shuffle:
        raise ValueError("sampler option is mutually exclusive with shuffle")
    if batch_sampler is not None:
        if batch_size != 1 or shuffle or sampler is not None or drop_last:
            raise ValueError(
                "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and "
                "drop_last"
            )
    elif batch_size is None and drop_last:
        raise ValueError(
            "batch_size=None option disables auto-batching and is mutually exclusive with drop_last"
        )


class _BaseDataLoaderIter(Named, metaclass=Kind):
    """What every round over a loader does: it draws a seed, takes numbers, and counts batches."""

    def __init__(self, loader: DataLoader) -> None:
        self._dataset = loader.dataset
        self._dataset_kind = loader._dataset_kind
        self._IterableDataset_len_called = loader._IterableDataset_len_called
        self._auto_collation = loader._auto_collation
        self._drop_last = loader.drop_last
        self._index_sampler = loader._index_sampler
        self._num_workers = loader.num_workers
        if loader.pin_memory and loader.pin_memory_device:
            warnings.warn(
                "pin_memory_device is deprecated, the current accelerator will be used as the "
                f"device,ignore pin_memory_device='{loader.pin_memory_device}'.",
                stacklevel=2,
            )
        if loader.pin_memory:
            warnings.warn(NOT_PINNED, stacklevel=2)
        self._timeout = loader.timeout
        self._collate_fn = loader.collate_fn
        self._sampler_iter = iter(self._index_sampler)
        self._base_seed = drawn_seed(loader.generator)
        self._persistent_workers = loader.persistent_workers
        self._num_yielded = 0

    def _fetcher(self, dataset: Dataset) -> _MapDatasetFetcher | _IterableDatasetFetcher:
        stream = self._dataset_kind == _DatasetKind.Iterable
        kind = _IterableDatasetFetcher if stream else _MapDatasetFetcher
        return kind(dataset, self._auto_collation, self._collate_fn, self._drop_last)

    def __iter__(self) -> Self:
        return self

    def _reset(self, loader: DataLoader) -> None:
        self._sampler_iter = iter(self._index_sampler)
        self._num_yielded = 0
        self._IterableDataset_len_called = loader._IterableDataset_len_called

    def _next_data(self) -> object:
        raise NotImplementedError

    def __next__(self) -> object:
        data = self._next_data()
        self._num_yielded += 1
        length = self._IterableDataset_len_called
        if length is not None and self._num_yielded > length:
            text = LONGER.format(dataset=self._dataset, length=length, count=self._num_yielded)
            warnings.warn(text + EACH_READS_ALL if self._num_workers else text, stacklevel=2)
        return data

    def __len__(self) -> int:
        return len(self._index_sampler)

    def __getstate__(self) -> NoReturn:
        raise NotImplementedError("{} cannot be pickled", type(self).__name__)


class _SingleProcessDataLoaderIter(_BaseDataLoaderIter):
    """A round that fetches each batch when it is asked for."""

    def __init__(self, loader: DataLoader) -> None:
        super().__init__(loader)
        if self._timeout != 0:
            raise AssertionError("_SingleProcessDataLoaderIter requires timeout == 0")
        self._dataset_fetcher = self._fetcher(self._dataset)

    def _next_data(self) -> object:
        return self._dataset_fetcher.fetch(next(self._sampler_iter))


class _MultiProcessingDataLoaderIter(_BaseDataLoaderIter):
    """A round that hands out the numbers of batches to workers in turn, some in advance."""

    def __init__(self, loader: DataLoader) -> None:
        super().__init__(loader)
        self._prefetch_factor = loader.prefetch_factor
        if self._prefetch_factor <= 0:
            raise AssertionError(
                "prefetch_factor must be greater than 0 for MultiProcessingDataLoaderIter"
            )
        self._workers = []
        for number in range(self._num_workers):
            seed = self._base_seed + number
            info = WorkerInfo(number, self._num_workers, seed, self._dataset)
            worker = Worker(info, self._base_seed, loader.worker_init_fn, self._fetcher)
            self._workers.append(worker)
        self._begin()

    def _reset(self, loader: DataLoader) -> None:
        super()._reset(loader)
        for worker in self._workers:
            worker.resume()
        self._begin()

    def _begin(self) -> None:
        self._tasks: deque[tuple[Worker, object]] = deque()
        self._turns = deque(self._workers)  # of those whose samples have not ended
        for _ in range(self._prefetch_factor * self._num_workers):
            self._hand_out()

    def _hand_out(self) -> None:
        """Give the numbers of the next batch to the worker whose turn it is."""
        if not self._turns:
            return
        try:
            index = next(self._sampler_iter)
        except StopIteration:
            return
        self._tasks.append((self._turns[0], index))
        self._turns.rotate(-1)

    def _next_data(self) -> object:
        while self._tasks:
            worker, index = self._tasks.popleft()
            if worker not in self._turns:
                continue
            try:
                return worker.fetch(index)
            except StopIteration:
                self._turns.remove(worker)
            finally:
                self._hand_out()
        raise StopIteration
