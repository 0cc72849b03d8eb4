"""What tests of the tokenizer share: both libraries, random texts and options, and how they end."""

from __future__ import annotations

import os
import random
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "RUST_BACKTRACE": "0"}

import transformers

import reference_impl.transformers as ours

VOCAB = str(Path(__file__).with_name("vocab.txt"))
ENGINES = (transformers, ours)
SPECIAL = ["[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]", "[cls]", "[MASK"]
ALPHABETS = [
    "abcdefghijklmnopqrstuvwxyzABCXYZ",
    "我你他喜欢爱看电影北京天气龘㐀豈𠀀",
    "éàüñçÅßĞİıŒøÉåöőΣΩЖй",
    " \t\n\r\u3000\xa0\u2009\x0b\x85",
    "0123456789½²٣",
    ".,!?;:'\"()-_[]{}#$%&*+/<=>@\\^`|~，。！？、“”…—·§€",
    "\x00\x01\x7f\xad\u200b\u200d\u200e\ufeff\ufffd\ue000\u2028",
    "\u0301\u0308\u0327\u0345\u0591\u064b\u093c\u20dd\u302e",
    "😀🎉👍🏽🇨🇳❤️👩‍💻",
    "한글カナひらがなไทยहिन्दीעبﬁ",
]


def text(dice: random.Random) -> str:
    """A text of words, signs and special tokens, of a few alphabets at a time."""
    words = Path(VOCAB).read_text("utf-8").split()
    parts = []
    for _ in range(dice.choice([0, 1, 2, 4, 8, 12])):
        kind = dice.random()
        if kind < 0.35:
            parts.append(dice.choice(words).removeprefix("##"))
        elif kind < 0.42:
            parts.append(dice.choice(SPECIAL))
        elif kind < 0.45:
            parts.append(dice.choice("ab我") * dice.choice([99, 100, 101, 130]))
        else:
            alphabet = dice.choice(ALPHABETS)
            parts.append("".join(dice.choices(alphabet, k=dice.choice([1, 1, 2, 3, 6]))))
    return dice.choice(["", " ", " "]).join(parts)


def inputs(dice: random.Random) -> tuple[list[Any], dict[str, Any]]:
    """One text, a pair, a batch or a batch of pairs, whole or in words."""
    if dice.random() < 0.12:
        words = [[text(dice) for _ in range(dice.randint(0, 3))] for _ in range(dice.randint(1, 3))]
        return [dice.choice([words, words[0]])], {"is_split_into_words": True}
    shape = dice.choice(["one", "one", "pair", "batch", "pairs", "tuples"])
    if shape == "one":
        return [text(dice)], {}
    if shape == "pair":
        return [text(dice), text(dice)], {}
    count = dice.randint(1, 4)
    first, second = [text(dice) for _ in range(count)], [text(dice) for _ in range(count)]
    if shape == "tuples":
        return [list(zip(first, second, strict=True))], {}
    return [first, second] if shape == "pairs" else [first], {}


def options(dice: random.Random) -> dict[str, Any]:
    """Arguments of a call, each given now and then."""
    lengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 30, 64]
    choices: dict[str, list[Any]] = {
        "add_special_tokens": [True, False],
        "padding": [True, False, "longest", "max_length", "do_not_pad"],
        "truncation": [True, False, None, "longest_first", "only_first", "only_second"],
        "max_length": [*lengths, None],
        "stride": [0, 0, 0, 1, 2],
        "pad_to_multiple_of": [2, 4, 8, None],
        "padding_side": ["left", "right", None],
        "return_token_type_ids": [True, False],
        "return_attention_mask": [True, False],
        "return_special_tokens_mask": [True, False],
        "return_offsets_mapping": [True, True, False],
        "return_overflowing_tokens": [True, False],
        "return_length": [True, False],
        "return_tensors": [None, None, "pt", "np"],
        "split_special_tokens": [True, False],
        "pad_to_max_length": [True],
    }
    likely = {"max_length": 0.6, "padding": 0.5, "truncation": 0.5, "pad_to_max_length": 0.05}
    likely |= {"return_tensors": 0.15, "split_special_tokens": 0.1, "stride": 0.2}
    return {
        name: dice.choice(values)
        for name, values in choices.items()
        if dice.random() < likely.get(name, 0.25)
    }


def settings(dice: random.Random) -> dict[str, Any]:
    """Arguments of a tokenizer."""
    choices: dict[str, list[Any]] = {
        "do_lower_case": [True, False],
        "tokenize_chinese_chars": [True, False],
        "strip_accents": [True, False, None],
        "model_max_length": [8, 16, 512],
        "padding_side": ["left", "right"],
        "truncation_side": ["left", "right"],
    }
    return {n: dice.choice(values) for n, values in choices.items() if dice.random() < 0.25}


def shown(value: Any) -> str:
    """A result as text; of a batch all that its encodings tell, too."""
    if not hasattr(value, "encodings"):
        return repr(value)
    told = [
        (e.ids, e.type_ids, e.tokens, e.word_ids, e.sequence_ids, e.offsets, e.n_sequences)
        for e in value.encodings or ()
    ]
    return f"{value!r} {told} {value.n_sequences}"


def outcome(call: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """What a call gives, with what it warns of; or how it fails."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            found = shown(call(*args, **kwargs))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            found = f"{type(error).__name__}: {error}"
    return f"{found} {[str(warning.message) for warning in heard]}"


def both(code: Callable[[ModuleType], Any]) -> tuple[str, str]:
    """What code does with theirs, and with ours."""
    theirs, mine = (outcome(code, engine) for engine in ENGINES)
    return theirs, mine
