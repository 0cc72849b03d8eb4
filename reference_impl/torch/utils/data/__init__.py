"""`torch.utils.data`: datasets, the order of their samples, and the batches they come in.

In reading order: what has samples, in which order they come, how a list of them becomes a
batch (`_utils`), and the loader that puts these together.
"""

# ruff: noqa: F403, I001 (the order is the reading order)

from __future__ import annotations

from ...public import not_here as _not_here
from .dataset import *
from .sampler import *
from .distributed import *
from .dataloader import *

OTHERS = (
    "DFIterDataPipe DataChunk IterDataPipe MapDataPipe argument_validation backward_compatibility "
    "datapipes functional_datapipe graph graph_settings guaranteed_datapipes_determinism "
    "non_deterministic runtime_validation runtime_validation_disabled"
).split()


def __getattr__(name: str) -> object:
    raise _not_here("torch.utils.data", name, OTHERS)
