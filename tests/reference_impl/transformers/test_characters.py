"""Every character counts as what it counts as to the Rust library, in every version of Python."""

from __future__ import annotations

import unicodedata

import pytest
from pair_of_engines import ENGINES
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from reference_impl.transformers import characters, pieces

EDGES = {
    code + step for low, high in characters.LATER for code in (low, high) for step in (-1, 0, 1)
}
CODES = sorted({*range(0x3400), *range(0x3400, 0x110000, 37), *EDGES, *map(ord, characters.SMALL)})
CHARS = [chr(code) for code in CODES if not 0xD800 <= code < 0xE000]


@pytest.mark.parametrize("lower", [True, False])
@pytest.mark.parametrize("strip", [True, False, None])
@pytest.mark.parametrize("chinese", [True, False])
def test_normalising(lower, strip, chinese):
    """What remains of each character, and what it becomes."""
    theirs = BertNormalizer(True, chinese, strip, lower)
    mine = pieces.BertNormalizer(chinese, strip, lower)
    wrong = [c for c in CHARS if mine.normalized(c) != theirs.normalize_str(c)]
    assert not wrong


def test_splitting():
    """Which characters end a word, and which are one."""
    split = BertPreTokenizer().pre_tokenize_str
    for char in CHARS:
        text = f"a{char}b"
        found = [word.text for word in pieces.words(pieces.Piece(text, range(3)))]
        assert found == [word for word, _ in split(text)], hex(ord(char))


def test_single_words():
    """Which characters a single word may not touch."""
    known = [char for char in CHARS[::3] if unicodedata.category(char) != "Cn"]
    results = []
    for engine in ENGINES:
        tokenizer = engine.BertTokenizer({"[UNK]": 0})
        tokenizer.add_tokens([engine.AddedToken("Q", single_word=True, normalized=False)])
        results.append([tokenizer.tokenize(f"{char}Q") for char in known])
    assert results[1] == results[0]
