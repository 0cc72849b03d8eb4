"""How a call is read: arguments by name and by position, and torch's errors where one is wrong.

The annotations of a function say what each argument may be; `Signature` reads them at the
first call and then checks and converts what comes. `dim: int | None` takes an integer or
None, `dims: Sequence[int]` a tuple, `other: Tensor | Number` a tensor or a number.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

from .devices import device

Number = int | float


class Refused(Exception):
    """An argument that a kind does not take."""


def is_tensor(value: object) -> bool:
    """Tell a tensor by what it can do; the class comes in a later chapter."""
    return hasattr(type(value), "untyped_storage")


def as_tensor_argument(value: object) -> object:
    """Take a tensor."""
    if not is_tensor(value):
        raise Refused
    return value


def as_int(value: object) -> int:
    """Take an integer, or a whole 0-dim tensor; torch does not take `True` for 1 here."""
    if isinstance(value, (bool, float)):
        raise Refused
    if is_tensor(value) and (value.requires_grad or value.dim() or value.dtype.category != 1):
        raise Refused
    try:
        return operator.index(value)
    except TypeError:
        raise Refused from None


def as_number(value: object) -> float:
    """Take an integer, a float, a truth value, or the element of a 0-dim tensor."""
    if isinstance(value, (int, float)):
        return value
    if is_tensor(value) and value.dim() == 0 and not value.requires_grad:
        return value.item()
    if hasattr(value, "dtype") and hasattr(value, "item") and not is_tensor(value):
        return value.item()  # a NumPy number
    raise Refused


def as_float(value: object) -> float:
    """Take a number as a float."""
    return float(as_number(value))


def as_bool(value: object) -> bool:
    """Take a truth value, and nothing that is merely true."""
    if not isinstance(value, bool):
        raise Refused
    return value


def as_ints(value: object) -> tuple[int, ...]:
    """Take a tuple or list of integers."""
    if not isinstance(value, (tuple, list)):
        raise Refused
    found = []
    for at, item in enumerate(value):
        try:
            found.append(item if type(item) is int else as_int(item))
        except Refused:
            if at == 0:
                raise
            raise Unpacked(at + 1, item) from None
    return tuple(found)


class Unpacked(Refused):
    """An item of a tuple of integers that is no integer."""


def as_tensors(value: object) -> Sequence:
    """Take a tuple or list of tensors."""
    if not isinstance(value, (tuple, list)):
        raise Refused
    for at, item in enumerate(value):
        if not is_tensor(item):
            raise TypeError(
                f"expected Tensor as element {at} in argument 0, but got {type(item).__name__}"
            )
    return value


def as_device(value: object) -> device:
    """Take a device or its name."""
    if not isinstance(value, (device, str)):
        raise Refused
    return value if isinstance(value, device) else device(value)


def as_string(value: object) -> str:
    """Take a string."""
    if not isinstance(value, str):
        raise Refused
    return value


def as_dtype(value: object) -> object:
    """Take a dtype."""
    if type(value).__name__ != "dtype":
        raise Refused
    return value


def anything(value: object) -> object:
    """Take whatever comes."""
    return value


# annotation -> how errors name it, what converts it
KINDS: dict[str, tuple[str, Callable]] = {
    "Tensor": ("Tensor", as_tensor_argument),
    "int": ("int", as_int),
    "float": ("float", as_float),
    "bool": ("bool", as_bool),
    "str": ("str", as_string),
    "Number": ("Number", as_number),
    "Sequence[int]": ("tuple of ints", as_ints),
    "Sequence[Tensor]": ("tuple of Tensors", as_tensors),
    "dtype": ("torch.dtype", as_dtype),
    "device": ("torch.device", as_device),
}
RENAMED = {"axis": "dim", "keepdims": "keepdim", "x": "input", "x1": "input", "x2": "other"}


class Parameter:
    """One parameter: its name, what it takes, and its default."""

    def __init__(self, name: str, annotation: str, has_default: bool) -> None:
        kinds = [kind.strip() for kind in annotation.split("|")]
        self.name = name
        self.required = not has_default
        self.optional = "None" in kinds
        known = [KINDS.get(kind, (kind, anything)) for kind in kinds if kind != "None"]
        # `int | Sequence[int]` is what torch calls a tuple of ints that may be one int
        spread = [shown for shown, _ in known if shown.startswith("tuple")]
        self.shown = (spread or [shown for shown, _ in known])[0]
        self.takes = [convert for _, convert in known]
        self.is_ints = kinds[0] == "Sequence[int]"

    def read(self, value: object) -> object:
        """Return the value as the function wants it, or raise Refused."""
        if value is None and self.optional:
            return None
        refusal: Refused | None = None
        for convert in self.takes:
            try:
                return convert(value)
            except Refused as refused:
                refusal = refused
        raise refusal or Refused


class Signature:
    """Reads the arguments of one function as torch would."""

    def __init__(
        self, fn: Callable, name: str, *, method: bool, overloads: Sequence[str] = ()
    ) -> None:
        code = fn.__code__
        names = code.co_varnames[: code.co_argcount]
        only = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
        plain = len(names) - len(fn.__defaults__ or ())
        self.name = name
        self.overloads = overloads
        self.method = method
        self.parameters = [
            Parameter(name, fn.__annotations__.get(name, "Any"), at >= plain)
            for at, name in enumerate(names)
        ]
        self.keywords = {
            name: Parameter(name, fn.__annotations__.get(name, "Any"), name in fn.__kwdefaults__)
            for name in only
        }
        self.first = int(method)  # `self` of a method is not counted in errors
        shown = self.parameters[self.first :]
        self.spreads = len(shown) == 1 and shown[0].is_ints

    def read(self, args: Sequence[object], kwargs: dict) -> tuple[list, dict]:
        """Return positional and keyword arguments, checked and converted.

        Raises:
            TypeError: with torch's text, if the call does not fit.
        """
        try:
            return self.fitted(args, kwargs)
        except TypeError as error:
            if not self.overloads or "failed to unpack" in str(error):
                raise
            raise TypeError(self.no_overload(args[self.first :], kwargs)) from None

    def fitted(self, args: Sequence[object], kwargs: dict) -> tuple[list, dict]:
        """Read a call, whatever torch's other overloads are."""
        if self.spreads and len(args) > self.first:
            rest = args[self.first :]
            if len(rest) > 1 or not isinstance(rest[0], (tuple, list)):
                whole = isinstance(rest[0], int) and not isinstance(rest[0], bool)
                if whole or is_tensor(rest[0]):
                    args = (*args[: self.first], rest)
                elif len(rest) == 1:
                    self.refuse(self.parameters[self.first], 0, rest[0])
        if len(args) > len(self.parameters):
            raise TypeError(self.too_many(len(args) - self.first))
        found = [
            value if at < self.first else self.convert(parameter, at - self.first, value)
            for at, (parameter, value) in enumerate(zip(self.parameters, args, strict=False))
        ]
        named: dict = {}
        if kwargs:
            self.read_keywords(len(args), kwargs, named)
        missing = [
            f'"{p.name}"'
            for p in self.parameters[len(args) :]
            if p.required and p.name not in named
        ]
        if missing:
            raise TypeError(
                f"{self.name}() missing {len(missing)} required positional arguments: "
                + ", ".join(missing)
            )
        return found, named

    def read_keywords(self, given: int, kwargs: dict, named: dict) -> None:
        """Read what is given by name, NumPy's names included, into `named`."""
        places = {p.name: (at, p) for at, p in enumerate(self.parameters)}
        for name, value in kwargs.items():
            if name not in places and name not in self.keywords:
                renamed = RENAMED.get(name)
                if renamed not in places:
                    raise TypeError(f"{self.name}() got an unexpected keyword argument '{name}'")
                name = renamed
            if name in places:
                at, parameter = places[name]
                if at < given:
                    raise TypeError(f"{self.name}() got multiple values for argument '{name}'")
            else:
                parameter = self.keywords[name]
            named[name] = self.convert(parameter, None, value)

    def convert(self, parameter: Parameter, position: int | None, value: object) -> object:
        """Convert one argument, or raise the error that names it."""
        try:
            return parameter.read(value)
        except Unpacked as unpacked:
            at, item = unpacked.args
            raise TypeError(
                f"{self.name}(): argument '{parameter.name}' failed to unpack the object at pos "
                f"{at} "
                f'with error "type must be tuple of ints,but got {type(item).__name__}"'
            ) from None
        except Refused:
            self.refuse(parameter, position, value)

    def refuse(self, parameter: Parameter, position: int | None, value: object) -> None:
        """Raise the error for an argument of a wrong type."""
        where = "" if position is None else f" (position {position + 1})"
        got = f", not {type(value).__name__}"
        if isinstance(value, (tuple, list)) and parameter.shown == "tuple of ints" and value:
            got = f", but found element of type {type(value[0]).__name__} at pos 0"
        name = parameter.name.rstrip("_")  # `from_` stands for torch's `from`
        raise TypeError(f"{self.name}(): argument '{name}'{where} must be {parameter.shown}{got}")

    def too_many(self, given: int) -> str:
        """Say how many positional arguments there may be."""
        most = len(self.parameters) - self.first
        if most == 0 and self.method:
            return f"TensorBase.{self.name}() takes no arguments ({given} given)"
        least = sum(p.required for p in self.parameters[self.first :])
        takes = f"{most}" if least == most else f"from {least} to {most}"
        plural = "" if most == 1 else "s"
        return f"{self.name}() takes {takes} positional argument{plural} but {given} were given"

    def no_overload(self, args: Sequence[object], kwargs: dict) -> str:
        """Say that none of several signatures fits."""
        got = ", ".join(type(a).__name__ for a in args)
        if kwargs:
            named = "".join(f"{name}={type(v).__name__}, " for name, v in kwargs.items())
            got = f"{got}, {named}" if got else named
        options = "".join(f" * ({overload})\n" for overload in self.overloads)
        return (
            f"{self.name}() received an invalid combination of arguments - got ({got}), "
            f"but expected one of:\n{options}"
        )
