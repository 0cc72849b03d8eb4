"""Multi-head attention: several attentions side by side, each on a part of the features."""

from __future__ import annotations

import math
import warnings

from ... import dtypes
from ...creation import zeros, zeros_like
from ...dtypes import dtype
from ...joining import cat
from ...linalg.products import bmm
from ...linalg.sums_of_products import baddbmm
from ...tensor import Tensor
from .activation import softmax
from .attention import scaled_dot_product_attention
from .dropout import dropout
from .linear import linear
from .padding import pad

__all__ = ["multi_head_attention_forward"]


def is_batch(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    key_padding_mask: Tensor | None,
    attn_mask: Tensor | None,
    num_heads: int,
) -> bool:
    """Tell whether there is a batch dimension; raise for inputs and masks of other dimensions."""
    dims = query.dim()
    if dims not in (2, 3):
        raise AssertionError(
            f"query should be unbatched 2D or batched 3D tensor but received {dims}-D query tensor"
        )
    found = "batched (3-D)" if dims == 3 else "unbatched (2-D)"
    if key.dim() != dims or value.dim() != dims:
        raise AssertionError(
            f"For {found} `query`, expected `key` and `value` to be {dims}-D but found "
            f"{key.dim()}-D and {value.dim()}-D tensors respectively"
        )
    if key_padding_mask is not None and key_padding_mask.dim() != dims - 1:
        raise AssertionError(
            f"For {found} `query`, expected `key_padding_mask` to be `None` or {dims - 1}-D but "
            f"found {key_padding_mask.dim()}-D tensor instead"
        )
    if attn_mask is not None and attn_mask.dim() not in (2, 3):
        raise AssertionError(
            f"For {found} `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found "
            f"{attn_mask.dim()}-D tensor instead"
        )
    if attn_mask is not None and dims == 2 and attn_mask.dim() == 3:
        expected = (num_heads, query.shape[0], key.shape[0])
        if attn_mask.shape != expected:
            raise AssertionError(
                f"Expected `attn_mask` shape to be {expected} but got {attn_mask.shape}"
            )
    return dims == 3


def canonical_mask(
    mask: Tensor | None,
    name: str,
    target: dtype,
    other: Tensor | None = None,
    other_name: str = "",
) -> Tensor | None:
    """Return a mask as numbers to add: -inf where it is True.

    Args:
        mask: True where not to look; or numbers to add.
        name: as errors give it.
        target: the type of the numbers.
        other: a mask that should have the same type; else there is a warning.
        other_name: its name.
    """
    if mask is None:
        return None
    if mask.dtype is not dtypes.bool and not mask.is_floating_point():
        raise AssertionError(f"only bool and floating types of {name} are supported")
    if other is not None and mask.dtype is not other.dtype:
        warnings.warn(
            f"Support for mismatched {name} and {other_name} is deprecated. Use same type for both "
            "instead.",
            UserWarning,
            stacklevel=3,
        )
    if mask.is_floating_point():
        return mask
    return zeros_like(mask, dtype=target).masked_fill_(mask, -math.inf)


def parts(x: Tensor, weight: Tensor, bias: Tensor | None, count: int) -> tuple[Tensor, ...]:
    """Return several linear maps of one input, computed as one."""
    y = linear(x, weight, bias)
    y = y.unflatten(-1, (count, weight.size(0) // count))
    y = y.unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous()
    return tuple(y[at] for at in range(count))


def projected(
    q: Tensor, k: Tensor, v: Tensor, weight: Tensor, bias: Tensor | None
) -> tuple[Tensor, ...]:
    """Return queries, keys and values, from one weight for all three."""
    width = q.size(-1)
    if k is v and q is k:
        return parts(q, weight, bias, 3)
    if k is v:
        to_q, to_kv = weight.split([width, width * 2])
        add_q, add_kv = (None, None) if bias is None else bias.split([width, width * 2])
        return linear(q, to_q, add_q), *parts(k, to_kv, add_kv, 2)
    biases = (None, None, None) if bias is None else bias.chunk(3)
    return tuple(
        linear(x, w, b) for x, w, b in zip((q, k, v), weight.chunk(3), biases, strict=True)
    )


def check_sizes(
    query: Tensor, key: Tensor, value: Tensor, width: int, heads: int, separate: bool
) -> None:
    """Raise for features and lengths that do not fit."""
    found = query.shape[-1]
    if found != width:
        raise AssertionError(f"was expecting embedding dimension of {width}, but got {found}")
    if found % heads:
        raise AssertionError(f"embed_dim {found} not divisible by num_heads {heads}")
    if separate and key.shape[:2] != value.shape[:2]:
        raise AssertionError(
            f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}"
        )
    if not separate and key.shape != value.shape:
        raise AssertionError(f"key shape {key.shape} does not match value shape {value.shape}")


def checked_mask(mask: Tensor | None, heads: int, lengths: tuple[int, int]) -> Tensor | None:
    """Return a mask with three dimensions, or raise for another shape."""
    if mask is None:
        return None
    if mask.dim() not in (2, 3):
        raise RuntimeError(f"attn_mask's dimension {mask.dim()} is not supported")
    expected = lengths if mask.dim() == 2 else (heads, *lengths)
    if mask.shape != expected:
        raise RuntimeError(
            f"The shape of the {mask.dim()}D attn_mask is {mask.shape}, but should be {expected}."
        )
    return mask.unsqueeze(0) if mask.dim() == 2 else mask


def separate(x: Tensor, batches: int, width: int) -> Tensor:
    """Return the heads apart: `(L, N, E)` to `(N * heads, L, E / heads)`."""
    return x.view(x.shape[0], batches, width).transpose(0, 1)


def given(static: Tensor, name: str, batches: int, width: int) -> Tensor:
    """Return keys or values that are given as they are, if they fit."""
    for dim, wanted in ((0, batches), (2, width)):
        if static.size(dim) != wanted:
            raise AssertionError(
                f"expecting {name}.size({dim}) of {wanted}, but got {static.size(dim)}"
            )
    return static


def with_padding(
    mask: Tensor | None, key_padding_mask: Tensor | None, batch: int, heads: int, length: int
) -> Tensor | None:
    """Return what to add to the products for both masks."""
    if key_padding_mask is None:
        return mask
    for dim, wanted in enumerate((batch, length)):
        if key_padding_mask.shape[dim] != wanted:
            raise AssertionError(
                f"Expected key_padded_mask.shape[{dim}] to be {wanted}, but got "
                f"{key_padding_mask.shape[dim]}"
            )
    spread = key_padding_mask.view(batch, 1, 1, length).expand(-1, heads, -1, -1)
    spread = spread.reshape(batch * heads, 1, length)
    return spread if mask is None else mask + spread


def multi_head_attention_forward(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    embed_dim_to_check: int,
    num_heads: int,
    in_proj_weight: Tensor | None,
    in_proj_bias: Tensor | None,
    bias_k: Tensor | None,
    bias_v: Tensor | None,
    add_zero_attn: bool,
    dropout_p: float,
    out_proj_weight: Tensor,
    out_proj_bias: Tensor | None,
    training: bool = True,
    key_padding_mask: Tensor | None = None,
    need_weights: bool = True,
    attn_mask: Tensor | None = None,
    use_separate_proj_weight: bool = False,
    q_proj_weight: Tensor | None = None,
    k_proj_weight: Tensor | None = None,
    v_proj_weight: Tensor | None = None,
    static_k: Tensor | None = None,
    static_v: Tensor | None = None,
    average_attn_weights: bool = True,
    is_causal: bool = False,
) -> tuple[Tensor, Tensor | None]:
    """Return what `nn.MultiheadAttention` computes, and its weights. `(L, N, E)`, `(N, L, S)`.

    Queries, keys and values are linear maps of the inputs. Their features are cut into heads,
    each of which attends by itself; what the heads find is joined and mapped once more.
    See `nn.MultiheadAttention` for what it takes.
    """
    batched = is_batch(query, key, value, key_padding_mask, attn_mask, num_heads)
    if not batched:
        query, key, value = (x.unsqueeze(1) for x in (query, key, value))
        if key_padding_mask is not None:
            key_padding_mask = key_padding_mask.unsqueeze(0)
    (length, batch, width), source = query.shape, key.shape[0]
    key_padding_mask = canonical_mask(
        key_padding_mask, "key_padding_mask", query.dtype, attn_mask, "attn_mask"
    )
    if is_causal and attn_mask is None:
        raise RuntimeError(
            "Need attn_mask if specifying the is_causal hint. You may use the Transformer module "
            "method `generate_square_subsequent_mask` to create this mask."
        )
    if is_causal and key_padding_mask is None and not need_weights:
        attn_mask = None  # the hint does
    else:
        attn_mask = canonical_mask(attn_mask, "attn_mask", query.dtype)
        is_causal = is_causal and key_padding_mask is None
    check_sizes(query, key, value, embed_dim_to_check, num_heads, use_separate_proj_weight)
    if use_separate_proj_weight:
        weights = (q_proj_weight, k_proj_weight, v_proj_weight)
        for name, weight in zip("qkv", weights, strict=True):
            if weight is None:
                raise AssertionError(
                    f"use_separate_proj_weight is True but {name}_proj_weight is None"
                )
        biases = (None,) * 3 if in_proj_bias is None else in_proj_bias.chunk(3)
        q, k, v = (
            linear(x, w, b) for x, w, b in zip((query, key, value), weights, biases, strict=True)
        )
    elif in_proj_weight is None:
        raise AssertionError("use_separate_proj_weight is False but in_proj_weight is None")
    else:
        q, k, v = projected(query, key, value, in_proj_weight, in_proj_bias)
    attn_mask = checked_mask(attn_mask, batch * num_heads, (length, source))
    masks = [attn_mask, key_padding_mask]

    if bias_k is not None and bias_v is not None:
        if static_k is not None or static_v is not None:
            what = "key" if static_k is not None else "value"
            raise AssertionError(f"bias cannot be added to static {what}.")
        k, v = cat([k, bias_k.repeat(1, batch, 1)]), cat([v, bias_v.repeat(1, batch, 1)])
        masks = [mask if mask is None else pad(mask, (0, 1)) for mask in masks]
    elif bias_k is not None or bias_v is not None:
        there, missing = ("bias_k", "bias_v") if bias_v is None else ("bias_v", "bias_k")
        raise AssertionError(f"{there} is set but {missing} is None")
    batches, each = batch * num_heads, width // num_heads
    q = separate(q, batches, each)
    k, v = (
        separate(x, batches, each) if static is None else given(static, name, batches, each)
        for x, static, name in ((k, static_k, "static_k"), (v, static_v, "static_v"))
    )
    if add_zero_attn:
        nothing = zeros(batches, 1, each, dtype=k.dtype, device=k.device)
        k, v = cat([k, nothing], dim=1), cat([v, nothing], dim=1)
        masks = [mask if mask is None else pad(mask, (0, 1)) for mask in masks]
    source = k.size(1)
    mask = with_padding(*masks, batch, num_heads, source)
    dropout_p = dropout_p if training else 0.0
    if need_weights:
        if is_causal and mask is None:
            raise AssertionError("FIXME: is_causal not implemented for need_weights")
        q = q * math.sqrt(1.0 / each)
        turned = k.transpose(-2, -1)
        scores = bmm(q, turned) if mask is None else baddbmm(mask, q, turned)
        shares = softmax(scores, dim=-1)
        if dropout_p > 0.0:
            shares = dropout(shares, p=dropout_p)
        found = bmm(shares, v).transpose(0, 1).reshape(length * batch, width)
    else:
        if mask is not None:
            single = mask.size(0) == 1 and mask.dim() == 3
            mask = mask.unsqueeze(0) if single else mask.view(batch, num_heads, -1, source)
        q = q.view(batch, num_heads, length, each)
        k, v = (x.view(batch, num_heads, source, each) for x in (k, v))
        found = scaled_dot_product_attention(q, k, v, mask, dropout_p, is_causal)
        found = found.permute(2, 0, 1, 3).reshape(batch * length, width)
        shares = None
    found = linear(found, out_proj_weight, out_proj_bias)
    found = found.view(length, batch, found.size(1))
    if shares is not None:
        shares = shares.view(batch, num_heads, length, source)
        shares = shares.mean(dim=1) if average_attn_weights else shares
        shares = shares if batched else shares.squeeze(0)
    return (found if batched else found.squeeze(1)), shares
