"""A linear layer and its cross entropy in one: whole, or in pieces that save memory."""

import pickle
import re
import warnings

import pytest
import torch

import reference_impl.torch as ref

FEATURES = [[0.5, -1.0, 2.0], [1.5, 0.25, -0.5], [-2.0, 1.0, 0.0], [0.1, 0.2, 0.3], [1.0, 1.0, 1.0]]
WEIGHTS = [[(i * 7 + j * 5) % 11 / 4 - 1 for j in range(3)] for i in range(6)]
BIAS = [0.5, -0.5, 0.25, 0.0, 1.0, -1.0]
COUNTS = [1.0, 2.0, 0.5, 1.5, 1.0, 0.25]
ENGINES = (torch, ref)


def trained(engine, reduction, bias, kind="float64", **options):
    """Return loss, gradients and the node's name."""
    made = [engine.tensor(x, dtype=getattr(engine, kind)) for x in (FEATURES, WEIGHTS, BIAS)]
    made = [x.requires_grad_() for x in (made if bias else made[:2])]
    loss = engine.nn.functional.linear_cross_entropy(
        *made[:2],
        engine.tensor([0, 5, -100, 2, 1]),
        linear_bias=made[2] if bias else None,
        weight=engine.tensor(COUNTS, dtype=getattr(engine, kind)),
        reduction=reduction,
        options=engine.nn.LinearCrossEntropyOptions(**options),
    )
    name = loss.grad_fn.name()
    engine.stack([loss * 3]).sum().backward() if reduction != "none" else (
        loss * engine.arange(1, 6)
    ).sum().backward()
    return name, [x.tolist() for x in (loss.detach(), *(x.grad for x in made))]


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("size", [1, 2, None])
def test_pieces(reduction, bias, size):
    """In pieces of any size, loss and gradients are torch's."""
    method = "auto" if size is None else None
    (name, expected), (named, actual) = (
        trained(engine, reduction, bias, batch_chunk_size=size, chunking_method=method)
        for engine in ENGINES
    )
    assert named == name
    for want, got in zip(expected, actual, strict=True):
        made = (torch.tensor(x, dtype=torch.float64) for x in (got, want))
        assert torch.allclose(*made, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("options", [{}, {"acc_policy": "compact"}])
def test_halves_are_added_up_in_float32(options):
    """With float16 the loss is torch's to the last digit of a float16 or the one beside."""
    (_, expected), (_, actual) = (
        trained(engine, "mean", True, "float16", **options) for engine in ENGINES
    )
    for want, got in zip(expected, actual, strict=True):
        assert torch.allclose(torch.tensor(got), torch.tensor(want), rtol=2e-3, atol=2e-3)


@pytest.mark.parametrize("keep", [False, True])
def test_backward_twice(keep):
    """The gradients are made in forward and given away by the first backward, unless kept."""

    def second(engine):
        x = engine.ones(2, 3, requires_grad=True)
        options = engine.nn.LinearCrossEntropyOptions(allow_retain_graph=keep)
        loss = engine.nn.functional.linear_cross_entropy(
            x, engine.eye(4, 3), engine.tensor([0, 1]), options=options
        )
        first = engine.autograd.grad(loss, x, create_graph=True)[0]
        try:
            return first.requires_grad, engine.autograd.grad(loss, x)[0].tolist() == first.tolist()
        except RuntimeError as error:
            return first.requires_grad, str(error)

    assert second(ref) == second(torch)


@pytest.mark.parametrize(
    "wrong",
    [
        {"acc_policy": "exact"},
        {"chunking_method": "aspect_ratio:0"},
        {"chunking_method": "half"},
        {"batch_chunk_size": 0},
        {"batch_chunk_size": 2.0},
    ],
    ids=str,
)
def test_options_that_are_none(wrong):
    """The error is torch's, word for word."""
    with pytest.raises(ValueError) as expected:
        torch.nn.LinearCrossEntropyOptions(**wrong)
    with pytest.raises(ValueError, match=f"^{re.escape(str(expected.value))}$"):
        ref.nn.LinearCrossEntropyOptions(**wrong)


def test_options_print_compare_and_stay():
    """They print as torch's, are equal by value, survive pickling, and cannot be changed."""
    options = ref.nn.LinearCrossEntropyOptions(True, 3)
    assert repr(options) == repr(torch.nn.LinearCrossEntropyOptions(True, 3))
    assert pickle.loads(pickle.dumps(options)) == options
    with pytest.raises(AttributeError, match=r"^cannot assign to field 'batch_chunk_size'$"):
        options.batch_chunk_size = 4


@pytest.mark.parametrize("options", [{"acc_dtype": "float64"}, {"chunking_method": "aspect_ratio"}])
def test_options_that_do_not_fit_the_input(options):
    """A wider type than float32's own, and sizes that contradict each other, are errors."""

    def failing(engine):
        chosen = {key: getattr(engine, x, x) for key, x in options.items()}
        made = engine.nn.LinearCrossEntropyOptions(batch_chunk_size=1, **chosen)
        layer = engine.nn.LinearCrossEntropyLoss(3, 4, options=made)
        if "acc_dtype" in options:
            layer.options = engine.nn.LinearCrossEntropyOptions(**chosen)
        with pytest.raises((RuntimeError, ValueError)) as error:
            layer(engine.ones(5, 3), engine.zeros(5, dtype=engine.int64))
        return error.type, str(error.value)

    assert failing(ref) == failing(torch)


def test_what_pieces_cannot_do():
    """Smoothed labels are computed at once, and a warning says so."""

    def told(engine):
        options = engine.nn.LinearCrossEntropyOptions()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            loss = engine.nn.functional.linear_cross_entropy(
                engine.ones(2, 3),
                engine.eye(4, 3),
                engine.tensor([0, 1]),
                label_smoothing=0.5,
                options=options,
            )
        return [str(warning.message) for warning in caught], repr(loss)

    assert told(ref) == told(torch)
