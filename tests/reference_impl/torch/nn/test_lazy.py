"""Layers that learn the size of their input from the first one they see."""

import copy
import pickle

import pytest
from oracle import same

CALLS = """
nn.LazyLinear(3)
l
l.weight
l.bias
list(l.parameters())
l.weight.shape
l.weight + 1
l.state_dict()
l.weight.size()
isinstance(l.weight, nn.Parameter)
l.has_uninitialized_params()
l.to(t.float64).weight.dtype
l.float() and 1
copy.deepcopy(l)(t.ones(2, 4)).shape
l.weight
nn.LazyConv2d(4, 3)
nn.LazyConv2d(4, 3)(t.ones(1, 2, 5, 5))
nn.LazyConv2d(4, 3)(t.ones(2, 5, 5)).shape
nn.LazyConv2d(4, 3)(t.ones(5, 5)).shape
nn.LazyConvTranspose1d(4, 3)
nn.LazyConvTranspose1d(4, 3)(t.ones(1, 2, 5))
nn.LazyBatchNorm1d()
nn.LazyInstanceNorm2d(affine=True)
nn.LazyInstanceNorm2d(affine=True)(t.randn(1, 2, 3, 3))
nn.LazyLinear(3, bias=False)
l(t.ones(2, 5))
l
type(l)
l.weight.shape
nn.LazyBatchNorm1d()(t.ones(4, 3)).shape
sum(p.numel() for p in nn.LazyLinear(3).parameters())
nn.Sequential(nn.LazyLinear(2), nn.ReLU())
nn.Sequential(nn.LazyLinear(2), nn.ReLU(), nn.LazyLinear(1))(t.ones(2, 3))
nn.LazyLinear(3).load_state_dict(nn.Linear(2, 3).state_dict())
nn.LazyLinear(3).apply(lambda m: nn.init.zeros_(m.weight))
nn.LazyLinear(3).weight.sum()
nn.LazyLinear(3).weight.requires_grad
nn.parameter.UninitializedParameter()
nn.parameter.UninitializedBuffer()
nn.LazyConv1d(4, 3, groups=2)(t.ones(1, 3, 5))
len(list(nn.LazyBatchNorm2d().buffers()))
list(nn.LazyBatchNorm2d().state_dict())
nn.LazyConv1d(4, 3)(t.ones(4))
nn.LazyLinear(3).in_features
nn.LazyConv1d(4, 3, padding="same")
nn.LazyBatchNorm1d(affine=False, track_running_stats=False)
nn.LazyLinear(3).double().weight.dtype
nn.Linear(2, 3).load_state_dict(nn.LazyLinear(3).state_dict())
pickle.loads(pickle.dumps(nn.LazyLinear(2)))
"""


@pytest.mark.parametrize("call", CALLS.strip().split("\n"))
def test_call(call):
    """Reprs, first numbers, shapes, classes and refusals are torch's."""

    def run(engine):
        engine.manual_seed(0)
        names = {"t": engine, "nn": engine.nn, "copy": copy, "pickle": pickle}
        return eval(call, {**names, "l": engine.nn.LazyLinear(3)})

    same(run)


LAZY = """
LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyConv1d LazyConv2d LazyConv3d
LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d LazyInstanceNorm1d
LazyInstanceNorm2d LazyInstanceNorm3d LazyLinear
"""


@pytest.mark.parametrize("name", LAZY.split())
def test_each_becomes_the_layer_it_stands_for(name):
    """Before the first call it is lazy, then an ordinary layer with torch's first numbers."""
    sizes = {"Lin": (3,), "Con": (4, 2)}.get(name[4:7], ())
    shape = (2, 2) if name == "LazyLinear" else (2, 2, *([3] * int(name[-2])))

    def run(engine):
        engine.manual_seed(1)
        layer = getattr(engine.nn, name)(*sizes)
        before = repr(layer), type(layer)
        y = layer(engine.ones(shape))
        return before, layer, type(layer), y.shape, list(layer.parameters())

    same(run)
