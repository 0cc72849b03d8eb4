"""How a call is read: arguments by name and by position, and torch's errors where one is wrong.

The annotations of a function say what each argument may be; `Signature` reads them at the
first call and then checks and converts what comes. `dim: int | None` takes an integer or
None, `dims: Sequence[int]` a tuple, `other: Tensor | Number` a tensor or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .arguments import AS_THEY_ARE, KINDS, OMITTED, Refused, Unpacked, anything, as_ints, is_tensor
from .dtypes import INTEGRAL
from .forms import forms_of

RENAMED = {"axis": "dim", "keepdims": "keepdim", "x": "input", "x1": "input", "x2": "other"}
# functions whose forms have only tensors, and which take numbers all the same
NUMBERS_FOR_TENSORS = (
    "add sub subtract mul multiply div divide true_divide floor_divide copy".split()
)
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
    def of(cls, declared: str, *, numbers: bool = False) -> Parameter:
        """Return the parameter that torch writes as `bool keepdim = False`.

        Args:
            declared: as torch writes it.
            numbers: whether numbers do for tensors.
        """
        typed, equals, default = declared.partition(" = ")
        shown, _, name = typed.rpartition(" ")
        annotation = ANNOTATIONS.get(shown, shown)
        if name == "dim" and shown == "tuple of ints":
            annotation = f"int | {annotation}"  # torch writes both alike
        if annotation == "Tensor" and numbers:
            annotation = "Tensor | Number"
        return cls(name, f"{annotation} | None" if default == "None" else annotation, bool(equals))

    def read(self, value: object) -> object:
        """Return the value as the function wants it, or raise Refused."""
        kind = type(value)
        if kind in self.exact:
            return value
        if kind is tuple and self.is_ints and {int}.issuperset(map(type, value)):
            return value  # before other kinds refuse it, each with an exception
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


def is_whole(value: object) -> bool:
    """Tell an integer, also one of NumPy's: an array has places to write to, `True` is no 1."""
    kind = type(value)
    return hasattr(kind, "__index__") and kind is not bool and not hasattr(kind, "__setitem__")


def is_size(value: object) -> bool:
    """Tell what may be the first of several sizes: an integer, also in a tensor of one element."""
    if is_tensor(value):
        return value.numel() == 1 and value.dtype.category == INTEGRAL
    return is_whole(value)


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
        self.overloads = overloads or forms_of(name, method=method)
        self.method = method
        self.parameters = [
            Parameter(name, fn.__annotations__.get(name, "Any"), at >= plain)
            for at, name in enumerate(names)
        ]
        self.keywords = {
            name: Parameter(name, fn.__annotations__.get(name, "Any"), name in fn.__kwdefaults__)
            for name in only
            if not (method and name == "out")
        }
        self.first = int(method)  # `self` of a method is not counted in errors
        shown = self.parameters[self.first :]
        self.spreads = len(shown) == 1 and shown[0].is_ints
        self.takes_none = method and not shown and not self.keywords
        self.together = OMITTED in (fn.__defaults__ or ())  # what follows `dim` only with it

    @classmethod
    def of(cls, overload: str, name: str, *, method: bool) -> Signature:
        """Return the signature that torch writes as `int dim, bool keepdim = False`."""
        signature = object.__new__(cls)
        before, _, after = overload.partition("*")
        signature.name, signature.method = name, method
        signature.overloads = forms_of(name, method=method)
        signature.first = 0
        numbers = name.removesuffix("_") in NUMBERS_FOR_TENSORS
        signature.parameters = [
            Parameter.of(part, numbers=numbers) for part in before.split(", ") if part
        ]
        signature.keywords = {p.name: p for p in map(Parameter.of, after.split(", ")[1:])}
        shown = signature.parameters
        signature.spreads = len(shown) == 1 and shown[0].is_ints and shown[0].required
        signature.takes_none = signature.together = False
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

    def converts(self, args: Sequence[object], kwargs: dict) -> bool:
        """Tell whether reading changes a call: its types say so for all calls that are alike."""
        if self.spreads and len(args) != self.first + 1:  # a size in several arguments
            return True
        for parameter, value in zip(
            self.parameters[self.first :], args[self.first :], strict=False
        ):
            if type(value) not in parameter.exact:
                return True
        known = {p.name: p.exact for p in (*self.parameters, *self.keywords.values())}
        return not all(type(value) in known.get(name, ()) for name, value in kwargs.items())

    def explain(self, args: Sequence[object], kwargs: dict) -> None:
        """Raise the error of the only form that takes as many arguments, or that none fits."""
        options = [Signature.of(form, self.name, method=self.method) for form in self.overloads]
        possible = [option for option in options if option.takes(len(args) + len(kwargs))]
        if len(args) > 1 and is_size(args[0]) and not all(map(is_size, args)):
            possible = [option for option in options if option.spreads][:1] or possible
        if len(possible) == 1:
            possible[0].fitted(args, kwargs)
        else:
            raise TypeError(self.no_overload(args, kwargs)) from None

    def fitted(self, args: Sequence[object], kwargs: dict) -> tuple[list, dict]:
        """Read a call, whatever torch's other overloads are."""
        if self.spreads and len(args) > self.first:
            rest = args[self.first :]
            single = self.parameters[self.first].takes[0] is not as_ints  # and is let alone
            apart = len(rest) > 1 or not (single or isinstance(rest[0], (tuple, list)))
            if apart and is_size(rest[0]):
                args = (*args[: self.first], rest)
        if kwargs and self.takes_none:
            raise TypeError(f"TensorBase.{self.name}() takes no keyword arguments")
        if len(args) > len(self.parameters):
            raise TypeError(self.too_many(len(args) - self.first))
        found = [
            value if at < self.first else self.convert(parameter, at - self.first, value)
            for at, (parameter, value) in enumerate(zip(self.parameters, args, strict=False))
        ]
        named: dict = {}
        rest = self.parameters[len(args) :]
        if not kwargs and not any(p.required for p in (*rest, *self.keywords.values())):
            return found, named
        rest += self.keywords.values()
        for at, parameter in enumerate(rest):
            name = given_as(parameter.name, kwargs)
            if name is not None:
                named[parameter.name] = self.convert(parameter, None, kwargs[name])
            elif parameter.required:
                raise TypeError(self.too_few(rest[at:]))
        if len(named) < len(kwargs):
            self.refuse_keywords(kwargs, named)
        if self.together and self.incomplete(len(args), named):
            raise TypeError
        return found, named

    def incomplete(self, given: int, named: dict) -> bool:
        """Tell whether `keepdim` came without `dim`, or one of two operands without the other."""
        left_out = [p.name not in named for p in self.parameters[given:]]
        return left_out != sorted(left_out)

    def too_few(self, parameters: Sequence[Parameter]) -> str:
        """Say which parameters there should be: all required ones from the first that is not."""
        missing = [f'"{p.name}"' for p in parameters if p.required]
        plural = "s" if len(missing) == 1 else ""  # as torch has it
        return (
            f"{self.name}() missing {len(missing)} required positional argument{plural}: "
            + ", ".join(missing)
        )

    def refuse_keywords(self, kwargs: dict, named: dict) -> None:
        """Raise the error for a name that no parameter has, or that was given by position too."""
        places = {p.name for p in self.parameters}
        for name in kwargs:
            if name in named or RENAMED.get(name) in named:
                continue
            if name in places:
                raise TypeError(f"{self.name}() got multiple values for argument '{name}'")
            raise TypeError(f"{self.name}() got an unexpected keyword argument '{name}'")

    def convert(self, parameter: Parameter, position: int | None, value: object) -> object:
        """Convert one argument, or raise the error that names it."""
        try:
            return parameter.read(value)
        except Unpacked as unpacked:
            at, item = unpacked.args
            if parameter.shown == "tuple of Tensors":
                raise TypeError(
                    f"expected Tensor as element {at} in argument {position or 0}, but got "
                    f"{type(item).__name__}"
                ) from None
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
        if self.takes_none:
            return f"TensorBase.{self.name}() takes no arguments ({given} given)"
        required = [*self.parameters[self.first :], *self.keywords.values()]
        least = sum(p.required for p in required)
        if least != most:
            return (
                f"{self.name}() takes from {least} to {most} positional arguments but {given} "
                "were given"
            )
        plural = "" if most == 1 else "s"
        verb = "was" if given == 1 else "were"
        return f"{self.name}() takes {most} positional argument{plural} but {given} {verb} given"

    def no_overload(self, args: Sequence[object], kwargs: dict) -> str:
        """Say that the form, or none of several, fits."""
        head = f"{self.name}() received an invalid combination of arguments - got "
        got = ", ".join(type(a).__name__ for a in args) + (", " if args and kwargs else "")
        named = reversed(kwargs.items())  # as they come out of torch's own map
        got += ", ".join(f"{name}={type(v).__name__}" for name, v in named)
        got += ", " if kwargs and not args else ""
        if len(self.overloads) > 1:
            options = "".join(
                f" * ({form})\n{mismatch(form, args, kwargs)}" for form in self.overloads
            )
            return f"{head}({got}), but expected one of:\n{options}"
        (form,) = self.overloads
        unknown = unmatched(form, kwargs)
        if unknown:
            return f"{head.removesuffix('got ')}got unrecognized keyword arguments: {unknown}"
        got = compared(form, args, kwargs) if as_many(form, args, kwargs) else f"({got})"
        return f"{head}{got}, but expected ({form})"


def given_as(name: str, kwargs: dict) -> str | None:
    """Return under which name an argument was given: its own, or NumPy's; None if it was not."""
    if name in kwargs:
        return name
    for other in kwargs:
        if RENAMED.get(other) == name:
            return other
    return None


# What follows compares a call with a form that torch has only as text, as torch does it: what
# stands before the last blank is the type, what stands behind it the name, and so a parameter
# with a default is of no type and has the name of its default.
# (torch/csrc/utils/invalid_arguments.cpp)


def as_many(form: str, args: Sequence[object], kwargs: dict) -> bool:
    """Tell whether a form has as many parts, the star included, as a call has arguments."""
    return len(form.split(", ")) == len(args) + len(kwargs)


def unmatched(form: str, kwargs: dict) -> str:
    """Return the names in a call that are no names of a form's last parts."""
    names = [part.rpartition(" ")[2] for part in form.split(", ")]
    last = names[max(len(names) - len(kwargs), 0) :]
    return ", ".join(name for name in reversed(kwargs) if name not in last)


def described(value: object) -> str:
    """Return the type of an argument, with the types of a sequence's items."""
    kind = type(value).__name__
    if isinstance(value, (tuple, list)):
        items = ", ".join(type(item).__name__ for item in value)
        brackets = f"({items}{',' if len(value) == 1 else ''})"
        return f"{kind} of {brackets if isinstance(value, tuple) else f'[{items}]'}"
    return getattr(type(value), "__shown__", kind) if kind == "dtype" else kind


def compared(form: str, args: Sequence[object], kwargs: dict) -> str:
    """Return the types of a call's arguments, marked where a form's part has another."""
    parts = [part.rpartition(" ")[::2] for part in form.split(", ")]
    given = list(args)
    given += [kwargs[name] for _, name in parts[len(args) :]]
    shown = []
    for at, ((kind, name), value) in enumerate(zip(parts, given, strict=True)):
        found = described(value)
        right = found == kind or (kind == "Tensor" and is_tensor(value))
        right = right or (kind == "float" and found == "int")
        prefix = f"{name}=" if at >= len(args) else ""
        shown.append(f"{prefix}{found}" if right else f"!{prefix}{found}!")
    end = ", " if kwargs and not args else ""  # as torch has it
    return f"({', '.join(shown)}{end})"


def mismatch(form: str, args: Sequence[object], kwargs: dict) -> str:
    """Return torch's line on what is wrong, for a form of as many parts as arguments came."""
    if not (args or kwargs) or not as_many(form, args, kwargs):
        return ""
    unknown = unmatched(form, kwargs)
    if unknown:
        return f"      didn't match because some of the keywords were incorrect: {unknown}\n"
    return (
        "      didn't match because some of the arguments have invalid types: "
        f"{compared(form, args, kwargs)}\n"
    )
