"""Seeds and states: the generator of random numbers, and the one everybody shares.

A computer's random numbers are computed: the same seed gives the same numbers, here the
very numbers that torch gives on the CPU.
(https://docs.pytorch.org/docs/stable/random.html)
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterable, Iterator

from .arguments import KINDS, Refused
from .devices import CPU, device
from .dtypes import uint8
from .public import Public
from .tensor import Tensor, fresh
from .tensorbase import numbers
from .twister import DEFAULT_SEED, STATE_BYTES, Twister, entropy

__all__ = [
    "Generator",
    "default_generator",
    "get_rng_state",
    "initial_seed",
    "manual_seed",
    "seed",
    "set_rng_state",
]


class Generator(metaclass=Public):
    """A stream of random numbers of its own, for the `generator=` of what draws.

    >>> g = torch.Generator().manual_seed(0)
    >>> torch.rand(2, generator=g)
    tensor([0.4963, 0.7682])
    >>> torch.rand(2, generator=g.manual_seed(0))
    tensor([0.4963, 0.7682])

    Args:
        device: only `cpu`.
    """

    __shown__ = "torch._C.Generator"
    __slots__ = ("__weakref__", "_twister")

    def __init__(self, device: device | str | None = "cpu") -> None:
        wanted = CPU if device is None else type(CPU)(device)
        if wanted.type == "meta":
            raise RuntimeError("META device type not an accelerator.")
        if wanted.type != "cpu":
            raise RuntimeError("Cannot access accelerator device when none is available.")
        self._twister = Twister(DEFAULT_SEED)

    @property
    def device(self) -> device:
        """Where the generator works: `cpu`."""
        return CPU

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream that belongs to `seed`; return the generator.

        Args:
            seed: from `-2**63` to `2**64 - 1`; a negative one counts from `2**64` down.

        Raises:
            RuntimeError: not an integer.
            ValueError: out of that range.
        """
        if type(seed) is not int:
            raise RuntimeError(f"manual_seed expected a long, but got {type(seed).__name__}")
        if not -(2**63) <= seed < 2**64:
            raise ValueError("Overflow when unpacking long long")
        self._twister.reseed(seed)
        return self

    def seed(self) -> int:
        """Start a stream that nobody can foresee; return its seed."""
        chosen = entropy()
        self.manual_seed(chosen)
        return chosen

    def initial_seed(self) -> int:
        """Return the seed the stream started from."""
        return self._twister.seed_value

    def get_state(self) -> Tensor:
        """Return the state: 5056 bytes, as torch lays them out."""
        return fresh(array("B", self._twister.pack()), (STATE_BYTES,), uint8)

    def set_state(self, new_state: Tensor) -> Generator:
        """Continue where a state was taken; return the generator.

        Raises:
            TypeError: not a tensor of bytes.
            RuntimeError: bytes that are no state.
        """
        if not isinstance(new_state, Tensor):
            raise TypeError(f"expected a torch.ByteTensor, but got {type(new_state).__name__}")
        if new_state.dtype is not uint8:
            raise TypeError("RNG state must be a torch.ByteTensor")
        if new_state.numel() != STATE_BYTES:
            raise RuntimeError(
                f"Expected a CPUGeneratorImplState of size {STATE_BYTES} but found the input RNG "
                f"state size to be {new_state.numel()}"
            )
        try:
            self._twister.unpack(bytes(numbers(new_state)))
        except ValueError as error:
            raise RuntimeError(str(error)) from None
        return self

    def clone_state(self) -> Generator:
        """Return another generator that goes on with the same numbers."""
        return Generator().set_state(self.get_state())

    def get_offset(self) -> int:
        """Raise: only generators on a GPU count an offset."""
        raise RuntimeError("CPU Generator does not use offset")

    def __repr__(self) -> str:
        return f"<torch._C.Generator object at {id(self):#x}>"


default_generator = Generator()


def as_generator(value: object) -> Generator:
    """Take a generator as an argument."""
    if not isinstance(value, Generator):
        raise Refused
    return value


KINDS["Generator"] = ("torch.Generator", as_generator)


def twister_of(generator: Generator | None) -> Twister:
    """Return the bits of a generator, by default of the one that everybody shares."""
    return (generator or default_generator)._twister


def manual_seed(seed: int) -> Generator:
    """Start the shared stream that belongs to `seed`; return the shared generator.

    >>> _ = torch.manual_seed(0)
    >>> torch.randn(3)
    tensor([ 1.5410, -0.2934, -2.1788])

    Args:
        seed: what `int` makes an integer of, from `-2**63` to `2**64 - 1`.
    """
    return default_generator.manual_seed(int(seed))


def seed() -> int:
    """Start a shared stream that nobody can foresee; return its seed."""
    return default_generator.seed()


def initial_seed() -> int:
    """Return the seed the shared stream started from.

    >>> _ = torch.manual_seed(12)
    >>> torch.initial_seed()
    12
    """
    return default_generator.initial_seed()


def get_rng_state() -> Tensor:
    """Return the state of the shared generator, a tensor of 5056 bytes.

    >>> state = torch.get_rng_state()
    >>> first = torch.rand(1)
    >>> torch.set_rng_state(state)
    >>> torch.equal(first, torch.rand(1))
    True
    """
    return default_generator.get_state()


def set_rng_state(new_state: Tensor) -> None:
    """Let the shared generator continue where a state was taken."""
    default_generator.set_state(new_state)


@contextlib.contextmanager
def fork_rng(
    devices: Iterable[int] | None = None,
    enabled: bool = True,
    _caller: str = "fork_rng",
    _devices_kw: str = "devices",
    device_type: str | None = None,
) -> Iterator[None]:
    """Let what is drawn inside leave no trace: afterwards the shared stream goes on as before.

    >>> _ = torch.manual_seed(0)
    >>> with torch.random.fork_rng():
    ...     inside = torch.rand(1)
    >>> torch.equal(inside, torch.rand(1))
    True

    Args:
        devices: GPUs whose generators to fork, too: there are none.
        enabled: whether to do anything.
        _caller: torch's own.
        _devices_kw: torch's own.
        device_type: the kind of `devices`.
    """
    before = get_rng_state()
    try:
        yield
    finally:
        if enabled and device_type != "meta":
            set_rng_state(before)
