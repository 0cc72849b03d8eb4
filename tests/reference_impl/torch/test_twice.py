"""The gradient of a gradient: what it is called, what it depends on, where torch has none."""

import pytest
from oracle import same, told

ROW = {
    name: lambda engine, x, name=name: getattr(engine.nn.functional, name)(x)
    for name in (
        "relu relu6 leaky_relu hardtanh softshrink hardshrink hardswish elu selu celu softplus "
        "gelu logsigmoid tanhshrink glu hardsigmoid sigmoid tanh"
    ).split()
}
ROW |= {
    "threshold": lambda engine, x: engine.nn.functional.threshold(x, 0.0, 1.0),
    "prelu": lambda engine, x: engine.nn.functional.prelu(x, engine.tensor([0.2])),
    "softmax": lambda engine, x: x.softmax(1),
    "max_pool1d": lambda engine, x: engine.nn.functional.max_pool1d(x, 2),
    "avg_pool1d": lambda engine, x: engine.nn.functional.avg_pool1d(x, 2),
    "nll_loss": lambda engine, x: engine.nn.functional.nll_loss(x, engine.tensor([1])),
    "cross_entropy": lambda engine, x: engine.nn.functional.cross_entropy(x, engine.tensor([1])),
    "mse_loss": lambda engine, x: engine.nn.functional.mse_loss(x, engine.ones(1, 4)),
    "huber_loss": lambda engine, x: engine.nn.functional.huber_loss(x, engine.zeros(1, 4)),
    "cdist": lambda engine, x: engine.cdist(x, x * 2),
    "pdist": lambda engine, x: engine.nn.functional.pdist(engine.cat([x, x * 2])),
    "multi_margin_loss": lambda engine, x: engine.nn.functional.multi_margin_loss(
        x, engine.tensor([1])
    ),
}
IMAGE = {
    "max_pool2d": lambda engine, x: engine.nn.functional.max_pool2d(x, 2),
    "avg_pool2d": lambda engine, x: engine.nn.functional.avg_pool2d(x, 2),
    "adaptive_avg_pool2d": lambda engine, x: engine.nn.functional.adaptive_avg_pool2d(x, 2),
    "adaptive_max_pool2d": lambda engine, x: engine.nn.functional.adaptive_max_pool2d(x, 2),
    "reflect": lambda engine, x: engine.nn.functional.pad(x, (1, 1, 1, 1), mode="reflect"),
    "replicate": lambda engine, x: engine.nn.functional.pad(x, (1, 1, 1, 1), mode="replicate"),
    "attention": lambda engine, x: engine.nn.functional.scaled_dot_product_attention(x, x, x),
}


def gradients(engine, fn, x):
    """The gradient of a weighted sum, and the gradient of its sum, or why there is none."""
    y = fn(engine, x)
    weights = engine.arange(1.0, y.numel() + 1).reshape(y.shape)
    (first,) = engine.autograd.grad((y * weights).sum(), x, create_graph=True)
    try:
        second = told(engine.autograd.grad(first.sum(), x))
    except (RuntimeError, NotImplementedError) as error:
        second = f"{type(error).__name__}: {error}"
    return told(first), second


@pytest.mark.parametrize("name", ROW)
def test_of_a_row(name):
    """The first gradient prints its own grad_fn; the second is zero, a number, or refused."""
    same(
        lambda engine: gradients(
            engine, ROW[name], engine.tensor([[-1.0, 0.5, 2.0, 3.0]], requires_grad=True)
        )
    )


@pytest.mark.parametrize("name", IMAGE)
def test_of_an_image(name):
    """What picks or averages depends on the image, with the slope 0."""
    same(
        lambda engine: gradients(
            engine, IMAGE[name], (engine.arange(16.0) / 8).reshape(1, 1, 4, 4).requires_grad_()
        )
    )


def test_a_third_derivative():
    """A backward that is one operation can be differentiated as often as any."""

    def thrice(engine):
        x = engine.tensor([0.5, -1.0], dtype=engine.float64, requires_grad=True)
        y = engine.sigmoid(x).sum()
        for _ in range(3):
            (g,) = engine.autograd.grad(y, x, create_graph=True)
            y = g.sum()
        return y.detach()

    same(thrice)
