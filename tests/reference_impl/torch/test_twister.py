"""The stream of bits is torch's, and so is the state, byte for byte."""

import pytest
import torch

from reference_impl.torch.twister import STATE_BYTES, Twister

SEEDS = [0, 1, 2, 42, 1234, 2**31, 2**32 - 1, 2**32, 2**40 + 7, 2**63, 2**64 - 1]


def torch_generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("drawn", [0, 1, 623, 624, 625, 2000])
def test_words_and_state(seed, drawn):
    """After any number of words both streams continue alike and both states are equal bytes."""
    twister, generator = Twister(seed), torch_generator(seed)
    expected = torch.empty(drawn, dtype=torch.int32).random_(0, 2**28 - 1, generator=generator)
    assert [word % (2**28 - 1) for word in twister.words(drawn)] == expected.tolist()
    assert twister.pack() == bytes(generator.get_state().tolist())


@pytest.mark.parametrize("seed", SEEDS)
def test_long_words_draw_the_high_half_first(seed):
    """A 64-bit number is two words, the first of them its upper half."""
    expected = torch.empty(50, dtype=torch.int64).random_(generator=torch_generator(seed))
    assert [n & 2**63 - 1 for n in Twister(seed).long_words(50)] == expected.tolist()


def test_word_and_words_are_one_stream():
    """Drawing one by one, or many at once, gives the same words."""
    one_by_one, at_once = Twister(3), Twister(3)
    assert [one_by_one.word() for _ in range(1500)] == at_once.words(1500).tolist()
    assert one_by_one.pack() == at_once.pack()


@pytest.mark.parametrize("normals", [1, 2, 3])
def test_the_spare_normal_is_part_of_the_state(normals):
    """An odd number of normals leaves one behind, which torch keeps in the state."""
    twister, generator = Twister(9), torch_generator(9)
    expected = torch.empty(normals, dtype=torch.float64).normal_(generator=generator)
    assert [twister.normal() for _ in range(normals)] == expected.tolist()
    assert twister.pack() == bytes(generator.get_state().tolist())


@pytest.mark.parametrize("before", [0, 1, 5, 624, 700])
def test_a_state_of_torch_continues_here(before):
    """A state saved by torch continues here with the next numbers, spare normal included."""
    generator = torch_generator(77)
    torch.empty(before).uniform_(generator=generator)
    torch.empty(1).normal_(generator=generator)
    twister = Twister()
    twister.unpack(bytes(generator.get_state().tolist()))
    assert twister.seed_value == 77
    expected = torch.empty(9, dtype=torch.float64).normal_(generator=generator)
    assert [twister.normal() for _ in range(9)] == expected.tolist()


def test_a_state_from_here_continues_in_torch():
    """A state saved here continues in torch with the numbers that would come here."""
    twister = Twister(5)
    twister.words(1000)
    generator = torch.Generator()
    generator.set_state(torch.tensor(list(twister.pack()), dtype=torch.uint8))
    expected = torch.empty(100, dtype=torch.int64).random_(generator=generator)
    assert [n & 2**63 - 1 for n in twister.long_words(100)] == expected.tolist()


def test_a_state_that_no_twister_can_have():
    """Bytes that are no state are refused in torch's words."""
    with pytest.raises(ValueError, match=r"^Invalid mt19937 state$"):
        Twister().unpack(bytes(STATE_BYTES))
