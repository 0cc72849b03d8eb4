"""Results of several tensors: tuples whose places have names.

`x.max(0)` is a pair; `x.max(0).values` says which of the two is meant.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any, NoReturn

from .public import Public

__all__ = [
    "aminmax",
    "cummax",
    "cummin",
    "kthvalue",
    "max",
    "median",
    "min",
    "mode",
    "nanmedian",
    "sort",
    "topk",
]


class NamedResults(tuple, metaclass=Public):
    """A tuple that prints its places by name, and lets none be replaced."""

    __slots__ = ()
    names: tuple[str, ...] = ()
    written: type[NamedResults] | None = None  # the type of what was written to `out=`
    n_fields = 0

    def __repr__(self) -> str:
        places = ",\n".join(f"{n}={v!r}" for n, v in zip(self.names, self, strict=True))
        return f"{type(self).__shown__}(\n{places})"

    def __getattr__(self, name: str) -> NoReturn:
        shown = type(self).__shown__
        raise AttributeError(f"{shown!r} object has no attribute {name!r}")

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        if name in self.names:
            raise AttributeError("readonly attribute")
        getattr(self, name)
        raise AttributeError(f"{type(self).__shown__!r} object attribute {name!r} is read-only")


def named(name: str, *names: str) -> type[NamedResults]:
    """Return a new type of results, which knows the type of those written to `out=`.

    Args:
        name: Its name in `torch.return_types`.
        names: The names of its places.
    """
    places = {place: property(itemgetter(i)) for i, place in enumerate(names)}
    about = {
        "__doc__": f"The result of `torch.{name}`: {' and '.join(names)}.",
        "__module__": __name__,
        "__shown__": f"torch.return_types.{name}",
        "__slots__": (),
        "names": names,
        "n_fields": len(names),
    }
    made = type(NamedResults)(name, (NamedResults,), about | places)
    if not name.endswith("_out"):
        made.written = named(f"{name}_out", *names)
    return made


aminmax = named("aminmax", "min", "max")
cummax = named("cummax", "values", "indices")
cummin = named("cummin", "values", "indices")
kthvalue = named("kthvalue", "values", "indices")
max = named("max", "values", "indices")
median = named("median", "values", "indices")
min = named("min", "values", "indices")
mode = named("mode", "values", "indices")
nanmedian = named("nanmedian", "values", "indices")
sort = named("sort", "values", "indices")
topk = named("topk", "values", "indices")
