"""Which torch this is: `torch.__version__`, and what it was built for."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable

from .public import Public

__all__: list[str] = []

PATTERN = re.compile(
    r"v?(?P<release>\d+(?:\.\d+)*)(?:(?P<stage>a|b|rc)(?P<pre>\d*))?(?:\.post(?P<post>\d+))?"
    r"(?:\.dev(?P<dev>\d+))?(?:\+(?P<local>[a-z0-9]+(?:\.[a-z0-9]+)*))?"
)
STAGES = ("a", "b", "rc")


class TorchVersion(str, metaclass=Public):
    """A version that reads as text and compares as numbers, so that 2.13 comes after 2.9.

    `!=` alone compares the text, as in torch.

    >>> torch.__version__ >= "2.9", torch.__version__ >= (2, 9)
    (True, True)
    """

    __shown__ = "torch.torch_version.TorchVersion"
    __slots__ = ()

    def __lt__(self, other: object) -> bool:
        return compared(self, operator.lt, other)

    def __le__(self, other: object) -> bool:
        return compared(self, operator.le, other)

    def __gt__(self, other: object) -> bool:
        return compared(self, operator.gt, other)

    def __ge__(self, other: object) -> bool:
        return compared(self, operator.ge, other)

    def __eq__(self, other: object) -> bool:
        return compared(self, operator.eq, other)

    def __hash__(self) -> int:
        return str.__hash__(self)


def compared(version: str, operation: Callable[[object, object], bool], other: object) -> bool:
    """Compare two versions, as texts if one of them is no version."""
    if not isinstance(other, Iterable):
        return NotImplemented
    text = str(other) if isinstance(other, str) else ".".join(map(str, other))
    mine, theirs = order(str(version)), order(text)
    if mine is None or theirs is None:
        return operation(str(version), text) if isinstance(other, str) else NotImplemented
    return operation(mine, theirs)


def order(text: str) -> tuple | None:
    """Return what versions are sorted by, as PEP 440 has it; None if it is no version.

    2.13.0.dev1 comes before 2.13.0a1, 2.13.0rc1, 2.13.0, 2.13.0+cpu and 2.13.0.post1.
    """
    found = PATTERN.fullmatch(text.strip().lower())
    if found is None:
        return None
    release = [int(part) for part in found["release"].split(".")]
    while len(release) > 1 and not release[-1]:
        release.pop()
    dev = math.inf if found["dev"] is None else int(found["dev"])
    post = -1 if found["post"] is None else int(found["post"])
    if found["stage"]:
        stage = (STAGES.index(found["stage"]), int(found["pre"] or 0))
    else:
        stage = (-1 if post < 0 and dev != math.inf else len(STAGES), 0)
    local = tuple(
        (1, int(part), "") if part.isdigit() else (0, 0, part)
        for part in (found["local"] or "").split(".")
        if part
    )
    return tuple(release), stage, post, dev, local


__version__ = "2.13.0+cpu"
debug = False
cuda = hip = rocm = xpu = None
