"""Loads an engine, or says why a test cannot have it."""

import importlib
from types import ModuleType

import pytest

MODULES = {"torch": "torch", "reference": "reference_impl.torch"}


def load(name: str, *needed: str) -> ModuleType:
    """Skip the test where the engine is not there or lacks a function."""
    module = MODULES[name]
    try:
        engine = importlib.import_module(module)
    except ImportError as error:
        pytest.skip(f"{module} cannot be imported here: {error}")
    for function in needed:
        if not hasattr(engine, function):
            pytest.skip(f"{module} has no {function} yet")
    return engine
