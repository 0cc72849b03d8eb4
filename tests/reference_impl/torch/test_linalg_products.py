"""Products of matrices: mm, matmul, addmm, einsum and those made of them."""

import random

import pytest
from oracle import check, ref, same, torch

BROADCAST = [
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 4)),
    ((2, 3), (3, 4)),
    ((5, 2, 3), (3,)),
    ((5, 2, 3), (3, 4)),
    ((5, 2, 3), (5, 3, 4)),
    ((2, 3), (5, 3, 4)),
    ((3,), (5, 3, 4)),
    ((5, 1, 2, 3), (4, 3, 2)),
    ((1, 2, 3), (5, 3, 4)),
    ((5, 2, 3), (1, 3, 4)),
    ((2, 0), (0, 3)),
    ((0, 2), (2, 3)),
    ((4, 16), (16, 20)),
    ((20, 5), (5, 3)),
]


@pytest.mark.parametrize(("a", "b"), BROADCAST)
@pytest.mark.parametrize("needed", [(True, True), (True, False), (False, True)])
def test_matmul(a, b, needed):
    """Values, shape, strides, gradients and nodes are those of `a @ b`, whatever needs them."""
    first, second = needed
    check(lambda x, y: (x if first else x.detach()) @ (y if second else y.detach()), a, b)


@pytest.mark.parametrize("dtype", ["float64", "float16", "bfloat16", "int64", "int32", "uint8"])
@pytest.mark.parametrize(("a", "b"), BROADCAST[:8])
def test_matmul_of_types(a, b, dtype):
    """Every type multiplies in itself; integers wrap around."""
    check(lambda x, y: x @ y, a, b, dtype=dtype, requires_grad=False)


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("right", [False, True])
def test_mm_of_transposed(left, right):
    """Factors are read, and gradients laid out, by rows or by columns."""
    check(
        lambda x, y: torch_mm(x.t() if left else x, y.t() if right else y),
        (3, 5) if left else (5, 3),
        (4, 3) if right else (3, 4),
    )


def torch_mm(x, y):
    """Multiply two matrices on whichever engine they are from."""
    return x.mm(y)


def test_mm_of_strided_views():
    """What lies neither by rows nor by columns is read in its own order."""
    check(lambda x, y: x[:, ::2].mm(y[::2, 1:]), (3, 6), (6, 4))


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("mv", [(2, 3), (3,)]),
        ("dot", [(5,), (5,)]),
        ("vdot", [(5,), (5,)]),
        ("outer", [(3,), (2,)]),
        ("ger", [(3,), (2,)]),
        ("inner", [(2, 3), (4, 3)]),
        ("inner", [(3,), (3,)]),
        ("inner", [(2, 3), ()]),
        ("bmm", [(2, 3, 4), (2, 4, 5)]),
        ("kron", [(2, 3), (3, 2)]),
        ("kron", [(2,), (2, 3)]),
        ("addmm", [(4,), (2, 3), (3, 4)]),
        ("addmv", [(2,), (2, 3), (3,)]),
        ("addr", [(3, 2), (3,), (2,)]),
        ("addbmm", [(2, 4), (5, 2, 3), (5, 3, 4)]),
        ("baddbmm", [(2, 4), (5, 2, 3), (5, 3, 4)]),
    ],
)
def test_named_products(name, shapes):
    """Values, shape, strides and gradients are torch's."""
    check(lambda torch, *x: getattr(torch, name)(*x), *shapes)


@pytest.mark.parametrize("name", ["addmm", "addmv", "addr", "addbmm", "baddbmm"])
@pytest.mark.parametrize(("beta", "alpha"), [(2, 1), (1, 0.5), (0, 1), (0.25, 3)])
def test_weighted_sums(name, beta, alpha):
    """Both factors reach the result and the gradients."""
    shapes = {
        "addmm": [(2, 4), (2, 3), (3, 4)],
        "addmv": [(2,), (2, 3), (3,)],
        "addr": [(3, 2), (3,), (2,)],
        "addbmm": [(2, 4), (5, 2, 3), (5, 3, 4)],
        "baddbmm": [(5, 2, 4), (5, 2, 3), (5, 3, 4)],
    }[name]
    check(lambda torch, *x: getattr(torch, name)(*x, beta=beta, alpha=alpha), *shapes)


def test_beta_zero_ignores_the_input():
    """Not even nan comes through."""
    same(lambda t: t.addmm(t.full((2, 2), float("nan")), t.eye(2), t.eye(2), beta=0))


def test_addmm_in_place():
    """The tensor becomes the sum, its history the sum's."""
    check(lambda x, y, z: (x * 1).addmm_(y, z), (2, 4), (2, 3), (3, 4))


def test_out():
    """The result goes where `out` says."""
    same(lambda t: t.mm(t.ones(2, 3), t.ones(3, 2), out=t.zeros(2, 2)))


def test_meta_products_have_shapes():
    """On meta nothing is computed."""
    same(lambda t: (t.zeros(9, 2, 3, device="meta") @ t.zeros(3, 4, device="meta")).shape)
    same(lambda t: t.einsum("ij,kj->ik", *[t.zeros(2, 3, device="meta")] * 2).shape)


@pytest.mark.parametrize(
    ("equation", "shapes"),
    [
        ("ij,jk->ik", [(2, 3), (3, 4)]),
        ("ij,jk", [(2, 3), (3, 4)]),
        ("i,i->", [(3,), (3,)]),
        ("ij->ji", [(2, 3)]),
        ("ii->i", [(3, 3)]),
        ("ii", [(3, 3)]),
        ("ij->", [(2, 3)]),
        ("i,j->ij", [(3,), (2,)]),
        ("bij,bjk->bik", [(2, 2, 3), (2, 3, 4)]),
        ("...ij,...jk->...ik", [(2, 2, 3), (2, 3, 4)]),
        ("...ij,...jk->...ik", [(4, 1, 2, 3), (2, 3, 4)]),
        ("bn,anm,bm->ba", [(2, 5), (3, 5, 4), (2, 4)]),
        ("ij,ij->i", [(2, 3), (2, 3)]),
        ("aij,ajk->", [(2, 2, 3), (2, 3, 4)]),
        ("iij,jk->ik", [(2, 2, 3), (3, 4)]),
        (" i j , j -> i ", [(2, 3), (3,)]),
        ("...i->i", [(2, 3)]),
        ("ij,ij->ij", [(2, 1), (2, 3)]),
    ],
)
def test_einsum(equation, shapes):
    """Values, shape, strides, gradients and nodes are those of torch.einsum."""
    check(lambda torch, *x: torch.einsum(equation, *x), *shapes)


def test_einsum_of_lists():
    """Dimensions may be numbers instead of letters."""
    check(lambda torch, x, y: torch.einsum(x, [0, 1], y, [1, 2], [0, 2]), (2, 3), (3, 4))
    check(lambda torch, x, y: torch.einsum(x, [..., 1], y, [1], [...]), (2, 3), (3,))


@pytest.mark.parametrize(
    "arguments",
    [
        lambda t: ("ij", t.ones(2)),
        lambda t: ("i..j", t.ones(2, 3)),
        lambda t: ("...i...", t.ones(2, 3)),
        lambda t: ("i1", t.ones(2, 3)),
        lambda t: ("ij,jk", t.ones(2, 3)),
        lambda t: ("ij", t.ones(2, 3), t.ones(2, 3)),
        lambda t: ("ij->ijj", t.ones(2, 3)),
        lambda t: ("ij->k", t.ones(2, 3)),
        lambda t: ("ij->i1", t.ones(2, 3)),
        lambda t: ("ij,jk", t.ones(2, 3), t.ones(4, 3)),
        lambda t: ("ii", t.ones(2, 3)),
        lambda t: ("...,...", t.ones(2, 3), t.ones(2, 4)),
        lambda t: ("ij",),
        lambda t: (t.ones(2, 3), [0, 52]),
    ],
)
def test_einsum_refuses(arguments):
    """What does not fit is named as torch names it."""
    same(lambda t: t.einsum(*arguments(t)))


@pytest.mark.parametrize(
    ("dims", "a", "b"),
    [
        (1, (2, 3), (3, 4)),
        (2, (2, 3, 4), (3, 4, 5)),
        (0, (2, 3), (4,)),
        (([1, 2], [1, 0]), (2, 3, 4), (4, 3, 5)),
        (([0], [0]), (1, 3), (1, 3)),
        (1, (3,), (3,)),
    ],
)
def test_tensordot(dims, a, b):
    """Values, shape, strides and gradients are those of torch.tensordot."""
    check(lambda torch, x, y: torch.tensordot(x, y, dims), a, b)


@pytest.mark.parametrize(
    "shapes", [[(2, 3), (3, 4)], [(10, 2), (2, 8), (8, 3)], [(3,), (3, 4), (4, 2), (2,)]]
)
def test_multi_dot(shapes):
    """A chain of any length, its ends perhaps vectors."""
    check(lambda torch, *x: torch.linalg.multi_dot(x), *shapes)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda t: t.mm(t.zeros(2, 3), t.zeros(2, 3)),
        lambda t: t.mm(t.zeros(2, 3), t.zeros(3)),
        lambda t: t.mm(t.zeros(2, 3), t.zeros(3, 2, dtype=t.int64)),
        lambda t: t.zeros(2, 3) @ t.zeros(2),
        lambda t: t.zeros(5, 2, 3) @ t.zeros(4, 3, 4),
        lambda t: t.zeros(()) @ t.zeros(2),
        lambda t: t.zeros(2) @ 3,
        lambda t: t.zeros(2, 2).bool() @ t.zeros(2, 2).bool(),
        lambda t: t.bmm(t.zeros(2, 3, 4), t.zeros(2, 3, 4)),
        lambda t: t.mv(t.zeros(2, 3), t.zeros(2)),
        lambda t: t.dot(t.zeros(3), t.zeros(2)),
        lambda t: t.dot(t.zeros(3), t.zeros(3, dtype=t.int64)),
        lambda t: t.inner(t.zeros(2, 3), t.zeros(2, 4)),
        lambda t: t.outer(t.zeros(3, 1), t.zeros(2)),
        lambda t: t.addmm(t.zeros(3), t.zeros(2, 3), t.zeros(3, 4)),
        lambda t: t.addmm(t.zeros(4), t.zeros(2, 3, dtype=t.int64), t.zeros(3, 4)),
        lambda t: t.addmv(t.zeros(3), t.zeros(2, 3), t.zeros(3)),
        lambda t: t.baddbmm(t.zeros(4), t.zeros(5, 2, 3), t.zeros(4, 3, 4)),
        lambda t: t.tensordot(t.zeros(2, 3), t.zeros(3, 4), 2),
        lambda t: t.linalg.multi_dot([t.zeros(2, 3), t.zeros(4, 3)]),
    ],
)
def test_products_refuse(wrong):
    """Type and text of errors are torch's."""
    same(wrong)


def test_products_can_be_differentiated_twice():
    """The gradient of a product is itself in the graph."""

    def second(torch, x, y):
        (first,) = torch.autograd.grad(((x @ y) ** 2).sum(), x, create_graph=True)
        return torch.autograd.grad((first**2).sum(), (x, y))

    check(second, (2, 3), (3, 2))


@pytest.mark.parametrize("shapes", [((2, 3), (3, 2)), ((2, 9), (9,)), ((9, 2), (2,)), ((3,), (3,))])
def test_products_of_doubles_keep_their_digits(shapes):
    """No sum on the way is rounded to float32: all but the last digits are torch's."""
    first, second = (
        [[1 / (3 + i + j) for j in range(s[-1])] for i in range(s[0] if len(s) == 2 else 1)]
        for s in shapes
    )
    ours, theirs = (
        (
            t.tensor(first, dtype=t.float64).reshape(shapes[0])
            @ t.tensor(second, dtype=t.float64).reshape(shapes[1])
        )
        for t in (ref, torch)
    )
    assert ours.tolist() == pytest.approx(theirs.numpy(), rel=1e-15)


def adds_as_recorded():
    """Whether this CPU's library adds in the order that the reference follows."""
    big, small = 2.0**60, 2.0**-12
    terms = torch.tensor([1, big, 1, 1, 1, -big, 1, 1, 1])
    in_lanes = torch.dot(terms, torch.ones(9)).item() == 7  # the second and sixth meet first
    row = torch.tensor([[-1, 1 + small]]).expand(2, 2)
    column = torch.tensor([[1], [1 + small]]).expand(2, 2).contiguous()
    return in_lanes and torch.mm(row, column)[0, 0].item() == 2 * small  # rounded twice


@pytest.fixture
def one_thread():
    """Let torch compute with one thread: several share the rows, each with its own loop."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("one_thread")
@pytest.mark.skipif(not adds_as_recorded(), reason="MKL adds in another order on this CPU")
@pytest.mark.parametrize("kind", ["rows", "columns", "vector", "batch", "bias"])
def test_every_bit(kind):
    """Products of float32 are equal bit for bit, for all small shapes and some large ones."""
    chance = random.Random(kind)
    sizes = [1, 2, 3, 4, 5, 7, 8, 10, 12, 16, 17]

    def both(*shapes):
        flat = [[chance.gauss(0, 1) for _ in range(m * n)] for m, n in shapes]
        return [
            [e.tensor(x).reshape(s) for x, s in zip(flat, shapes, strict=True)]
            for e in (ref, torch)
        ]

    for _ in range(60):
        m, k, n = (chance.choice(sizes) for _ in range(3))
        found = []
        turned = kind in ("columns", "bias")
        for a, b, c in both((m, k), (n, k) if turned else (k, n), (1, n)):
            if kind == "vector":
                found.append(a.t() @ a[:, 0])
            elif kind == "batch":
                found.append(a.expand(2, m, k) @ b.expand(2, k, n))
            elif kind == "bias":
                found.append(type(a).addmm(c, a, b.t()))
            else:
                found.append(a @ (b.t() if turned else b))
        assert found[0].tolist() == found[1].tolist(), (m, k, n)
