"""Images at another size: `interpolate`, the layers, and the words of their errors."""

import pytest
from oracle import check, same

SHAPES = {
    "nearest": ((2, 3, 5), (2, 3, 4, 5), (1, 2, 2, 3, 4)),
    "nearest-exact": ((2, 3, 5), (2, 3, 4, 5), (1, 2, 2, 3, 4)),
    "area": ((2, 3, 5), (2, 3, 4, 5), (1, 2, 2, 3, 4)),
    "linear": ((2, 3, 5),),
    "bilinear": ((2, 3, 4, 5), (1, 1, 1, 1)),
    "bicubic": ((2, 3, 4, 5),),
    "trilinear": ((1, 2, 2, 3, 4),),
}
CASES = [(mode, shape) for mode, shapes in SHAPES.items() for shape in shapes]


@pytest.mark.parametrize(("mode", "shape"), CASES)
@pytest.mark.parametrize("size", [{"size": 3}, {"scale_factor": 1.7}, {"scale_factor": 0.6}])
def test_interpolate(mode, shape, size):
    """Values, gradients and nodes are torch's, larger and smaller, for each mode."""
    if "scale_factor" in size and shape[-1] == 1:
        size = {"scale_factor": 2}

    def resized(torch, x):
        return torch.nn.functional.interpolate(x, mode=mode, **size)

    check(resized, shape, requires_grad=mode != "bicubic")
    if mode == "bicubic":
        check(lambda torch, x: resized(torch, x * 0.97), shape, dtype="float64")


@pytest.mark.parametrize("mode", ["linear", "bilinear", "bicubic", "trilinear"])
def test_align_corners(mode):
    """The outermost places keep their numbers."""
    for size in ({"size": 6}, {"size": 1}, {"scale_factor": 2.0}):
        options = {"mode": mode, "align_corners": True, **size}
        check(
            lambda torch, x, o=options: torch.nn.functional.interpolate(x, **o),
            SHAPES[mode][0],
            requires_grad=mode != "bicubic",
        )


@pytest.mark.parametrize("mode", ["bilinear", "bicubic", "lanczos"])
def test_antialias(mode):
    """A smaller image is made of all places of the larger one."""
    check(
        lambda torch, x: torch.nn.functional.interpolate(
            x.double(), (4, 3), mode=mode, antialias=True
        ),
        (1, 2, 9, 7),
    )


@pytest.mark.parametrize("mode", ["nearest", "bilinear", "bicubic"])
def test_double_backward(mode):
    """The gradient of the gradient takes the way of the images again."""

    def twice(torch, x):
        y = torch.nn.functional.interpolate(x, scale_factor=2, mode=mode)
        (grad,) = torch.autograd.grad((y * y).sum(), x, create_graph=True)
        return grad

    check(twice, (1, 1, 2, 3))


CALLS = """
F.interpolate(x)
F.interpolate(x, size=5, scale_factor=2)
F.interpolate(x, size=5, mode="foo")
F.interpolate(x, size=(5,))
F.interpolate(x, size=(5, 0))
F.interpolate(x, scale_factor=0.1)
F.interpolate(x, scale_factor=(2,))
F.interpolate(x, scale_factor=2, mode="linear")
F.interpolate(x, scale_factor=2, mode="trilinear")
F.interpolate(x[0], scale_factor=2, mode="bilinear")
F.interpolate(x[0], scale_factor=2, mode="bicubic")
F.interpolate(x[0], size=0)
F.interpolate(x[0, 0], size=3)
F.interpolate(x, scale_factor=2, align_corners=True)
F.interpolate(x, scale_factor=2, antialias=True)
F.interpolate(x, size=2, mode="lanczos")
F.interpolate(x, size=2, recompute_scale_factor=True)
F.interpolate(x, scale_factor=1.7, recompute_scale_factor=True, mode="bilinear").detach()
F.interpolate(x, size=t.tensor(2)).detach()
F.interpolate(x, size=(2.5, 2))
F.interpolate(x.long(), size=2)
F.interpolate(x.long(), size=2, mode="bilinear")
F.interpolate(x.bool(), size=2, mode="bicubic")
F.interpolate(x[0].long(), size=2, mode="linear")
F.interpolate(x.half(), size=2, mode="bilinear", antialias=True)
F.interpolate(x.to(t.uint8), size=3)
F.interpolate(t.zeros(0, 2, 3, 4), size=2)
F.interpolate(t.zeros(1, 0, 3, 4), size=2)
F.upsample(x, scale_factor=2).detach()
F.upsample_nearest(x, size=2).detach()
F.upsample_bilinear(x, size=2).detach()
nn.Upsample(2)
nn.Upsample(scale_factor=(2, 1.5), mode="bilinear")
nn.Upsample(scale_factor=2)(x).detach()
nn.Upsample(size=(2, 3), mode="bilinear", align_corners=True)(x).detach()
nn.Upsample(scale_factor=1.5, recompute_scale_factor=True)(x).detach()
nn.UpsamplingNearest2d(scale_factor=2)
nn.UpsamplingBilinear2d((2, 3)), nn.UpsamplingBilinear2d((2, 3))(x).detach()
"""


@pytest.mark.parametrize("call", CALLS.strip().split("\n"))
def test_call(call):
    """Reprs, warnings and errors are torch's."""

    def run(engine):
        x = engine.arange(24.0, requires_grad=True).reshape(1, 2, 3, 4) / 8
        return eval(call, {"t": engine, "nn": engine.nn, "F": engine.nn.functional, "x": x})

    same(run)
