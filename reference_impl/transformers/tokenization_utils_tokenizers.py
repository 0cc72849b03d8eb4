"""A tokenizer over a pipeline of the kind that the Rust library `tokenizers` has."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from . import files
from .added_tokens import AddedToken
from .batches import BatchEncoding, TruncationStrategy, logger
from .encoding import Encoding
from .pipeline import Pipeline, joined_tokens
from .shaping import Padding, Truncation
from .tokenization_utils_base import PreTrainedTokenizerBase
from .utils import PaddingStrategy

__all__ = ["TokenizersBackend"]

NO_TEXT = (
    "text input must be of type `str` (single example), `list[str]` (batch or single pretokenized "
    "example) or `list[list[str]]` (batch of pretokenized examples) or `list[tuple[list[str], "
    "list[str]]]` (batch of pretokenized sequence pairs)."
)


def is_text(value: Any, depth: int = 0) -> bool:
    """Tell a text, or lists of texts up to three deep, by their first elements."""
    if isinstance(value, str):
        return True
    if depth == 3 or not isinstance(value, (list, tuple)):
        return False
    return not value or is_text(value[0], depth + 1)


class TokenizersBackend(PreTrainedTokenizerBase):
    """A tokenizer whose work is done by a pipeline; all but the pipeline is here."""

    _pipeline: Pipeline
    is_fast = True
    can_save_slow_tokenizer = True

    def __init__(self, **kwargs: Any) -> None:
        before = {key: kwargs.get(key) for key in ("vocab_file", "added_tokens_decoder")}
        kwargs.pop("tokenizer_file", None)
        is_new = "tokenizer_truncation" not in kwargs
        files.restore(self._pipeline, kwargs)
        kwargs.setdefault("backend", "tokenizers")
        super().__init__(**kwargs)
        if before["vocab_file"] is not None:
            self.vocab_file = before["vocab_file"]
        self._pipeline.added.splits_special = self.split_special_tokens
        saved = sorted((before["added_tokens_decoder"] or {}).items())
        wanted = [token for _, token in saved]
        known = [*self.added_tokens_encoder, *map(str, wanted)]
        named = [token for token in self._special_tokens_map.values() if token is not None]
        for token in (*named, *self._extra_special_tokens):
            if str(token) not in known and token not in wanted:
                wanted.append(token)
        for at, token in enumerate(wanted):
            if isinstance(token, str):
                wanted[at] = AddedToken(token, special=True)
            elif str(token) in map(str, named):
                token.special = True
        self.add_tokens(wanted)
        if is_new:  # transformers looks for them, and says that they are missing if verbose
            for key in ("bos_token", "bos_token_id", "eos_token", "eos_token_id"):
                getattr(self, key)

    @property
    def vocab_size(self) -> int:
        """How many tokens the vocabulary has, without added ones."""
        return len(self._pipeline.model.vocab)

    def __len__(self) -> int:
        return len(self._pipeline.vocabulary())

    def __bool__(self) -> bool:
        return True

    def get_vocab(self) -> dict[str, int]:
        """Return the id of every token, added ones, too."""
        return self._pipeline.vocabulary()

    @property
    def vocab(self) -> dict[str, int]:
        """The id of every token, added ones, too."""
        return self.get_vocab()

    @property
    def added_tokens_decoder(self) -> dict[int, AddedToken]:
        """The added tokens by their ids."""
        return dict(sorted(self._pipeline.added.tokens.items()))

    @property
    def added_tokens_encoder(self) -> dict[str, int]:
        """The ids of the added tokens."""
        return {token.content: index for index, token in self.added_tokens_decoder.items()}

    def get_added_vocab(self) -> dict[str, int]:
        """Return the ids of the added tokens."""
        return self.added_tokens_encoder

    def num_special_tokens_to_add(self, pair: bool = False) -> int:
        """Return how many special tokens are added to a text (2), or to a pair (3)."""
        return self._pipeline.special_count(bool(pair))

    def _add_tokens(self, new_tokens: Sequence[Any], special_tokens: bool = False) -> int:
        return self._pipeline.add(new_tokens, special_tokens)

    def _convert_token_to_id_with_added_voc(self, token: str) -> int | None:
        index = self._pipeline.token_to_id(token)
        return self.unk_token_id if index is None else index

    def convert_ids_to_tokens(self, ids: Any, skip_special_tokens: bool = False) -> Any:
        """Return the token of an id, or of each in a list; None if there is none."""
        if isinstance(ids, int):
            return self._pipeline.id_to_token(ids)
        skipped = set(self.all_special_ids) if skip_special_tokens else set()
        found = map(int, ids)
        return [self._pipeline.id_to_token(index) for index in found if index not in skipped]

    def convert_tokens_to_string(self, tokens: list[str]) -> str:
        """Return tokens as text: pieces of a word joined, words with a space between."""
        return joined_tokens(tokens)

    def tokenize(
        self, text: str, pair: str | None = None, add_special_tokens: bool = False, **kwargs: Any
    ) -> list[str]:
        """Return a text as tokens: whole words, or pieces that the vocabulary knows.

        >>> from transformers import BertTokenizer
        >>> tokenizer = BertTokenizer({"[UNK]": 0, "un": 1, "##happy": 2, "happy": 3, "!": 4})
        >>> tokenizer.tokenize("Unhappy! 喜")
        ['un', '##happy', '!', '[UNK]']

        Args:
            text: a string.
            pair: a second one, whose tokens follow.
            add_special_tokens: whether `[CLS]` and `[SEP]` are added.
            **kwargs: as of a call; unknown ones are ignored.
        """
        kwargs |= {"text_pair": pair, "add_special_tokens": add_special_tokens}
        return self._encode_plus(text, **kwargs).tokens()

    def set_truncation_and_padding(
        self,
        padding_strategy: PaddingStrategy,
        truncation_strategy: TruncationStrategy,
        max_length: int | None,
        stride: int,
        pad_to_multiple_of: int | None,
        padding_side: str | None,
    ) -> None:
        """Set how long the pipeline's results are, until the next call."""
        line = self._pipeline
        if truncation_strategy == TruncationStrategy.DO_NOT_TRUNCATE:
            line.truncation = None
        else:
            wanted = Truncation(max_length, stride, truncation_strategy.value, self.truncation_side)
            if wanted != line.truncation:
                line.truncation = wanted.checked(line.special_count(pair=False))
        if padding_strategy == PaddingStrategy.DO_NOT_PAD:
            line.padding = None
        else:
            fixed = padding_strategy == PaddingStrategy.MAX_LENGTH
            side = self.padding_side if padding_side is None else padding_side
            blank = (self.pad_token_id, self.pad_token, self.pad_token_type_id)
            wanted = Padding(max_length if fixed else None, side, *blank, pad_to_multiple_of)
            line.padding = wanted.checked()

    def _encode_plus(
        self,
        text: Any,
        text_pair: Any = None,
        add_special_tokens: bool = True,
        padding_strategy: PaddingStrategy = PaddingStrategy.DO_NOT_PAD,
        truncation_strategy: TruncationStrategy = TruncationStrategy.DO_NOT_TRUNCATE,
        max_length: int | None = None,
        stride: int = 0,
        is_split_into_words: bool = False,
        pad_to_multiple_of: int | None = None,
        padding_side: str | None = None,
        return_tensors: Any = None,
        return_overflowing_tokens: bool = False,
        verbose: bool = True,
        split_special_tokens: bool | None = None,
        **columns: Any,
    ) -> BatchEncoding:
        """Encode a text, a pair or a batch; lists come out as deep as they went in."""
        if not is_text(text) or (text_pair is not None and not is_text(text_pair)):
            raise ValueError(NO_TEXT)
        batched = isinstance(text, (list, tuple))
        if is_split_into_words and batched:
            batched = bool(text) and isinstance(text[0], (list, tuple))
        batch = paired(text, text_pair) if batched else [(text, text_pair) if text_pair else text]
        self.set_truncation_and_padding(
            padding_strategy,
            truncation_strategy,
            max_length,
            stride,
            pad_to_multiple_of,
            padding_side,
        )
        if split_special_tokens is None:
            split_special_tokens = self.split_special_tokens
        self._pipeline.added.splits_special = split_special_tokens
        found = self._pipeline.encode_batch(batch, add_special_tokens, is_split_into_words)
        groups = [[e, *e.overflowing] if return_overflowing_tokens else [e] for e in found]
        rows = [self._columns(group, **columns) for group in groups]
        made = {key: [value for row in rows for value in row[key]] for key in rows[0]}
        encodings = [encoding for group in groups for encoding in group]
        if return_overflowing_tokens:
            made["overflow_to_sample_mapping"] = [
                at for at, group in enumerate(groups) for _ in group
            ]
        for ids in made["input_ids"]:
            self._warn_if_too_long(ids, max_length, verbose)
        result = BatchEncoding(made, encodings, tensor_type=return_tensors)
        if batched or return_tensors is not None or return_overflowing_tokens:
            return result
        single = {
            key: value[0] if value and isinstance(value[0], list) else value
            for key, value in result.items()
        }
        return BatchEncoding(single, encodings)

    def _columns(
        self,
        encodings: list[Encoding],
        return_token_type_ids: bool | None = None,
        return_attention_mask: bool | None = None,
        return_special_tokens_mask: bool = False,
        return_offsets_mapping: bool = False,
        return_length: bool = False,
        **ignored: Any,
    ) -> dict[str, list]:
        """Return what was asked for of encodings, under the names that models know."""
        names = self.model_input_names
        types, mask = return_token_type_ids, return_attention_mask
        wanted = {
            "input_ids": ("ids", True),
            "token_type_ids": ("type_ids", "token_type_ids" in names if types is None else types),
            "attention_mask": (
                "attention_mask",
                "attention_mask" in names if mask is None else mask,
            ),
            "special_tokens_mask": ("special_tokens_mask", return_special_tokens_mask),
            "offset_mapping": ("offsets", return_offsets_mapping),
        }
        made: dict[str, list] = defaultdict(list)
        for encoding in encodings:
            for name, (column, is_wanted) in wanted.items():
                if is_wanted:
                    made[name].append(list(getattr(encoding, column)))
            if return_length:
                made["length"].append(len(encoding))
        return made

    def _decode(self, token_ids: Any, skip_special_tokens: bool, mend: bool | None) -> str:
        ids = token_ids["input_ids"] if isinstance(token_ids, dict) else token_ids
        ids = [ids] if isinstance(ids, int) else ids
        text = self._pipeline.decode(ids, skip_special_tokens)
        mended = self.clean_up_tokenization_spaces if mend is None else mend
        return self.clean_up_tokenization(text) if mended else text

    def save_vocabulary(
        self, save_directory: str, filename_prefix: str | None = None
    ) -> tuple[str, ...] | None:
        """Copy the vocabulary's file into a folder, under the name `tokenizer.model`."""
        if not os.path.isdir(save_directory):
            logger.error(f"Vocabulary path ({save_directory}) should be a directory")
            return None
        target = os.path.join(save_directory, files.prefixed("tokenizer.model", filename_prefix))
        if os.path.abspath(self.vocab_file) != os.path.abspath(target):
            shutil.copyfile(self.vocab_file, target)
        return (target,)

    def save_pretrained(
        self,
        save_directory: str | os.PathLike,
        legacy_format: bool | None = None,
        filename_prefix: str | None = None,
        push_to_hub: bool = False,
        save_format: str | None = None,
        **kwargs: Any,
    ) -> tuple[str, ...] | None:
        """Write `tokenizer_config.json` and `tokenizer.json` to a folder, and no vocab.txt.

        Returns:
            The paths of the two files.
        """
        if save_format not in (None, "hf", "mistral"):
            raise ValueError(
                f"Unknown save_format={save_format!r}. Supported values: 'hf', 'mistral'."
            )
        if save_format == "mistral" or push_to_hub:
            raise NotImplementedError("save_pretrained writes to a folder only in reference_impl")
        if os.path.isfile(save_directory):
            logger.error(f"Provided path ({save_directory}) should be a directory, not a file")
            return None
        return files.save(self, str(save_directory), filename_prefix)

    @classmethod
    def from_pretrained(  # noqa: D417 (what concerns the network has no effect)
        cls,
        pretrained_model_name_or_path: str | os.PathLike,
        *init_inputs: Any,
        cache_dir: str | os.PathLike | None = None,
        force_download: bool = False,
        local_files_only: bool = False,
        token: str | bool | None = None,
        revision: str = "main",
        trust_remote_code: bool = False,
        **kwargs: Any,
    ) -> TokenizersBackend:
        """Return the tokenizer that a folder or file holds: vocab.txt, or what was saved.

        There is no network here. The name of a model elsewhere gives, as in transformers' own
        offline mode, a tokenizer of five special tokens: mind `len(tokenizer)`.

        Args:
            pretrained_model_name_or_path: the folder.
            *init_inputs: as of the class.
            **kwargs: as of the class; they go before what is saved.

        Raises:
            OSError: for what is neither a folder nor can be the name of a model.
        """
        found = files.load(cls, str(pretrained_model_name_or_path), kwargs)
        return cls(*(init_inputs or found.pop("init_inputs", ())), **found)


def paired(texts: Sequence[Any], pairs: Any) -> Sequence[Any]:
    """Return a batch, each text with its second one if there are such.

    Raises:
        TypeError: for a string.
        ValueError: for another number of second texts.
    """
    if pairs is None:
        return texts
    if isinstance(pairs, str):
        raise TypeError(
            "when tokenizing batches of text, `text_pair` must be a list or tuple with the same "
            "length as `text`."
        )
    if len(texts) != len(pairs):
        raise ValueError(
            f"batch length of `text`: {len(texts)} does not match batch length of `text_pair`: "
            f"{len(pairs)}."
        )
    return list(zip(texts, pairs, strict=True))
