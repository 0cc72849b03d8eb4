"""One part of the samples for each of several processes, which train together."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ...distributed import is_available
from ...random import Generator
from ...sampling import randperm
from .dataset import Dataset
from .sampler import Sampler

__all__ = ["DistributedSampler"]


class DistributedSampler(Sampler):
    """The part of a dataset's numbers that one of several processes gets.

    All parts are equally long, so that no process waits for another in vain: some numbers
    come twice, or with `drop_last` some are left out. Every process shuffles alike, from
    `seed + epoch`, then takes every `num_replicas`-th number; call `set_epoch` before each
    epoch, or all epochs are alike.

    >>> for rank in range(2):
    ...     print(list(torch.utils.data.DistributedSampler(range(5), 2, rank, shuffle=False)))
    [0, 2, 4]
    [1, 3, 0]

    Args:
        dataset: what has a length.
        num_replicas: how many processes there are; by default the group is asked.
        rank: which of them this is.
        shuffle: whether the order is by chance.
        seed: the same in all processes.
        drop_last: whether to leave out numbers rather than to repeat some.

    Raises:
        RuntimeError: without `num_replicas` or `rank`: here is no group of processes.
        ValueError: a rank that is not below `num_replicas`.
    """

    def __init__(
        self,
        dataset: Dataset,
        num_replicas: int | None = None,
        rank: int | None = None,
        shuffle: bool = True,
        seed: int = 0,
        drop_last: bool = False,
    ) -> None:
        if (num_replicas is None or rank is None) and not is_available():
            raise RuntimeError("Requires distributed package to be available")
        if not 0 <= rank < num_replicas:
            raise ValueError(
                f"Invalid rank {rank}, rank should be in the interval [0, {num_replicas - 1}]"
            )
        self.dataset = dataset
        self.num_replicas = num_replicas
        self.rank = rank
        self.epoch = 0
        self.drop_last = drop_last
        whole, rest = divmod(len(dataset), num_replicas)
        self.num_samples = whole + (rest > 0 and not drop_last)
        self.total_size = self.num_samples * num_replicas
        self.shuffle = shuffle
        self.seed = seed

    def __iter__(self) -> Iterator[int]:
        count = len(self.dataset)
        if self.shuffle:
            g = Generator().manual_seed(self.seed + self.epoch)
            numbers = randperm(count, generator=g).tolist()
        else:
            numbers = list(range(count))
        if numbers and not self.drop_last:
            numbers *= math.ceil(self.total_size / count)
        return iter(numbers[self.rank : self.total_size : self.num_replicas])

    def __len__(self) -> int:
        return self.num_samples

    def set_epoch(self, epoch: int) -> None:
        """Let the next round shuffle as is this epoch's turn."""
        self.epoch = epoch
