"""BERT's tokenizer: lowers, splits at spaces and punctuation, cuts words into pieces."""

from __future__ import annotations

from typing import Any, ClassVar

from ...files import vocabulary
from ...pieces import BertNormalizer
from ...pipeline import Pipeline
from ...tokenization_utils_tokenizers import TokenizersBackend
from ...wordpiece import WordPiece

__all__ = ["BertTokenizer", "BertTokenizerFast"]


class BertTokenizer(TokenizersBackend):
    """The tokenizer of BERT: a text becomes pieces of words, each with its number.

    Each Chinese character is a word of its own. A word is cut into the longest pieces that the
    vocabulary has; `##` begins a piece that continues a word. A word that cannot be cut so is
    `[UNK]` as a whole.

    >>> from transformers import BertTokenizer
    >>> words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "我", "play", "##ing"]
    >>> tokenizer = BertTokenizer({word: at for at, word in enumerate(words)})
    >>> tokenizer("Playing 我")["input_ids"]
    [2, 6, 7, 5, 3]

    Args:
        vocab: the path of a file with a token a line, or a dict of ids. Not `vocab_file`: that
            is ignored, as any unknown argument, and the vocabulary is five special tokens.
        do_lower_case: whether capitals become small.
        unk_token: what stands for an unknown word.
        sep_token: what stands behind a text.
        pad_token: what fills up short texts.
        cls_token: what stands before the first text.
        mask_token: what hides a word in training.
        tokenize_chinese_chars: whether each Chinese character is a word.
        strip_accents: whether accents go; None where `do_lower_case` decides.
        **kwargs: `model_max_length`, `padding_side`, `truncation_side` and others.
    """

    vocab_files_names: ClassVar[dict[str, str]] = {
        "vocab_file": "vocab.txt",
        "tokenizer_file": "tokenizer.json",
    }
    model_input_names: ClassVar[list[str]] = ["input_ids", "token_type_ids", "attention_mask"]

    def __init__(
        self,
        vocab: str | dict[str, int] | None = None,
        do_lower_case: bool = True,
        unk_token: str = "[UNK]",
        sep_token: str = "[SEP]",
        pad_token: str = "[PAD]",
        cls_token: str = "[CLS]",
        mask_token: str = "[MASK]",
        tokenize_chinese_chars: bool = True,
        strip_accents: bool | None = None,
        **kwargs: Any,
    ) -> None:
        self.do_lower_case = do_lower_case
        self.tokenize_chinese_chars = tokenize_chinese_chars
        self.strip_accents = strip_accents
        if vocab is None:
            special = (pad_token, unk_token, cls_token, sep_token, mask_token)
            vocab = {str(token): at for at, token in enumerate(special)}
        model = WordPiece(vocabulary(vocab), str(unk_token))
        normalizer = BertNormalizer(tokenize_chinese_chars, strip_accents, do_lower_case)
        self._pipeline = Pipeline(model, normalizer)
        super().__init__(
            do_lower_case=do_lower_case,
            unk_token=unk_token,
            sep_token=sep_token,
            pad_token=pad_token,
            cls_token=cls_token,
            mask_token=mask_token,
            tokenize_chinese_chars=tokenize_chinese_chars,
            strip_accents=strip_accents,
            **kwargs,
        )
        cls_id, sep_id = self.cls_token_id, self.sep_token_id
        self._pipeline.ends = (
            (str(self.cls_token), 2 if cls_id is None else cls_id),
            (str(self.sep_token), 3 if sep_id is None else sep_id),
        )

    def __repr__(self) -> str:
        added = "".join(f"\n\t{at}: {token!r}," for at, token in self.added_tokens_decoder.items())
        return (
            f"{type(self).__name__}(name_or_path='{self.name_or_path}', "
            f"vocab_size={self.vocab_size}, model_max_length={self.model_max_length}, "
            f"padding_side='{self.padding_side}', truncation_side='{self.truncation_side}', "
            f"special_tokens={self.special_tokens_map}, "
            f"added_tokens_decoder={{{added}{chr(10) if added else ''}}})"
        )


BertTokenizerFast = BertTokenizer
