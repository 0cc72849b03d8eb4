"""Differentiation: `torch.autograd`."""

from __future__ import annotations

from .. import gradmode as grad_mode
from ..engine import backward, grad
from ..gradmode import enable_grad, inference_mode, no_grad, set_grad_enabled
from ..public import LISTED_AT, NotHere
from . import anomaly_mode as anomaly_mode
from . import function as function
from . import functional as functional
from .anomaly_mode import detect_anomaly, set_detect_anomaly
from .function import Function
from .gradcheck import gradcheck, gradgradcheck
from .variable import Variable

__all__ = [
    "Function",
    "Variable",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "grad",
    "grad_mode",
    "gradcheck",
    "gradgradcheck",
    "inference_mode",
    "no_grad",
    "set_detect_anomaly",
    "set_grad_enabled",
]

LEFT_OUT = "NestedIOFunction forward_ad graph profiler profiler_legacy set_multithreading_enabled"


def __getattr__(name: str) -> object:
    if name in LEFT_OUT.split():
        raise NotHere(
            f"torch.autograd.{name} is not part of reference_impl; {LISTED_AT} lists what is"
        )
    raise AttributeError(f"module 'torch.autograd' has no attribute '{name}'")
