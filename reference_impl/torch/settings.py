"""Settings of the whole program, which faster computers need and this one only remembers."""

from __future__ import annotations

import warnings

__all__ = [
    "are_deterministic_algorithms_enabled",
    "get_deterministic_debug_mode",
    "get_float32_matmul_precision",
    "get_num_interop_threads",
    "get_num_threads",
    "is_deterministic_algorithms_warn_only_enabled",
    "is_warn_always_enabled",
    "set_deterministic_debug_mode",
    "set_float32_matmul_precision",
    "set_flush_denormal",
    "set_num_interop_threads",
    "set_num_threads",
    "set_warn_always",
    "use_deterministic_algorithms",
]

MODES = ("default", "warn", "error")
PRECISIONS = ("highest", "high", "medium")


class Settings:
    """What has been set."""

    threads = interop_threads = 1
    interop_set = False
    deterministic = warn_only = False
    precision = "highest"
    warn_always = False


def expect(value: object, kind: type, asker: str, article: str = "a") -> None:
    """Raise torch's error for a setting of another type; `True` is not 1 here."""
    if type(value) is not kind:
        raise RuntimeError(
            f"{asker} expects {article} {kind.__name__}, but got {type(value).__name__}"
        )


def get_num_threads() -> int:
    """Return how many threads share the work of one operator: 1, unless it was set.

    reference_impl works in one thread, whatever the number says.
    """
    return Settings.threads


def set_num_threads(number: int, /) -> None:
    """Say how many threads are to share the work of one operator.

    Raises:
        RuntimeError: no integer above 0.
    """
    expect(number, int, "set_num_threads", "an")
    if number <= 0:
        raise RuntimeError("set_num_threads expects a positive integer")
    Settings.threads = number


def get_num_interop_threads() -> int:
    """Return how many operators may run side by side: 1, unless it was set."""
    return Settings.interop_threads


def set_num_interop_threads(number: int, /) -> None:
    """Say how many operators may run side by side; once in a program.

    Raises:
        RuntimeError: no integer above 0, or the second call.
    """
    expect(number, int, "set_num_interop_threads", "an")
    if number <= 0:
        raise RuntimeError("set_num_interop_threads expects a positive integer")
    if Settings.interop_set:
        raise RuntimeError(
            "Error: cannot set number of interop threads after parallel work has started or "
            "set_num_interop_threads called"
        )
    Settings.interop_threads, Settings.interop_set = number, True


def use_deterministic_algorithms(mode: bool, *, warn_only: bool = False) -> None:
    """Ask for operators that give the same result every time; here all do anyway.

    Args:
        mode: Whether to ask.
        warn_only: Whether an operator that cannot is to warn, not to raise.
    """
    for position, (name, value) in enumerate((("mode", mode), ("warn_only", warn_only)), 1):
        if not isinstance(value, bool):
            where = f" (position {position})" if position == 1 else ""
            raise TypeError(
                f"_set_deterministic_algorithms(): argument '{name}'{where} must be bool, not "
                f"{type(value).__name__}"
            )
    Settings.deterministic, Settings.warn_only = mode, warn_only


def are_deterministic_algorithms_enabled() -> bool:
    """Tell whether `use_deterministic_algorithms` has asked."""
    return Settings.deterministic


def is_deterministic_algorithms_warn_only_enabled() -> bool:
    """Tell whether an operator that is not deterministic is to warn only."""
    return Settings.warn_only


def get_deterministic_debug_mode() -> int:
    """Return 0, 1 or 2: whether what is not deterministic passes, warns or raises."""
    if not Settings.deterministic:
        return 0
    return 1 if Settings.warn_only else 2


def set_deterministic_debug_mode(debug_mode: int | str) -> None:
    """Say by number or name ("default", "warn", "error") what is not to pass.

    Raises:
        RuntimeError: another number or name.
        TypeError: neither.
    """
    if not isinstance(debug_mode, (int, str)):
        raise TypeError(f"debug_mode must be str or int, but got {type(debug_mode)}")
    if isinstance(debug_mode, str):
        if debug_mode not in MODES:
            raise RuntimeError(
                "invalid value of debug_mode, expected one of `default`, `warn`, `error`, but "
                f"got {debug_mode}"
            )
        debug_mode = MODES.index(debug_mode)
    if debug_mode not in (0, 1, 2):
        raise RuntimeError(
            f"invalid value of debug_mode, expected 0, 1, or 2, but got {debug_mode}"
        )
    Settings.deterministic, Settings.warn_only = debug_mode > 0, debug_mode == 1


def get_float32_matmul_precision() -> str:
    """Return how exact products of float32 matrices are on a GPU."""
    return Settings.precision


def set_float32_matmul_precision(precision: str, /) -> None:
    """Say how exact products of float32 matrices are to be on a GPU.

    Args:
        precision: "highest", "high" or "medium".
    """
    expect(precision, str, "set_float32_matmul_precision")
    if precision in PRECISIONS:
        Settings.precision = precision
    else:
        warnings.warn(
            f"{precision} is not one of 'highest', 'high', or 'medium'; the "
            "currentsetFloat32MatmulPrecision call has no effect. (Triggered internally at "
            "/__w/pytorch/pytorch/aten/src/ATen/Context.cpp:458.)",
            UserWarning,
            stacklevel=2,
        )


def set_flush_denormal(mode: bool, /) -> bool:
    """Say whether the tiniest numbers may become 0; Python's floats keep them.

    Returns:
        Whether it can be done: to keep them, always; to lose them, never.
    """
    expect(mode, bool, "flush_denormal")
    return not mode


def is_warn_always_enabled() -> bool:
    """Tell whether a warning is to come each time, not once a program."""
    return Settings.warn_always


def set_warn_always(mode: bool, /) -> None:
    """Say whether a warning is to come each time; here it always does."""
    expect(mode, bool, "setWarnOnlyOnce")
    Settings.warn_always = mode
