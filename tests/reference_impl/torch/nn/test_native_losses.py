"""Losses and layers that torch has beside the usual ones: as its own, and with its flaws."""

import pytest
import torch

import reference_impl.torch as ref

ROWS = [[0.5, -1.0, 2.0], [1.5, 0.25, -0.5]]
SIGNS = [[1.0, -1.0, 1.0], [-1.0, 1.0, -1.0]]
LOSSES = {
    "binary_cross_entropy_with_logits": lambda t, x, y, r: t.binary_cross_entropy_with_logits(
        x, y.relu(), None, None, r
    ),
    "cosine_embedding_loss": lambda t, x, y, r: t.cosine_embedding_loss(
        x, y, t.tensor([1, -1]), 0.1, r
    ),
    "ctc_loss": lambda t, x, y, r: t.ctc_loss(x, t.tensor([1]), (2,), (1,), 0, r),
    "hinge_embedding_loss": lambda t, x, y, r: t.hinge_embedding_loss(x, y, 1.0, r),
    "kl_div": lambda t, x, y, r: t.kl_div(x, y.exp(), r),
    "kl_div of logarithms": lambda t, x, y, r: t.kl_div(x, y, r, log_target=True),
    "margin_ranking_loss": lambda t, x, y, r: t.margin_ranking_loss(x, x.flip(1), y, 0.5, r),
    "poisson_nll_loss": lambda t, x, y, r: t.poisson_nll_loss(x, y.relu(), True, True, 1e-8, r),
    "triplet_margin_loss": lambda t, x, y, r: t.triplet_margin_loss(x, y, y.flip(0), reduction=r),
}


@pytest.mark.parametrize("reduction", [0, 1, 2])
@pytest.mark.parametrize("name", LOSSES)
def test_losses_of_torch_itself(name, reduction):
    """They take reductions as numbers, and print, with their node, as torch's."""

    def shown(engine):
        x, y = (engine.tensor(rows, requires_grad=True) for rows in (ROWS, SIGNS))
        loss = LOSSES[name](engine, x, y.detach(), reduction)
        return repr(loss), repr(engine.autograd.grad(loss.sum(), x)[0])

    assert shown(ref) == shown(torch)


@pytest.mark.parametrize("name", ["hinge_embedding_loss", "kl_div", "margin_ranking_loss"])
def test_default_reduction(name):
    """The mean is declared, and none is done."""

    def shown(engine):
        x, y = engine.tensor(ROWS), engine.tensor(SIGNS)
        return repr(getattr(engine, name)(*(x, x, y)[-2 - (name == "margin_ranking_loss") :]))

    assert shown(ref) == shown(torch)


def test_grid_sampler():
    """The modes of grid_sample are numbers, too."""

    def seen(engine):
        image, grid = engine.arange(9.0).view(1, 1, 3, 3), engine.full((1, 1, 1, 2), 0.3)
        return [engine.grid_sampler(image, grid, mode, 1, False).item() for mode in range(3)]

    assert seen(ref) == pytest.approx(seen(torch), rel=1e-6)


@pytest.mark.parametrize("size", [2, 3, 4, 5, 9])
def test_cross_map_lrn(size):
    """Results and gradients are torch's, also where neighbours are not those one expects."""

    def found(engine):
        x = engine.arange(40.0, dtype=engine.float64).sin().view(2, 5, 2, 2).requires_grad_()
        y = engine.nn.CrossMapLRN2d(size, 0.1, 0.75, 2.0)(x)
        grad = engine.autograd.grad((y * y).sum(), x)[0]
        return y.grad_fn.name(), y.flatten().tolist() + grad.flatten().tolist()

    (name, actual), (expected_name, expected) = found(ref), found(torch)
    assert name == expected_name
    assert actual == pytest.approx(expected, rel=1e-12)


def test_cross_map_lrn_refuses():
    """One channel alone has no backward, and no size a second derivative."""

    def refusals(engine, told=()):
        for size, create_graph in ((1, False), (3, True)):
            x = engine.ones(1, 2, 2, 2, requires_grad=True)
            y = engine.nn.CrossMapLRN2d(size)(x).square().sum()
            with pytest.raises(RuntimeError) as error:
                engine.autograd.grad(y, x, create_graph=create_graph)
            told += (str(error.value),)
        return told

    assert refusals(ref) == refusals(torch)


def test_sync_batch_norm():
    """With one process it is batch norm, and converting a model keeps its parameters."""

    def shown(engine):
        model = engine.nn.Sequential(
            engine.nn.Flatten(), engine.nn.Sequential(engine.nn.BatchNorm1d(3, momentum=None))
        )
        weight = model[1][0].weight
        model = engine.nn.SyncBatchNorm.convert_sync_batchnorm(model)
        y = model(engine.tensor(ROWS))
        return repr(model), repr(y), repr(model[1][0].running_var), model[1][0].weight is weight

    assert shown(ref) == shown(torch)


@pytest.mark.parametrize("shape", [(3,), (3, 0)])
def test_sync_batch_norm_refuses(shape):
    """Inputs without channels are an error of torch's words."""

    def refusal(engine):
        with pytest.raises(ValueError) as error:
            engine.nn.SyncBatchNorm(3)(engine.ones(*shape))
        return str(error.value)

    assert refusal(ref) == refusal(torch)
