"""Single numbers with a type: `np.float64(1.5)`, what an array's element is."""

from __future__ import annotations

from typing import Any

from . import printing
from .arrays import fresh, ndarray
from .dtypes import dtype, find

__all__ = [
    "bool_",
    "float16",
    "float32",
    "float64",
    "floating",
    "generic",
    "int8",
    "int16",
    "int32",
    "int64",
    "integer",
    "number",
    "object_",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
]


class generic:
    """A number with a type of NumPy's: what an array's element is."""

    __array_priority__ = -1000000.0
    kept: dtype
    shape: tuple[int, ...] = ()
    ndim, size = 0, 1

    def __new__(cls, value: Any = 0) -> Any:
        """Return a number, converted and rounded."""
        held = cls.kept.held
        plain = value.item() if hasattr(value, "item") else value
        if isinstance(plain, str):
            plain = float(plain)
        if cls.kept.kind == "b":
            plain = int(bool(plain))
        elif cls.kept.kind != "f":
            plain = int(plain)
            if not held.low <= plain <= held.high:
                raise OverflowError(f"Python integer {plain} out of bounds for {held.name}")
        return made(cls, held.to_number(held.array([plain])[0]))

    def item(self) -> Any:
        """Return Python's number."""
        return self.value

    tolist = item

    @property
    def dtype(self) -> dtype:
        """The type."""
        return self.kept

    @property
    def itemsize(self) -> int:
        """The bytes of the number."""
        return self.kept.itemsize

    nbytes = itemsize

    @property
    def T(self) -> Any:
        """The number itself."""
        return self

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        """Return the number as another type."""
        return find(dtype).type(self)

    def __repr__(self) -> str:
        if self.kept.kind == "b":
            return f"np.{self.value}_"
        return f"np.{self.kept.name}({self!s})"

    def __str__(self) -> str:
        return printing.number(self.value, self.kept)

    def __format__(self, spec: str) -> str:
        return format(self.value, spec)

    def __round__(self, digits: int | None = None) -> Any:
        found = round(self.value, digits)
        return found if digits is None else made(type(self), found)

    def __hash__(self) -> int:
        return hash(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __float__(self) -> float:
        return float(self.value)

    def __complex__(self) -> complex:
        return complex(self.value)

    def __reduce__(self) -> tuple:
        return type(self), (self.value,)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> ndarray:
        found = as_array(self)
        return found if dtype is None else found.astype(dtype)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "value":
            raise AttributeError(name)
        return getattr(as_array(self), name)

    @property
    def __array_interface__(self) -> dict[str, Any]:
        """Where the number is, as an array's."""
        return as_array(self).__array_interface__


class number(generic):
    """A number that counts or measures."""


class integer(number):
    """A whole number."""

    def __index__(self) -> int:
        return self.value


class floating(number):
    """A number with a fraction."""

    def is_integer(self) -> bool:
        """Tell whether there is no fraction."""
        return float(self.value).is_integer()


class float64(floating, float):
    """A float of 8 bytes, which is one of Python's, too."""

    kept = dtype.known["float64"]

    @property
    def value(self) -> float:
        """Python's number."""
        return float.__float__(self)


def made(cls: type[generic], value: Any) -> Any:
    """Return a number of a type from Python's."""
    if cls is float64:
        return float.__new__(float64, value)
    new = object.__new__(cls)
    new.value = value
    return new


def of_kind(name: str, parent: type[generic]) -> type[generic]:
    """Return the type of the numbers of a dtype."""
    return type(
        name, (parent,), {"kept": dtype.known[name], "__doc__": f"A number of type {name}."}
    )


float32, float16 = of_kind("float32", floating), of_kind("float16", floating)
int64, int32, int16, int8 = (of_kind(f"int{n}", integer) for n in (64, 32, 16, 8))
uint64, uint32, uint16, uint8 = (of_kind(f"uint{n}", integer) for n in (64, 32, 16, 8))
bool_ = of_kind("bool", generic)


class object_:
    """What the elements of an array of objects are: whatever they were."""

    kept: dtype

    def __new__(cls, value: Any = None) -> Any:
        """Return the value itself."""
        return value


SCALARS = (
    *(float64, float32, float16, int64, int32, int16, int8),
    *(uint64, uint32, uint16, uint8, bool_),
)
object_.kept = dtype.known["object"]
for _type in (*SCALARS, object_):
    _type.kept.type = _type
for _type in (generic, number, integer, floating, object_, *SCALARS):
    _type.__module__ = "numpy"


def scalar(array: ndarray) -> Any:
    """Return the element of an array without dimensions as a number of its type."""
    return array.item() if array.dtype.kind == "O" else made(array.dtype.type, array.item())


def simple(array: ndarray) -> Any:
    """Return an array, or a number if it has no dimensions: NumPy's results are such."""
    return array if array._size else scalar(array)


def as_array(value: Any) -> ndarray:
    """Return a number or an array as an array."""
    if isinstance(value, ndarray):
        return value
    typed = isinstance(value, generic)
    kind = value.kept if typed else find(type(value))
    return fresh(kind.held.array([value.item() if typed else value]), (), kind)
