"""`x[...]` and `x[...] = y`: every kind of index, alone and mixed, reads and writes as in torch."""

import random
import warnings

import pytest
import torch

import reference_impl.torch as ref

SHAPES = [(), (3,), (1,), (0,), (2, 3), (3, 1), (2, 0), (2, 3, 4), (1, 3, 2), (2, 3, 2, 2)]


def made(module, shape, layout, requires_grad=False):
    """Return the same numbers in the same memory layout in either engine."""
    n = 1
    for size in shape:
        n *= size
    if layout == "transposed" and len(shape) > 1:
        x = module.arange(float(n)).reshape(shape[::-1]).permute(*range(len(shape) - 1, -1, -1))
    elif layout == "strided" and shape:
        x = module.arange(float(2 * n)).reshape(*shape[:-1], 2 * shape[-1])[..., ::2]
    else:
        x = module.arange(float(n)).reshape(shape)
    return x.requires_grad_(True) if requires_grad else x


def built(module, spec):
    """Return an index from its description: tensors become the engine's own."""
    if isinstance(spec, tuple):
        return tuple(built(module, part) for part in spec)
    if isinstance(spec, dict):
        dtype = getattr(module, spec["dtype"])
        return module.tensor(spec["values"], dtype=dtype).reshape(spec["shape"])
    return spec


def outcome(act):
    """Return what an action gives, or the type and text of its error, and its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            found = act()
        except (IndexError, RuntimeError, TypeError, ValueError) as error:
            found = type(error).__name__, str(error)
    return found, [str(w.message).split(" (Triggered")[0] for w in caught]


def shown(result, source):
    """Return all that can be seen of a result: layout, numbers, history, shared memory."""
    shares = result.untyped_storage().data_ptr() == source.untyped_storage().data_ptr()
    return {
        "values": result.tolist(),
        "shape": tuple(result.shape),
        "stride": tuple(result.stride()),
        "dtype": str(result.dtype),
        "grad_fn": result.grad_fn and result.grad_fn.name(),
        "view": result.numel() > 0 and shares and result.storage_offset(),
    }


def read(module, shape, layout, spec):
    """Return what can be seen of `x[index]`, and the gradient of x."""
    x = made(module, shape, layout, requires_grad=True)
    result = x[built(module, spec)]
    seen = shown(result, x)
    weights = module.arange(1.0, result.numel() + 1).reshape(tuple(result.shape))
    result.backward(weights)
    return seen, x.grad.tolist()


def write(module, shape, layout, spec, value):
    """Return what can be seen of x after `x[index] = value`, and both gradients."""
    leaf = made(module, shape, layout, requires_grad=True)
    x = leaf.clone()
    value = built(module, value)
    if isinstance(value, module.Tensor) and value.is_floating_point():
        value.requires_grad_(True)
    version = x._version
    x[built(module, spec)] = value
    seen = shown(x, x), x._version - version
    x.backward(module.arange(1.0, x.numel() + 1).reshape(tuple(x.shape)))
    return (
        seen,
        leaf.grad.tolist(),
        getattr(value, "grad", None) is not None and value.grad.tolist(),
    )


class Expressions:
    """Makes random index expressions, most of them valid."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def integers(self, size, shape):
        """Return positions of one dimension, rarely one beyond its end."""
        n = 1
        for s in shape:
            n *= s
        reach = size + (self.chance.random() < 0.03)
        values = [self.chance.randrange(-size, reach) if size else 0 for _ in range(n)]
        return {
            "values": values,
            "shape": shape,
            "dtype": self.chance.choice(["int64"] * 4 + ["int32"]),
        }

    def mask(self, shape):
        """Return truth values of a shape."""
        n = 1
        for s in shape:
            n *= s
        return {
            "values": [self.chance.random() < 0.5 for _ in range(n)],
            "shape": shape,
            "dtype": "bool",
        }

    def part(self, sizes, common):
        """Return one part of an index and how many dimensions it takes."""
        size = sizes[0] if sizes else 1
        kind = self.chance.choice(
            [
                "int",
                "int",
                "slice",
                "slice",
                "slice",
                "none",
                "list",
                "tensor",
                "tensor",
                "mask",
                "bool",
            ]
        )
        if kind == "int":
            reach = size + (self.chance.random() < 0.05)
            return self.chance.randrange(-size, max(reach, 1)) if size else 0, 1
        if kind == "slice":
            ends = [None, *range(-size - 1, size + 2)]
            step = self.chance.choice([None, None, 1, 2, 3])
            return slice(self.chance.choice(ends), self.chance.choice(ends), step), 1
        if kind == "none":
            return None, 0
        if kind == "list":
            return self.integers(size, (self.chance.choice([common[-1] if common else 1, 1]),))[
                "values"
            ], 1
        if kind == "tensor":
            shape = self.chance.choice([common, common, common[1:], (1,), ()])
            return self.integers(size, shape), 1
        if kind == "mask":
            dims = self.chance.choice([1, 1, 2])
            shape = tuple(sizes[:dims])
            if self.chance.random() < 0.05:
                shape = (*shape[:-1], shape[-1] + 1) if shape else ()
            return self.mask(shape), len(shape)
        return self.chance.choice([True, False]), 0

    def index(self, shape):
        """Return a whole index for a tensor of a shape."""
        common = self.chance.choice([(2,), (3,), (2, 2), (1, 2), (0,)])
        parts, sizes = [], list(shape)
        most = self.chance.choice([1, 1, 2, 2, 3, len(shape) + (self.chance.random() < 0.05)])
        while most > 0:
            if self.chance.random() < 0.1 and Ellipsis not in [p for p in parts if p is Ellipsis]:
                parts.append(Ellipsis)
                sizes = sizes[max(len(sizes) - 1, 0) :]
                continue
            part, taken = self.part(sizes, common)
            parts.append(part)
            sizes = sizes[taken:]
            most -= 1
        return parts[0] if len(parts) == 1 and self.chance.random() < 0.7 else tuple(parts)


@pytest.mark.parametrize("seed", range(30))
def test_reading(seed):
    """Ten random expressions: result, layout, history, shared memory, gradient, errors."""
    make = Expressions(seed)
    for _ in range(10):
        shape = make.chance.choice(SHAPES)
        layout = make.chance.choice(["dense", "transposed", "strided"])
        spec = make.index(shape)
        expected = outcome(lambda: read(torch, shape, layout, spec))  # noqa: B023
        assert outcome(lambda: read(ref, shape, layout, spec)) == expected, (shape, layout, spec)  # noqa: B023


@pytest.mark.parametrize("seed", range(100, 130))
def test_writing(seed):
    """Ten random assignments: numbers, version, history, both gradients, errors."""
    make = Expressions(seed)
    for _ in range(10):
        shape = make.chance.choice(SHAPES)
        layout = make.chance.choice(["dense", "transposed"])
        spec = make.index(shape)
        value = make.chance.choice([7, 2.5, "scalar", "row", "whole", "double"])
        if isinstance(value, str):
            found = outcome(lambda: made(torch, shape, layout)[built(torch, spec)])[0]  # noqa: B023
            target = tuple(found.shape) if isinstance(found, torch.Tensor) else (2,)
            size = {"scalar": (), "row": target[-1:], "double": target}.get(value, (1, *target))
            dtype = "float64" if value == "double" else "float32"
            n = 1
            for s in size:
                n *= s
            value = {"values": [i + 0.5 for i in range(n)], "shape": size, "dtype": dtype}
        expected = outcome(lambda: write(torch, shape, layout, spec, value))  # noqa: B023
        got = outcome(lambda: write(ref, shape, layout, spec, value))  # noqa: B023
        assert got == expected, (shape, layout, spec, value)


class Whole:
    """An object that is an integer to Python."""

    def __index__(self):
        return 1


EXPRESSIONS = {
    "nested lists count as a tuple": lambda t: [[0, 1], [1, 2]],
    "a list with a slice counts as a tuple": lambda t: [slice(None), 0],
    "a list with None counts as a tuple": lambda t: [0, None],
    "a list of tensors counts as a tuple": lambda t: [t.tensor([0]), t.tensor([1])],
    "a list of 32 is an index": lambda t: [[0, 1]] * 32,
    "a ragged list in a tuple": lambda t: ([[0], [1, 2]], 0),
    "an empty list": lambda t: [],
    "an empty tuple": lambda t: (),
    "a list of truth values": lambda t: [True, False],
    "a list of truth values of another length": lambda t: [True],
    "a list of mixed values": lambda t: [True, 0],
    "a list of floats": lambda t: [1.5, 0],
    "a range": lambda t: range(2),
    "a 0-dim tensor": lambda t: t.tensor(1),
    "a 0-dim truth value": lambda t: t.tensor(True),
    "a 0-dim byte": lambda t: t.tensor(1, dtype=t.uint8),
    "bytes as a mask": lambda t: t.tensor([0, 1], dtype=t.uint8),
    "int32 as an index": lambda t: t.tensor([0, 1], dtype=t.int32),
    "int16 as an index": lambda t: t.tensor([0, 1], dtype=t.int16),
    "floats as an index": lambda t: t.tensor([0.0, 1]),
    "a float": lambda t: 0.5,
    "a float in a tuple": lambda t: (0, 0.5),
    "a string": lambda t: "a",
    "a set": lambda t: {0},
    "a dict": lambda t: {},
    "an object with __index__": lambda t: Whole(),
    "an object with __index__ in a tuple": lambda t: (0, Whole()),
    "too many": lambda t: (0, 0, 0, 0),
    "too many slices": lambda t: (slice(None),) * 4,
    "two ellipses": lambda t: (..., ...),
    "two ellipses and more": lambda t: (..., None, ..., 0),
    "a step of zero": lambda t: slice(None, None, 0),
    "a negative step": lambda t: slice(None, None, -1),
    "tensors as bounds": lambda t: slice(t.tensor(0), t.tensor([1])),
    "a float tensor as a bound": lambda t: slice(t.tensor(0.0), None),
    "several elements as a bound": lambda t: slice(t.tensor([0, 1]), None),
    "a mask of two dimensions": lambda t: t.ones(2, 3, dtype=t.bool),
    "a mask of two dimensions and an integer": lambda t: (t.ones(2, 3, dtype=t.bool), 0),
    "a mask, None and a list": lambda t: (t.ones(2, 3, dtype=t.bool), None, [0]),
    "a mask of another shape": lambda t: t.ones(2, 4, dtype=t.bool),
    "a mask with too many dimensions": lambda t: t.ones(2, 3, 4, 5, dtype=t.bool),
    "shapes that do not meet": lambda t: ([0, 1], [0, 1, 2]),
    "an index beyond the end": lambda t: (slice(None), [0, 5]),
    "transposed positions": lambda t: t.tensor([[0, 1], [1, 0]]).t(),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
@pytest.mark.parametrize("shape", [(2, 3, 4), ()])
def test_kinds_of_index(shape, name):
    """Whatever may stand in the brackets gives what torch gives, or torch's error."""

    def act(module):
        x = made(module, shape, "dense", requires_grad=True)
        return shown(x[EXPRESSIONS[name](module)], x)

    assert outcome(lambda: act(ref)) == outcome(lambda: act(torch))


@pytest.mark.parametrize(
    "value", [[1], None, "a", 300, -1, 2.7, True, (1, 2)], ids=lambda value: repr(value)
)
@pytest.mark.parametrize("dtype", ["float32", "uint8", "int64", "bool"])
def test_values_to_assign(dtype, value):
    """What can be assigned, what is cut off, and what is refused."""

    def act(module, index):
        x = module.zeros(3, dtype=getattr(module, dtype))
        x[index] = value
        return x.tolist()

    for index in (0, slice(None), [0, 1], True, False, ..., None):
        expected = outcome(lambda: act(torch, index))  # noqa: B023
        assert outcome(lambda: act(ref, index)) == expected  # noqa: B023


def test_assignment_to_leaves():
    """A leaf that requires grad cannot be written to, whole or in part."""

    def act(module, index):
        x = module.ones(3, requires_grad=True)
        x[index] = 1.0

    for index in (0, slice(None), slice(1, 2), [0], ..., None, True):
        assert outcome(lambda: act(ref, index)) == outcome(lambda: act(torch, index))  # noqa: B023


def test_writing_to_views_reaches_the_base():
    """`x[0][1:] = y` writes to x, and the gradient finds its way through both views."""

    def act(module):
        leaf = module.ones(2, 3, requires_grad=True)
        value = module.tensor([5.0, 6.0], requires_grad=True)
        x = leaf * 2
        x[0][1:] = value * 2
        x[1, [0, 2]] *= value
        x.backward(module.arange(6.0).reshape(2, 3))
        return x.tolist(), leaf.grad.tolist(), value.grad.tolist(), x.grad_fn.name(), x._version

    assert act(ref) == act(torch)


def test_second_derivatives():
    """Reading and writing can be differentiated twice."""

    def act(module):
        x = module.arange(1.0, 7).reshape(2, 3).requires_grad_()
        y = (x * x).clone()
        y[:, [0, 2]] = x[:, [1, 1]] ** 3
        z = y[[0, 1, 0]] * y[module.tensor([[True, False, True]]).expand(2, 3)][:3]
        (first,) = module.autograd.grad(z, x, module.ones(3, 3), create_graph=True)
        (second,) = module.autograd.grad(first, x, module.ones(2, 3))
        return first.tolist(), second.tolist()

    assert act(ref) == act(torch)


def test_an_index_that_was_changed():
    """An index is saved for backward, so changing it afterwards is an error."""

    def act(module):
        x = module.ones(3, requires_grad=True)
        index = module.tensor([0, 1])
        y = x[index]
        index[0] = 2
        y.backward(module.ones(2))

    assert outcome(lambda: act(ref)) == outcome(lambda: act(torch))


def test_index_put():
    """Adding up at repeated positions, and the errors of its arguments."""

    def act(module, indices, values, accumulate=False, shape=(2, 3)):
        x = made(module, shape, "dense")
        result = x.index_put(built(module, indices), built(module, values), accumulate)
        return result.tolist(), tuple(result.stride())

    def positions(*values):
        return {"values": list(values), "shape": (len(values),), "dtype": "int64"}

    def numbers(*values, dtype="float32"):
        return {"values": list(values), "shape": (len(values),), "dtype": dtype}

    cases = [
        ((positions(0, 0), positions(1, 1)), numbers(2.0, 3.0), True),
        ((positions(0, 1), positions(1, 2)), numbers(2.0, 3.0, 4.0)),
        ((positions(0, 1), positions(1, 5)), numbers(2.0, 3.0)),
        ((positions(0, 1),), numbers(1.0, 2.0, 3.0, dtype="float64")),
        ((positions(0), positions(0), positions(0)), numbers(2.0)),
        ((positions(0),), 5.0),
        (positions(0), numbers(5.0)),
    ]
    for case in cases:
        assert outcome(lambda: act(ref, *case)) == outcome(lambda: act(torch, *case))  # noqa: B023
