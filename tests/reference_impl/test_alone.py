"""The reference needs no real torch; its examples hold on both; install() is as it says."""

import subprocess
import sys
from pathlib import Path

import torch
from alone import run_examples

ROOT = Path(__file__).parents[2]


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_without_the_real_torch():
    """A broad script and all docstring examples run where importing the real torch raises."""
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("alone.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_examples_hold_on_torch():
    """What a docstring shows is what torch prints."""
    ran, failures = run_examples(torch)
    assert not failures, "".join(failures)
    assert ran > 40


def test_install_refuses_after_the_real_torch():
    """Two torches in one program would be worse than an error."""
    done = python("import torch, reference_impl; reference_impl.install()")
    assert done.returncode == 1
    assert "RuntimeError: the real torch has been imported already" in done.stderr


def test_install_gives_the_very_modules():
    """Under both names there is one module; twice is as good as once."""
    done = python(
        "import reference_impl.torch as ref, reference_impl\n"
        "reference_impl.install(); reference_impl.install()\n"
        "import torch, torch.autograd\n"
        "assert torch is ref and torch.autograd is ref.autograd\n"
        "assert torch.__spec__.name == 'reference_impl.torch'\n"
        "import sys; assert len([f for f in sys.meta_path if 'StandIn' in repr(f)]) == 1\n"
    )
    assert done.returncode == 0, done.stderr


def test_names_that_are_missing():
    """What torch has is named as missing, however it is asked for; anything else is unknown."""
    setup = "import reference_impl; reference_impl.install(); "
    for code in ("import torch; torch.fft", "from torch import fft", "import torch.fft"):
        done = python(setup + code)
        assert "NotImplementedError: torch.fft is not part of reference_impl" in done.stderr, code
    for code in ("from torch import foo", "import torch.foo"):
        assert "ImportError" in python(setup + code).stderr.replace("ModuleNotFound", "Import")


def test_pickles_cross_over():
    """A pickle made without install() loads under it, and the other way round."""
    made = python(
        "import pickle, sys, reference_impl.torch as t\n"
        "print(pickle.dumps((t.ones(2), t.float32, t.Size([1]), t.Tensor)).hex())"
    )
    done = python(
        "import pickle, reference_impl; reference_impl.install(); import torch\n"
        f"x, kind, size, cls = pickle.loads(bytes.fromhex('{made.stdout.strip()}'))\n"
        "assert cls is torch.Tensor and kind is torch.float32 and x.tolist() == [1, 1]\n"
        "assert type(size) is torch.Size"
    )
    assert done.returncode == 0, made.stderr + done.stderr
