"""Joining: cat, stack and those made of them."""

import pytest
from oracle import check, ref, same, torch


@pytest.mark.parametrize(
    ("a", "b", "dim"),
    [
        ((2, 3), (4, 3), 0),
        ((2, 3), (2, 1), 1),
        ((2, 3), (2, 3), -1),
        ((2, 2, 3), (2, 4, 3), -2),
        ((3,), (2,), 0),
        ((0,), (2, 3), 0),
        ((0,), (2, 3), 1),
        ((2, 3), (0,), -1),
        ((0,), (0,), 0),
        ((0, 3), (2, 3), 0),
        ((2, 0), (2, 3), 1),
    ],
)
def test_cat(a, b, dim):
    """Values, shape, strides and gradients are those of torch.cat."""
    check(lambda torch, x, y: torch.cat((x, y), dim), a, b)


@pytest.mark.parametrize("other", ["float64", "float16", "bfloat16", "int64", "uint8", "bool"])
def test_cat_promotes(other):
    """The result holds the types of all inputs; gradients come back in each input's own."""
    check(lambda torch, x, y: torch.cat((x, y)), (2, 3), (1, 3), dtype=("float32", other))


def test_cat_of_one_tensor_twice():
    """The gradient of a tensor that is joined to itself is the sum of both pieces."""
    check(lambda torch, x: torch.cat((x, x, x), 1), (2, 3))


def test_cat_of_one_is_a_copy():
    """Even a single tensor gets memory of its own."""
    x = ref.ones(2)
    assert ref.cat([x]).data_ptr() != x.data_ptr()


def test_cat_of_views():
    """Strided inputs are read in their own order."""
    check(lambda torch, x, y: torch.cat((x.t(), y[:, ::2])), (3, 2), (2, 6))


def test_cat_can_be_differentiated_twice():
    """The gradient of cat is itself in the graph."""

    def second(torch, x, y):
        joined = torch.cat((x, y)) ** 3
        (first,) = torch.autograd.grad(joined.sum(), x, create_graph=True)
        return torch.autograd.grad(first.sum(), x)

    check(second, (2, 3), (1, 3))


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.cat([]),
        lambda t: t.cat(()),
        lambda t: t.cat([t.ones(2, 3), t.ones(2, 4)]),
        lambda t: t.cat([t.ones(2, 3), t.ones(3, 3)], 1),
        lambda t: t.cat([t.ones(2, 3), t.ones(2, 3), t.ones(2, 5)]),
        lambda t: t.cat([t.ones(2, 3, 4), t.ones(2, 5, 6)]),
        lambda t: t.cat([t.ones(2, 3), t.ones(2)]),
        lambda t: t.cat([t.ones(2), t.ones(2, 3)], 1),
        lambda t: t.cat([t.zeros(0, 4), t.ones(2, 3)]),
        lambda t: t.cat([t.zeros(0), t.ones(2, 3), t.ones(2, 4)]),
        lambda t: t.cat([t.tensor(1.0), t.ones(1)]),
        lambda t: t.cat([t.ones(1), t.tensor(1.0)], 5),
        lambda t: t.cat([t.ones(2), t.ones(2)], 1),
        lambda t: t.cat([t.ones(2), t.ones(2)], -2),
        lambda t: t.cat(t.ones(2)),
        lambda t: t.cat("ab"),
        lambda t: t.cat([1, t.ones(2)]),
        lambda t: t.cat((t.ones(2), None)),
        lambda t: t.cat(t.ones(1) for _ in range(2)),
        lambda t: t.cat([t.ones(2)], dim="a"),
        lambda t: t.cat([t.ones(2)], 1.5),
        lambda t: t.cat([t.ones(2)], dim=None),
        lambda t: t.cat(),
        lambda t: t.cat([t.ones(2)], 0, 1),
        lambda t: t.cat([t.ones(2)], foo=1),
        lambda t: t.concat([]),
        lambda t: t.concat(t.ones(1)),
        lambda t: t.cat([t.ones(2, requires_grad=True)], out=t.empty(2)),
        lambda t: t.stack([]),
        lambda t: t.stack([t.ones(2), t.ones(3)]),
        lambda t: t.stack([t.ones(2), t.ones(2), t.ones(2, 1)]),
        lambda t: t.stack([t.ones(2)], 3),
        lambda t: t.stack(t.ones(2)),
        lambda t: t.stack([[1, 2]]),
        lambda t: t.hstack([]),
        lambda t: t.hstack([t.ones(2, 2), t.ones(2)]),
        lambda t: t.vstack([]),
        lambda t: t.row_stack([]),
        lambda t: t.vstack([t.ones(2), t.ones(3)]),
        lambda t: t.dstack([t.ones(2), t.ones(3)]),
        lambda t: t.column_stack([t.ones(2), t.ones(3)]),
    ],
)
def test_errors(call):
    """Wrong joins raise torch's error, word for word."""
    same(call)


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.cat([t.ones(2, 3, device="meta"), t.ones(4, 3, device="meta")]),
        lambda t: t.cat([t.ones(2, 3, device="meta"), t.ones(4, 2, device="meta")]),
        lambda t: t.cat([t.ones(2, 3, device="meta"), t.ones(4, device="meta")]),
        lambda t: t.cat([t.ones(2, device="meta"), t.ones(4)]),
        lambda t: t.cat([t.ones(2), t.ones(4, device="meta")]),
        lambda t: t.cat([t.ones(0, device="meta"), t.ones(2, 3, device="meta")]),
        lambda t: t.stack([t.ones(2, device="meta")] * 2),
        lambda t: t.stack([t.ones(2, device="meta"), t.ones(2)]),
    ],
)
def test_on_meta(call):
    """On meta there are shapes, errors in torch's other words, and no numbers."""
    same(call)


def test_cat_writes_to_out():
    """`out=` is resized with torch's warning, and returned."""
    same(lambda t: t.cat([t.ones(2), t.zeros(1)], out=t.empty(0)))
    same(lambda t: t.cat([t.ones(2), t.zeros(1)], out=t.empty(5)))
    for name in ("cat", "stack", "hstack", "column_stack"):
        same(lambda t, name=name: getattr(t, name)([t.ones(2)], out=t.empty(0, dtype=t.int64)))
    same(lambda t: t.cat([x := t.ones(4), x[:0]], out=x))
    same(lambda t: t.cat([(x := t.ones(4))[:2], x[2:]], out=x))
    x = ref.zeros(3)
    assert ref.cat([ref.ones(2), ref.ones(1)], out=x) is x
    assert x.tolist() == [1, 1, 1]


@pytest.mark.parametrize("dim", [0, 1, 2, -1, -3])
def test_stack(dim):
    """Values, shape and gradients are those of torch.stack."""
    check(lambda torch, x, y: torch.stack((x, y), dim), (2, 3), (2, 3))


@pytest.mark.parametrize("name", ["hstack", "vstack", "dstack", "column_stack", "row_stack"])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 3, 2)])
def test_stacks(name, shape):
    """Those made of cat agree for each number of dimensions, with the same graph below."""
    check(lambda torch, x, y: getattr(torch, name)((x, y)), shape, shape)


@pytest.mark.parametrize("name", ["atleast_1d", "atleast_2d", "atleast_3d"])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
def test_at_least(name, shape):
    """Dimensions of size 1 go where torch puts them."""
    check(lambda torch, x: getattr(torch, name)(x), shape)
    check(lambda torch, x: getattr(torch, name)(x, x), shape)


def test_names():
    """Both concat and concatenate are cat; torch says the same."""
    assert ref.concat([ref.ones(1), ref.zeros(1)]).tolist() == [1, 0]
    assert ref.concatenate([ref.ones(1)], axis=0).tolist() == [1]
    same(lambda t: t.concat([t.ones(1, requires_grad=True)]))


def test_channels_last_is_kept():
    """Images that lie with their channels together stay so."""
    for engine in (ref, torch):
        x = engine.ones(1, 2, 3, 4).contiguous(memory_format=engine.channels_last)
        assert engine.cat([x, x]).stride() == (24, 1, 8, 2)
