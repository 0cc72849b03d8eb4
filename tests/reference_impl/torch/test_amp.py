"""Mixed precision is refused, disabled or done as a torch without a GPU does it."""

import pytest
import torch
from oracle import same

import reference_impl.torch as ref

LINES = """
t.autocast, t.amp.autocast, t.amp.GradScaler, t.GradScaler, t.cuda.amp.autocast
t.autocast("cuda")
t.autocast("cuda", enabled=False)
t.autocast("mps")
t.autocast("meta")
t.autocast("foo")
t.autocast(3)
t.autocast(t.device("cuda"))
t.autocast("cpu", dtype=t.float32)
t.autocast("mps", dtype=t.float32)
t.autocast("cuda")(3)
t.autocast("cuda", enabled=False)(lambda x: (x, t.is_autocast_enabled()))(3)
t.cuda.amp.autocast()
t.cuda.amp.autocast(enabled=False)
t.cpu.amp.autocast(enabled=False)
t.cuda.amp.GradScaler()
t.cpu.amp.GradScaler(enabled=False)
t.is_autocast_enabled(), t.is_autocast_enabled("cpu"), t.is_autocast_cache_enabled()
t.is_autocast_enabled("meta")
t.get_autocast_dtype("cpu"), t.get_autocast_dtype("cuda"), t.get_autocast_dtype("xla")
t.get_autocast_dtype("meta")
t.amp.is_autocast_available("cpu"), t.amp.is_autocast_available("meta")
t.amp.is_autocast_available("foo")
t.clear_autocast_cache()
t.GradScaler().state_dict(), t.GradScaler().is_enabled(), t.GradScaler().get_scale()
t.GradScaler(enabled=False).get_growth_factor()
t.GradScaler("cpu").state_dict()
t.GradScaler("cpu", growth_factor=1.0)
t.GradScaler("cpu", backoff_factor=1.0)
t.GradScaler("cpu").update()
t.GradScaler("cpu").scale(3)
t.GradScaler("cpu").scale([t.ones(1), (t.ones(2),)])
t.GradScaler("cpu").load_state_dict({})
"""


@pytest.mark.skipif(torch.cuda.is_available(), reason="this torch has a GPU")
@pytest.mark.parametrize("line", LINES.strip().split("\n"))
def test_answers_and_errors(line):
    """Warnings, errors, types and states are torch's."""
    same(lambda t: eval(line))


@pytest.mark.skipif(torch.cuda.is_available(), reason="this torch has a GPU")
def test_inside():
    """Inside of a region one can ask for its type; without a GPU it is disabled."""

    def run(t):
        with t.autocast("cuda", dtype=t.bfloat16):
            told = [t.is_autocast_enabled(), t.get_autocast_dtype("cuda"), t.ones(1) * 2]
            with t.autocast("mps"):
                told.append(t.is_autocast_enabled("mps"))
        return told, t.get_autocast_dtype("cuda"), t.is_autocast_enabled("mps")

    same(run)


def test_halves_on_the_cpu_are_left_out():
    """Entering such a region is refused, instead of numbers that torch would not give."""
    with pytest.raises(NotImplementedError, match=r"^torch\.autocast on the CPU is not part of"):
        ref.autocast("cpu").__enter__()


STORIES = {
    "steps": "for _ in range(3): scaler.scale(loss()).backward(); scaler.step(o); scaler.update()",
    "growth": (
        "scaler.set_growth_interval(2)\n"
        "for _ in range(5): scaler.scale(loss()).backward(); scaler.step(o); scaler.update()"
    ),
    "overflow": (
        "scaler.scale(loss() * float('inf')).backward(); scaler.step(o); scaler.update(); "
        "r = scaler.get_scale()"
    ),
    "looked at": (
        "scaler.scale(loss()).backward(); scaler.unscale_(o); r = w.grad.clone(); scaler.step(o); "
        "scaler.update(3.0)"
    ),
    "unscaled twice": "scaler.scale(loss()).backward(); scaler.unscale_(o); scaler.unscale_(o)",
    "unscaled after": "scaler.scale(loss()).backward(); scaler.step(o); scaler.unscale_(o)",
    "stepped twice": "scaler.scale(loss()).backward(); scaler.step(o); scaler.step(o)",
    "not scaled": "loss().backward(); scaler.step(o)",
    "no step": "scaler.scale(loss()); scaler.update()",
    "no gradients": "scaler.scale(loss()); scaler.step(o)",
    "a closure": "scaler.scale(loss()).backward(); scaler.step(o, closure=loss)",
    "a factor": "scaler.scale(loss()); scaler.update(t.tensor(8.0)); r = scaler.get_scale()",
    "two factors": "scaler.scale(loss()); scaler.update(t.ones(2))",
    "half gradients": (
        "w.data = w.data.half(); w.grad = t.ones(2).half(); scaler.scale(t.ones(1)); scaler.step(o)"
    ),
    "saved": (
        "scaler.scale(loss()).backward(); scaler.step(o); scaler.update(); "
        "other = t.GradScaler('cpu'); other.load_state_dict(scaler.state_dict()); "
        "r = other.state_dict()"
    ),
    "disabled": (
        "scaler = t.GradScaler('cpu', enabled=False); scaler.scale(loss()).backward(); "
        "scaler.unscale_(o); scaler.step(o); scaler.update()"
    ),
}


@pytest.mark.parametrize("story", STORIES, ids=STORIES)
def test_scaling(story):
    """Factors, gradients, parameters and errors are torch's."""

    def run(t):
        w = t.tensor([1.0, -2.0], requires_grad=True)
        names = {"t": t, "w": w, "r": None, "scaler": t.GradScaler("cpu", init_scale=64.0)}
        names["o"] = t.optim.SGD([w], lr=0.1)
        names["loss"] = lambda: (w * w * w).sum()
        exec(STORIES[story], names)
        return w, w.grad, names["r"], names["scaler"].state_dict()

    same(run)
