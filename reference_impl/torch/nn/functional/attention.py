"""Attention: means of values, weighted by how well keys fit a query."""

from __future__ import annotations

import math

from ... import dtypes
from ...creation import ones, zeros_like
from ...elementwise import where
from ...operators import function
from ...tensor import Tensor
from .dropout import dropout

__all__ = ["scaled_dot_product_attention"]


@function
def scaled_dot_product_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    *,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Tensor:
    """Return `softmax(query @ key.T * scale) @ value`. `(*, L, E)`, `(*, S, E)`, `(*, S, V)`.

    For each of L queries the S values are averaged; the weights are softmax of the queries'
    dot products with the keys, over the root of E so that they do not grow with it.

    >>> q = torch.tensor([[[1.0, 0.0]]])
    >>> k = torch.tensor([[[9.0, 0.0], [0.0, 9.0]]])
    >>> v = torch.tensor([[[1.0], [0.0]]])
    >>> torch.nn.functional.scaled_dot_product_attention(q, k, v)
    tensor([[[0.9983]]])

    Args:
        query: what is asked.
        key: what it is compared with.
        value: what is averaged.
        attn_mask: True where a query may look; or numbers to add to the products.
        dropout_p: the probability with which a weight is left out.
        is_causal: whether query i may look at keys 0 to i only.
        scale: in place of 1 / sqrt(E).
        enable_gqa: whether a head of keys serves several heads of queries.

    Raises:
        RuntimeError: a mask and `is_causal`.
    """
    if attn_mask is not None and is_causal:
        raise RuntimeError(
            "_scaled_dot_product_attention: Explicit attn_mask should not be set when "
            "is_causal=True"
        )
    root = math.sqrt(1 / math.sqrt(query.size(-1)) if scale is None else abs(scale))
    sign = -1.0 if scale is not None and scale < 0 else 1.0
    if enable_gqa:
        times = query.size(-3) // key.size(-3)
        key, value = (x.repeat_interleave(times, -3) for x in (key, value))
    if is_causal:
        rows, columns = query.size(-2), key.size(-2)
        attn_mask = ones(rows, columns, dtype=dtypes.bool).tril()
    scores = (query * root) @ (key.transpose(-2, -1) * (root * sign))
    if attn_mask is not None:
        if attn_mask.dtype is dtypes.bool:
            nothing = zeros_like(attn_mask, dtype=query.dtype)
            attn_mask = nothing.masked_fill(attn_mask.logical_not(), -math.inf)
        scores = scores + attn_mask
    weights = scores.softmax(-1)
    if attn_mask is not None:  # a query that may look nowhere gets zeros, not nan
        blind = (scores.detach() == -math.inf).all(-1, keepdim=True)
        weights = where(blind, zeros_like(weights.detach()), weights)
    if dropout_p > 0:
        weights = dropout(weights, dropout_p)
    return weights @ value
