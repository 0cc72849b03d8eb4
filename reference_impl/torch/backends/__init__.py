"""What torch computes with besides its own loops: here, nothing."""

from __future__ import annotations

from ..public import not_here
from . import mps

__all__ = ["mps"]

OTHERS = "cpu cuda cudnn mha mkl mkldnn openmp opt_einsum quantized".split()


def __getattr__(name: str) -> object:
    raise not_here("torch.backends", name, OTHERS)
