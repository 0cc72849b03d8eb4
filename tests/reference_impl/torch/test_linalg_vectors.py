"""Triangles, diagonals, vectors, covariance, distances."""

import pytest
from oracle import check, same


@pytest.mark.parametrize("name", ["tril", "triu"])
@pytest.mark.parametrize("shape", [(3, 3), (2, 4), (4, 2), (2, 3, 3), (0, 3), (3, 0)])
@pytest.mark.parametrize("diagonal", [0, 1, -1, 5, -5])
def test_triangles(name, shape, diagonal):
    """Values, shape, strides and gradients are those of tril and triu."""
    check(lambda x: getattr(x, name)(diagonal), shape)


def test_triangle_of_a_transpose():
    """The result lies by rows, however the input lies."""
    check(lambda x: x.t().triu(1), (3, 4))


def test_triangle_in_place():
    """tril_ keeps the memory and rewrites the history."""
    check(lambda x: (x * 1).tril_(), (3, 3))


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.tril_indices(3, 4, 1),
        lambda t: t.triu_indices(4, 3, -1),
        lambda t: t.tril_indices(2, 2, dtype=t.int32),
        lambda t: t.tril_indices(0, 3),
        lambda t: t.tril_indices(-1, 3),
        lambda t: t.triu_indices(3, -1),
        lambda t: t.tril_indices(3, 3, dtype=t.float32),
        lambda t: t.tril(t.zeros(3)),
        lambda t: t.diag(t.zeros(2, 2, 2)),
        lambda t: t.diag_embed(t.zeros(2, 3), 1, 0, 0),
        lambda t: t.trace(t.zeros(3)),
        lambda t: t.trace(t.ones(3, 3).bool()),
        lambda t: t.block_diag(t.zeros(2, 2, 2)),
        lambda t: t.block_diag(),
        lambda t: t.linalg.cross(t.zeros(2, 2), t.zeros(2, 2)),
        lambda t: t.linalg.cross(t.zeros(2, 3), t.zeros(3)),
        lambda t: t.cross(t.zeros(2, 2), t.zeros(2, 2)),
        lambda t: t.cartesian_prod(t.zeros(2, 2), t.zeros(3)),
        lambda t: t.combinations(t.zeros(4), -1),
        lambda t: t.vander(t.zeros(3, 2)),
        lambda t: t.cov(t.zeros(2, 2, 2)),
        lambda t: t.cov(t.zeros(3, 4), fweights=t.zeros(4)),
        lambda t: t.cov(t.tensor(2.0)),
        lambda t: t.cdist(t.zeros(2, 3), t.zeros(2, 4)),
        lambda t: t.cdist(t.zeros(3), t.zeros(2, 4)),
        lambda t: t.cdist(t.zeros(2, 3), t.zeros(2, 3), p=-1),
        lambda t: t.cdist(t.zeros(2, 3), t.zeros(2, 3), compute_mode="fast"),
    ],
)
def test_told_alike(call):
    """Results and errors are torch's, word for word."""
    same(call)


@pytest.mark.parametrize(
    ("shape", "offset"),
    [((3,), 0), ((3,), -2), ((3, 4), 0), ((3, 4), 1), ((3, 4), -2), ((2, 2), 7)],
)
def test_diag(shape, offset):
    """A vector becomes a matrix, a matrix gives its diagonal, as a copy."""
    check(lambda torch, x: torch.diag(x, offset), shape)


@pytest.mark.parametrize("place", [(0, -2, -1), (1, 0, 2), (-2, 1, 0)])
def test_diag_embed(place):
    """The last dimension goes on a diagonal of any two."""
    check(lambda torch, x: torch.diag_embed(x, *place), (2, 3))


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64", "int32", "float16"])
@pytest.mark.parametrize("shape", [(3, 3), (2, 5), (0, 2)])
def test_trace(shape, dtype):
    """The sum of the diagonal; integers are summed in int64."""
    check(lambda x: x.trace(), shape, dtype=dtype)


def test_block_diag():
    """Blocks of any shape up to two dimensions; each gets its gradient back."""
    check(lambda torch, x, y, z: torch.block_diag(x, y, z), (2, 2), (3,), ())


@pytest.mark.parametrize(
    ("a", "b", "dim"), [((3,), (3,), 0), ((2, 3), (2, 3), -1), ((3, 2), (3, 1), 0)]
)
def test_cross(a, b, dim):
    """Values and gradients of cross, also broadcast."""
    check(lambda torch, x, y: torch.linalg.cross(x, y, dim=dim), a, b)


def test_cross_without_dim_warns():
    """The first dimension of size 3 is taken, with torch's warning."""
    check(lambda torch, x, y: torch.cross(x, y), (2, 3), (2, 3))


@pytest.mark.parametrize("dim", [0, -1])
def test_vecdot(dim):
    """Dot products along one dimension."""
    check(lambda torch, x, y: torch.linalg.vecdot(x, y, dim=dim), (2, 3), (2, 3))


@pytest.mark.parametrize(
    "make",
    [
        lambda torch, x: torch.combinations(x),
        lambda torch, x: torch.combinations(x, 3, True),
        lambda torch, x: torch.combinations(x, 1),
        lambda torch, x: torch.cartesian_prod(x, x[:2]),
        lambda torch, x: torch.linalg.vander(x, N=3),
        lambda torch, x: torch.cov(x),
        lambda torch, x: torch.diagflat(x, 1),
    ],
)
def test_of_one_vector(make):
    """What is made of a vector's elements, with gradients."""
    check(make, (4,))


@pytest.mark.parametrize("arguments", [(), (2, True), (5,), (0,), (1,)])
def test_vander(arguments):
    """Powers; in torch, too, they have no gradient: what it saves is overwritten."""
    check(lambda torch, x: torch.vander(x, *arguments), (4,), requires_grad=False)


@pytest.mark.parametrize(
    "make",
    [
        lambda torch, x: torch.cov(x),
        lambda torch, x: torch.cov(x, correction=0),
        lambda torch, x: torch.cov(x, fweights=torch.tensor([1, 2, 1, 3])),
        lambda torch, x: torch.cov(x, aweights=torch.tensor([0.5, 1, 0.25, 1]).double()),
        lambda torch, x: torch.corrcoef(x),
    ],
)
def test_covariance(make):
    """Covariances and correlations, with weights, with gradients."""
    check(make, (3, 4), dtype="float64")


@pytest.mark.parametrize("p", [0, 0.5, 1, 1.5, 2, 3, float("inf")])
@pytest.mark.parametrize(("a", "b"), [((2, 3), (4, 3)), ((5, 2, 3), (4, 3)), ((2, 0), (3, 0))])
def test_cdist(a, b, p):
    """Distances under any norm, with gradients."""
    check(lambda torch, x, y: torch.cdist(x, y, p=p), a, b, dtype="float64")


def test_cdist_by_a_product():
    """More than 25 vectors are measured with a matrix product."""
    check(lambda torch, x, y: torch.cdist(x, y).detach().round(), (27, 3), (4, 3))
