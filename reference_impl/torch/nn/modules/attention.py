"""Multi-head attention as a layer; what it computes stands in `nn.functional`."""

from __future__ import annotations

from ...creation import empty
from ...devices import device
from ...dtypes import dtype
from ...gradmode import is_grad_enabled
from ...tensor import Tensor
from .. import functional as F
from .. import init
from ..functional.multihead import canonical_mask
from ..parameter import Parameter
from .linear import Linear
from .module import Module

__all__ = ["MultiheadAttention"]


class NonDynamicallyQuantizableLinear(Linear):
    """A linear layer under the name that torch gives the one at the end of an attention."""


class MultiheadAttention(Module):
    """Lets each element of a sequence look at others, with several heads.

    Of each query, compared with all keys, comes a mean of the values. Inputs are linearly
    mapped, and so is the result; each head has its part of the features.

    >>> _ = torch.manual_seed(0)
    >>> layer = torch.nn.MultiheadAttention(4, num_heads=2, batch_first=True)
    >>> x = torch.ones(1, 3, 4)
    >>> y, weights = layer(x, x, x)
    >>> y.shape, weights.shape
    (torch.Size([1, 3, 4]), torch.Size([1, 3, 3]))

    Args:
        embed_dim: the features of queries and of the result.
        num_heads: into how many parts they are cut.
        dropout: the probability with which a weight is left out in training.
        bias: whether the maps add one.
        add_bias_kv: whether there is one more, learned, key and value.
        add_zero_attn: whether there is one more key and value of zeros.
        kdim: the features of keys, if others.
        vdim: the features of values, if others.
        batch_first: whether inputs are `(N, L, E)` rather than `(L, N, E)`.
        device: of the parameters.
        dtype: of the parameters.
    """

    __shown__ = "torch.nn.modules.activation.MultiheadAttention"
    bias_k: Tensor | None
    bias_v: Tensor | None

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        add_bias_kv: bool = False,
        add_zero_attn: bool = False,
        kdim: int | None = None,
        vdim: int | None = None,
        batch_first: bool = False,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(
                f"embed_dim and num_heads must be greater than 0, got embed_dim={embed_dim} and "
                f"num_heads={num_heads} instead"
            )
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self._qkv_same_embed_dim = self.kdim == self.vdim == embed_dim
        self.num_heads = num_heads
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads
        if embed_dim % num_heads:
            raise AssertionError("embed_dim must be divisible by num_heads")
        options = {"device": device, "dtype": dtype}
        together = self._qkv_same_embed_dim
        sizes = {
            "q_proj_weight": (not together, embed_dim, embed_dim),
            "k_proj_weight": (not together, embed_dim, self.kdim),
            "v_proj_weight": (not together, embed_dim, self.vdim),
            "in_proj_weight": (together, 3 * embed_dim, embed_dim),
            "in_proj_bias": (bias, 3 * embed_dim),
        }
        order = ["in_proj_weight", *sizes] if together else list(sizes)
        for name in dict.fromkeys(order):
            there, *size = sizes[name]
            made = Parameter(empty(size, **options)) if there else None
            self.register_parameter(name, made)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, **options)
        if add_bias_kv:
            self.bias_k = Parameter(empty((1, 1, embed_dim), **options))
            self.bias_v = Parameter(empty((1, 1, embed_dim), **options))
        else:
            self.bias_k = self.bias_v = None
        self.add_zero_attn = add_zero_attn
        self._reset_parameters()

    def _reset_parameters(self) -> None:
        for weight in (
            self.in_proj_weight,
            self.q_proj_weight,
            self.k_proj_weight,
            self.v_proj_weight,
        ):
            if weight is not None:
                init.xavier_uniform_(weight)
        if self.in_proj_bias is not None:
            init.constant_(self.in_proj_bias, 0.0)
            init.constant_(self.out_proj.bias, 0.0)
        for bias in (self.bias_k, self.bias_v):
            if bias is not None:
                init.xavier_normal_(bias)

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: Tensor | None = None,
        need_weights: bool = True,
        attn_mask: Tensor | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """Return what the queries find, and how much of each value is in it.

        Args:
            query: `(L, N, E)`, `(N, L, E)` with `batch_first`, or `(L, E)`.
            key: `(S, N, kdim)`, likewise.
            value: `(S, N, vdim)`, likewise.
            key_padding_mask: `(N, S)`, True for keys not to look at, or numbers to add.
            need_weights: whether to return the weights.
            attn_mask: `(L, S)` or `(N * num_heads, L, S)`, True where not to look, or numbers.
            average_attn_weights: whether the weights are the mean of all heads'.
            is_causal: a hint that `attn_mask` hides what is later.

        Returns:
            `(L, N, E)`, and `(N, L, S)` or `(N, num_heads, L, S)` or None.
        """
        batched = query.dim() == 3
        floats = any(m is not None and m.is_floating_point() for m in (attn_mask, key_padding_mask))
        key_padding_mask = canonical_mask(
            key_padding_mask, "key_padding_mask", query.dtype, attn_mask, "attn_mask"
        )
        attn_mask = canonical_mask(attn_mask, "attn_mask", query.dtype)
        if not floats and query is key and key is value and self._is_fast(query):
            return self._infer(
                query, key_padding_mask, attn_mask, need_weights, average_attn_weights
            )
        if self.batch_first and batched:
            turned = {id(x): x.transpose(1, 0) for x in (query, key, value)}
            query, key, value = (turned[id(x)] for x in (query, key, value))
        found, weights = self._attend(
            query,
            key,
            value,
            key_padding_mask=key_padding_mask,
            need_weights=need_weights,
            attn_mask=attn_mask,
            average_attn_weights=average_attn_weights,
            is_causal=is_causal,
        )
        return (found.transpose(1, 0) if self.batch_first and batched else found), weights

    def _attend(
        self, query: Tensor, key: Tensor, value: Tensor, **options: object
    ) -> tuple[Tensor, Tensor | None]:
        return F.multi_head_attention_forward(
            query,
            key,
            value,
            self.embed_dim,
            self.num_heads,
            self.in_proj_weight,
            self.in_proj_bias,
            self.bias_k,
            self.bias_v,
            self.add_zero_attn,
            self.dropout,
            self.out_proj.weight,
            self.out_proj.bias,
            training=self.training,
            use_separate_proj_weight=not self._qkv_same_embed_dim,
            q_proj_weight=self.q_proj_weight,
            k_proj_weight=self.k_proj_weight,
            v_proj_weight=self.v_proj_weight,
            **options,
        )

    def _is_fast(self, query: Tensor) -> bool:
        """Tell whether torch would take its own kernel for inference."""
        if query.dim() != 3 or self.training or self.num_heads % 2 or not self.batch_first:
            return False
        if self.in_proj_bias is None or self.bias_k is not None or self.bias_v is not None:
            return False
        if self.add_zero_attn or not self._qkv_same_embed_dim:
            return False
        tensors = (query, *self.parameters())
        return not (is_grad_enabled() and any(x.requires_grad for x in tensors))

    def _infer(
        self,
        x: Tensor,
        key_padding_mask: Tensor | None,
        attn_mask: Tensor | None,
        need_weights: bool = False,
        average_attn_weights: bool = True,
    ) -> tuple[Tensor, Tensor | None]:
        """Return what torch's kernel for inference does.

        It knows only True and False: any number but 0 hides. A query that may look nowhere
        gets nan.
        """
        length = x.size(1)
        if attn_mask is not None:
            lead = (x.size(0), -1) if attn_mask.dim() == 3 else (1, 1)
            attn_mask = attn_mask.view(*lead, length, length).view(attn_mask.shape)
        masks = [
            None if mask is None else canonical_mask(mask != 0, "mask", x.dtype)
            for mask in (key_padding_mask, attn_mask)
        ]
        x = x.transpose(1, 0)
        found, weights = self._attend(
            x,
            x,
            x,
            key_padding_mask=masks[0],
            attn_mask=masks[1],
            average_attn_weights=average_attn_weights,
        )
        return found.transpose(1, 0).contiguous(), weights if need_weights else None
