"""BertTokenizer gives what that of transformers gives: for any text, with any options."""

from __future__ import annotations

import inspect
import random

import pytest
from pair_of_engines import ENGINES, VOCAB, both, inputs, options, ours, outcome, settings, text


def same(seed: int) -> None:
    """Compare a call, the tokens, and the way back, for one random case."""
    dice = random.Random(seed)
    made, given = settings(dice), options(dice)
    args, more = inputs(dice)
    sample, skip, mend = text(dice), dice.random() < 0.5, dice.random() < 0.3
    results = []
    for engine in ENGINES:
        tokenizer = engine.BertTokenizer(VOCAB, **made)
        ids = tokenizer.encode(sample)
        results.append(
            [
                outcome(tokenizer, *args, **given, **more),
                outcome(tokenizer.encode, *args, **given, **more),
                outcome(tokenizer.tokenize, sample, add_special_tokens=skip),
                outcome(
                    tokenizer.decode,
                    ids,
                    skip_special_tokens=skip,
                    clean_up_tokenization_spaces=mend,
                ),
                outcome(tokenizer.convert_ids_to_tokens, ids, skip_special_tokens=skip),
                outcome(tokenizer.convert_tokens_to_string, tokenizer.convert_ids_to_tokens(ids)),
            ]
        )
    assert results[1] == results[0], (seed, made, given, more, args, sample)


@pytest.mark.parametrize("part", range(10))
def test_a_thousand_cases(part):
    """Ids, masks, offsets, tensors, warnings and errors are those of transformers."""
    for seed in range(100 * part, 100 * part + 100):
        same(seed)


CALLS = r"""
tk(5)
tk(None)
tk()
tk([5])
tk(b"x")
tk(["a", 5])
tk(["a", None])
tk([])
tk("")
tk([""])
tk("\ud800")
tk("a", "")
tk("a", [])
tk("a", 5)
tk(["a", "b"], "c")
tk(["a", "b"], ["c"])
tk("a", ["b"])
tk([["a", "b"], ["c", "d"]])
tk([("a", "b", "c")])
tk([[]])
tk([["a", "b"]], ["c"])
tk({"a": 1})
tk("a", text_target="b")
tk(text_target="b", text_pair_target="c")
tk("a", is_split_into_words=True)
tk("a", "b", is_split_into_words=True)
tk(["a"], "b", is_split_into_words=True)
tk(["a b", "c"], is_split_into_words=True)
tk([["a b"], []], is_split_into_words=True)
tk([[["a", "b"], ["c"]]], is_split_into_words=True)
tk("a b c", max_length=-1)
tk("a b c", max_length="x")
tk("a b c", max_length=2.5)
tk("a b c", max_length=3, stride=1)
tk("a b c", max_length=3, stride=2)
tk("a b c", max_length=4, stride=-1)
tk("a b", truncation=1, max_length=3)
tk("a b", truncation="longest", max_length=3)
tk("a b", truncation="only_second", max_length=3)
tk("a b", padding="foo")
tk("a b", padding=None)
tk("a b", padding="max_length", max_length=5, padding_side="foo")
tk("a b", padding=True, pad_to_multiple_of=-4)
tk("a b c", max_length=4, truncation=True, padding=True, pad_to_multiple_of=3)
tk("a b c", padding=True, max_length=2)
tk("a", return_tensors="tf")
tk("a", return_tensors="mlx")
tk(["a", "b c"], return_tensors="pt")
tk(["a", "b c"], return_tensors="np")
tk("a", foo=1, pad_to_max_length=True)
tk.encode("a b c", max_length=2)
tk.encode(["a", "b"])
tk.encode("a", "b", return_tensors="pt")
tk.tokenize(["a", "b"])
tk.tokenize("a", "b")
tk.tokenize("a b c", max_length=2)
tk.tokenize(5)
tk.decode([2, 99, 3, 3000])
tk.decode([2, -1])
tk.decode([2, 2**40])
tk.decode(3)
tk.decode("a")
tk.decode([1.5])
tk.decode([[2, 99], [3]])
tk.decode([])
tk.decode({"input_ids": [2, 99]})
tk.decode(tk("我"))
tk.batch_decode([2, 99]), tk.batch_decode([[2, 99], [3]], skip_special_tokens=True)
tk.convert_ids_to_tokens([3000, 2])
tk.convert_ids_to_tokens(3000), tk.convert_ids_to_tokens(True)
tk.convert_ids_to_tokens(-1)
tk.convert_ids_to_tokens(2.0)
tk.convert_ids_to_tokens("2")
tk.convert_tokens_to_ids("foo"), tk.convert_tokens_to_ids(["foo", "a"])
tk.convert_tokens_to_ids(["a", 3])
tk.convert_tokens_to_ids(None)
tk.convert_tokens_to_string(["a", "##b", "c", ".", "[SEP]"]), tk.convert_tokens_to_string([])
tk.convert_tokens_to_string("ab")
tk.convert_tokens_to_string([1])
tk.clean_up_tokenization(" do n't ."), tk.decode(tk.encode("i do n't .", add_special_tokens=False))
tk.num_special_tokens_to_add(), tk.num_special_tokens_to_add(pair=True)
tk.get_special_tokens_mask([2, 99, 3])
tk.get_special_tokens_mask([2, 99, 3], already_has_special_tokens=True)
tk.get_special_tokens_mask([2], [3], already_has_special_tokens=True)
tk.encode_plus("a")
tk.batch_encode_plus(["a"])
tk.build_inputs_with_special_tokens([1])
tk.prepare_for_model
tk.foo
tk.pad({"input_ids": [[1, 2], [3]]}), tk.pad([{"input_ids": [1, 2]}, {"input_ids": [3]}])
tk.pad({"input_ids": [1, 2]}, padding="max_length", max_length=4, padding_side="left")
tk.pad([tk("a"), tk("a b")], return_tensors="pt", pad_to_multiple_of=4)
tk.pad({"ids": [1]})
tk.pad({"input_ids": []})
tk.pad({"input_ids": [["a"]]})
tk.pad(tk(["a", "b c"], return_special_tokens_mask=True), padding=False)
repr(tk)
len(tk), tk.vocab_size, bool(tk), tk.get_vocab()["我"], tk.vocab["a"], tk.is_fast
tk.cls_token, tk.cls_token_id, tk.pad_token_type_id, tk.bos_token, tk.bos_token_id
tk.all_special_tokens, tk.all_special_ids, tk.special_tokens_map, tk.extra_special_tokens
tk.model_max_length, tk.max_len_single_sentence, tk.max_len_sentences_pair
tk.padding_side, tk.truncation_side, tk.model_input_names, tk.name_or_path, tk.init_kwargs
tk.added_tokens_encoder, tk.added_tokens_decoder, tk.get_added_vocab()
tk.do_lower_case, tk.strip_accents, tk.tokenize_chinese_chars, tk.backend, tk.verbose
B(VOCAB, padding_side="x")
B(VOCAB, truncation_side="x")
B(VOCAB, unk_token=5)
B(VOCAB, tokenize=3)
B(VOCAB, True, "[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]", True, None, 5)
B(3)
B(["a"])
B({3: 1})
B({"a": -1})
B({"a": 1.5})
B("missing.txt")
len(B(vocab_file=VOCAB)), B(vocab_file=VOCAB).tokenize("我 love"), len(B())
repr(B({"a": 0})), repr(B({"a": 0, "[UNK]": 3})), B({"a": 0, "##b": 1}).encode("ab")
B({"a": 0}).tokenize("q")
B({"a": 0}, unk_token="zz").tokenize("q")
B(VOCAB, cls_token=None).encode("a"), B(VOCAB, sep_token="!").encode("a", "b")
B(VOCAB, model_max_length=3).encode("a b c", truncation=True)
B(VOCAB, model_max_length=6).encode("a b c", padding="max_length")
B(VOCAB, split_special_tokens=True).tokenize("[CLS] a")
B(VOCAB, clean_up_tokenization_spaces=True).decode([55, 7, 85])
B(VOCAB, image_token="<img>").image_token_id, B(VOCAB, extra_special_tokens=["[E]"]).encode("[E]")
B(VOCAB, extra_special_tokens=5)
B(VOCAB, additional_special_tokens=["[E]"]).all_special_tokens
"""


@pytest.mark.parametrize("call", CALLS.strip().splitlines())
def test_calls(call):
    """Results and errors, word for word."""

    def run(engine):
        names = {"tk": engine.BertTokenizer(VOCAB), "B": engine.BertTokenizer, "VOCAB": VOCAB}
        return eval(call, names)

    theirs, mine = both(run)
    assert mine == theirs


STEPS = r"""
tk.add_tokens(["newtok", "a", "newtok"]); tk.tokenize("a newtok Newtok xnewtoky")
tk.add_tokens(["NewTok", "CAFÉ"]); tk.encode("newtok café"), tk.convert_ids_to_tokens([254, 255])
tk.add_tokens([A("<x>", lstrip=True, rstrip=True)]); tk("a  <X>  b", return_offsets_mapping=True)
tk.add_tokens([A(" s", lstrip=True), A("x", rstrip=True)]); tk("x  s", return_offsets_mapping=True)
tk.add_tokens([A("ab", single_word=True)]); tk.tokenize("ab cab abc ab! xab ab")
tk.add_tokens([A("Z", normalized=False)]); tk.tokenize("z Z ZZ")
tk.add_tokens(["yy"], special_tokens=True); tk.added_tokens_decoder[254], tk.decode([254])
tk.add_tokens(5)
tk.add_tokens([5])
tk.add_tokens({"a"})
tk.add_tokens(""), tk.add_tokens([""]), tk.add_tokens([])
tk.add_special_tokens({"bos_token": "[B]"}); tk.bos_token_id, tk.tokenize("[B]a"), repr(tk)
tk.add_special_tokens({"extra_special_tokens": ["[E]"]}); tk.all_special_tokens, tk.encode("[E]b")
tk.add_special_tokens({"extra_special_tokens": "x"})
tk.add_special_tokens({"cls_token": 5})
tk.add_special_tokens({"cls_token": "[NEW]"}); tk.encode("a"), tk.cls_token_id, len(tk)
tk.cls_token = "[MASK]"; tk.encode("a"), tk.cls_token_id, tk.cls_token
tk.cls_token = 5; 0
tk.cls_token_id = 7; tk.cls_token
tk.pad_token = None; tk.encode("a", padding=True)
tk.pad_token = "zzz"; tk("a", padding="max_length", max_length=5).tokens(), tk.pad_token_id
tk.extra_special_tokens = ["a"]; tk.decode([47, 48], skip_special_tokens=True), tk.all_special_ids
tk.extra_special_tokens = 5; 0
tk.model_max_length = 3; tk.encode("a b c"), tk.encode("a b c", truncation=True)
tk.truncation_side = "left"; tk.encode("a b c", max_length=4), tk.padding_side
tk.padding_side = "left"; tk(["a", "b c"], padding=True)
import copy; t = copy.deepcopy(tk); t.add_tokens(['zz']); len(t), len(tk), t.tokenize('zz')
import pickle; t = pickle.loads(pickle.dumps(tk)); t.encode('unhappy 我'), repr(t) == repr(tk)
"""


@pytest.mark.parametrize("steps", STEPS.strip().splitlines())
def test_tokens_of_ones_own(steps):
    """Added and special tokens, set before a call."""

    def run(engine):
        names = {"tk": engine.BertTokenizer(VOCAB), "A": engine.AddedToken}
        *before, last = steps.split("; ")
        exec("\n".join(before), names)
        return eval(last, names)

    theirs, mine = both(run)
    assert mine == theirs


def test_an_unknown_name_of_a_special_token():
    """The error lists the names, in any order."""
    tokenizer = ours.BertTokenizer(VOCAB)
    with pytest.raises(ValueError, match=r"^Key foo_token is not a valid special token\. Valid"):
        tokenizer.add_special_tokens({"foo_token": "x"})


def test_added_tokens():
    """An AddedToken shows, compares and complains as theirs."""
    for call in (
        'A("x", lstrip=True)',
        "A()",
        "A(5)",
        'A("x", special=True).normalized',
        'A("x") == A("x"), A("x") == A("y"), A("x") != A("x"), A("x") == "x"',
        'str(A("x")), A("x", single_word=True).__getstate__()',
    ):
        theirs, mine = both(lambda engine, call=call: eval(call, {"A": engine.AddedToken}))
        assert mine == theirs, call


@pytest.mark.parametrize(
    "name",
    """
    __init__ __call__ encode decode batch_decode tokenize pad add_tokens add_special_tokens
    convert_ids_to_tokens convert_tokens_to_ids convert_tokens_to_string from_pretrained
    save_pretrained save_vocabulary get_vocab num_special_tokens_to_add
    """.split(),
)
def test_signatures(name):
    """Names, order and defaults of the arguments."""
    theirs, mine = (
        [
            (p.name, p.kind, p.default)
            for p in inspect.signature(getattr(engine.BertTokenizer, name)).parameters.values()
        ]
        for engine in ENGINES
    )
    assert mine == theirs


def test_what_is_left_out():
    """Public names of theirs that are not here say so."""
    tokenizer = ours.BertTokenizer(VOCAB)
    with pytest.raises(NotImplementedError, match=r"^BertTokenizer\.apply_chat_template is not"):
        tokenizer.apply_chat_template([])
    with pytest.raises(NotImplementedError, match=r"^transformers\.AutoTokenizer is not part of"):
        _ = ours.AutoTokenizer
    with pytest.raises(AttributeError, match="has no attribute '_private'"):
        _ = ours._private


def test_types_and_version():
    """Types print under their public paths; the version is the one that was compared."""
    theirs, mine = ENGINES
    assert mine.__version__ == theirs.__version__
    assert mine.BertTokenizerFast is mine.BertTokenizer
    for name in ("BertTokenizer", "BatchEncoding", "AddedToken", "TokenizersBackend", "CharSpan"):
        assert repr(getattr(mine, name)) == repr(getattr(theirs, name))
    assert mine.BertTokenizer.__mro__[1].__name__ == theirs.BertTokenizer.__mro__[1].__name__
    batches = [engine.BertTokenizer(VOCAB)("a") for engine in ENGINES]
    assert repr(type(batches[1][0])) == repr(type(batches[0][0]))
