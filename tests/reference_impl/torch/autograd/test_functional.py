"""Jacobians, Hessians, their products with vectors; gradients in batches; gradcheck."""

import pytest
from oracle import check, ref, same, torch

FUNCTIONS = [
    lambda t, x: x * x,
    lambda t, x: x.exp().sum(),
    lambda t, x: (x.sin() * x).reshape(-1)[:2],
    lambda t, x: t.ones(2),
]


@pytest.mark.parametrize("fn", FUNCTIONS)
@pytest.mark.parametrize("create_graph", [False, True])
def test_jacobian(fn, create_graph):
    """Shapes, values and history."""
    check(
        lambda torch, x: torch.autograd.functional.jacobian(
            lambda x: fn(torch, x), x, create_graph=create_graph
        ),
        (2, 3),
    )


def test_jacobian_of_tuples():
    """Each output by each input."""
    check(
        lambda torch, x, y: torch.autograd.functional.jacobian(
            lambda x, y: (2 * x.exp() + 3 * y, y.sum()), (x, y)
        ),
        (3,),
        (3,),
    )


@pytest.mark.parametrize("create_graph", [False, True])
def test_hessian(create_graph):
    """Second derivatives, of one input and of two."""

    def both(torch, x, y):
        F = torch.autograd.functional
        one = F.hessian(lambda x: (x**3).sum(), x, create_graph=create_graph)
        two = F.hessian(lambda x, y: (x**2 * y).sum(), (x, y), create_graph=create_graph)
        return one, two

    check(both, (2, 2), (2, 2))


@pytest.mark.parametrize("name", ["vjp", "jvp", "vhp", "hvp"])
@pytest.mark.parametrize("create_graph", [False, True])
def test_products(name, create_graph):
    """Products with vectors, of one input and of two."""

    def both(torch, x, y, v, w):
        product = getattr(torch.autograd.functional, name)
        if name in ("vjp", "jvp"):
            one = product(lambda x: x.exp() * 2, x, v, create_graph=create_graph)
            return one, product(lambda x: x.sum(), x, None if name == "vjp" else v)
        one = product(lambda x: (x**3).sum(), x, v, create_graph=create_graph)
        two = product(lambda x, y: (x**2 * y**3).sum(), (x, y), (v, w), create_graph=create_graph)
        return one, two

    check(both, (2, 3), (2, 3), (2, 3), (2, 3))


def x_of(t):
    """A point."""
    return t.tensor([1.0, 2.0], dtype=t.float64, requires_grad=True)


@pytest.mark.parametrize(
    "call",
    [
        lambda F, t: F.jacobian(lambda x: x, [x_of(t)]),
        lambda F, t: F.jacobian(lambda x: x, (x_of(t), 3)),
        lambda F, t: F.jacobian(lambda x: 3, x_of(t)),
        lambda F, t: F.jacobian(lambda x: x, x_of(t), strategy="sideways"),
        lambda F, t: F.jacobian(lambda x: t.ones(2), x_of(t), strict=True),
        lambda F, t: F.jacobian(lambda x: x * 2, x_of(t), strict=True, create_graph=True),
        lambda F, t: F.jacobian(lambda x, y: x * 2, (x_of(t), x_of(t)), strict=True),
        lambda F, t: F.jacobian(lambda x: x * 2, x_of(t), strict=True, vectorize=True),
        lambda F, t: F.hessian(lambda x: x * x, x_of(t)),
        lambda F, t: F.hessian(lambda x: (x.sum(), x.sum()), x_of(t)),
        lambda F, t: F.hessian(lambda x: x.sum(), x_of(t), strict=True),
        lambda F, t: F.vjp(lambda x: x * x, x_of(t)),
        lambda F, t: F.vjp(lambda x: x * x, x_of(t), t.ones(3)),
        lambda F, t: F.vjp(lambda x: x * x, x_of(t), (t.ones(2), t.ones(2))),
        lambda F, t: F.vjp(lambda x, y: x * x, (x_of(t), x_of(t)), t.ones(2).double(), strict=True),
        lambda F, t: F.jvp(lambda x: x * x, x_of(t)),
        lambda F, t: F.jvp(lambda x: x * x, x_of(t), t.ones(1)),
        lambda F, t: F.vhp(lambda x: x * x, x_of(t), t.ones(2).double()),
        lambda F, t: F.vhp(lambda x: x.sum(), x_of(t), t.ones(2).double(), strict=True),
        lambda F, t: F.hvp(lambda x: x.sum(), x_of(t), t.ones(2).double(), strict=True),
        lambda F, t: F.hvp(lambda x: x.sum(), x_of(t)),
    ],
)
def test_errors(call):
    """What cannot be done is said as torch says it."""
    same(lambda t: call(t.autograd.functional, t))


def test_gradients_in_batches():
    """A batch of starting gradients gives a batch of gradients."""

    def batched(t):
        x = x_of(t)
        return t.autograd.grad(x * x, x, t.eye(2, dtype=t.float64), is_grads_batched=True)

    same(batched)


def test_strides_of_expanded():
    """Elements that share a place share the gradient that arrives there."""
    check(lambda x: x.expand(3, 2).as_strided((2, 2), (0, 1)) * 2, (2,))
    check(lambda x: x.expand(3, 2).unfold(1, 2, 1) * 2, (2,))
    check(lambda x: x.expand(3, 4).as_strided((3, 2), (1, 1)).exp(), (4,))


def wrong(t):
    """A Function whose backward is off by half."""

    class Wrong(t.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx, grad):
            return grad * 3 * ctx.saved_tensors[0]

    return Wrong.apply


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.autograd.gradcheck(lambda x: x * x, (x_of(t),)),
        lambda t: t.autograd.gradcheck(lambda x: x * x, x_of(t)),
        lambda t: t.autograd.gradcheck(t.mul, (x_of(t), x_of(t))),
        lambda t: t.autograd.gradcheck(lambda x: (x.exp(), x.long()), (x_of(t),)),
        lambda t: t.autograd.gradcheck(lambda x: t.ones(2, dtype=t.float64), (x_of(t),)),
        lambda t: t.autograd.gradcheck(wrong(t), (x_of(t),)),
        lambda t: t.autograd.gradcheck(wrong(t), (x_of(t),), raise_exception=False),
        lambda t: t.autograd.gradcheck(lambda x: x, (t.ones(2),)),
        lambda t: t.autograd.gradcheck(
            lambda x: x * 2, (x_of(t).detach().float().requires_grad_(),)
        ),
        lambda t: t.autograd.gradcheck(
            lambda x: x * 2, (t.ones(1, dtype=t.float64).expand(3).requires_grad_(),)
        ),
        lambda t: t.autograd.gradgradcheck(lambda x: x**3, (x_of(t),)),
        lambda t: t.autograd.gradgradcheck(t.mul, (x_of(t), x_of(t))),
    ],
)
def test_gradcheck(call):
    """It passes, warns and raises as torch's."""
    same(call)


def test_gradcheck_of_the_engine():
    """The engine's own gradients pass, views of views included."""
    x = ref.tensor([[0.3, -1.2], [2.0, 0.7]], dtype=ref.float64, requires_grad=True)
    assert ref.autograd.gradcheck(lambda x: x.t()[1:].expand(3, 2).exp(), (x,))
    assert ref.autograd.gradgradcheck(lambda x: (x @ x.t()).tanh(), (x,))


def test_name():
    """The error has torch's path."""
    ours, theirs = ref.autograd.gradcheck.__globals__, torch.autograd.gradcheck.__globals__
    assert repr(ours["GradcheckError"]) == repr(theirs["GradcheckError"])
