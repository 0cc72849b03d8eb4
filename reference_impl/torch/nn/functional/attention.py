"""Attention: means of values, weighted by how well keys fit a query."""

from __future__ import annotations

import math

from ... import dtypes
from ...creation import ones, zeros_like
from ...elementwise import where
from ...gradmode import no_grad
from ...graph import differentiable
from ...operators import function
from ...shapes import wrap_dim
from ...tensor import Tensor
from .dropout import dropout

__all__ = ["scaled_dot_product_attention"]


def check(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> None:
    """Raise for what cannot be compared, or has another type."""
    dims = [x.dim() for x in (query, key, value)]
    if min(dims) < 2:
        raise RuntimeError(
            "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: "
            f"{dims[0]} key.dim: {dims[1]} and value.dim: {dims[2]} instead."
        )
    if not query.dtype is key.dtype is value.dtype:
        names = [spelt(x) for x in (query, key, value)]
        raise RuntimeError(
            "Expected query, key, and value to have the same dtype, but got query.dtype: "
            f"{names[0]} key.dtype: {names[1]} and value.dtype: {names[2]} instead."
        )
    if mask is None:
        return
    if mask.dtype not in (dtypes.bool, dtypes.float32, query.dtype):
        raise RuntimeError(
            "Expected attn_mask dtype to be bool or float or to match query dtype, but got "
            f"attn_mask.dtype: {spelt(mask)} and  query.dtype: {spelt(query)} instead."
        )
    wrap_dim(-2, mask.dim())


def spelt(x: Tensor) -> str:
    """Return a type's name in C++, as torch's error has it."""
    name = x.dtype.scalar_name
    return {"Long": "long int", "BFloat16": "c10::BFloat16", "Half": "c10::Half"}.get(
        name, name.lower()
    )


def is_fused(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Tensor | None,
    dropout_p: float,
    enable_gqa: bool,
) -> bool:
    """Tell whether torch has one kernel for the whole computation."""
    sizes = [x._size for x in (query, key, value)]
    if any(len(size) != 4 or 0 in size for size in sizes) or dropout_p > 0:
        return False
    alike = len({size[-1] for size in sizes}) == len({size[0] for size in sizes}) == 1
    if not alike or key._size != value._size:
        return False
    if sizes[0][1] != sizes[1][1] and not enable_gqa:
        return False
    return mask is None or (mask.dim() in (2, 4) and not mask.requires_grad)


def added(mask: Tensor | None, like: Tensor) -> Tensor | None:
    """Return what to add to the products: nothing where a query may look, -inf elsewhere."""
    if mask is None or mask.dtype is not dtypes.bool:
        return mask
    nothing = zeros_like(mask, dtype=like.dtype)
    return nothing.masked_fill(mask.logical_not(), -math.inf)


def earlier(query: Tensor, key: Tensor) -> Tensor:
    """Return True where the key is not later than the query."""
    return ones(query.size(-2), key.size(-2), dtype=dtypes.bool).tril()


def fused(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scale: float) -> Tensor:
    """Return the means as one node, which forgets the weights and computes them again.

    With weights `p = softmax(s)` and the mean `y = p @ value`, the gradient of the products is
    `ds = p * (dp - (grad * y).sum(-1))`: a product counts as far as its value is better than
    the mean. Halves are computed with in float32. A head of keys may serve several of queries.
    """
    times = query.size(1) // key.size(1)

    def wide(x: Tensor) -> Tensor:
        x = x.float() if x.element_size() < 4 else x
        return x.repeat_interleave(times, 1) if x.size(1) < query.size(1) else x

    def narrow(x: Tensor) -> Tensor:
        """Add up what the queries of one head of keys have for it."""
        return x.unflatten(1, (-1, times)).sum(2) if times > 1 else x

    def weights(query: Tensor, key: Tensor) -> tuple[Tensor, Tensor]:
        """Return weights and their sums, by which they are still to be divided."""
        scores = (wide(query) @ wide(key).transpose(-2, -1)) * scale
        scores = scores if mask is None else scores + mask
        largest = scores.amax(-1, keepdim=True)
        largest = largest.masked_fill(largest == -math.inf, 0.0)
        shares = (scores - largest).exp()
        total = shares.sum(-1, keepdim=True)
        return shares, total.masked_fill(total == 0, 1.0)

    def backward(
        grad: Tensor, query: Tensor, key: Tensor, value: Tensor, y: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        shares, total = weights(query, key)
        shares = shares / total
        grad, query, key, value, y = map(wide, (grad, query, key, value, y))
        to_shares = grad @ value.transpose(-2, -1)
        to_scores = shares * (to_shares - (grad * y).sum(-1, keepdim=True)) * scale
        found = (
            to_scores @ key,
            narrow(to_scores.transpose(-2, -1) @ query),
            narrow(shares.transpose(-2, -1) @ grad),
        )
        return tuple(x.transpose(1, 2).contiguous().transpose(1, 2) for x in found)

    with no_grad():
        shares, total = weights(query, key)
        y = ((shares @ wide(value)) / total).to(value.dtype)
    return differentiable(
        y,
        "ScaledDotProductFlashAttentionForCpuBackward0",
        (query, key, value),
        saved=(query, key, value, y),
        backward=backward,
    )


def composed(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scale: float, dropout_p: float
) -> Tensor:
    """Return the means, made of operators; both sides are scaled, lest a product overflow."""
    if not 0 <= dropout_p <= 1:
        raise RuntimeError(f"dropout probability has to be between 0 and 1, but got {dropout_p:g}")
    root = math.sqrt(abs(scale))
    scores = (query * math.copysign(root, scale)) @ (key.transpose(-2, -1) * root)
    if mask is not None:
        scores = scores + mask
    if mask is None:
        weights = scores.softmax(-1)
    else:  # a query that may look nowhere gets zeros, not nan
        blind = (scores.detach() == -math.inf).all(-1, keepdim=True)
        weights = scores.masked_fill(blind, 0.0).softmax(-1)
        weights = where(blind, zeros_like(weights.detach()), weights)
    if dropout_p > 0:
        weights = dropout(weights, dropout_p)
    return weights @ value


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
        RuntimeError: different types, or heads that do not divide.
    """
    check(query, key, value, attn_mask)
    width = query.size(-1)
    if scale is None:
        scale = 1 / math.sqrt(width) if width else 1.0
    if enable_gqa:
        heads, keys, values = (x.size(-3) for x in (query, key, value))
        if heads % keys or heads % values:
            raise RuntimeError(
                "Number of heads in key and value must divide the number of heads in "
            )
    mask = added(attn_mask, query)
    one_kernel = is_fused(query, key, value, attn_mask, dropout_p, enable_gqa)
    if enable_gqa and not one_kernel:
        key = key.repeat_interleave(heads // keys, -3)
        value = value.repeat_interleave(heads // values, -3)
    if is_causal:
        if attn_mask is not None and not one_kernel:
            raise RuntimeError(
                "_scaled_dot_product_attention: Explicit attn_mask should not be set when "
                "is_causal=True"
            )
        causal = added(earlier(query, key), query)
        mask = causal if mask is None else mask + causal
    if one_kernel:
        return fused(query, key, value, mask, scale)
    return composed(query, key, value, mask, scale, dropout_p)
