"""What torch computes with besides its own loops: here, nothing."""

from __future__ import annotations

from ..public import not_here
from . import cpu, cuda, cudnn, mha, mkl, mkldnn, mps, nnpack, openmp, opt_einsum

__all__ = [
    "cpu",
    "cuda",
    "cudnn",
    "mha",
    "mkl",
    "mkldnn",
    "mps",
    "nnpack",
    "openmp",
    "opt_einsum",
]

OTHERS = "cusparselt kleidiai miopen python_native quantized".split()


def __getattr__(name: str) -> object:
    raise not_here("torch.backends", name, OTHERS)
