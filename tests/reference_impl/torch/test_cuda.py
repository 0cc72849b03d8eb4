"""torch.cuda, torch.backends.mps and torch.accelerator answer as on a machine without a GPU."""

import inspect

import pytest
import torch

import reference_impl.torch as ref

QUESTIONS = [
    "cuda.is_available", "cuda.device_count", "cuda.is_initialized",
    "backends.mps.is_available", "backends.mps.is_built",
    "accelerator.is_available", "accelerator.device_count", "accelerator.current_accelerator",
]  # fmt: skip
NO_GPU = torch.version.cuda is None and not torch.accelerator.is_available()


def reached(engine, path):
    """The object at a dotted path."""
    for name in path.split("."):
        engine = getattr(engine, name)
    return engine


@pytest.mark.skipif(not NO_GPU, reason="this torch was built for a GPU and may have one")
@pytest.mark.parametrize("path", QUESTIONS)
def test_the_answer_is_that_of_a_build_for_the_cpu(path):
    """Each question has torch's answer."""
    assert reached(ref, path)() == reached(torch, path)()


@pytest.mark.parametrize("path", QUESTIONS)
def test_the_question_is_asked_as_in_torch(path):
    """Each function has torch's arguments."""

    def arguments(engine):
        return [
            (p.name, p.kind, p.default)
            for p in inspect.signature(reached(engine, path)).parameters.values()
        ]

    assert arguments(ref) == arguments(torch)


@pytest.mark.parametrize(
    ("module", "name"),
    [("cuda", "Stream"), ("backends", "cudnn"), ("accelerator", "synchronize")],
)
def test_what_is_left_out_is_named(module, name):
    """A name that torch has is said to be missing, any other is unknown as in torch."""
    with pytest.raises(NotImplementedError, match=rf"^torch\.{module}\.{name} is not part of"):
        getattr(getattr(ref, module), name)
    for engine in ref, torch:
        with pytest.raises(AttributeError, match=rf"^module 'torch\.{module}' has no attribute"):
            getattr(getattr(engine, module), "nothing")  # noqa: B009


@pytest.mark.parametrize("module", ["cuda", "backends", "accelerator"])
def test_what_is_said_to_be_left_out_is_in_torch(module):
    """No name is invented."""
    assert all(hasattr(getattr(torch, module), name) for name in getattr(ref, module).OTHERS)
