# %% vocabulary
from transformers import BertTokenizer

words = """[PAD] [UNK] [CLS] [SEP] [MASK] 我 爱 你 好 喜 欢 这 个 电 影 。
i love this movie . un ##happy token ##izer ##s py ##torch c ##a ##f ##e""".split()
tokenizer = BertTokenizer(vocab={word: i for i, word in enumerate(words)})
print(len(tokenizer))  # (1)!
print(tokenizer.tokenize("我喜欢这个电影。"))
tokenizer.tokenize("PyTorch tokenizers")  # (2)!

# %% encode
ids = tokenizer.encode("我爱你")
looked_up = tokenizer.convert_tokens_to_ids(tokenizer.tokenize("我爱你"))
ids, looked_up, tokenizer.encode("我爱你", add_special_tokens=False)

# %% decode
print(tokenizer.convert_ids_to_tokens(ids), tokenizer.decode(ids))
more = tokenizer.encode("我 love tokenizers")
tokenizer.decode(more, skip_special_tokens=True)

# %% picture
from reference_impl import draw

found = tokenizer("I love tokenizers", padding="max_length", max_length=9)
tokens = tokenizer.convert_ids_to_tokens(found["input_ids"])
draw.pieces(tokens, found["input_ids"], found["attention_mask"])

# %% unknown
tokenizer.tokenize("龘 CAFÉ cat"), tokenizer.encode("[CLS]我[SEP]")  # (1)!

# %% batch
batch = tokenizer(["我爱你", "我喜欢这个电影。"], padding=True, return_tensors="pt")
print(batch["input_ids"])
batch["attention_mask"]

# %% ragged raises="ValueError"
tokenizer(["我爱你", "我喜欢这个电影。"], return_tensors="pt")

# %% limit
long = "我" * 600
for n in (512, 510, 510 - 2):
    kept = tokenizer.encode(long, max_length=n, truncation=True)
    print(n, len(kept), kept.count(5))  # (1)!
special = tokenizer.num_special_tokens_to_add
special(), special(pair=True)  # (2)!

# %% unlimited
limited = BertTokenizer(vocab=tokenizer.get_vocab(), model_max_length=512)
print(len(tokenizer.encode(long, max_length=512)))
print(len(tokenizer.encode(long, truncation=True)))  # (1)!
len(limited.encode(long, truncation=True))  # (2)!

# %% pair
pair = tokenizer("我爱你", "你好")
print(tokenizer.convert_ids_to_tokens(pair["input_ids"]))
pair["token_type_ids"]

# %% shell
shell = BertTokenizer(vocab_file="vocab.txt")  # (1)!
len(shell), shell.tokenize("我 love"), hasattr(shell, "encode_plus")  # (2)!
