"""The Mersenne Twister: the one stream of bits that every random number is made of.

Python's own `random.Random` holds the same generator that torch runs on the CPU,
Matsumoto and Nishimura's MT19937. Only the seeding differs, and so does the way
bits become numbers, so a `Twister` seeds Python's generator as torch seeds its
own and hands out its 32-bit words in order. No tensors here: `variates.py` turns
words into distributions, `random.py` puts them into tensors.
"""

from __future__ import annotations

import math
import os
import random
import struct
import sys
from array import array

DEFAULT_SEED = 67280421310721

_WORDS = 624
_MASK_32 = 0xFFFF_FFFF
_MASK_64 = 0xFFFF_FFFF_FFFF_FFFF

# torch's state, byte for byte: seed, words left before the next twist, whether it
# was seeded, index of the next word, 624 words of 64 bits, four unused fields of an
# older normal sampler, and the cached normals (float and double) with their flags.
_STATE = struct.Struct("<Qii Q 624Q ddd i4x f?3x")
STATE_BYTES = _STATE.size


class Twister:
    """A seeded stream of 32-bit words, and the second half of the last normal pair."""

    def __init__(self, seed: int = DEFAULT_SEED):
        self._random = random.Random()
        self.reseed(seed)

    def reseed(self, seed: int) -> None:
        """Start the stream that belongs to `seed`; only its low 32 bits reach the generator."""
        self.seed_value = seed & _MASK_64
        word = seed & _MASK_32
        words = [word]
        for i in range(1, _WORDS):
            word = (1812433253 * (word ^ (word >> 30)) + i) & _MASK_32
            words.append(word)
        self._load(words, _WORDS)
        self._untouched = True
        self.spare_normal: float | None = None

    def _load(self, words: list[int], position: int) -> None:
        self._random.setstate((3, (*words, position), None))

    def word(self) -> int:
        """Return the next 32 bits."""
        self._untouched = False
        return self._random.getrandbits(32)

    def words(self, n: int) -> array:
        """Return the next `n` words, as many calls of `word` would."""
        self._untouched = self._untouched and n == 0
        words = array("I")
        words.frombytes(self._random.randbytes(4 * n))
        if sys.byteorder == "big":
            words.byteswap()
        return words

    def long_words(self, n: int) -> list[int]:
        """Return `n` numbers of 64 bits; of each, the high half is drawn first."""
        words = self.words(2 * n)
        return [high << 32 | low for high, low in zip(words[::2], words[1::2], strict=True)]

    def uniform(self) -> float:
        """Return a float64 in [0, 1) made of the low 53 bits of a 64-bit number."""
        high = self.word()
        return ((high & 0x1F_FFFF) << 32 | self.word()) * 2.0**-53

    def normal(self) -> float:
        """Return one standard normal number by the method of Box and Muller.

        Two uniforms make a point of the plane in polar coordinates, and both of its
        Cartesian coordinates are normal. The second waits for the next call.
        """
        spare = self.spare_normal
        if spare is not None:
            self.spare_normal = None
            return spare
        angle = 2.0 * math.pi * self.uniform()
        radius = math.sqrt(-2.0 * math.log1p(-self.uniform()))
        self.spare_normal = radius * math.sin(angle)
        return radius * math.cos(angle)

    def pack(self) -> bytes:
        """Return the whole state in torch's layout: 5056 bytes."""
        *words, position = self._random.getstate()[1]
        left, following = (1, 0) if self._untouched else (_WORDS + 1 - position, position)
        spare = self.spare_normal
        cached = (0.0, 0.0, 0.0, 0) if spare is None else (0.0, spare, 0.0, 1)
        return _STATE.pack(self.seed_value, left, 1, following, *words, *cached, 0.0, False)

    def unpack(self, state: bytes) -> None:
        """Continue from a state that `pack`, or torch, has made."""
        seed, left, seeded, following, *rest = _STATE.unpack(state)
        if seeded != 1 or not 0 < left <= _WORDS or following > _WORDS:
            raise ValueError("Invalid mt19937 state")
        self.seed_value = seed
        self._untouched = left == 1 and following == 0
        self._load(rest[:_WORDS], _WORDS if self._untouched else following)
        _, spare, _, valid = rest[_WORDS : _WORDS + 4]
        self.spare_normal = spare if valid else None


def entropy() -> int:
    """Return a seed of 63 bits that nobody can foresee."""
    return int.from_bytes(os.urandom(8), "little") >> 1
