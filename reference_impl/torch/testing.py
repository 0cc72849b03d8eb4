"""`torch.testing`: whether what was computed is close to what was expected, and how far off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .elementwise import isclose
from .promotion import promote_types
from .public import not_here
from .tensor import Tensor

__all__ = ["assert_close"]

# of each type: relative, absolute
TOLERANCES = {
    "float16": (1e-3, 1e-5),
    "bfloat16": (1.6e-2, 1e-5),
    "float32": (1.3e-6, 1e-5),
    "float64": (1e-7, 1e-7),
}
Message = str | Callable[[str], str] | None


class Difference(Exception):
    """What is not alike, and at which place of nested values."""

    def __init__(self, text: str, place: str, kind: type[Exception] = AssertionError) -> None:
        super().__init__(text)
        self.text, self.place, self.kind = text, place, kind


def assert_close(
    actual: Any,
    expected: Any,
    *,
    allow_subclasses: bool = True,
    rtol: float | None = None,
    atol: float | None = None,
    equal_nan: bool = False,
    check_device: bool = True,
    check_dtype: bool = True,
    check_layout: bool = True,
    check_stride: bool = False,
    msg: Message = None,
) -> None:
    """Raise unless values are close: `abs(actual - expected) <= atol + rtol * abs(expected)`.

    >>> torch.testing.assert_close(torch.tensor([1.0]), torch.tensor([1.0 + 1e-7]))

    Args:
        actual: tensors or numbers, also nested in sequences and mappings.
        expected: the same.
        allow_subclasses: whether another class of tensor is alike.
        rtol: given together with `atol`, or neither: then the types decide.
        atol: see `rtol`.
        equal_nan: whether nan is close to nan.
        check_device: compare devices, too.
        check_dtype: compare types, too.
        check_layout: of no effect.
        check_stride: compare strides, too.
        msg: the error's text, or what makes it of the one that it would have.

    Raises:
        AssertionError: for values that are not close.
        TypeError: for what cannot be compared.
    """
    if (rtol is None) != (atol is None):
        missing = "atol" if atol is None else "rtol"
        raise ValueError(
            f"Both 'rtol' and 'atol' must be either specified or omitted, but got no {missing}."
        )
    checks = [name for name, on in (("device", check_device), ("dtype", check_dtype)) if on]
    checks += ["stride"] * check_stride
    slack = None if rtol is None else (rtol, atol)
    try:
        compare(actual, expected, "", slack, equal_nan, checks)
    except Difference as difference:
        place = difference.place
        text = difference.text + (f"\n\nThe failure occurred for item {place}" if place else "")
        if msg is not None:
            text = msg(text) if callable(msg) else msg
        kind = difference.kind
    else:
        return
    raise kind(text)


Slack = tuple[float, float] | None


def compare(
    actual: Any, expected: Any, place: str, slack: Slack, equal_nan: bool, checks: Sequence[str]
) -> None:
    """Raise Difference at the first place where nested values are not alike."""
    if all(isinstance(x, Sequence) and not isinstance(x, str) for x in (actual, expected)):
        if len(actual) != len(expected):
            counts = f"{len(actual)} != {len(expected)}"
            raise Difference(f"The length of the sequences mismatch: {counts}", place)
        for at, (a, b) in enumerate(zip(actual, expected, strict=True)):
            compare(a, b, f"{place}[{at}]", slack, equal_nan, checks)
    elif isinstance(actual, Mapping) and isinstance(expected, Mapping):
        if actual.keys() != expected.keys():
            raise Difference(
                "The keys of the mappings do not match:\nMissing keys in the actual mapping: "
                f"{sorted(expected.keys() - actual.keys())}\nAdditional keys in the actual "
                f"mapping: {sorted(actual.keys() - expected.keys())}",
                place,
            )
        for key, a in actual.items():
            compare(a, expected[key], f"{place}[{key!r}]", slack, equal_nan, checks)
    elif actual is None or expected is None:
        if actual is not expected:
            raise Difference(f"None mismatch: {actual} is not {expected}", place)
    elif isinstance(actual, bool) and isinstance(expected, bool):
        if actual is not expected:
            raise Difference(f"Booleans mismatch: {actual} is not {expected}", place)
    elif isinstance(actual, (int, float)) and isinstance(expected, (int, float)):
        compare_numbers(actual, expected, place, slack, equal_nan, "dtype" in checks)
    elif isinstance(actual, Tensor) and isinstance(expected, Tensor):
        compare_tensors(actual, expected, place, slack, equal_nan, checks)
    else:
        raise Difference(
            "No comparison pair was able to handle inputs of type "
            f"{type(actual)} and {type(expected)}.",
            place,
            TypeError,
        )


def compare_numbers(
    actual: float, expected: float, place: str, slack: Slack, equal_nan: bool, check_type: bool
) -> None:
    """Raise Difference unless two numbers are close."""
    if check_type and type(actual) is not type(expected):
        kinds = f"{type(actual)} != {type(expected)}"
        raise Difference(f"The (d)types do not match: {kinds}.", place)
    default = TOLERANCES["float64"] if float in (type(actual), type(expected)) else (0, 0)
    rtol, atol = slack or default
    close = actual == expected or abs(actual - expected) <= atol + rtol * abs(expected)
    if not (close or (equal_nan and actual != actual and expected != expected)):
        raise Difference(scalars(actual, expected, rtol, atol), place)


def scalars(actual: float, expected: float, rtol: float, atol: float) -> str:
    """Say how far two numbers are apart."""
    apart = abs(actual - expected)
    ratio = apart / abs(expected) if expected else float("inf")
    return (
        f"Scalars are not {'close' if rtol or atol else 'equal'}!\n\n"
        f"Expected {expected} but got {actual}.\n"
        f"Absolute difference: {apart}{allowed(rtol, atol, atol)}\n"
        f"Relative difference: {ratio}{allowed(rtol, atol, rtol)}"
    )


def allowed(rtol: float, atol: float, shown: float) -> str:
    """Say how much is allowed, if anything is."""
    return f" (up to {shown} allowed)" if rtol or atol else ""


def compare_tensors(
    actual: Tensor,
    expected: Tensor,
    place: str,
    slack: Slack,
    equal_nan: bool,
    checks: Sequence[str],
) -> None:
    """Raise Difference unless two tensors are close, and alike in what is to be checked."""
    for name in ("shape", *checks):
        a, b = (x.stride() if name == "stride" else getattr(x, name) for x in (actual, expected))
        if a != b:
            raise Difference(f"The values for attribute '{name}' do not match: {a} != {b}.", place)
    known = [TOLERANCES.get(x.dtype.name, (0.0, 0.0)) for x in (actual, expected)]
    rtol, atol = slack or tuple(map(max, *known))
    kind = promote_types(actual.dtype, expected.dtype)
    actual, expected = actual.detach().to(kind), expected.detach().to(kind)
    matches = isclose(actual, expected, rtol, atol, equal_nan)
    if bool(matches.all()):
        return
    if not actual.dim():
        raise Difference(scalars(actual.item(), expected.item(), rtol, atol), place)
    raise Difference(tensors(actual, expected, matches, rtol, atol), place)


def tensors(actual: Tensor, expected: Tensor, matches: Tensor, rtol: float, atol: float) -> str:
    """Say how many elements of two tensors differ, and where most."""
    if not actual.is_floating_point():
        actual, expected = actual.long(), expected.long()
    total, wrong = actual.numel(), int((~matches).sum())
    apart = (actual - expected).abs().masked_fill(matches, 0)
    ratio = (apart / expected.abs()).masked_fill(matches, 0)
    lines = [
        f"Tensor-likes are not {'close' if rtol or atol else 'equal'}!\n",
        f"Mismatched elements: {wrong} / {total} ({wrong / total:.1%})",
    ]
    for name, found, slack in (("absolute", apart, atol), ("relative", ratio, rtol)):
        most, at = found.flatten().max(0)
        index = []
        rest = int(at)
        for n in reversed(actual.shape):
            index.insert(0, rest % n)
            rest //= n
        where = f"at index {tuple(index)}{allowed(rtol, atol, slack)}"
        lines.append(f"Greatest {name} difference: {most.item()} {where}")
    return "\n".join(lines)


def __getattr__(name: str) -> object:
    raise not_here("torch.testing", name, ("FileCheck", "assert_allclose", "make_tensor"))
