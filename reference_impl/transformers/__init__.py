"""The tokenizer of BERT for reading, giving what `transformers` 5 gives.

A text becomes numbers in these steps, a chapter each; this is the contents page.
"""

# ruff: noqa: F401, I001 (the order is the reading order)

from __future__ import annotations

from ..torch.public import NotHere
from . import characters  # what a character counts as
from . import pieces  # cleaning and lowering a text, splitting it into words
from . import wordpiece  # cutting words into pieces of the vocabulary
from .added_tokens import AddedToken  # what is never cut
from . import encoding  # ids, types, offsets
from . import shaping  # truncation and padding
from . import pipeline  # all steps together, and back
from . import utils
from .utils import ExplicitEnum, TensorType, logging
from .batches import BatchEncoding, CharSpan, TokenSpan
from . import special_tokens  # under their names
from . import lengths  # what a call says about them
from .tokenization_utils_base import PreTrainedTokenizerBase  # calling a tokenizer
from . import files
from .tokenization_utils_tokenizers import TokenizersBackend
from . import models
from .models.bert import BertTokenizer, BertTokenizerFast

__all__ = [
    "AddedToken",
    "BatchEncoding",
    "BertTokenizer",
    "PreTrainedTokenizerBase",
    "TokenizersBackend",
]

__version__ = "5.23.0"

PreTrainedTokenizerFast = TokenizersBackend


def __getattr__(name: str) -> object:
    if name.startswith("_"):
        raise AttributeError(f"module 'transformers' has no attribute '{name}'")
    raise NotHere(f"transformers.{name} is not part of reference_impl")
