"""torch's archives: what is in the zip file, and what its pickle may name.

The pickle names functions and classes by torch's paths, whatever they are called here:
`torch._utils._rebuild_tensor_v2`, `torch.FloatStorage`, `torch.nn.modules.linear.Linear`.
`global_of` translates on the way out, `Reader.find_class` on the way in.
"""

from __future__ import annotations

import importlib
import io
import pickle
import struct
import sys
import zipfile
from collections import Counter, OrderedDict
from types import FunctionType
from typing import IO, Any

from .. import dtypes
from ..devices import device, layout
from ..dtypes import dtype
from ..nn.parameter import Parameter
from ..shapes import Size
from ..storage import ABSENT, UntypedStorage, packed, unpacked
from ..tensor import Tensor
from ..tensorbase import wrap

ENGINE = "reference_impl."
ALIGNMENT = 64  # where numbers begin, so that torch can map them into memory

UNSAFE = (
    "In PyTorch 2.6, we changed the default value of the `weights_only` argument in `torch.load` "
    "from `False` to `True`. Re-running `torch.load` with `weights_only` set to `False` will "
    "likely succeed, but it can result in arbitrary code execution. Do it only if you got the file "
    "from a trusted source."
)
OPTIONS = (
    "Weights only load failed. This file can still be loaded, to do so you have two options, "
    "\033[1mdo those steps only if you trust the source of the checkpoint\033[0m. \n"
    "\t(1) {unsafe}\n"
    "\t(2) Alternatively, to load with `weights_only=True` please check the recommended steps in "
    "the following error message.\n"
    "\tWeightsUnpickler error: {message}"
)
NO_OPTIONS = "Weights only load failed. {unsafe}\n{report}\n\n{message}"
REPORT = (
    "Please file an issue with the following so that we can make `weights_only=True` compatible "
    "with your use case: WeightsUnpickler error: "
)
SEE = (
    "\n\nCheck the documentation of torch.load to learn more about types accepted by default with "
    "weights_only https://pytorch.org/docs/stable/generated/torch.load.html."
)
NO_CUDA = (
    "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If "
    "you are running on a CPU-only machine, please use torch.load with "
    "map_location=torch.device('cpu') to map your storages to the CPU."
)
CORRUPTED = (
    "PytorchStreamReader failed reading zip archive: {}. This is an internal miniz error. If you "
    "are seeing this error, there is a high likelihood that your checkpoint file is corrupted. "
    "This can happen if the checkpoint was not saved properly, was transferred incorrectly, or the "
    "file was modified after saving."
)
SMALLEST = 22  # bytes of a zip file without a file
BLOCKED = ("sys", "os", "posix", "nt")


class StorageType:
    """Stands in a pickle for the type of a storage's elements: `torch.FloatStorage`."""

    def __init__(self, kind: dtype) -> None:
        self.dtype = kind
        self.name = f"{kind.scalar_name}Storage"


STORAGE_TYPES = {kind: StorageType(kind) for kind in dtypes.ALL}


def rebuild_tensor(
    storage: UntypedStorage, offset: int, size: tuple, stride: tuple, grad: bool, *rest: object
) -> Tensor:
    """Return a tensor over a storage that has been read."""
    tensor = wrap(Tensor, storage, size, tuple(stride), offset)
    tensor._requires_grad = grad
    return tensor


def rebuild_meta_tensor(kind: dtype, size: tuple, stride: tuple, grad: bool) -> Tensor:
    """Return a meta tensor, which has no numbers in the file."""
    reach = 1 + sum((n - 1) * s for n, s in zip(size, stride, strict=True))
    return rebuild_tensor(UntypedStorage(ABSENT, reach, kind), 0, size, stride, grad)


def rebuild_parameter(data: Tensor, grad: bool, hooks: object) -> Parameter:
    """Return a parameter."""
    return Parameter(data, grad)


def rebuild_parameter_with_state(data: Tensor, grad: bool, hooks: object, state: dict) -> Parameter:
    """Return a parameter with the attributes it had been given."""
    made = Parameter(data, grad)
    vars(made).update(state)
    return made


BY_NAME: dict[str, Any] = {
    "torch._utils._rebuild_tensor_v2": rebuild_tensor,
    "torch._utils._rebuild_meta_tensor_no_storage": rebuild_meta_tensor,
    "torch._utils._rebuild_parameter": rebuild_parameter,
    "torch._utils._rebuild_parameter_with_state": rebuild_parameter_with_state,
    "torch._tensor.Tensor": Tensor,
    "torch.Tensor": Tensor,
    "torch.nn.parameter.Parameter": Parameter,
    "torch.Size": Size,
    "torch.device": device,
    **{f"torch.{kind.name}": kind for kind in dtypes.ALL},
    **{f"torch.{kind.name}": kind for kind in STORAGE_TYPES.values()},
}
HARMLESS: dict[str, Any] = {
    "collections.OrderedDict": OrderedDict,
    "collections.Counter": Counter,
    "builtins.set": set,
    "builtins.bytearray": bytearray,
    "builtins.complex": complex,
    "_codecs.encode": importlib.import_module("_codecs").encode,
}
TENSOR_FUNCTIONS = {
    rebuild_tensor: "_rebuild_tensor_v2",
    rebuild_meta_tensor: "_rebuild_meta_tensor_no_storage",
    rebuild_parameter: "_rebuild_parameter",
    rebuild_parameter_with_state: "_rebuild_parameter_with_state",
}


def global_of(value: Any) -> tuple[str, str]:
    """Return the module and name under which torch's files know a function, class or constant."""
    if isinstance(value, FunctionType) and value in TENSOR_FUNCTIONS:
        return "torch._utils", TENSOR_FUNCTIONS[value]
    if isinstance(value, (dtype, layout, StorageType)):
        return "torch", value.name
    shown = vars(value).get("__shown__") if isinstance(value, type) else None
    if shown is not None:
        module, _, name = shown.rpartition(".")
        return module, name
    return value.__module__.removeprefix(ENGINE), value.__qualname__


# In Python, not in C: only there can the names be chosen
class Writer(pickle._Pickler):
    """Pickles an object, and keeps the storages it meets aside."""

    def __init__(self, file: IO[bytes], protocol: int) -> None:
        super().__init__(file, protocol)
        self.storages: dict[UntypedStorage, str] = {}

    def persistent_id(self, value: Any) -> tuple | None:
        """Return what stands for a storage in the pickle: type, number, device and length."""
        if not isinstance(value, UntypedStorage):
            return None
        if value not in self.storages:
            self.storages[value] = str(len(self.storages))
        return "storage", STORAGE_TYPES[value.dtype], self.storages[value], "cpu", value.length

    def reducer_override(self, value: Any) -> Any:
        """Return how tensors and names of torch are written; everything else as Python does."""
        if isinstance(value, (dtype, StorageType)):
            return value.name
        if type(value) is Size:
            return Size, (tuple(value),)
        if type(value) is Parameter:
            grad, given = value._requires_grad, vars(value).items()
            state = {name: kept for name, kept in given if not name.startswith("_")}
            parts = (tensor_of(value), grad, OrderedDict())
            if state:
                return rebuild_parameter_with_state, (*parts, state)
            return rebuild_parameter, parts
        if type(value) is Tensor:
            size, stride, offset = value._geometry()
            stride = (*stride,)  # a tuple that other tensors share would be written once
            if value.is_meta:
                parts = (value.dtype, tuple(size), stride, value.requires_grad)
                return rebuild_meta_tensor, parts
            parts = (value._storage, offset, tuple(size), stride, value.requires_grad)
            return rebuild_tensor, (*parts, OrderedDict())
        return NotImplemented

    def save_global(self, value: Any, name: str | None = None) -> None:
        """Write a name by torch's path."""
        ours = getattr(value, "__module__", None) or ""
        if not (ours.startswith(ENGINE) or isinstance(value, (dtype, StorageType))):
            super().save_global(value, name)
            return
        module, name = global_of(value)
        self.write(pickle.GLOBAL + f"{module}\n{name}\n".encode())
        self.memoize(value)

    def save_type(self, value: type) -> None:
        """Write a class by torch's path."""
        if value.__module__.startswith(ENGINE):
            self.save_global(value)
        else:
            super().save_type(value)

    dispatch = pickle._Pickler.dispatch | {type: save_type, FunctionType: save_global}


def tensor_of(parameter: Parameter) -> Tensor:
    """Return a parameter as a plain tensor without gradient."""
    return wrap(Tensor, parameter._storage, *parameter._geometry())


def write(value: object, file: IO[bytes], name: str, protocol: int) -> None:
    """Write an archive.

    Args:
        value: the object.
        file: open for writing.
        name: of the folder in the archive.
        protocol: of the pickle.
    """
    pickled = io.BytesIO()
    writer = Writer(pickled, protocol)
    writer.dump(value)
    records = {
        "data.pkl": pickled.getvalue(),
        ".format_version": b"1",
        ".storage_alignment": str(ALIGNMENT).encode(),
        "byteorder": sys.byteorder.encode(),
    }
    for storage, number in writer.storages.items():
        records[f"data/{number}"] = packed(storage.numbers, storage.dtype)
    records["version"] = b"3\n"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for record, content in records.items():
            info = zipfile.ZipInfo(f"{name}/{record}")
            begin = made.fp.tell() + 30 + len(info.filename.encode()) + 4
            padding = -begin % ALIGNMENT
            info.extra = b"FB" + struct.pack("<H", padding) + b"Z" * padding
            made.writestr(info, content)


class Reader(pickle.Unpickler):
    """Reads the pickle in an archive, its storages included."""

    def __init__(
        self, made: zipfile.ZipFile, name: str, location: Any, only: bool, safe: dict
    ) -> None:
        super().__init__(io.BytesIO(made.read(f"{name}/data.pkl")), encoding="utf-8")
        self.made, self.name, self.location = made, name, location
        self.only, self.safe = only, safe
        self.storages: dict[str, UntypedStorage] = {}

    def find_class(self, module: str, name: str) -> Any:
        """Return what a name in the pickle stands for.

        Raises:
            UnpicklingError: for what is not known to be harmless, if only weights may be read.
            NotImplementedError: for what torch has and the reference has not.
        """
        module = {"__builtin__": "builtins"}.get(module, module)
        path = f"{module}.{name}"
        if self.only:
            if module in BLOCKED:
                raise pickle.UnpicklingError(
                    f"Trying to load unsupported GLOBAL {path} whose module {module} is blocked."
                )
            shown = path.removeprefix("builtins.")
            for known in (BY_NAME, HARMLESS, self.safe):
                if path in known:
                    return known[path]
            raise pickle.UnpicklingError(
                f"Unsupported global: GLOBAL {shown} was not an allowed global by default. Please "
                f"use `torch.serialization.add_safe_globals([{shown}])` or the "
                f"`torch.serialization.safe_globals([{shown}])` context manager to allowlist this "
                "global if you trust this class/function."
            )
        if path in BY_NAME:
            return BY_NAME[path]
        if module.partition(".")[0] == "torch":
            return here(module, name)
        return super().find_class(module, name)

    def persistent_load(self, parts: tuple) -> UntypedStorage:
        """Return a storage; the same one for the same number."""
        _, kind, key, saved_at, length = parts
        if key not in self.storages:
            raw = self.made.read(f"{self.name}/data/{key}")
            storage = UntypedStorage(unpacked(raw, kind.dtype), length, kind.dtype)
            self.storages[key] = moved(storage, saved_at, self.location)
        return self.storages[key]


def here(module: str, name: str) -> Any:
    """Return what the reference has under one of torch's paths.

    Raises:
        NotImplementedError: if it has nothing.
    """
    try:
        found: Any = importlib.import_module(ENGINE + module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        raise NotImplementedError(f"{module}.{name} is not part of reference_impl") from None
    return found


def moved(storage: UntypedStorage, saved_at: str, location: Any) -> UntypedStorage:
    """Return a storage on the device that it is wanted on.

    Raises:
        RuntimeError: for a GPU.
    """
    if isinstance(location, dict):
        location = location.get(saved_at, saved_at)
    elif callable(location):
        return location(storage, saved_at) or moved(storage, saved_at, None)
    wanted = device(saved_at if location is None else location).type
    if wanted == "cuda":
        raise RuntimeError(NO_CUDA)
    if wanted == "meta":
        return UntypedStorage(ABSENT, storage.length, storage.dtype)
    return storage


def read(file: IO[bytes], location: Any, only: bool, safe: dict) -> Any:
    """Return the object in an archive.

    Args:
        file: open for reading, at its beginning.
        location: the device for storages, or a dict or function that gives it.
        only: whether to take nothing but weights.
        safe: what is to be taken besides, by its path.

    Raises:
        UnpicklingError: for anything but weights, if `only`.
    """
    start = file.tell()
    begin = file.read(4)
    file.seek(start)
    try:
        if begin != b"PK\x03\x04":
            refuse(begin, only)
        with archive_of(file) as made:
            name = made.namelist()[0].partition("/")[0]
            return Reader(made, name, location, only, safe).load()
    except pickle.UnpicklingError as error:
        if not only:
            raise
        raise pickle.UnpicklingError(explained(str(error))) from None


def archive_of(file: IO[bytes]) -> zipfile.ZipFile:
    """Return the opened zip file."""
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        whole = file.seek(0, 2) >= SMALLEST
        found = "failed finding central directory" if whole else "not a ZIP archive"
        raise RuntimeError(CORRUPTED.format(found)) from None


def refuse(begin: bytes, only: bool) -> None:
    """Raise for a file that is no zip archive."""
    if not begin:
        raise EOFError("" if only else "Ran out of input")
    if begin[:1] == pickle.PROTO:
        raise NotImplementedError(
            "torch.load of a file in the format before torch 1.6 is not part of reference_impl"
        )
    if only:
        raise pickle.UnpicklingError(f"Unsupported operand {begin[0]}")
    raise pickle.UnpicklingError(f"invalid load key, '{chr(begin[0])}'.")


def explained(message: str) -> str:
    """Return torch's explanation of an error while reading weights only."""
    if "was not an allowed global by default." in message:
        return OPTIONS.format(unsafe=UNSAFE, message=message) + SEE
    report = "" if "is blocked." in message else REPORT
    return NO_OPTIONS.format(unsafe=UNSAFE, report=report, message=message) + SEE
