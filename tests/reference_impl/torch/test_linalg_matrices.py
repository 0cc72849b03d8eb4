"""Norms, systems of equations, decompositions: values, signs, gradients, errors."""

import pytest
from oracle import check, ref, same, torch

INF = float("inf")
SQUARE = [(1, 1), (2, 2), (3, 3), (5, 5), (2, 3, 3)]


def well(x):
    """Return a square matrix far from singular, made of any."""
    n = x.shape[-1]
    shift = x.detach().new_ones(n).diag() * 20
    return x + shift


def positive(x):
    """Return a symmetric positive-definite matrix, made of any."""
    return x @ x.mT + x.detach().new_ones(x.shape[-1]).diag()


@pytest.mark.parametrize("order", [0, 0.5, 1, 1.5, 2, 3, INF, -INF])
@pytest.mark.parametrize(
    ("shape", "dim"), [((5,), None), ((2, 3), None), ((2, 3), 1), ((2, 3), 0), ((2, 3, 4), (0, 2))]
)
def test_vector_norm(order, shape, dim):
    """Every order, over all elements or some dimensions, with gradients."""
    check(lambda torch, x: torch.linalg.vector_norm(x, order, dim), shape, dtype="float64")


@pytest.mark.parametrize("order", ["fro", "nuc", 1, -1, 2, -2, INF, -INF])
@pytest.mark.parametrize(("shape", "dim"), [((3, 2), (-2, -1)), ((2, 3, 4), (0, 2))])
@pytest.mark.parametrize("keepdim", [False, True])
def test_matrix_norm(order, shape, dim, keepdim):
    """Every order of matrix norms; those of singular values go through svd."""
    same(
        lambda t: t.linalg.matrix_norm(
            t.arange(24.0)[: torch.zeros(shape).numel()].reshape(shape).cos(), order, dim, keepdim
        )
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda torch, x: x.norm(),
        lambda torch, x: torch.norm(x, 1),
        lambda torch, x: x.norm(dim=1, keepdim=True),
        lambda torch, x: torch.norm(x, "fro", (0, 1)),
        lambda torch, x: torch.linalg.norm(x),
        lambda torch, x: torch.linalg.norm(x, 1),
        lambda torch, x: torch.linalg.norm(x, INF, 1),
        lambda torch, x: torch.norm(x, dtype=torch.float64),
        lambda torch, x: torch.dist(x, x * 2, 3),
        lambda torch, x: torch.renorm(x, 2, 0, 1.0),
    ],
)
def test_norm(call):
    """What torch.norm and torch.linalg.norm choose, and what is made of norms."""
    check(call, (3, 4))


@pytest.mark.parametrize("shape", SQUARE)
@pytest.mark.parametrize("name", ["det", "inv"])
def test_of_square(name, shape):
    """Determinants and inverses, with gradients and the strides LAPACK leaves."""
    check(lambda torch, x: getattr(torch.linalg, name)(well(x)), shape, dtype="float64")


@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (2, 3, 3)])
def test_logarithms_of_determinants(shape):
    """Slogdet gives the sign apart."""
    check(lambda torch, x: torch.linalg.slogdet(well(x)), shape, dtype="float64")
    check(lambda torch, x: torch.logdet(well(x)), shape, dtype="float64")


def test_det_of_a_singular_matrix_has_a_gradient():
    """The cofactors exist where the inverse does not."""
    same(lambda t: t.det(t.ones(2, 2, requires_grad=True)))


@pytest.mark.parametrize(
    ("a", "b", "left"),
    [
        ((3, 3), (3,), True),
        ((3, 3), (3, 2), True),
        ((2, 3, 3), (2, 3), True),
        ((2, 3, 3), (3, 4), True),
        ((3, 3), (2, 3), False),
    ],
)
def test_solve(a, b, left):
    """Vectors and matrices on the right side, from the left or the right, with gradients."""
    check(lambda torch, x, y: torch.linalg.solve(well(x), y, left=left), a, b, dtype="float64")


@pytest.mark.parametrize("upper", [False, True])
@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("unit", [False, True])
def test_solve_triangular(upper, left, unit):
    """One triangle counts, and gets the gradient."""
    check(
        lambda torch, x, y: torch.linalg.solve_triangular(
            well(x), y, upper=upper, left=left, unitriangular=unit
        ),
        (3, 3),
        (3, 2) if left else (2, 3),
        dtype="float64",
    )


@pytest.mark.parametrize("upper", [False, True])
@pytest.mark.parametrize("shape", SQUARE)
def test_cholesky(shape, upper):
    """The triangle, its strides and its gradient."""
    check(lambda torch, x: torch.linalg.cholesky(positive(x), upper=upper), shape, dtype="float64")


@pytest.mark.parametrize("n", [2, 3, 4, 6, 9])
@pytest.mark.parametrize("seed", range(4))
def test_signs(n, seed):
    """Factors have the signs that LAPACK's steps give them."""
    torch.manual_seed(seed)
    a = torch.randn(n, n)
    b = ref.tensor(a.tolist())

    def pairs():
        yield torch.linalg.qr(a), ref.linalg.qr(b)
        yield torch.linalg.eigh(a + a.T), ref.linalg.eigh(b + b.t())
        yield torch.linalg.svd(a), ref.linalg.svd(b)
        yield torch.linalg.svd(a[:, : n - 1], False), ref.linalg.svd(b[:, : n - 1], False)
        yield torch.linalg.svd(a[: n // 2]), ref.linalg.svd(b[: n // 2])

    for theirs, ours in pairs():
        for x, y in zip(theirs, ours, strict=True):
            assert torch.allclose(x, torch.tensor(y.tolist()).reshape(x.shape), atol=1e-3)
            assert x.stride() == y.stride()


@pytest.mark.parametrize(
    "call",
    [
        lambda torch, x: torch.linalg.qr(x),
        lambda torch, x: torch.linalg.qr(x.mT),
        lambda torch, x: torch.linalg.svdvals(x),
        lambda torch, x: torch.linalg.svd(x, False),
        lambda torch, x: torch.linalg.eigh(x.mT @ x),
        lambda torch, x: torch.linalg.eigvalsh(x.mT @ x),
        lambda torch, x: torch.linalg.pinv(x),
    ],
)
def test_gradients_of_decompositions(call):
    """Gradients agree with torch's to nine digits."""
    torch.manual_seed(3)
    start = torch.randn(4, 3, dtype=torch.float64)
    grads = []
    for engine in (torch, ref):
        x = engine.tensor(start.tolist(), dtype=engine.float64).requires_grad_()
        found = call(engine, x)
        parts = found if isinstance(found, tuple) else (found,)
        total = sum((p * p * p).sum() for p in parts)
        total.backward()
        grads.append(torch.tensor(x.grad.tolist()))
    assert torch.allclose(*grads, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.linalg.matrix_rank(t.ones(3, 3)),
        lambda t: t.linalg.matrix_rank(t.eye(3)),
        lambda t: t.linalg.matrix_power(t.tensor([[1, 1], [1, 0]]), 10),
        lambda t: t.linalg.matrix_power(t.eye(2) * 2, -3),
        lambda t: t.linalg.matrix_power(t.eye(2), 0),
        lambda t: t.linalg.cond(t.tensor([[100.0, 0.0], [0.0, 1.0]])),
        lambda t: t.linalg.cond(t.tensor([[1.0, 2.0], [3.0, 5.0]]), 1),
        lambda t: t.linalg.cond(t.ones(2, 2), 1),
        lambda t: t.linalg.lstsq(
            t.tensor([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), t.tensor([[1.0], [3.0], [4.0]])
        ),
        lambda t: t.linalg.pinv(t.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])),
        lambda t: t.linalg.svd(t.tensor([[3.0, 0.0], [0.0, -2.0]])),
        lambda t: t.svd(t.tensor([[3.0, 0.0], [0.0, -2.0]])),
        lambda t: t.linalg.eigh(t.ones(2, 2)),
        lambda t: t.linalg.qr(t.tensor([[3.0, 1.0], [4.0, 2.0]])),
        lambda t: t.linalg.inv_ex(t.eye(2)),
        lambda t: t.linalg.cholesky_ex(-t.eye(2))[1],
        lambda t: t.linalg.inv(t.tensor([[1.0, 2.0], [3.0, 4.0]])),
        lambda t: t.det(t.tensor([[1.0, 2.0], [3.0, 4.0]])),
        lambda t: t.linalg.inv(t.zeros(3, 3)),
        lambda t: t.linalg.inv(t.zeros(2, 3, 3)),
        lambda t: t.linalg.inv(t.zeros(3, 2)),
        lambda t: t.linalg.inv(t.zeros(3)),
        lambda t: t.linalg.inv(t.zeros(3, 3, dtype=t.int64)),
        lambda t: t.linalg.solve(t.zeros(3, 3), t.ones(3)),
        lambda t: t.linalg.solve(t.eye(3), t.ones(2)),
        lambda t: t.linalg.solve(t.eye(3).double(), t.ones(3)),
        lambda t: t.linalg.det(t.zeros(2, 3)),
        lambda t: t.linalg.cholesky(t.zeros(3, 3)),
        lambda t: t.linalg.eigh(t.zeros(2, 3)),
        lambda t: t.linalg.eigh(t.zeros(2, 2), "X"),
        lambda t: t.linalg.qr(t.zeros(3, 2), "fast"),
        lambda t: t.linalg.svd(t.zeros(3)),
        lambda t: t.linalg.norm(t.zeros(2, 2, 3), 1),
        lambda t: t.linalg.norm(t.zeros(2, 3), "fast"),
        lambda t: t.linalg.norm(t.zeros(2, 3), 3),
        lambda t: t.norm(t.zeros(2, 3, dtype=t.int64)),
        lambda t: t.linalg.vector_norm(t.zeros(0, 3), INF),
        lambda t: t.linalg.vector_norm(t.zeros(0, 3), -1, 0),
        lambda t: t.linalg.vector_norm(t.zeros(2, 3), dtype=t.int64),
        lambda t: t.linalg.matrix_norm(t.zeros(2, 3), dim=(0,)),
        lambda t: t.linalg.matrix_norm(t.zeros(2, 3), dim=(0, 0)),
        lambda t: t.linalg.lstsq(t.zeros(3, 2), t.zeros(2, 1)),
        lambda t: t.linalg.cond(t.zeros(3, 2), 1),
        lambda t: t.linalg.matrix_power(t.zeros(3, 2), 2),
        lambda t: t.linalg.det(t.zeros(3, 3, device="meta")).shape,
        lambda t: t.linalg.svd(t.zeros(4, 3, device="meta"), False).S.shape,
    ],
)
def test_told_alike(call):
    """Results print, and errors read, as torch's."""
    same(call)


def test_solve_can_be_differentiated_twice():
    """The gradient of a solution is itself in the graph."""

    def second(torch, x, y):
        found = (torch.linalg.solve(well(x), y) ** 2).sum()
        (first,) = torch.autograd.grad(found, x, create_graph=True)
        return torch.autograd.grad((first**2).sum(), x)

    check(second, (3, 3), (3,), dtype="float64")


def test_what_is_not_there_says_so():
    """Complex eigenvalues are left out, by name."""
    with pytest.raises(NotImplementedError, match=r"^torch\.linalg\.eig is not part"):
        _ = ref.linalg.eig
