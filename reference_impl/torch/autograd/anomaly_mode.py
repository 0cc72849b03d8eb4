"""Finding the operation whose backward went wrong: `torch.autograd.detect_anomaly`."""

from __future__ import annotations

import warnings

from ..gradmode import mode

__all__ = ["detect_anomaly", "set_detect_anomaly"]

ENABLED = (
    "Anomaly Detection has been enabled. This mode will increase the runtime and should only be "
    "enabled for debugging."
)


def is_anomaly_enabled() -> bool:
    """Tell whether operations remember where they were called."""
    return mode.anomaly


def is_anomaly_check_nan_enabled() -> bool:
    """Tell whether backward would look for nan, were anomaly detection on."""
    return mode.check_nan


class set_detect_anomaly:
    """Switch anomaly detection on or off: at once, and until the end of a block if used as one.

    Args:
        mode: whether operations remember where they were called, for the warning that
            precedes an error in their backward.
        check_nan: whether a backward that gives nan is an error.
    """

    def __init__(self, mode: bool, check_nan: bool = True) -> None:
        settings = globals()["mode"]
        self.before = settings.anomaly, settings.check_nan
        settings.anomaly, settings.check_nan = mode, check_nan

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        mode.anomaly, mode.check_nan = self.before


class detect_anomaly:
    """Inside the block, say which forward call an error in backward comes from; nan is an error.

    >>> import warnings
    >>> x = torch.zeros(1, requires_grad=True)
    >>> with warnings.catch_warnings(action="ignore"), torch.autograd.detect_anomaly():
    ...     (x.sqrt() * 0).sum().backward()
    Traceback (most recent call last):
    RuntimeError: Function 'SqrtBackward0' returned nan values in its 0th output.

    Args:
        check_nan: whether a backward that gives nan is an error.
    """

    def __init__(self, check_nan: bool = True) -> None:
        self.check_nan = check_nan
        warnings.warn(ENABLED, UserWarning, stacklevel=2)

    def __enter__(self) -> None:
        self.before = mode.anomaly, mode.check_nan
        mode.anomaly, mode.check_nan = True, self.check_nan

    def __exit__(self, *error: object) -> None:
        mode.anomaly, mode.check_nan = self.before
