"""Files of tensors: `torch.save` and `torch.load`, in torch's own format.

A file is a zip archive: `data.pkl` is a pickle of the object, in which a storage is only a
name, and `data/0`, `data/1`, … hold the bytes of the storages. So tensors that share memory
still share it after loading, and real torch reads what is written here, and the reverse.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from types import ModuleType
from typing import IO, Any

__all__ = ["load", "save"]

Path = str | os.PathLike
_safe: dict[str, Any] = {}


def archives() -> ModuleType:
    """Return the chapter that reads and writes archives; zipfile takes long to import."""
    return importlib.import_module(f"{__name__}.archive")


def save(
    obj: object,
    f: Path | IO[bytes],
    pickle_module: ModuleType | None = None,
    pickle_protocol: int = 2,
    _use_new_zipfile_serialization: bool = True,
    _disable_byteorder_record: bool = False,
) -> None:
    """Write an object, with the tensors in it, to a file.

    >>> import io
    >>> file = io.BytesIO()
    >>> torch.save({"w": torch.ones(2), "step": 3}, file)
    >>> _ = file.seek(0)
    >>> torch.load(file)
    {'w': tensor([1., 1.]), 'step': 3}

    Args:
        obj: usually a `state_dict()`: what `load` takes without trusting the file.
        f: a path, or an open binary file.
        pickle_module: not part of reference_impl.
        pickle_protocol: of the pickle within.

    Raises:
        RuntimeError: if the folder does not exist.
    """
    if pickle_module not in (None, importlib.import_module("pickle")):
        raise NotImplementedError("torch.save(pickle_module=...) is not part of reference_impl")
    if not _use_new_zipfile_serialization:
        raise NotImplementedError("torch.save in the old format is not part of reference_impl")
    if not isinstance(f, (str, os.PathLike)):
        if not hasattr(f, "write"):
            raise AttributeError(
                "expected 'f' to be string, path, or a file-like object with a 'write' attribute"
            )
        archives().write(obj, f, "archive", pickle_protocol)
        return
    name = os.fspath(f)
    folder, base = os.path.split(name)
    if folder and not os.path.isdir(folder):
        raise RuntimeError(f"Parent directory {folder} does not exist.")
    with open(name, "wb") as opened:
        archives().write(obj, opened, base.rpartition(".")[0] or base, pickle_protocol)


def load(
    f: Path | IO[bytes],
    map_location: Any = None,
    pickle_module: ModuleType | None = None,
    *,
    weights_only: bool | None = None,
    mmap: bool | None = None,
    **pickle_load_args: Any,
) -> Any:
    """Return the object that `save` wrote to a file.

    A pickle can call any function, so by default only tensors, numbers, strings and
    containers of them are taken.

    Args:
        f: a path, or an open binary file.
        map_location: the device for all tensors, or a function of storage and location.
        pickle_module: not part of reference_impl.
        weights_only: False to take any object: only from a file that you trust.
        mmap: of no effect.
        pickle_load_args: of no effect.

    Raises:
        UnpicklingError: if something else is in the file.
    """
    if weights_only is None:
        weights_only = pickle_module is None
    if weights_only and pickle_module is not None:
        raise RuntimeError("Can not safely load weights when explicit pickle_module is specified")
    if isinstance(f, (str, os.PathLike)):
        with open(f, "rb") as opened:
            return archives().read(opened, map_location, weights_only, _safe)
    if not hasattr(f, "seek"):
        raise AttributeError(
            f"'{type(f).__name__}' object has no attribute 'seek'. You can only torch.load from a "
            "file that is seekable. Please pre-load the data into a buffer like io.BytesIO and try "
            "to load from it instead."
        )
    return archives().read(f, map_location, weights_only, _safe)


def add_safe_globals(safe_globals: list[Callable | tuple[Callable, str]]) -> None:
    """Let `load` take these classes and functions, too.

    Args:
        safe_globals: each the object, or a pair of it and the name it has in files.
    """
    for item in safe_globals:
        if isinstance(item, tuple):
            _safe[item[1]] = item[0]
        else:
            _safe[".".join(archives().global_of(item))] = item


def get_safe_globals() -> list[Callable]:
    """Return the classes and functions that `load` has been told to take."""
    return list(_safe.values())


def clear_safe_globals() -> None:
    """Forget all classes and functions that `load` has been told to take."""
    _safe.clear()


class safe_globals:
    """Inside the block, `load` takes these classes and functions, too.

    Args:
        safe_globals: each the object, or a pair of it and the name it has in files.
    """

    def __init__(self, safe_globals: list[Callable | tuple[Callable, str]]) -> None:
        self.added = safe_globals

    def __enter__(self) -> None:
        self.before = dict(_safe)
        add_safe_globals(self.added)

    def __exit__(self, *error: object) -> None:
        _safe.clear()
        _safe.update(self.before)
