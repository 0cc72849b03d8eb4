"""New tensors: from literals, from shapes, ranges."""

import pytest
from oracle import ref, same, torch

LITERALS = [
    "1",
    "1.5",
    "True",
    "[1, 2]",
    "[1, 2.5]",
    "[True, 2]",
    "[True, 2.5]",
    "[]",
    "[[], []]",
    "[[1, 2], [3, 4]]",
    "((1, 2), (3, 4))",
    "range(3)",
    "[[[1], [2]], [[3], [4]]]",
    "2**62",
    "-(2**63)",
    "2**63",
    "2**70",
    "[1e300]",
    "[float('nan'), float('inf')]",
    "[[1, 2], [3]]",
    "[[1, 2], [3, 4, 5]]",
    "[[1, 2], 3]",
    "[1, [2, 3]]",
    "[[[1], [2]], [[3]]]",
    "[[1], []]",
    "[1, 'a']",
    "'ab'",
    "['ab']",
    "b'ab'",
    "None",
    "[None]",
    "{}",
    "{1, 2}",
    "object()",
    "[t.tensor(1), t.tensor(2.5)]",
    "[1, t.tensor(2.5)]",
    "[t.ones(2), t.ones(2)]",
    "t.ones(2)",
    "t.Size([2, 3])",
]


@pytest.mark.parametrize("data", LITERALS)
def test_literal(data):
    """Type, shape, numbers, errors and warnings are torch's."""
    same(lambda t: t.tensor(eval(data, {"t": t})))


@pytest.mark.parametrize(
    "dtype", ["float64", "float16", "bfloat16", "int64", "int8", "uint8", "bool"]
)
@pytest.mark.parametrize(
    "data",
    ["[1, 2]", "[1.5, -1.5]", "[300]", "[-1]", "[70000.0, 1e-9, 1 / 3]", "[float('nan')]"],
)
def test_literal_of_a_type(data, dtype):
    """Numbers are rounded, cut, wrapped or refused as torch does."""
    same(lambda t: t.tensor(eval(data), dtype=getattr(t, dtype)))
    same(lambda t: t.tensor(eval(data), dtype=getattr(t, dtype)).tolist())


@pytest.mark.parametrize(
    "call",
    [
        "t.zeros(2, 3)",
        "t.zeros((2, 3))",
        "t.zeros(size=(2, 3))",
        "t.zeros([])",
        "t.zeros(2, 0)",
        "t.zeros(2, dtype=t.int64)",
        "t.zeros(2, requires_grad=True)",
        "t.zeros(2, dtype=t.int64, requires_grad=True)",
        "t.zeros(2, device='meta')",
        "t.zeros(2, device='cuda')",
        "t.zeros(-1)",
        "t.zeros(2.5)",
        "t.zeros('a')",
        "t.zeros()",
        "t.zeros((2, 'a'))",
        "t.zeros(('a',))",
        "t.zeros(2, 'a')",
        "t.zeros(True)",
        "t.zeros(None)",
        "t.zeros(size=3)",
        "t.zeros(2, foo=1)",
        "t.zeros(2, dtype='a')",
        "t.zeros((2,), 3)",
        "t.ones(2, 2)",
        "t.ones(2, -1)",
        "t.empty(2, 3).shape",
        "t.empty(0)",
        "t.empty_strided((2, 3), (1, 2)).stride()",
        "t.full((2, 2), 7)",
        "t.full((2,), True)",
        "t.full((2,), 1.5, dtype=t.int64)",
        "t.full((2,), 300, dtype=t.uint8)",
        "t.full((2,), 1e300)",
        "t.full((2,), float('nan'), dtype=t.int64)",
        "t.full(2, 3)",
        "t.full((2,), 'a')",
        "t.full((2,))",
        "t.eye(3)",
        "t.eye(2, 3, dtype=t.int64)",
        "t.eye(-1)",
        "t.eye(2.5)",
        "t.zeros_like(t.ones(2, 3).t()).stride()",
        "t.zeros_like(t.ones(2, 3).expand(4, 2, 3)).stride()",
        "t.ones_like(t.ones(2), dtype=t.int64)",
        "t.full_like(t.ones(2, dtype=t.int64), 1.5)",
        "t.zeros_like([1])",
        "t.ones(2).new_zeros(2, 3)",
        "t.ones(2).new_zeros((2, 3), dtype=t.int32)",
        "t.ones(2).new_ones(-1)",
        "t.ones(2).new_full((2,), 3.5)",
        "t.ones(2, dtype=t.int64).new_tensor([1.5, 2])",
        "t.ones(2).new([1, 2])",
        "t.as_tensor([1, 2])",
        "t.as_tensor(t.ones(1), dtype=t.int64)",
        "t.asarray([1, 2])",
        "t.scalar_tensor(2)",
        "t.Tensor(2, 3).shape",
        "t.Tensor([1, 2])",
        "t.Tensor()",
        "t.Tensor(2.5)",
        "t.Tensor('a')",
        "t.LongTensor([1, 2])",
        "t.LongTensor",
        "isinstance(t.ones(1).long(), t.LongTensor)",
        "t.FloatTensor(3).shape",
        "t.LongTensor(t.tensor([1.5]))",
        "t.FloatTensor(t.ones(1, requires_grad=True))",
        "t.Tensor(t.tensor([1, 2]))",
        "t.Tensor(t.ones(1), device='cpu')",
        "t.ones(1).new(t.ones(1, device='meta'))",
    ],
)
def test_call(call):
    """What it prints, or how it fails, is torch's."""
    same(lambda t: eval(call, {"t": t}))


@pytest.mark.parametrize(
    "call",
    [
        "arange(5)",
        "arange(5.)",
        "arange(1, 10, 3)",
        "arange(5, 0, -2)",
        "arange(0, 1, 0.1)",
        "arange(1.5, 7, 0.01)",
        "arange(0, 1000, 1.1)",
        "arange(2.5, dtype=t.int64)",
        "arange(end=3)",
        "arange(start=1, end=3)",
        "arange(t.tensor(3))",
        "arange(3, 3)",
        "arange(5, 1)",
        "arange(1, 5, 0)",
        "arange(0.0, float('inf'))",
        "arange('a')",
        "arange(3, dtype=t.bool)",
        "arange(3, requires_grad=True)",
        "arange(3, device='meta')",
        "range(0, 3)",
        "linspace(0, 1, 5)",
        "linspace(-3.3, 7.1, 53)",
        "linspace(0.1, 0.7, 100)",
        "linspace(3, 10, 1)",
        "linspace(3, 10, 0)",
        "linspace(0, 10, 5, dtype=t.int64)",
        "linspace(-3.3, 7.1, 53, dtype=t.float64)",
        "linspace(0, 1, -1)",
        "linspace(0, 1)",
        "linspace(0, 1, 3.0)",
        "linspace(t.ones(1), 1, 3)",
        "logspace(0, 3, 4)",
        "logspace(0, 3, 7, dtype=t.int64)",
        "logspace(0, 4, 5, base=2)",
    ],
)
def test_range(call):
    """Every number is torch's, to the last bit."""
    same(lambda t: eval(f"t.{call}", {"t": t}))

    def exact(engine):
        return eval(f"t.{call}", {"t": engine}).tolist()

    if "meta" not in call:
        same(exact)


def test_type_of_types():
    """Types print under torch's names, whatever file they are in."""
    for name in ("ones(1)", "float32", "Size([1])", "device('cpu')", "finfo(torch.float32)"):
        ours = repr(type(eval(f"torch.{name}", {"torch": ref})))
        assert ours == repr(type(eval(f"torch.{name}", {"torch": torch})))
