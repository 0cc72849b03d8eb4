"""A BatchEncoding answers as theirs does."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from pair_of_engines import VOCAB, both

ROOT = Path(__file__).parents[3]

CALLS = r"""
e
str(e), len(e), "input_ids" in e, list(e), e.keys(), e.values(), e.items(), dict(**e)
e["input_ids"], e.input_ids, e[0], e[0:1], e.encodings, e.is_fast, e.n_sequences
e.foo
e["foo"]
e[5]
e.tokens(), e.tokens(1), e.word_ids(1), e.sequence_ids(1)
e.tokens(9)
e.char_to_token(1, 3), e.char_to_token(2), e.char_to_token(0, 99), e.char_to_token(1, 0, 1)
e.token_to_chars(1, 2), e.token_to_chars(1, 0), e.token_to_chars(1, 99), e.token_to_chars(2)
e.word_to_tokens(1, 0), e.word_to_tokens(1, 9), e.word_to_tokens(1, 0, 1), e.word_to_tokens(1, 0, 5)
e.word_to_chars(1, 0), e.word_to_chars(0)
e.word_to_chars(1, 9)
e.token_to_word(1, 2), e.token_to_word(0), e.token_to_word(99), e.char_to_word(1, 3)
e.token_to_sequence(1, 2), e.token_to_sequence(1, 5), e.token_to_sequence(99)
e.token_to_word(-1)
e.char_to_token(-1)
e[0].ids, e[0].type_ids, e[0].tokens, e[0].offsets, e[0].attention_mask, e[0].special_tokens_mask
len(e[0]), e[0].n_sequences, e[0].overflowing, e[0].word_to_tokens(0), repr(e[0])
e.convert_to_tensors("pt")
e.convert_to_tensors("np")
e.convert_to_tensors("pt", prepend_batch_axis=True)["input_ids"].shape
e.convert_to_tensors("xx")
e.convert_to_tensors("pt").to("cpu")
e.to("cpu")
e.to(3.5)
copy.copy(e), copy.deepcopy(e), pickle.loads(pickle.dumps(e)).tokens(1)
E()
E({"a": [1]}), E({"a": [1]}).is_fast, E({"a": [1]}).n_sequences
E({"a": [[1], [2]]}, tensor_type="np")
E({"a": [1]}).tokens()
E({"a": [1]}).word_ids()
E({"a": [1]})[0]
E({"a": [1, 2]})[0:1]
E({"a": [], "b": [[]]}, tensor_type="pt")
E({"a": [], "b": [[]]}, tensor_type="np")
E({"a": [[1], [2, 3]]}, tensor_type="pt")
E({"a": ["x"]}, tensor_type="pt")
E({"a": [np.array([1, 2]), np.array([3, 4])]}, tensor_type="pt")
"""


@pytest.mark.parametrize("call", CALLS.strip().splitlines())
def test_calls(call):
    """Results and errors, word for word."""
    import numpy as np

    def run(engine):
        tokenizer = engine.BertTokenizer(VOCAB)
        batch = tokenizer(["a b", "unhappy 我"], ["c", "d"], padding=True)
        names = {"e": batch, "E": engine.BatchEncoding, "copy": copy, "pickle": pickle, "np": np}
        return eval(call, names)

    theirs, mine = both(run)
    assert mine == theirs


def test_import_transformers_gives_the_stand_in():
    """Under `install()` all of its paths lead here; its tensors are the stand-in's."""
    code = (
        "import reference_impl; reference_impl.install()\n"
        "import transformers, torch\n"
        "from transformers import BertTokenizer, BertTokenizerFast\n"
        "from transformers.models.bert import BertTokenizer as same\n"
        "from transformers.models.bert.tokenization_bert import BertTokenizer as again\n"
        "from transformers.tokenization_utils_base import BatchEncoding, TruncationStrategy\n"
        "from transformers.utils import PaddingStrategy, logging\n"
        "assert BertTokenizer is same is again is BertTokenizerFast\n"
        "assert transformers.__name__ == 'reference_impl.transformers'\n"
        "assert type(BertTokenizer()('a', return_tensors='pt').input_ids) is torch.Tensor\n"
        "try: from transformers import AutoTokenizer\n"
        "except NotImplementedError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "transformers.AutoTokenizer is not part of reference_impl\n"
