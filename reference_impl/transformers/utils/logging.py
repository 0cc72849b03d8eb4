"""What the library says beside its results: on the error stream, from warnings upward."""

from __future__ import annotations

import logging
import sys
from logging import DEBUG, ERROR, INFO, WARNING
from typing import TextIO

NAME = "transformers"


class ErrorStream(logging.StreamHandler):
    """Writes to whatever is the error stream at that moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(logging.Formatter(f"[{NAME}] %(message)s"))

    @property
    def stream(self) -> TextIO:
        """The error stream of now."""
        return sys.stderr


def get_logger(name: str | None = None) -> logging.Logger:
    """Return the logger of a module, or that of the library."""
    library = logging.getLogger(NAME)
    if not any(isinstance(handler, ErrorStream) for handler in library.handlers):
        library.addHandler(ErrorStream())
        library.setLevel(WARNING)
        library.propagate = False
    return logging.getLogger(name or NAME)


def get_verbosity() -> int:
    """Return the level below which nothing is said."""
    return get_logger().getEffectiveLevel()


def set_verbosity(verbosity: int) -> None:
    """Set the level below which nothing is said."""
    get_logger().setLevel(verbosity)


def set_verbosity_debug() -> None:
    """Say everything."""
    set_verbosity(DEBUG)


def set_verbosity_info() -> None:
    """Say what is done."""
    set_verbosity(INFO)


def set_verbosity_warning() -> None:
    """Say what may be wrong: so it is from the start."""
    set_verbosity(WARNING)


def set_verbosity_error() -> None:
    """Say what is wrong, and no more."""
    set_verbosity(ERROR)
