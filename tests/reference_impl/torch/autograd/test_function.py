"""Functions of one's own: what the graph records of them, and what they may not do."""

import gc
import weakref

import pytest
from oracle import check, ref, same, torch


def made(t, forward, backward=None, name="Fn", setup_context=None):
    """A Function from two functions."""
    parts = {"forward": forward, "backward": backward, "setup_context": setup_context}
    methods = {key: staticmethod(value) for key, value in parts.items() if value}
    return type(name, (t.autograd.Function,), methods)


def leaf(t):
    """A leaf of three ones."""
    return t.ones(3, requires_grad=True)


def square(t):
    """A Function that saves its input."""

    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    return made(t, forward, lambda ctx, grad: grad * 2 * ctx.saved_tensors[0], "Square")


def test_values_and_gradients():
    """Backward is what was written; the node has the Function's name."""
    check(lambda torch, x: square(torch).apply(x), (2, 3))


def test_double_backward():
    """A backward in tensor operations can be differentiated again."""

    def second(torch, x):
        (first,) = torch.autograd.grad(square(torch).apply(x).sum(), x, create_graph=True)
        return torch.autograd.grad((first * first).sum(), x)

    check(second, (3,))


def test_setup_context():
    """Forward without ctx, defaults included."""

    def forward(x, factor=2):
        return x * factor

    def setup(ctx, inputs, output):
        ctx.factor = inputs[1]
        ctx.save_for_backward(output)

    def backward(ctx, grad):
        return grad * ctx.factor + 0 * ctx.saved_tensors[0], None

    check(lambda torch, x: made(torch, forward, backward, "Scale", setup).apply(x * 1, 3), (2, 2))
    check(lambda torch, x: made(torch, forward, backward, "Scale", setup).apply(x), (2, 2))


def write(ctx, x):
    """Forward that writes to its input."""
    ctx.mark_dirty(x)
    return x.mul_(2)


def three(ctx, x):
    """Forward with one output that has a gradient, and two that have none."""
    marked = x * 3
    ctx.mark_non_differentiable(marked)
    return x * 2, x > 0, marked


def printed(t, forward, materialize=True):
    """What backward is given for outputs that were not used."""
    seen = []

    def run(ctx, x):
        ctx.set_materialize_grads(materialize)
        return forward(ctx, x)

    def backward(ctx, *grads):
        seen.extend(grads)
        return grads[0]

    made(t, run, backward).apply(leaf(t))[0].sum().backward()
    return seen


def changed(t, forward, backward, source=lambda t: leaf(t) * 1):
    """Write to the result of a Function."""
    y = made(t, forward, backward, "Alias").apply(source(t))
    y.mul_(2)
    return y


def stale(t):
    """Write to what a Function has saved."""
    x = leaf(t) * 1
    y = square(t).apply(x)
    x.mul_(2)
    y.sum().backward()


def stale_output(t):
    """Write to an output that a Function has saved."""

    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    y = made(t, forward, lambda ctx, g: g * ctx.saved_tensors[0], "Exp").apply(leaf(t))
    y.mul_(2)
    y.sum().backward()


def twice(t):
    """Go backward through a freed graph."""
    y = square(t).apply(leaf(t))
    y.sum().backward()
    y.sum().backward()


def once(t, start=None):
    """Differentiate what is differentiable once."""

    def backward(ctx, grad):
        return grad * 2

    fn = made(t, lambda ctx, x: x * 2, t.autograd.function.once_differentiable(backward), "Once")
    x = leaf(t)
    start = t.ones(3, requires_grad=True) if start is None else start
    (first,) = t.autograd.grad(fn.apply(x), x, start, create_graph=True)
    print(first)
    first.sum().backward()


@pytest.mark.parametrize(
    "call",
    [
        lambda t: square(t).apply(leaf(t)).grad_fn.name(),
        lambda t: type(square(t).apply(leaf(t)).grad_fn),
        lambda t: square(t).apply(leaf(t)).grad_fn.saved_tensors,
        lambda t: square(t).apply(leaf(t)).grad_fn.needs_input_grad,
        lambda t: square(t).apply(x=leaf(t)),
        lambda t: square(t).apply(t.ones(2)),
        lambda t: square(t).apply(t.ones(2, dtype=t.int64)),
        lambda t: t.no_grad()(square(t).apply)(leaf(t)),
        lambda t: made(t, write, lambda ctx, g: g * 2).apply(leaf(t) * 1),
        lambda t: made(t, write, lambda ctx, g: g * 2).apply(leaf(t)),
        lambda t: made(t, three, lambda ctx, *g: g[0]).apply(leaf(t)),
        lambda t: printed(t, three),
        lambda t: printed(t, three, materialize=False),
        lambda t: printed(t, lambda ctx, x: (x * 2, x * 3)),
        lambda t: printed(t, lambda ctx, x: (x * 2, "s", None, 3)),
        lambda t: made(t, lambda ctx, x: x, lambda ctx, g: g).apply(leaf(t)),
        lambda t: made(t, lambda ctx, x: x.view(3, 1), lambda ctx, g: g.view(3)).apply(leaf(t)),
        lambda t: changed(t, lambda ctx, x: x, lambda ctx, g: g),
        lambda t: changed(t, lambda ctx, x: x.view(3, 1), lambda ctx, g: g.view(3)),
        lambda t: changed(t, lambda ctx, x: x * 1, lambda ctx, g: g),
        lambda t: made(t, lambda ctx, x: [x * 1], lambda ctx, g: g).apply(leaf(t)),
        lambda t: made(t, lambda ctx, x: "s", lambda ctx, g: g).apply(leaf(t)),
        lambda t: made(t, lambda ctx, x: (x.long(), x * 2), lambda ctx, *g: g[1]).apply(leaf(t)),
        lambda t: (
            made(t, lambda ctx, a, b: a * b, lambda ctx, g: g)
            .apply(leaf(t), leaf(t))
            .sum()
            .backward()
        ),
        lambda t: (
            made(t, lambda ctx, a, b: a * b, lambda ctx, g: (g, g, None))
            .apply(leaf(t), leaf(t))
            .sum()
            .backward()
        ),
        lambda t: (
            made(t, lambda ctx, a, b: a * b, lambda ctx, g: (g, g, g))
            .apply(leaf(t), leaf(t))
            .sum()
            .backward()
        ),
        lambda t: (
            made(t, lambda ctx, a, b: a * b, lambda ctx, g: (g, g))
            .apply(leaf(t), 2)
            .sum()
            .backward()
        ),
        lambda t: (
            made(t, lambda ctx, a: a * 2, lambda ctx, g: g[:2]).apply(leaf(t)).sum().backward()
        ),
        lambda t: made(t, lambda ctx, a: a * 2, lambda ctx, g: 3).apply(leaf(t)).sum().backward(),
        lambda t: made(t, lambda ctx, a: a * 2).apply(leaf(t)).sum().backward(),
        lambda t: type("Fn", (t.autograd.Function,), {}).apply(leaf(t)),
        lambda t: type(square(t)()),
        lambda t: square(t)()(leaf(t)),
        lambda t: made(t, lambda ctx, a: (ctx.save_for_backward(3), a * 2)[1]).apply(leaf(t)),
        lambda t: made(t, lambda ctx, a: (ctx.save_for_backward(a, [a]), a)[1]).apply(leaf(t)),
        lambda t: made(t, lambda ctx, a: (ctx.mark_dirty(a * 1), a * 2)[1]).apply(leaf(t)),
        lambda t: made(t, lambda ctx, a: (ctx.mark_dirty(3), a * 2)[1]).apply(leaf(t)),
        lambda t: made(t, lambda ctx, a: (ctx.mark_non_differentiable(3), a * 2)[1]).apply(leaf(t)),
        stale,
        stale_output,
        twice,
        once,
        lambda t: once(t, t.ones(3)),
        lambda t: (t.autograd.Function, t.autograd.function.FunctionCtx),
    ],
)
def test_as_torch_tells(call, capsys):
    """Results, warnings and errors are torch's, word for word."""
    same(call)
    printed = capsys.readouterr().out
    assert printed[: len(printed) // 2] == printed[len(printed) // 2 :]


def test_nothing_stays():
    """A Function that saves its output makes no cycle."""

    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    gc.disable()
    try:
        y = made(ref, forward, lambda ctx, g: g * ctx.saved_tensors[0]).apply(leaf(ref))
        node = weakref.ref(y.grad_fn)
        del y
        assert node() is None
    finally:
        gc.enable()


def test_saved_values():
    """What an operation has saved can be looked at."""
    for t in (ref, torch):
        x = t.tensor([1.0, 2.0], requires_grad=True)
        assert x.exp().grad_fn._saved_result.tolist() == x.exp().tolist()
        assert x.pow(2).grad_fn._saved_self is x or t is torch
        assert (x * t.ones(2)).grad_fn._saved_other.tolist() == [1, 1]
        with pytest.raises(AttributeError):
            _ = x.exp().grad_fn._saved_foo


def test_anomaly():
    """The warning shows the forward call; nan is an error."""

    def lost(t):
        x = t.zeros(1, requires_grad=True)
        with t.autograd.detect_anomaly():
            (t.sqrt(x) * 0).sum().backward()

    same(lost)

    def allowed(t):
        x = t.zeros(1, requires_grad=True)
        with t.autograd.set_detect_anomaly(True, check_nan=False):
            (t.sqrt(x) * 0).sum().backward()
        return x.grad, t.is_anomaly_enabled()

    same(allowed)


def test_variable():
    """The name of old makes a leaf over the same memory."""
    same(lambda t: t.autograd.Variable(t.ones(2), requires_grad=True))
    same(lambda t: t.autograd.Variable(3))
    same(lambda t: isinstance(t.ones(1), t.autograd.Variable))
