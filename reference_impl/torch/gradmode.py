"""Whether operations are recorded: `no_grad`, `enable_grad`, `inference_mode`."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable

from .public import Public, shown_repr

__all__ = [
    "enable_grad",
    "inference_mode",
    "is_grad_enabled",
    "is_inference_mode_enabled",
    "no_grad",
    "set_grad_enabled",
]


GENERATOR = 0x20  # inspect.CO_GENERATOR; inspect takes long to import


class _Mode(threading.local):
    grad = True
    inference = False
    anomaly = False  # whether nodes remember where they were made
    check_nan = True


mode = _Mode()


def is_grad_enabled() -> bool:
    """Tell whether operations on tensors that require grad are recorded.

    >>> torch.is_grad_enabled()
    True
    """
    return mode.grad


def is_inference_mode_enabled() -> bool:
    """Tell whether `inference_mode` is on."""
    return mode.inference


class _Context(metaclass=Public):
    """A mode for a block of code, or, as a decorator, for the calls of a function."""

    __repr__ = shown_repr

    def __call__(self, fn: Callable) -> Callable:
        if getattr(fn, "__code__", None) and fn.__code__.co_flags & GENERATOR:

            @functools.wraps(fn)
            def generate(*args: object, **kwargs: object):
                with self.again():
                    running = fn(*args, **kwargs)
                while True:
                    try:
                        with self.again():
                            item = next(running)
                    except StopIteration:
                        return
                    yield item

            return generate

        @functools.wraps(fn)
        def call(*args: object, **kwargs: object) -> object:
            with self.again():
                return fn(*args, **kwargs)

        return call

    def again(self) -> _Context:
        """Return a context of the same kind, for one call."""
        return type(self)()


class no_grad(_Context):
    """Record nothing inside: results do not require grad.

    >>> x = torch.ones(2, requires_grad=True)
    >>> with torch.no_grad():
    ...     y = x * 2
    >>> y.requires_grad
    False
    """

    wanted = False

    def __new__(cls, fn: Callable | None = None) -> _Context | Callable:
        """Return a context; as a bare decorator, the function wrapped in one."""
        self = object.__new__(cls)
        return self if fn is None else self(fn)

    def __enter__(self) -> None:
        self.before, mode.grad = mode.grad, self.wanted

    def __exit__(self, *error: object) -> None:
        mode.grad = self.before


class enable_grad(no_grad):
    """Record inside, whatever is set outside.

    >>> x = torch.ones(2, requires_grad=True)
    >>> with torch.no_grad(), torch.enable_grad():
    ...     y = x * 2
    >>> y.requires_grad
    True
    """

    wanted = True


class set_grad_enabled(_Context):
    """Switch recording on or off: at once, and until the end of a block if used as one.

    >>> with torch.set_grad_enabled(False):
    ...     torch.is_grad_enabled()
    False

    Args:
        mode: whether to record.
    """

    def __init__(self, mode: bool) -> None:
        self.mode = mode
        self.before = globals()["mode"].grad
        globals()["mode"].grad = mode

    def __call__(self, fn: Callable) -> Callable:
        """Return the function wrapped; the mode outside is what it was before."""
        mode.grad = self.before
        return super().__call__(fn)

    def __enter__(self) -> None:
        mode.grad = self.mode

    def __exit__(self, *error: object) -> None:
        mode.grad = self.before

    def again(self) -> set_grad_enabled:
        """Return a context of the same setting, for one call."""
        return set_grad_enabled(self.mode)

    def __repr__(self) -> str:
        return f"torch.autograd.grad_mode.set_grad_enabled(mode={self.mode})"


class inference_mode(_Context):
    """Record nothing inside, and mark what is made as never to be recorded.

    Cheaper than `no_grad`: no versions are counted. What is made here cannot be saved
    for a backward pass later.

    >>> with torch.inference_mode():
    ...     y = torch.ones(2)
    >>> y.is_inference()
    True

    Args:
        mode: whether to switch it on.
    """

    def __new__(cls, mode: bool | Callable = True) -> _Context | Callable:
        """Return a context; as a bare decorator, the function wrapped in one."""
        if callable(mode):
            return cls()(mode)
        self = object.__new__(cls)
        self.mode = mode
        return self

    def __enter__(self) -> None:
        self.before = mode.grad, mode.inference
        mode.inference = self.mode
        mode.grad = mode.grad and not self.mode

    def __exit__(self, *error: object) -> None:
        mode.grad, mode.inference = self.before

    def again(self) -> inference_mode:
        """Return a context of the same setting, for one call."""
        return inference_mode(self.mode)


for _context in (no_grad, enable_grad, set_grad_enabled, inference_mode):
    _context.__shown__ = f"torch.autograd.grad_mode.{_context.__name__}"
