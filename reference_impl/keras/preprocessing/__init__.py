"""Where Keras had `pad_sequences` at first."""

from __future__ import annotations

from ...torch.public import not_here
from . import sequence

__all__ = ["sequence"]

OTHERS = """
image image_dataset_from_directory text_dataset_from_directory timeseries_dataset_from_array
""".split()


def __getattr__(name: str) -> object:
    raise not_here("keras.preprocessing", name, OTHERS)
