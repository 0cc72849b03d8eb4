"""The graph and backward: what torch records, what it adds up, what it refuses."""

import gc
import re
import weakref

import pytest
from oracle import check, ref, same, torch


def leaf(t):
    """A leaf of two elements."""
    return t.tensor([2.0, 3.0], requires_grad=True)


def test_shared_inputs_add_up():
    """A tensor used twice gets both gradients."""
    check(lambda x: x * x + x.exp(), (2, 3))


def test_broadcast_gradients_are_summed():
    """Each input's gradient has its shape."""
    check(lambda x, y, z: x * y + z, (2, 1, 3), (4, 1), ())


def test_third_derivative():
    """Backward is itself recorded, as often as asked for."""

    def third(torch, x):
        y = (x**4).sum()
        for _ in range(3):
            (y,) = torch.autograd.grad(y.sum(), x, create_graph=True)
        return y.detach()

    check(third, (3,))


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.ones(1).backward(),
        lambda t: (leaf(t) * 2).backward(),
        lambda t: (leaf(t) * 2).backward(t.ones(3)),
        lambda t: (leaf(t) * 2).backward([1, 2]),
        lambda t: leaf(t).sum().backward(1),
        lambda t: leaf(t).sum().backward(inputs=[]),
        lambda t: t.autograd.grad(leaf(t).sum(), t.ones(2)),
        lambda t: t.autograd.grad(leaf(t).sum(), leaf(t)),
        lambda t: t.autograd.grad(leaf(t).sum(), leaf(t), allow_unused=True),
        lambda t: t.autograd.grad(leaf(t).sum(), leaf(t), materialize_grads=True),
        lambda t: t.autograd.grad(leaf(t).sum(), []),
        lambda t: t.autograd.grad(leaf(t) * 2, leaf(t)),
        lambda t: setattr(leaf(t), "grad", t.ones(3)),
        lambda t: setattr(leaf(t), "grad", t.ones(2).double()),
        lambda t: setattr(leaf(t), "grad", 1),
        lambda t: (leaf(t) * 2).grad,
        lambda t: (leaf(t) * 2).requires_grad_(False),
        lambda t: setattr(leaf(t) * 2, "requires_grad", True),
        lambda t: t.ones(1, dtype=t.int64).requires_grad_(),
        lambda t: setattr(leaf(t), "requires_grad", 1),
        lambda t: t.ones(1).register_hook(print),
        lambda t: t.ones(1).retain_grad(),
        lambda t: leaf(t)[:1].detach_(),
        lambda t: setattr(leaf(t), "grad_fn", 1),
        lambda t: leaf(t).numpy(),
        lambda t: leaf(t).add_(1),
        lambda t: leaf(t)[:1].add_(1),
        lambda t: (leaf(t) * 1).unbind()[0].mul_(2),
        lambda t: t.ones(1).expand(3).add_(1),
        lambda t: t.ones(3).add_(t.ones(2, 3)),
        lambda t: t.ones(3, dtype=t.int64).add_(1.5),
        lambda t: t.exp(leaf(t), out=t.ones(2)),
        lambda t: t.exp(t.ones(2), out=t.ones(2, dtype=t.int64)),
        lambda t: t.exp(t.ones(2), out=t.ones(3)),
    ],
)
def test_errors(call):
    """What is refused is refused in torch's words."""
    same(call)


@pytest.mark.parametrize("twice", [lambda x: x * 2, lambda x: x.exp(), lambda x: x + 1])
def test_backward_twice(twice):
    """Only what saved something is freed; a sum can run backward again."""

    def run(t):
        y = twice(leaf(t)).sum()
        y.backward()
        y.backward()

    same(run)


def test_retain_graph():
    """A kept graph adds its gradients again."""

    def run(t):
        x = leaf(t)
        y = (x * x).sum()
        y.backward(retain_graph=True)
        y.backward()
        return x.grad

    same(run)


def test_create_graph_warns_and_records():
    """The gradient has a history, and torch's warning is given."""

    def run(t):
        x = leaf(t)
        (x**3).sum().backward(create_graph=True)
        return x.grad

    same(run)


def written(change):
    """A backward after `change` wrote to what was saved."""

    def run(t):
        x = leaf(t)
        y = x * 1
        z = change(x, y)
        z.sum().backward()
        return x.grad

    return run


@pytest.mark.parametrize(
    "change",
    [
        lambda x, y: (y.exp(), y.add_(1))[0],
        lambda x, y: (z := y.exp(), z.add_(1))[1],
        lambda x, y: (y * 2, y.add_(1))[0],
        lambda x, y: (y * y, y.add_(1))[0],
        lambda x, y: (y.exp_(), y.add_(1))[1],
        lambda x, y: y.exp_(),
        lambda x, y: y.mul_(3).sin_(),
        lambda x, y: y.sin_().mul_(y.detach()),
        lambda x, y: (y[:1].mul_(5), y)[1],
        lambda x, y: (y[:1].exp_(), y)[1],
        lambda x, y: (v := y[:1], y.mul_(2), v * v, v.mul_(2))[2],
        lambda x, y: (v := y[:1], y.mul_(2), v * 3)[2],
        lambda x, y: (v := y[:1], v.mul_(2), y + 0)[2],
        lambda x, y: y.copy_(x * x),
        lambda x, y: (y[1:].copy_(x[:1]), y)[1],
        lambda x, y: y.fill_(4) * x,
        lambda x, y: y.zero_() + x,
        lambda x, y: (y.view(1, 2).t().mul_(x.view(2, 1)), y)[1],
    ],
)
def test_writing(change):
    """In-place operations give torch's gradients, or torch's error about versions."""
    same(written(change))


def test_history_of_views():
    """A view of what was written to finds its new history; its base has CopySlices."""

    def run(t):
        y = leaf(t) * 1
        first, second = y[:1], y[1:]
        first.mul_(2)
        names = [n and n.name() for n, _ in y.grad_fn.next_functions]
        return y, first, second, names

    same(run)


def test_no_grad_views():
    """A view made without recording may not be written to while recording."""

    def run(t):
        y = leaf(t) * 1
        with t.no_grad():
            view = y[:1]
        view.mul_(2)

    same(run)


def test_writes_without_recording():
    """Under no_grad a leaf may be written to; the version counts."""

    def run(t):
        x = leaf(t)
        with t.no_grad():
            x -= 0.5
        return x, x._version, x.is_leaf

    same(run)


def test_modes():
    """Modes nest, decorate, and set results' flags."""

    def run(t):
        x = leaf(t)
        told = []
        with t.no_grad():
            told.append((x * 2).requires_grad)
            with t.enable_grad():
                told.append((x * 2).requires_grad)
        with t.set_grad_enabled(False):
            told.append(t.is_grad_enabled())
        told.append(t.is_grad_enabled())

        @t.no_grad()
        def decorated():
            return (x * 2).requires_grad

        told.append(decorated())
        t.set_grad_enabled(False)
        told.append(t.is_grad_enabled())
        t.set_grad_enabled(True)
        with t.inference_mode():
            y = x * 2
            told += [y.requires_grad, y.is_inference(), t.is_inference_mode_enabled()]
        return told

    same(run)


@pytest.mark.parametrize(
    "use", [lambda x, y: x * y, lambda x, y: y.add_(1), lambda x, y: y._version]
)
def test_inference_tensors(use):
    """What was made in inference mode cannot be saved, written to or asked its version."""

    def run(t):
        with t.inference_mode():
            y = t.ones(2)
        return use(leaf(t), y)

    same(run)


def test_hooks():
    """Hooks see gradients in torch's order, and may change them."""

    def run(t):
        told = []
        x = leaf(t)
        y = x * 3
        y.retain_grad()
        y.register_hook(lambda g: told.append(("y", g.tolist())) or g * 2)
        x.register_hook(lambda g: told.append(("x", g.tolist())))
        x.register_post_accumulate_grad_hook(lambda p: told.append(("post", p.grad.tolist())))
        handle = y.register_hook(lambda g: told.append("never"))
        handle.remove()
        y.grad_fn.register_hook(lambda i, o: told.append(("node", i[0].tolist(), o[0].tolist())))
        y.grad_fn.register_prehook(lambda o: told.append(("before", o[0].tolist())))
        y.sum().backward()
        return told, x.grad, y.grad

    same(run)


@pytest.mark.parametrize("result", ["'a'", "g[:1]", "g.double()"])
def test_wrong_hooks(result):
    """A hook may not return what is no gradient of the same kind."""

    def run(t):
        y = leaf(t) * 2
        y.register_hook(lambda g: eval(result, {"g": g}))
        y.sum().backward()

    same(run)


def test_next_functions():
    """The graph can be walked, and a leaf is found once."""

    def run(t):
        x = leaf(t)
        y = x * 2 + x
        (mul, _), (end, _) = y.grad_fn.next_functions
        assert end.variable is x
        assert mul.next_functions[0][0] is end
        return [mul.name(), end.name(), mul.next_functions[1], type(mul)]

    same(run)


def test_accumulated_gradients_are_added_in_place():
    """`.grad` stays the same tensor over several backwards."""
    for engine in (ref, torch):
        x = leaf(engine)
        (x * 2).sum().backward()
        first = x.grad
        (x * 3).sum().backward()
        assert x.grad is first
        assert first.tolist() == [5, 5]


def test_a_given_gradient_is_copied():
    """A leaf's `.grad` shares no memory with the gradient that backward began with."""

    def scenario(t):
        given, x = t.ones(2), leaf(t)
        (x + 0).backward(given)
        x.grad.mul_(5)
        return given, x.grad

    same(scenario)


def test_deep_graphs():
    """Neither backward nor freeing recurses."""
    x = ref.ones(1, requires_grad=True)
    y = x
    for _ in range(20_000):
        y = y + 1
    y.backward()
    assert x.grad.tolist() == [1]
    del y


@pytest.mark.parametrize(
    "work",
    [
        lambda x: (x.exp() * x).sum().backward(),
        lambda x: x.exp(),
        lambda x: (x * 1).exp_().mul_(2),
        lambda x: (y := x * 1, y[:1].mul_(2), y[1:].exp_())[0],
        lambda x: (w := ref.ones(2), w.add_(x * w))[0],
        lambda x: ref.autograd.grad((x**3).sum(), x, create_graph=True),
        lambda x: ref.cat((x, x)).unbind(),
    ],
)
def test_nothing_leaks(work):
    """Without the cycle collector, everything a computation made is freed with its result."""
    gc.collect()
    gc.disable()
    try:
        x = ref.tensor([1.0, 2.0], requires_grad=True)
        alive = weakref.ref(x)
        work(x)
        del x
        assert alive() is None
    finally:
        gc.enable()


def test_names_carry_no_address():
    """A node prints as its class."""
    assert re.fullmatch(r"<MulBackward0 object at 0x\w+>", repr((leaf(ref) * 2).grad_fn))
