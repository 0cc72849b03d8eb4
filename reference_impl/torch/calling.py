"""How a call is read: arguments by name and by position, and torch's errors where one is wrong.

The annotations of a function say what each argument may be; `Signature` reads them at the
first call and then checks and converts what comes. `dim: int | None` takes an integer or
None, `dims: Sequence[int]` a tuple, `other: Tensor | Number` a tensor or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .arguments import AS_THEY_ARE, KINDS, Refused, Unpacked, anything, as_ints, is_tensor

RENAMED = {"axis": "dim", "keepdims": "keepdim", "x": "input", "x1": "input", "x2": "other"}
ANNOTATIONS = {shown: annotation for annotation, (shown, _) in KINDS.items()}


class Parameter:
    """One parameter: its name, what it takes, and its default."""

    def __init__(self, name: str, annotation: str, has_default: bool) -> None:
        kinds = [kind.strip() for kind in annotation.split("|")]
        self.name = name
        self.required = not has_default
        known = [KINDS.get(kind, (kind, anything)) for kind in kinds if kind != "None"]
        # `int | Sequence[int]` is what torch calls a tuple of ints that may be one int
        spread = [shown for shown, _ in known if shown.startswith("tuple")]
        self.shown = (spread or [shown for shown, _ in known])[0]
        self.takes = [convert for _, convert in known]
        self.exact = {kind for name in kinds for kind in AS_THEY_ARE.get(name, ())}
        self.is_ints = "Sequence[int]" in kinds

    @classmethod
    def of(cls, declared: str) -> Parameter:
        """Return the parameter that torch writes as `bool keepdim = False`."""
        typed, equals, default = declared.partition(" = ")
        shown, _, name = typed.rpartition(" ")
        annotation = ANNOTATIONS.get(shown, shown)
        if name == "dim" and shown == "tuple of ints":
            annotation = f"int | {annotation}"  # torch writes both alike
        return cls(name, f"{annotation} | None" if default == "None" else annotation, bool(equals))

    def read(self, value: object) -> object:
        """Return the value as the function wants it, or raise Refused."""
        if type(value) in self.exact:
            return value
        where = None
        for convert in self.takes:
            try:
                found = convert(value)
            except Unpacked as unpacked:
                where = unpacked.args
            except Refused:
                continue
            else:
                if found is value and is_tensor(value):
                    self.exact.add(type(value))  # tensors are tensors from now on
                return found
        raise Unpacked(*where) if where else Refused


def methods_of(overloads: Sequence[str]) -> Sequence[str]:
    """Return the overloads of a function as those of the method: without `input` and `out`."""
    if not any(overload.startswith("Tensor input") for overload in overloads):
        return overloads
    found = []
    for overload in overloads:
        first, *others = overload.split(", ")
        if first == "Tensor input":
            kept = [part for part in others if not part.endswith(" out = None")]
            found.append(", ".join(kept[:-1] if kept[-1:] == ["*"] else kept))
    return found


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
        self.overloads = methods_of(overloads) if method else overloads
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

    @classmethod
    def of(cls, overload: str, name: str, *, method: bool) -> Signature:
        """Return the signature that torch writes as `int dim, bool keepdim = False`."""
        signature = object.__new__(cls)
        before, _, after = overload.partition("*")
        signature.name, signature.overloads, signature.method = name, (), method
        signature.first = 0
        signature.parameters = [Parameter.of(part) for part in before.split(", ") if part]
        signature.keywords = {p.name: p for p in map(Parameter.of, after.split(", ")[1:])}
        shown = signature.parameters
        signature.spreads = len(shown) == 1 and shown[0].is_ints
        return signature

    def takes(self, count: int) -> bool:
        """Tell whether so many arguments could be right."""
        declared = [*self.parameters, *self.keywords.values()]
        return sum(p.required for p in declared) <= count <= len(declared)

    def read(self, args: Sequence[object], kwargs: dict) -> tuple[list, dict]:
        """Return positional and keyword arguments, checked and converted.

        Raises:
            TypeError: with torch's text, if the call does not fit.
        """
        try:
            return self.fitted(args, kwargs)
        except TypeError:
            if not self.overloads:
                raise
            self.explain(args[self.first :], kwargs)
            raise

    def explain(self, args: Sequence[object], kwargs: dict) -> None:
        """Raise the error of the only overload that takes as many arguments, or that none fits."""
        options = [
            Signature.of(overload, self.name, method=self.method) for overload in self.overloads
        ]
        possible = [option for option in options if option.takes(len(args) + len(kwargs))]
        many = [option for option in options if option.spreads and len(args) > 1 and not kwargs]
        if len(possible or many) == 1:
            (possible or many)[0].fitted(args, kwargs)
        else:
            raise TypeError(self.no_overload(args, kwargs)) from None

    def fitted(self, args: Sequence[object], kwargs: dict) -> tuple[list, dict]:
        """Read a call, whatever torch's other overloads are."""
        if self.spreads and len(args) > self.first:
            rest = args[self.first :]
            single = self.parameters[self.first].takes[0] is not as_ints  # and is let alone
            if len(rest) > 1 or not (single or isinstance(rest[0], (tuple, list))):
                whole = isinstance(rest[0], int) and not isinstance(rest[0], bool)
                if whole or is_tensor(rest[0]):
                    args = (*args[: self.first], rest)
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
            plural = "s" if len(missing) == 1 else ""  # as torch has it
            raise TypeError(
                f"{self.name}() missing {len(missing)} required positional argument{plural}: "
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
        if most == 0 and self.method and not self.keywords.keys() - {"out"}:
            return f"TensorBase.{self.name}() takes no arguments ({given} given)"
        least = sum(p.required for p in self.parameters[self.first :])
        takes = f"{most}" if least == most else f"from {least} to {most}"
        plural = "" if most == 1 else "s"
        verb = "was" if given == 1 else "were"
        return f"{self.name}() takes {takes} positional argument{plural} but {given} {verb} given"

    def no_overload(self, args: Sequence[object], kwargs: dict) -> str:
        """Say that none of several signatures fits."""
        got = ", ".join(type(a).__name__ for a in args)
        if kwargs:
            named = ", ".join(f"{name}={type(v).__name__}" for name, v in kwargs.items())
            got = f"{got}, {named}" if got else f"{named}, "
        options = "".join(
            f" * ({overload})\n{mismatch(overload, args, kwargs)}" for overload in self.overloads
        )
        return (
            f"{self.name}() received an invalid combination of arguments - got ({got}), "
            f"but expected one of:\n{options}"
        )


def mismatch(overload: str, args: Sequence[object], kwargs: dict) -> str:
    """Return torch's line on which arguments are wrong, for an overload of as many as came.

    Like torch, it compares no more than the names of types: a number is never a `Number`.
    """
    places = overload.split(", ")  # torch counts the star as one
    if not args or len(places) != len(args) + len(kwargs):
        return ""
    kinds = {}
    for part in places:
        kind, _, name = part.split(" = ")[0].rpartition(" ")
        kinds[name] = kind
    got = [("", value, kind) for value, kind in zip(args, kinds.values(), strict=False)]
    got += [(f"{name}=", value, kinds.get(name)) for name, value in kwargs.items()]
    shown = []
    for name, value, kind in got:
        found = type(value).__name__
        right = found == kind or (kind == "Tensor" and is_tensor(value))
        shown.append(f"{name}{found}" if right else f"!{name}{found}!")
    return (
        "      didn't match because some of the arguments have invalid types: "
        f"({', '.join(shown)})\n"
    )
