"""BERT."""

from __future__ import annotations

from .tokenization_bert import BertTokenizer, BertTokenizerFast

__all__ = ["BertTokenizer", "BertTokenizerFast"]
