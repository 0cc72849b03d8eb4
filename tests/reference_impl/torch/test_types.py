"""Types, promotion, sizes: rules without tensors, and with."""

import itertools
from array import array

import pytest
from oracle import ref, same, torch

from reference_impl.torch.dtypes import rounded

DTYPES = "float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 bool".split()


@pytest.mark.parametrize(("a", "b"), itertools.product(DTYPES, DTYPES))
def test_promotion(a, b):
    """Each pair promotes and casts as in torch, whichever of both has dimensions."""

    def rules(t):
        x, y = getattr(t, a), getattr(t, b)
        whole, single = t.ones(2, dtype=x), t.ones((), dtype=y)
        return (
            t.promote_types(x, y),
            t.can_cast(x, y),
            t.result_type(whole, t.ones(1, dtype=y)),
            t.result_type(whole, single),
            t.result_type(whole, 2),
            t.result_type(whole, 2.5),
            t.result_type(single, True),
        )

    same(rules)


@pytest.mark.parametrize("name", DTYPES)
def test_attributes(name):
    """A type knows its size and kind, and its limits."""
    same(lambda t: (d := getattr(t, name), d.itemsize, d.is_floating_point, d.is_signed))
    same(lambda t: t.finfo(getattr(t, name)))
    same(lambda t: t.iinfo(getattr(t, name)))
    same(lambda t: vars_of(t.finfo(getattr(t, name))))


def vars_of(info):
    """The numbers of a finfo."""
    return info.bits, info.eps, info.max, info.min, info.tiny, info.resolution, info.dtype


@pytest.mark.parametrize(("a", "b"), itertools.product(DTYPES, DTYPES))
def test_conversion(a, b):
    """Values are rounded, cut and wrapped as in torch."""
    values = {"bool": [True, False], "uint8": [0, 1, 200, 255], "int8": [-128, -1, 0, 127]}
    plain = [-3, 0, 1, 7, 100]
    floats = [-2.7, -0.5, 0.0, 0.1, 1.5, 3.14159, 100.7]
    given = values.get(a, floats if "float" in a else plain)
    same(lambda t: t.tensor(given, dtype=getattr(t, a)).to(getattr(t, b)).tolist())


@pytest.mark.parametrize("name", ["float16", "bfloat16"])
def test_halves_are_rounded(name):
    """Ties go to even, the largest numbers to infinity, the smallest to zero."""
    given = [1 + 2.0**-n for n in range(3, 16)]
    given += [65504.0, 65519.0, 65520.0, 1e38, 3.4e38, 1e-8, 6e-8]
    same(lambda t: t.tensor(given, dtype=getattr(t, name)).tolist())


@pytest.mark.parametrize("name", ["int8", "uint8", "int16", "int32", "int64"])
def test_integers_wrap(name):
    """Overflow keeps the low bits."""

    def run(t):
        kind = getattr(t, name)
        top = t.tensor([t.iinfo(kind).max, t.iinfo(kind).min], dtype=kind)
        return top + top, top * 3, top - 1

    same(run)


def test_default_dtype():
    """The type of Python floats can be changed, and must be floating."""

    def run(t):
        t.set_default_dtype(t.float64)
        try:
            return t.get_default_dtype(), t.tensor(1.5).dtype, t.ones(1).dtype, t.tensor(1).dtype
        finally:
            t.set_default_dtype(t.float32)

    same(run)
    same(lambda t: t.set_default_dtype(t.int8))
    same(lambda t: t.set_default_dtype("a"))


@pytest.mark.parametrize(
    "call",
    [
        "t.Size([2, 3]), t.Size([]), t.Size([2, 3]).numel()",
        "t.Size([2, 3]) + (1,), (1,) + t.Size([2, 3]), t.Size([2, 3])[:1], t.Size([2]) * 2",
        "t.Size([2, 3]) == (2, 3)",
        "t.Size(['a'])",
        "t.Size(3)",
        "t.broadcast_shapes((2, 1), (3,), 1)",
        "t.broadcast_shapes((2, 3), (4,))",
        "t.broadcast_shapes((-1,))",
        "t.ones(2, 3) + t.ones(2, 4)",
        "t.ones(2, 3) + t.ones(4, 1, 3)",
        "[s.shape for s in t.broadcast_tensors(t.ones(2, 1), t.ones(3))]",
        "t.device('cpu'), t.device('cpu', 0), str(t.device('cuda:1')), t.device('meta').index",
        "t.device('foo')",
        "t.strided, t.channels_last",
    ],
)
def test_call(call):
    """What it gives, or how it fails, is torch's."""
    same(lambda t: eval(call, {"t": t}))


LAYOUTS = {
    "contiguous": lambda x: x,
    "transposed": lambda x: x.t(),
    "strided": lambda x: x[:, ::2],
    "strided and transposed": lambda x: x[:, ::2].t(),
    "expanded": lambda x: x[:1].expand(4, 6),
    "column": lambda x: x[:, :1],
    "row": lambda x: x[:1],
    "permuted": lambda x: x.view(2, 3, 4).permute(2, 0, 1),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_results_are_laid_out_like_their_inputs(name):
    """Strides of elementwise results and copies follow the inputs' memory."""

    def run(t):
        x = LAYOUTS[name](t.arange(24.0).reshape(4, 6))
        return [y.stride() for y in (x.exp(), x + 1, x + x, x.clone(), t.zeros_like(x), x.double())]

    same(run)


@pytest.mark.parametrize(("a", "b"), itertools.product(LAYOUTS, LAYOUTS))
def test_results_of_two_layouts(a, b):
    """Where two operands are laid out differently, the result follows torch's choice."""

    def run(t):
        x = LAYOUTS[a](t.arange(24.0).reshape(4, 6))
        y = LAYOUTS[b](t.arange(24.0).reshape(4, 6))
        z = x + y
        return z.stride(), z.tolist()

    same(run)


def test_names_are_the_same_objects():
    """Short names are the same types."""
    assert (ref.float, ref.double, ref.half) == (ref.float32, ref.float64, ref.float16)
    assert (ref.long, ref.int, ref.short) == (ref.int64, ref.int32, ref.int16)
    assert torch.float is torch.float32


@pytest.mark.parametrize("typecode", "fd")
@pytest.mark.parametrize("count", [0, 1, 15, 16, 100])
def test_numbers_stored_at_once(typecode, count):
    """Many numbers are rounded as each would be alone, beyond the largest, too."""
    numbers = [1 / 3, -0.0, 1e39, float("nan"), 7, True][:count] + [0.1 * i for i in range(count)]
    assert rounded(typecode, numbers).tobytes() == array(typecode, numbers).tobytes()


@pytest.mark.parametrize(("number", "error"), [(1j, TypeError), (10**400, OverflowError)])
def test_what_cannot_be_stored(number, error):
    """The error for one of many is that for one alone."""
    with pytest.raises(error):
        rounded("f", [number] * 20)
