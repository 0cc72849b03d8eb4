"""Runs where importing the real torch raises: a broad script, then every docstring example.

Started by test_alone.py in a process of its own. Prints what it ran; exits with 1 on failure.
"""

import doctest
import importlib
import os
import pkgutil
import sys
from types import ModuleType

# The real ones: Keras computes with torch, and transformers asks no network.
os.environ |= {"KERAS_BACKEND": "torch", "HF_HUB_OFFLINE": "1"}

REAL = ("torch", "keras", "transformers", "numpy")


class Blocker:
    """Refuses what only real packages could answer for."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Raise for the packages that the reference stands in for."""
        if name.partition(".")[0] in REAL:
            raise ImportError(f"the real {name} is not to be imported here")


def script() -> None:
    """Use one of everything."""
    import torch

    assert torch.__name__ == "reference_impl.torch"
    assert sys.modules["torch"] is sys.modules["reference_impl.torch"]
    import torch.autograd

    assert torch.autograd is sys.modules["reference_impl.torch.autograd"]
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    y = torch.cat((x, x.t(), torch.eye(2)), dim=1)
    (y.exp().sum() + x.view(-1)[1:].pow(2).mean()).backward()
    assert x.grad.shape == x.shape
    import numpy as np

    a = np.zeros(2, dtype="float32")
    torch.from_numpy(a)[0] = 5
    assert np.__name__ == "reference_impl.numpy"
    assert a.tolist() == [5, 0]
    import keras

    assert keras.__name__ == "reference_impl.keras"
    assert type(keras.utils.pad_sequences([[1], [2, 3]])) is np.ndarray
    import transformers

    assert transformers.__name__ == "reference_impl.transformers"
    batch = transformers.BertTokenizer()(["[MASK]", "a b"], padding=True, return_tensors="pt")
    assert batch["input_ids"].tolist() == [[2, 4, 3, 0], [2, 1, 1, 3]]
    assert type(batch.convert_to_tensors("np")["attention_mask"]) is np.ndarray
    z = (x * 1).detach()
    z[0] += 1
    z.mul_(2)
    assert z.tolist() == [[4, 6], [6, 8]]
    assert "MulBackward0" in repr(x * 2)
    try:
        from torch import fft  # noqa: F401
    except NotImplementedError as error:
        assert "torch.fft is not part of reference_impl" in str(error)
    else:
        raise AssertionError("from torch import fft did not raise")


def modules() -> list[ModuleType]:
    """Every module of the engine and of what stands in for torch's companions."""
    import reference_impl.keras
    import reference_impl.numpy
    import reference_impl.torch
    import reference_impl.transformers

    packages = (
        reference_impl.torch,
        reference_impl.numpy,
        reference_impl.keras,
        reference_impl.transformers,
    )
    found = [*packages]
    for package in packages:
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            found.append(importlib.import_module(info.name))
    return found


def documented(module: ModuleType) -> dict[str, object]:
    """What a module defines and documents, methods included."""
    found: dict[str, object] = {}
    for name, value in vars(module).items():
        if getattr(value, "__module__", None) == module.__name__ and getattr(
            value, "__doc__", None
        ):
            found[name] = value
            if isinstance(value, type):
                for attribute, member in vars(value).items():
                    if getattr(member, "__doc__", None) and not attribute.startswith("_"):
                        found[f"{name}.{attribute}"] = member
    return found


def run_examples(torch: ModuleType) -> tuple[int, list[str]]:
    """Run every `>>>` example of the engine with `torch` standing for an engine."""
    finder = doctest.DocTestParser()
    failures: list[str] = []
    ran = 0
    for module in modules():
        for name, value in documented(module).items():
            where = f"{module.__name__}.{name}"
            test = finder.get_doctest(value.__doc__, {"torch": torch}, where, None, None)
            if not test.examples:
                continue
            runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE, verbose=False)
            told: list[str] = []
            torch.manual_seed(0)
            ran += runner.run(test, out=told.append).attempted
            failures += told
    return ran, failures


def main() -> int:
    """Install the stand-ins, block the real ones, run everything."""
    import reference_impl

    reference_impl.install()
    sys.meta_path.insert(0, reference_impl.StandIn(("numpy",)))  # as where NumPy is missing
    sys.meta_path.insert(2, Blocker())
    script()
    import torch

    ran, failures = run_examples(torch)
    print("".join(failures) or f"{ran} examples")
    return 1 if failures or ran < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
