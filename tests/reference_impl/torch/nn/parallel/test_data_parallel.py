"""DataParallel without a GPU is a wrapper that hands on; its `module.` stays in the names."""

from __future__ import annotations

import pytest
import torch
from oracle import same

import reference_impl.torch as ref

pytestmark = pytest.mark.skipif(
    torch.accelerator.is_available(), reason="with a GPU torch does more than hand on"
)

STORIES = {
    "repr": "r = p",
    "type": "r = type(p)",
    "names": "r = list(p.state_dict()), [n for n, _ in p.named_modules()], p.device_ids",
    "the module": "r = p.module is m",
    "attributes": "r = sorted(n for n in vars(p) if not n.startswith('_'))",
    "no other attributes": "r = p.weight",
    "devices": "r = nn.DataParallel(m, device_ids=[0, 1], output_device=0, dim=1).device_ids",
    "forward": "r = p(x)",
    "by name": "r = p(input=x)",
    "gradients": "p(x).sum().backward(); r = m.weight.grad, m.bias.grad",
    "training": "p.eval(); r = m.training",
    "loading": "r = p.load_state_dict(p.state_dict())",
    "loading without the prefix": "r = p.load_state_dict(m.state_dict())",
    "loading with the prefix": "r = m.load_state_dict(p.state_dict())",
    "twice": "r = nn.DataParallel(p)",
    "no module": "r = nn.DataParallel(None)",
    "nothing": "r = nn.DataParallel()",
    "to a GPU": "r = isinstance(p.cpu(), nn.DataParallel)",
    "the function": "r = nn.parallel.data_parallel(m, x)",
    "the same type": "r = nn.parallel.DataParallel is nn.DataParallel",
    "a step": (
        "o = torch.optim.SGD(p.parameters(), lr=0.1); p(x).sum().backward(); o.step(); r = m.weight"
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_data_parallel(name):
    """Wrapping, names, results, gradients and errors are torch's."""

    def run(engine):
        engine.manual_seed(0)
        nn = engine.nn
        m = nn.Linear(3, 2)
        names = {"torch": engine, "nn": nn, "m": m, "p": nn.DataParallel(m), "x": engine.ones(4, 3)}
        exec(STORIES[name], names)
        return names["r"]

    same(run)


def test_distributed_data_parallel():
    """It cannot be made with one process, and says so; asking what a model is stays possible."""
    kind = ref.nn.parallel.DistributedDataParallel
    with pytest.raises(NotImplementedError, match="connects processes, and reference_impl has one"):
        kind(ref.nn.Linear(1, 1))
    assert not isinstance(ref.nn.Linear(1, 1), kind)
    assert repr(kind) == repr(torch.nn.parallel.DistributedDataParallel)


def test_no_processes():
    """`torch.distributed` answers that it is not there; all else of it is named as missing."""
    assert not ref.distributed.is_available()
    assert not ref.distributed.is_initialized()
    for name in ("init_process_group", "all_reduce", "get_rank", "barrier"):
        assert hasattr(torch.distributed, name)
        with pytest.raises(NotImplementedError, match=rf"torch\.distributed\.{name} is not part"):
            getattr(ref.distributed, name)
    with pytest.raises(AttributeError, match="has no attribute 'al_reduce'"):
        ref.distributed.al_reduce  # noqa: B018
