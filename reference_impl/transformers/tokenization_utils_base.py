"""Calling a tokenizer: texts, pairs and batches, how long they may be, and back to text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from typing import Any

from .. import torch
from .added_tokens import AddedToken
from .batches import (
    BatchEncoding,
    CharSpan,
    TokenSpan,
    TruncationStrategy,
    arrays,
    logger,
)
from .lengths import strategies
from .special_tokens import SpecialTokens
from .utils import PaddingStrategy, TensorType

__all__ = [
    "AddedToken",
    "BatchEncoding",
    "CharSpan",
    "PreTrainedTokenizerBase",
    "TokenSpan",
    "TruncationStrategy",
]

MENDED = (
    *((" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't")),
    *((" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re")),
)
TOO_LONG = (
    "Token indices sequence length is longer than the specified maximum sequence length for this "
    "model ({} > {}). Running this sequence through the model will result in indexing errors"
)


def plain(value: Any) -> Any:
    """Return a tensor or an array as Python's numbers; anything else as it is."""
    if isinstance(value, (torch.Tensor, arrays().ndarray, arrays().generic)):
        return value.tolist()
    if isinstance(value, (dict, BatchEncoding)):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value


class PreTrainedTokenizerBase(SpecialTokens):
    """What all tokenizers share: the arguments of a call, padding, and the way back to text."""

    def add_tokens(self, new_tokens: Any, special_tokens: bool = False) -> int:
        """Add tokens that are looked for in the text before anything is cut.

        >>> from transformers import BertTokenizer
        >>> tokenizer = BertTokenizer({"[UNK]": 0, "a": 1, "##b": 2})
        >>> tokenizer.tokenize("ab"), tokenizer.add_tokens("ab"), tokenizer.tokenize("ab")
        (['a', '##b'], 1, ['ab'])

        Args:
            new_tokens: a string, an `AddedToken`, or a list of them.
            special_tokens: whether `skip_special_tokens` skips them.

        Returns:
            How many were added.
        """
        if not new_tokens:
            return 0
        given = new_tokens if isinstance(new_tokens, (list, tuple)) else [new_tokens]
        return self._add_tokens(given, special_tokens)

    def convert_tokens_to_ids(self, tokens: str | Sequence[str]) -> Any:
        """Return the id of a token, or of each in a list; that of `unk_token` if unknown."""
        if isinstance(tokens, str):
            return self._convert_token_to_id_with_added_voc(tokens)
        return [self._convert_token_to_id_with_added_voc(token) for token in tokens]

    @property
    def max_len_single_sentence(self) -> int:
        """How many tokens of its own a text may have."""
        return self.model_max_length - self.num_special_tokens_to_add(pair=False)

    @property
    def max_len_sentences_pair(self) -> int:
        """How many tokens of their own a pair of texts may have."""
        return self.model_max_length - self.num_special_tokens_to_add(pair=True)

    def encode(
        self,
        text: Any,
        text_pair: Any = None,
        add_special_tokens: bool = True,
        padding: bool | str | PaddingStrategy = False,
        truncation: bool | str | TruncationStrategy | None = None,
        max_length: int | None = None,
        stride: int = 0,
        padding_side: str | None = None,
        return_tensors: str | TensorType | None = None,
        **kwargs: Any,
    ) -> list[int]:
        """Return a text as ids: cut into tokens, looked up, between `[CLS]` and `[SEP]`.

        >>> from transformers import BertTokenizer
        >>> tokenizer = BertTokenizer({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "a": 3, "##b": 4})
        >>> tokenizer.encode("ab a"), tokenizer.encode("ab a", max_length=4)
        ([1, 3, 4, 3, 2], [1, 3, 4, 2])

        Args:
            text: a string; a list of strings is a batch.
            text_pair: a second text, behind another `[SEP]`.
            add_special_tokens: whether `[CLS]` and `[SEP]` are added.
            padding: `True` or `"longest"`, `"max_length"`, or `False`.
            truncation: `True` or `"longest_first"`, `"only_first"`, `"only_second"`, `False`.
            max_length: how long the result may be, special tokens included.
            stride: how many tokens the parts that overflow share.
            padding_side: `"right"` or `"left"`.
            return_tensors: `"pt"` or `"np"`.
            **kwargs: as of a call; unknown ones are ignored.
        """
        pads, cuts, longest = strategies(
            self,
            padding,
            truncation,
            max_length,
            kwargs.get("pad_to_multiple_of"),
            kwargs.get("verbose", True),
        )
        found = self._encode_plus(
            text,
            text_pair=text_pair,
            add_special_tokens=add_special_tokens,
            padding_strategy=pads,
            truncation_strategy=cuts,
            max_length=longest,
            stride=stride,
            padding_side=padding_side,
            return_tensors=return_tensors,
            **kwargs,
        )
        return found["input_ids"]

    def __call__(  # noqa: D417 (the signature lists all)
        self,
        text: Any = None,
        text_pair: Any = None,
        text_target: Any = None,
        text_pair_target: Any = None,
        add_special_tokens: bool = True,
        padding: bool | str | PaddingStrategy = False,
        truncation: bool | str | TruncationStrategy | None = None,
        max_length: int | None = None,
        stride: int = 0,
        is_split_into_words: bool = False,
        pad_to_multiple_of: int | None = None,
        padding_side: str | None = None,
        return_tensors: str | TensorType | None = None,
        return_token_type_ids: bool | None = None,
        return_attention_mask: bool | None = None,
        return_overflowing_tokens: bool = False,
        return_special_tokens_mask: bool = False,
        return_offsets_mapping: bool = False,
        return_length: bool = False,
        verbose: bool = True,
        tokenizer_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> BatchEncoding:
        """Return what a model needs of texts: ids, types, and which tokens are no padding.

        >>> from transformers import BertTokenizer
        >>> words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b"]
        >>> tokenizer = BertTokenizer({word: at for at, word in enumerate(words)})
        >>> tokenizer(["a", "b a"], padding=True)["attention_mask"]
        [[1, 1, 1, 0], [1, 1, 1, 1]]

        Args:
            text: a string, or a list of strings: a batch.
            text_pair: as many second texts; their type is 1.
            add_special_tokens: whether `[CLS]` and `[SEP]` are added.
            padding: `True` (to the longest), `"max_length"`, or `False`.
            truncation: `True`, `"only_first"`, `"only_second"`, or `False`.
            max_length: how long a result may be, special tokens included.
            is_split_into_words: whether each text is a list of words.
            return_tensors: `"pt"` or `"np"`; all texts must then be equally long.
            **kwargs: unknown ones are ignored, in silence.

        Raises:
            ValueError: for what is no text, or words that mean nothing.
        """
        options = {
            "add_special_tokens": add_special_tokens,
            "padding": padding,
            "truncation": truncation,
            "max_length": max_length,
            "stride": stride,
            "is_split_into_words": is_split_into_words,
            "pad_to_multiple_of": pad_to_multiple_of,
            "padding_side": padding_side,
            "return_tensors": return_tensors,
            "return_token_type_ids": return_token_type_ids,
            "return_attention_mask": return_attention_mask,
            "return_overflowing_tokens": return_overflowing_tokens,
            "return_special_tokens_mask": return_special_tokens_mask,
            "return_offsets_mapping": return_offsets_mapping,
            "return_length": return_length,
            "split_special_tokens": kwargs.pop("split_special_tokens", self.split_special_tokens),
            "verbose": verbose,
        }
        longest_target = kwargs.pop("max_target_length", None)
        options |= (tokenizer_kwargs or {}) | kwargs
        if text is None and text_target is None:
            raise ValueError("You need to specify either `text` or `text_target`.")
        pads, cuts, longest = strategies(
            self,
            options.pop("padding"),
            options.pop("truncation"),
            options.pop("max_length"),
            options["pad_to_multiple_of"],
            options["verbose"],
        )
        options |= {"padding_strategy": pads, "truncation_strategy": cuts}
        if text is not None:
            found = self._encode_plus(text, text_pair, max_length=longest, **options)
        if text_target is None:
            return found
        target = self._encode_plus(
            text_target,
            text_pair_target,
            max_length=longest if longest_target is None else longest_target,
            **options,
        )
        if text is None:
            return target
        found["labels"] = target["input_ids"]
        return found

    def _warn_if_too_long(self, ids: list[int], max_length: int | None, verbose: bool) -> None:
        """Say once that a text is longer than the model takes."""
        key = "sequence-length-is-longer-than-the-specified-maximum"
        if max_length is not None or not verbose or not 0 != self.model_max_length < len(ids):
            return
        if not self.deprecation_warnings.get(key):
            logger.warning(TOO_LONG.format(len(ids), self.model_max_length))
        self.deprecation_warnings[key] = True

    def decode(self, token_ids: Any, skip_special_tokens: bool = False, **kwargs: Any) -> Any:
        """Return ids as text: pieces of a word joined, words with a space between.

        What was lost on the way in stays lost: capitals, accents, spaces, unknown words.

        >>> from transformers import BertTokenizer
        >>> tokenizer = BertTokenizer({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "a": 3, "##b": 4})
        >>> tokenizer.decode([1, 3, 4, 3, 2], skip_special_tokens=True)
        'ab a'

        Args:
            token_ids: an id, a list or tensor of ids, or a batch of such.
            skip_special_tokens: whether special tokens are left out.
            **kwargs: `clean_up_tokenization_spaces`, to mend English contractions.

        Returns:
            A string, or a list of strings for a batch.
        """
        ids = plain(token_ids)
        kwargs.pop("use_source_tokenizer", None)
        mend = kwargs.pop("clean_up_tokenization_spaces", None)
        if isinstance(ids, (list, tuple)) and ids and isinstance(ids[0], (list, tuple)):
            return [self._decode(row, skip_special_tokens, mend) for row in ids]
        return self._decode(ids, skip_special_tokens, mend)

    def batch_decode(
        self,
        sequences: Any,
        skip_special_tokens: bool = False,
        clean_up_tokenization_spaces: bool | None = None,
        **kwargs: Any,
    ) -> list[str]:
        """Return a batch of ids as texts; one row of ids as a list of one text."""
        kwargs["clean_up_tokenization_spaces"] = clean_up_tokenization_spaces
        found = self.decode(sequences, skip_special_tokens, **kwargs)
        return [found] if isinstance(found, str) else found

    def clean_up_tokenization(self, text: str) -> str:
        """Return a text without spaces before punctuation and in English contractions."""
        for old, new in MENDED:
            text = text.replace(old, new)
        return text

    def pad(  # noqa: D417 (as above)
        self,
        encoded_inputs: Any,
        padding: bool | str | PaddingStrategy = True,
        max_length: int | None = None,
        pad_to_multiple_of: int | None = None,
        padding_side: str | None = None,
        return_attention_mask: bool | None = None,
        return_tensors: str | TensorType | None = None,
        verbose: bool = True,
    ) -> BatchEncoding:
        """Return encodings padded to one length: what a DataLoader's `collate_fn` needs.

        >>> from transformers import BertTokenizer
        >>> tokenizer = BertTokenizer()
        >>> tokenizer.pad({"input_ids": [[2, 3], [2, 1, 3]]})
        {'input_ids': [[2, 3, 0], [2, 1, 3]], 'attention_mask': [[1, 1, 0], [1, 1, 1]]}

        Args:
            encoded_inputs: a dict of lists, or a list of dicts.
            padding: as of a call, and so the others.

        Raises:
            ValueError: without `input_ids`, or for what are no numbers.
        """
        first = self.model_input_names[0]
        given = encoded_inputs
        if isinstance(given, (list, tuple)) and given and isinstance(given[0], Mapping):
            given = {key: [example[key] for example in given] for key in given[0]}
        if first not in given:
            raise ValueError(
                "You should supply an encoding or a list of encodings to this method that "
                f"includes {first}, but you provided {list(given)}"
            )
        ids = given[first]
        if ids is None or (isinstance(ids, Sized) and not len(ids)):
            if return_attention_mask:
                given["attention_mask"] = []
            return given
        nested = isinstance(ids[0], (list, tuple))
        sample = next((row[0] for row in ids if len(row)), ids[0]) if nested else ids[0]
        if not isinstance(sample, (int, list, tuple)):
            kinds = {"pt": torch.Tensor, "np": (arrays().ndarray, arrays().generic)}
            fits = [name for name, kind in kinds.items() if isinstance(sample, kind)]
            if not fits:
                raise ValueError(
                    f"type of {sample} unknown: {type(sample)}. Should be one of a python, numpy, "
                    "or pytorch object."
                )
            return_tensors = return_tensors or fits[0]
            given = {key: plain(value) for key, value in given.items()}
        pads, _, longest = strategies(self, padding, None, max_length, None, verbose)
        ids = given[first]
        batched = isinstance(ids[0], (list, tuple))
        rows = [dict(zip(given, row, strict=True)) for row in zip(*given.values(), strict=True)]
        rows = rows if batched else [dict(given)]
        if pads is PaddingStrategy.LONGEST:
            longest = max(len(row[first]) for row in rows)
        shape = (pads, longest, pad_to_multiple_of, padding_side or self.padding_side)
        padded = [self._pad(row, *shape, return_attention_mask) for row in rows]
        made = {key: [row[key] for row in padded] for key in padded[0]} if batched else padded[0]
        return BatchEncoding(made, tensor_type=return_tensors)

    def _pad(
        self,
        row: dict[str, Any],
        pads: PaddingStrategy,
        length: int | None,
        multiple: int | None,
        side: str,
        with_mask: bool | None,
    ) -> dict[str, Any]:
        """Return one encoding padded to a length."""
        first = self.model_input_names[0]
        count = len(row[first])
        if "attention_mask" in self.model_input_names if with_mask is None else with_mask:
            row.setdefault("attention_mask", [1] * count)
        if pads is PaddingStrategy.DO_NOT_PAD:
            return row
        length += -length % multiple if multiple else 0
        if side not in ("left", "right") and length != count:
            raise ValueError(f"Invalid padding strategy:{side}")
        blanks = {
            first: self.pad_token_id,
            "attention_mask": 0,
            "token_type_ids": self.pad_token_type_id,
            "special_tokens_mask": 1,
        }
        for key, blank in blanks.items():
            if key in row:
                padding = [blank] * (length - count)
                row[key] = padding + row[key] if side == "left" else row[key] + padding
        return row
