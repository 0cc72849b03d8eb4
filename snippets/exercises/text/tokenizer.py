# %% room-start fails="single"
def limit(pieces, pair=False):
    return pieces


# %% room-check
from transformers import BertTokenizer

words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "我"]
tokenizer = BertTokenizer(vocab={word: i for i, word in enumerate(words)})
assert limit(10) == 12, "single"
assert limit(10, pair=True) == 13, "pair"
for pieces in (1, 4, 9):
    ids = tokenizer.encode("我" * 20, max_length=limit(pieces), truncation=True)
    both = tokenizer.encode("我" * 20, "我" * 20, max_length=limit(pieces, True), truncation=True)
    assert ids.count(5) == both.count(5) == pieces, "kept"


# %% room-solution
def limit(pieces, pair=False):
    return pieces + (3 if pair else 2)


# %% room-wrong-subtracted fails="single"
def limit(pieces, pair=False):
    return pieces - 2


# %% room-wrong-always fails="pair"
def limit(pieces, pair=False):
    return pieces + 2


# %% room-wrong-doubled fails="pair"
def limit(pieces, pair=False):
    return pieces + (4 if pair else 2)


# %% room-wrong-fixed fails="kept"
def limit(pieces, pair=False):
    return 13 if pair else 12
