"""Images seen through a grid: `grid_sample` and `affine_grid`."""

import pytest
import torch
from agreement import agree, numbers

import reference_impl.torch as ref

CALLS = """
F.grid_sample(x, g)
F.grid_sample(x, g, align_corners=True)
F.grid_sample(x, g, "foo")
F.grid_sample(x, g, padding_mode="foo")
F.grid_sample(x, g[0], align_corners=True)
F.grid_sample(x, g[..., :1], align_corners=True)
F.grid_sample(x, t.cat([g, g]), align_corners=True)
F.grid_sample(x, g.double(), align_corners=True)
F.grid_sample(x[0], g, align_corners=True)
F.grid_sample(x[:, :, :0], g, align_corners=True)
F.grid_sample(x[:, None], t.zeros(2, 1, 1, 1, 3), "bicubic", align_corners=False)
F.grid_sample(x.long(), g, align_corners=True)
F.affine_grid(th, (2, 1, 2, 3))
F.affine_grid(th, (2, 1, 2, 3), align_corners=True)
F.affine_grid(th[0], (2, 1, 2, 3), align_corners=False)
F.affine_grid(th, (2, 1, 2), align_corners=False)
F.affine_grid(th, (3, 1, 2, 2), align_corners=False)
F.affine_grid(th.long(), (2, 1, 2, 2), align_corners=False)
F.affine_grid(th, (2, 1, 0, 2), align_corners=False)
F.affine_grid(th, (2, 1, 2, 2, 2), align_corners=False)
F.affine_grid(th, (2, 1, 1, 3), align_corners=True)
F.affine_grid(t.eye(3, 4)[None], (1, 1, 2, 2, 3), align_corners=False)
F.grid_sample(x, F.affine_grid(th, (2, 3, 5, 4), align_corners=False), align_corners=False)
"""


def names(engine):
    """Images, a grid that reaches beyond them, and affine maps."""
    return {
        "x": numbers(engine, (2, 3, 4, 5), 1),
        "g": numbers(engine, (2, 3, 2, 2), 2) / 3,
        "cube": numbers(engine, (1, 2, 3, 4, 3), 3),
        "g3": numbers(engine, (1, 2, 2, 2, 3), 4) / 3,
        "th": numbers(engine, (2, 2, 3), 5) / 3,
    }


@pytest.mark.parametrize("call", CALLS.strip().split("\n"))
def test_call(call):
    """Values, gradients of image, grid and map, warnings and errors are torch's."""
    agree("nn.Identity()", call, names)


@pytest.mark.parametrize("align_corners", [False, True])
@pytest.mark.parametrize("padding", ["zeros", "border", "reflection"])
@pytest.mark.parametrize("mode", ["bilinear", "nearest", "bicubic"])
def test_modes(mode, padding, align_corners):
    """All modes, for images and, but for bicubic, for volumes."""
    options = f"'{mode}', '{padding}', {align_corners}"
    agree("nn.Identity()", f"F.grid_sample(x, g, {options})", names)
    if mode != "bicubic":
        agree("nn.Identity()", f"F.grid_sample(cube, g3, {options})", names)


@pytest.mark.parametrize("mode", ["bilinear", "bicubic"])
def test_second_derivative_of_grid_sample(mode):
    """The gradients can be differentiated again, by image and by grid."""

    def twice(engine):
        image = engine.arange(9.0).sin().view(1, 1, 3, 3).requires_grad_()
        grid = (engine.arange(8.0).cos() * 0.75).view(1, 2, 2, 2).requires_grad_()
        seen = engine.nn.functional.grid_sample(image, grid, mode=mode, align_corners=False)
        loss = seen.square().sum()
        first = engine.autograd.grad(loss, (image, grid), create_graph=True)
        total = sum(x.square().sum() for x in first)
        return [x.tolist() for x in engine.autograd.grad(total, (image, grid))]

    for want, got in zip(twice(torch), twice(ref), strict=True):
        assert torch.allclose(torch.tensor(got), torch.tensor(want), rtol=1e-4, atol=1e-4)
