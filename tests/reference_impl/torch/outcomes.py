"""What an expression gives on torch and on the reference: text, warnings, or an error."""

import re
import warnings
from types import ModuleType

import torch

import reference_impl.torch as reference


def outcome(engine: ModuleType, expression: str, setup: str = "") -> str:
    """Evaluate an expression with `torch` and `t` standing for an engine; return what it tells."""
    names = {"torch": engine, "t": engine.tensor, "nan": float("nan"), "inf": float("inf")}
    exec(setup, names)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            told = repr(eval(expression, names))
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
    told = re.sub(r" object at 0x[0-9a-f]+", "", told)
    return "\n".join([told, *(f"{w.category.__name__}: {w.message}" for w in caught)])


def both(expression: str, setup: str = "") -> tuple[str, str]:
    """Return what torch and the reference tell about an expression."""
    return outcome(torch, expression, setup), outcome(reference, expression, setup)
