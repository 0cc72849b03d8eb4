"""What the arguments of a call say about lengths."""

from __future__ import annotations

import warnings
from typing import Any

from .batches import TruncationStrategy
from .special_tokens import SpecialTokens
from .utils import PaddingStrategy

LARGE = int(1e20)  # a length from here on is no limit
NO_PADDING = (
    "Asking to pad but the tokenizer does not have a padding token. Please select a token to use "
    "as `pad_token` `(tokenizer.pad_token = tokenizer.eos_token e.g.)` or add a new pad token via "
    "`tokenizer.add_special_tokens({'pad_token': '[PAD]'})`."
)


def strategies(
    tokenizer: SpecialTokens,
    padding: Any,
    truncation: Any,
    max_length: int | None,
    pad_to_multiple_of: int | None,
    verbose: bool,
) -> tuple[PaddingStrategy, TruncationStrategy, int | None]:
    """Return up to which length to pad, what to cut, and the length.

    `max_length` alone truncates; `truncation=True` alone relies on the `model_max_length` of the
    tokenizer, and where that is endless nothing is cut.

    Raises:
        ValueError: for another word, without a token to pad with, or for lengths that contradict.
    """
    if max_length is not None and padding is False and truncation is None:
        truncation = "longest_first"
    cuts = truncation not in (None, False, "do_not_truncate")
    if padding is True and verbose and max_length is not None and not cuts:
        warnings.warn(
            "`max_length` is ignored when `padding`=`True` and there is no truncation strategy. To "
            "pad to max length, use `padding='max_length'`.",
            stacklevel=1,
        )
    words = {True: "longest", False: "do_not_pad"}
    pads = PaddingStrategy(words[padding] if isinstance(padding, bool) else padding)
    words = {True: "longest_first", False: "do_not_truncate", None: "do_not_truncate"}
    plain = truncation is None or isinstance(truncation, bool)
    cuts = TruncationStrategy(words[truncation] if plain else truncation)
    pads_to_limit = pads is PaddingStrategy.MAX_LENGTH
    if max_length is None and tokenizer.model_max_length > LARGE:
        pads = PaddingStrategy.DO_NOT_PAD if pads_to_limit else pads
        cuts = TruncationStrategy.DO_NOT_TRUNCATE
    elif max_length is None and (pads_to_limit or cuts is not TruncationStrategy.DO_NOT_TRUNCATE):
        max_length = tokenizer.model_max_length
    if pads is PaddingStrategy.DO_NOT_PAD:
        return pads, cuts, max_length
    if tokenizer.pad_token is None or tokenizer.pad_token_id < 0:
        raise ValueError(NO_PADDING)
    both = cuts is not TruncationStrategy.DO_NOT_TRUNCATE and max_length is not None
    if both and pad_to_multiple_of is not None and max_length % pad_to_multiple_of:
        raise ValueError(
            f"Truncation and padding are both activated but truncation length ({max_length}) is "
            f"not a multiple of pad_to_multiple_of ({pad_to_multiple_of})."
        )
    return pads, cuts, max_length
