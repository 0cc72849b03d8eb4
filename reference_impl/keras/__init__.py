"""Keras for reading: the one function that learners of PyTorch meet, printing what Keras 3 prints.

`pad_sequences` makes one array of sequences of different lengths, with NumPy alone.
"""

from __future__ import annotations

from ..torch.public import not_here
from . import preprocessing, utils

__all__ = ["preprocessing", "utils"]

__version__ = "3.15.1"

OTHERS = """
DTypePolicy FloatDTypePolicy Function Initializer Input InputSpec KerasTensor Layer Loss Metric
Model Operation Optimizer Quantizer Regularizer RematScope Sequential StatelessScope SymbolicScope
Variable activations applications backend callbacks config constraints datasets device
distillation distribution dtype_policies export initializers layers legacy losses metrics
mixed_precision models name_scope ops optimizers quantizers random regularizers remat saving src
tree version visualization wrappers
""".split()


def __getattr__(name: str) -> object:
    raise not_here("keras", name, OTHERS)
