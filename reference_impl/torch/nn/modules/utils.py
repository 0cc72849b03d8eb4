"""`torch.nn.modules.utils`: one number for all dimensions, and prefixes of parallel models."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["consume_prefix_in_state_dict_if_present"]


def _repeated(value: object, count: int) -> tuple:
    return tuple(value) if isinstance(value, Iterable) else (value,) * count


def _single(x: object) -> tuple:
    """Return one number in a tuple; several as they are."""
    return _repeated(x, 1)


def _pair(x: object) -> tuple:
    """Return a number twice; several as they are."""
    return _repeated(x, 2)


def _triple(x: object) -> tuple:
    """Return a number three times; several as they are."""
    return _repeated(x, 3)


def _quadruple(x: object) -> tuple:
    """Return a number four times; several as they are."""
    return _repeated(x, 4)


def consume_prefix_in_state_dict_if_present(state_dict: dict, prefix: str) -> None:
    """Take a prefix off the names of a state, in place: `module.` of `DataParallel`, say.

    >>> state = {"module.weight": 1, "bias": 2}
    >>> torch.nn.modules.utils.consume_prefix_in_state_dict_if_present(state, "module.")
    >>> state
    {'bias': 2, 'weight': 1}

    Args:
        state_dict: the state.
        prefix: what names may begin with.
    """
    for key in list(state_dict):
        if key.startswith(prefix):
            state_dict[key[len(prefix) :]] = state_dict.pop(key)
    metadata = getattr(state_dict, "_metadata", None)
    for key in list(metadata or ()):
        if key and (key == prefix.replace(".", "") or key.startswith(prefix)):
            metadata[key[len(prefix) :]] = metadata.pop(key)
