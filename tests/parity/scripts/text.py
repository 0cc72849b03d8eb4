# %% padding_with_keras
import os
os.environ["KERAS_BACKEND"] = "torch"
import keras
import torch
from keras.preprocessing.sequence import pad_sequences

keras.__version__
pad_sequences is keras.utils.pad_sequences
rows = [[1, 2, 3], [4], [5, 6, 7, 8, 9]]
pad_sequences(rows)
pad_sequences(rows, padding="post")
pad_sequences(rows, maxlen=3)
pad_sequences(rows, maxlen=3, truncating="post", padding="post", value=-1)
pad_sequences([[1.7, 2.2]], maxlen=3)
pad_sequences([[1.7, 2.2]], maxlen=3, dtype="float32")
pad_sequences([["a", "b"], ["c"]], dtype=object, value="<pad>")
pad_sequences([["a", "b"], ["c"]], dtype=object)
pad_sequences([["a"]])
pad_sequences([["a"]], value="<pad>")
pad_sequences([1, 2, 3])
pad_sequences([[1]], padding="left")
pad_sequences([[[1, 2]], [[3, 4], [5, 6]]])
padded = torch.from_numpy(pad_sequences(rows, padding="post"))
padded.dtype, padded.shape
mask = padded != 0
mask.sum(1)
(padded * mask).sum(1) / mask.sum(1)
keras.preprocessing.text

# %% a_vocabulary_of_ones_own
import os
os.environ["HF_HUB_OFFLINE"] = "1"
import tempfile
from pathlib import Path
from transformers import BertTokenizer

letters = "abcdefghijklmnopqrstuvwxyz"
words = "[PAD] [UNK] [CLS] [SEP] [MASK] . , ! 我 喜 欢 电 影 i love this movie token ##izer ##s".split()
words += list(letters) + [f"##{letter}" for letter in letters]
folder = Path(tempfile.mkdtemp())
_ = (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
tokenizer = BertTokenizer(vocab=str(folder / "vocab.txt"))
len(tokenizer), tokenizer.vocab_size
tokenizer
tokenizer.tokenize("我喜欢这个电影。")
tokenizer.tokenize("Tokenizers: unhappy, CAFÉ!")
ids = tokenizer.encode("I love this movie.")
ids
tokenizer.convert_ids_to_tokens(ids)
tokenizer.decode(ids)
tokenizer.decode(ids, skip_special_tokens=True)
tokenizer("我喜欢电影", "i love it")
tokenizer(["我", "I love this movie"], padding=True, return_tensors="pt")
tokenizer(["我", "I love this movie"], return_tensors="pt")
tokenizer(["我", "I love this movie"], padding="max_length", max_length=5, truncation=True)["input_ids"]
batch = tokenizer(["我", "I love"], padding=True)
batch.tokens(1), batch.word_ids(1), batch.sequence_ids()
batch.input_ids, batch["attention_mask"], list(batch)
batch.nothing
len(BertTokenizer(vocab_file=str(folder / "vocab.txt")))
len(BertTokenizer.from_pretrained(folder)), len(BertTokenizer.from_pretrained("bert-base-chinese"))
BertTokenizer.from_pretrained("a/b/c")
tokenizer.encode("I love", pad_to_max_length=True)
tokenizer.encode("love " * 9, max_length=5)
tokenizer.encode("love " * 9, truncation=True) == tokenizer.encode("love " * 9)
tokenizer.encode("我", "我喜欢", max_length=4, truncation="only_first")
tokenizer.encode_plus("我")
[Path(file).name for file in tokenizer.save_pretrained(folder / "saved")]
BertTokenizer.from_pretrained(folder / "saved").encode("I love") == tokenizer.encode("I love")
tokenizer.add_tokens(["<name>"]), tokenizer.tokenize("i love <name>"), len(tokenizer)
tokenizer.mask_token, tokenizer.mask_token_id, tokenizer.all_special_ids
