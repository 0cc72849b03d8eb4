"""Samplers draw what torch's draw, also where a generator is used again."""

from __future__ import annotations

import pytest
import torch
from oracle import same

import reference_impl.torch as ref

SAMPLERS = {
    "RandomSampler(range(n), generator=g)": (1, 2, 31, 100),
    "RandomSampler(range(n), num_samples=7, generator=g)": (3, 7, 20),
    "RandomSampler(range(n), True, 64, generator=g)": (5, 1000),
    "RandomSampler(range(n), True, 33, generator=g)": (5,),
    "SubsetRandomSampler(range(n), generator=g)": (0, 1, 40),
    "WeightedRandomSampler([1.0 + i % 3 for i in range(n)], 50, generator=g)": (1, 10, 300),
    "WeightedRandomSampler([1.0 + i % 3 for i in range(n)], 9, False, generator=g)": (9, 10, 300),
    "BatchSampler(RandomSampler(range(n), generator=g), 4, True)": (3, 9),
    "BatchSampler(RandomSampler(range(n), generator=g), 4, False)": (3, 9),
}


@pytest.mark.parametrize("line", SAMPLERS)
def test_draws(line):
    """Three rounds with one generator, then what is left in it; without one, the shared stream."""
    for n in SAMPLERS[line]:
        for own in (True, False):

            def run(engine, n=n, own=own):
                g = engine.Generator().manual_seed(n) if own else None
                engine.manual_seed(n + 1)
                sampler = eval(line, {**vars(engine.utils.data), "n": n, "g": g})
                rounds = [list(sampler) for _ in range(3)]
                return rounds, engine.rand(1, generator=g), engine.rand(1)

            same(run)


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("drop_last", [False, True])
def test_parts_of_processes(shuffle, drop_last):
    """Every process gets torch's part, for all sizes and epochs; together they leave none out."""
    for count in (0, 1, 2, 7, 12):
        for replicas in (1, 2, 3, 5):
            parts = []
            for rank in range(replicas):
                found = []
                for engine in (ref, torch):
                    sampler = engine.utils.data.DistributedSampler(
                        range(count), replicas, rank, shuffle, 5, drop_last
                    )
                    sampler.set_epoch(2)
                    found.append((list(sampler), len(sampler), sampler.total_size))
                assert found[0] == found[1]
                parts += found[0][0]
            if not drop_last:
                assert set(parts) == set(range(count))


def test_there_is_no_group_to_ask():
    """Without `num_replicas` or `rank` the error is that of a torch without processes."""
    for options in ({}, {"num_replicas": 2}, {"rank": 0}):
        with pytest.raises(RuntimeError, match=r"^Requires distributed package to be available$"):
            ref.utils.data.DistributedSampler(range(4), **options)
