"""The layers that a transformer is made of. See Vaswani et al., arXiv:1706.03762."""

from __future__ import annotations

from collections.abc import Callable

from ...devices import device
from ...dtypes import dtype
from ...gradmode import is_grad_enabled
from ...tensor import Tensor
from .. import functional as F
from ..functional.multihead import canonical_mask
from .activation import GELU, ReLU
from .attention import MultiheadAttention
from .dropout import Dropout
from .linear import Linear
from .module import Module
from .normalization import LayerNorm

__all__ = ["TransformerDecoderLayer", "TransformerEncoderLayer"]

Activation = str | Callable[[Tensor], Tensor]


def named(activation: Activation) -> Callable[[Tensor], Tensor]:
    """Return an activation, also one that is given by name."""
    if not isinstance(activation, str):
        return activation
    if activation not in ("relu", "gelu"):
        raise RuntimeError(f"activation should be relu/gelu, not {activation}")
    return F.relu if activation == "relu" else F.gelu


class TransformerEncoderLayer(Module):
    """Attention of a sequence to itself, and a small network for each element of it.

    The results of both are added to what they were given, and normalized.

    >>> _ = torch.manual_seed(0)
    >>> layer = torch.nn.TransformerEncoderLayer(4, nhead=2, dim_feedforward=8, batch_first=True)
    >>> layer(torch.ones(1, 3, 4)).shape
    torch.Size([1, 3, 4])

    Args:
        d_model: the features of an element.
        nhead: the heads of the attention.
        dim_feedforward: the features inside the network.
        dropout: the probability with which features are left out in training.
        activation: `relu`, `gelu`, or a function.
        layer_norm_eps: see `LayerNorm`.
        batch_first: whether inputs are `(N, S, E)` rather than `(S, N, E)`.
        norm_first: whether to normalize what goes in rather than what comes out.
        bias: whether maps and normalizations add one.
        device: of the parameters.
        dtype: of the parameters.
    """

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: Activation = F.relu,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        options = {"bias": bias, "device": device, "dtype": dtype}
        self.self_attn = MultiheadAttention(
            d_model, nhead, dropout=dropout, batch_first=batch_first, **options
        )
        self.linear1 = Linear(d_model, dim_feedforward, **options)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, **options)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, eps=layer_norm_eps, **options)
        self.norm2 = LayerNorm(d_model, eps=layer_norm_eps, **options)
        self.dropout1 = Dropout(dropout)
        self.dropout2 = Dropout(dropout)
        activation = named(activation)
        self.activation_relu_or_gelu = 0
        if activation is F.relu or isinstance(activation, ReLU):
            self.activation_relu_or_gelu = 1
        elif activation is F.gelu or isinstance(activation, GELU):
            self.activation_relu_or_gelu = 2
        self.activation = activation

    def forward(
        self,
        src: Tensor,
        src_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool = False,
    ) -> Tensor:
        """Return the sequence, each element knowing of the others. `(S, N, E)` to `(S, N, E)`.

        Args:
            src: the sequence.
            src_mask: True where not to look, or numbers to add; see `MultiheadAttention`.
            src_key_padding_mask: True for elements not to look at.
            is_causal: a hint that `src_mask` hides what is later.
        """
        src_key_padding_mask = canonical_mask(
            src_key_padding_mask, "src_key_padding_mask", src.dtype, src_mask, "src_mask"
        )
        src_mask = canonical_mask(src_mask, "src_mask", src.dtype)
        masks = (src_mask, src_key_padding_mask)
        fast = self._is_fast(src)

        def attended(x: Tensor) -> Tensor:
            if fast:
                return self.self_attn._infer(x, src_key_padding_mask, src_mask)[0]
            return self._sa_block(x, *masks, is_causal=is_causal)

        if self.norm_first:
            x = src + attended(self.norm1(src))
            return x + self._ff_block(self.norm2(x))
        x = self.norm1(src + attended(src))
        return self.norm2(x + self._ff_block(x))

    def _sa_block(
        self,
        x: Tensor,
        attn_mask: Tensor | None,
        key_padding_mask: Tensor | None,
        is_causal: bool = False,
    ) -> Tensor:
        found, _ = self.self_attn(
            x,
            x,
            x,
            attn_mask=attn_mask,
            key_padding_mask=key_padding_mask,
            need_weights=False,
            is_causal=is_causal,
        )
        return self.dropout1(found)

    def _ff_block(self, x: Tensor) -> Tensor:
        return self.dropout2(self.linear2(self.dropout(self.activation(self.linear1(x)))))

    def _is_fast(self, src: Tensor) -> bool:
        """Tell whether torch would take its own kernel for inference."""
        if src.dim() != 3 or self.training or why_slow(self) or self.norm1.bias is None:
            return False
        if any(m._forward_hooks or m._forward_pre_hooks for m in self.modules()):
            return False
        return not (is_grad_enabled() and any(x.requires_grad for x in (src, *self.parameters())))


def why_slow(layer: TransformerEncoderLayer) -> str:
    """Return what keeps torch from taking its kernel for inference; nothing if nothing does."""
    attention = layer.self_attn
    if not attention.batch_first:
        return (
            "self_attn.batch_first was not True(use batch_first for better inference performance)"
        )
    if not attention._qkv_same_embed_dim:
        return "self_attn._qkv_same_embed_dim was not True"
    if attention.in_proj_bias is None:
        return "self_attn was passed bias=False"
    if not layer.activation_relu_or_gelu:
        return "activation_relu_or_gelu was not True"
    if layer.norm1.eps != layer.norm2.eps:
        return "norm1.eps was not equal to encoder_layer.norm2.eps"
    return "self_attn.num_heads is odd" if attention.num_heads % 2 else ""


class TransformerDecoderLayer(Module):
    """Attention of a sequence to itself, then to another, and a small network.

    >>> _ = torch.manual_seed(0)
    >>> layer = torch.nn.TransformerDecoderLayer(4, nhead=2, dim_feedforward=8)
    >>> layer(torch.ones(3, 1, 4), torch.ones(5, 1, 4)).shape
    torch.Size([3, 1, 4])

    Args:
        d_model: the features of an element.
        nhead: the heads of each attention.
        dim_feedforward: the features inside the network.
        dropout: the probability with which features are left out in training.
        activation: `relu`, `gelu`, or a function.
        layer_norm_eps: see `LayerNorm`.
        batch_first: whether inputs are `(N, T, E)` rather than `(T, N, E)`.
        norm_first: whether to normalize what goes in rather than what comes out.
        bias: whether maps and normalizations add one.
        device: of the parameters.
        dtype: of the parameters.
    """

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: Activation = F.relu,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        options = {"bias": bias, "device": device, "dtype": dtype}
        heads = {"dropout": dropout, "batch_first": batch_first, **options}
        self.self_attn = MultiheadAttention(d_model, nhead, **heads)
        self.multihead_attn = MultiheadAttention(d_model, nhead, **heads)
        self.linear1 = Linear(d_model, dim_feedforward, **options)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, **options)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, eps=layer_norm_eps, **options)
        self.norm2 = LayerNorm(d_model, eps=layer_norm_eps, **options)
        self.norm3 = LayerNorm(d_model, eps=layer_norm_eps, **options)
        self.dropout1 = Dropout(dropout)
        self.dropout2 = Dropout(dropout)
        self.dropout3 = Dropout(dropout)
        self.activation = named(activation)

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool = False,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Return the sequence, each element knowing of the others and of the memory.

        Args:
            tgt: the sequence, `(T, N, E)`.
            memory: what an encoder made of another, `(S, N, E)`.
            tgt_mask: True where not to look in the sequence, or numbers to add.
            memory_mask: True where not to look in the memory, or numbers to add.
            tgt_key_padding_mask: True for elements of the sequence not to look at.
            memory_key_padding_mask: True for elements of the memory not to look at.
            tgt_is_causal: a hint that `tgt_mask` hides what is later.
            memory_is_causal: a hint that `memory_mask` does.
        """
        own = (tgt_mask, tgt_key_padding_mask, tgt_is_causal)
        other = (memory_mask, memory_key_padding_mask, memory_is_causal)
        x = tgt
        if self.norm_first:
            x = x + self._sa_block(self.norm1(x), *own)
            x = x + self._mha_block(self.norm2(x), memory, *other)
            return x + self._ff_block(self.norm3(x))
        x = self.norm1(x + self._sa_block(x, *own))
        x = self.norm2(x + self._mha_block(x, memory, *other))
        return self.norm3(x + self._ff_block(x))

    def _sa_block(
        self, x: Tensor, mask: Tensor | None, padding: Tensor | None, is_causal: bool = False
    ) -> Tensor:
        options = {"attn_mask": mask, "key_padding_mask": padding, "is_causal": is_causal}
        return self.dropout1(self.self_attn(x, x, x, need_weights=False, **options)[0])

    def _mha_block(
        self,
        x: Tensor,
        memory: Tensor,
        mask: Tensor | None,
        padding: Tensor | None,
        is_causal: bool = False,
    ) -> Tensor:
        options = {"attn_mask": mask, "key_padding_mask": padding, "is_causal": is_causal}
        found, _ = self.multihead_attn(x, memory, memory, need_weights=False, **options)
        return self.dropout2(found)

    def _ff_block(self, x: Tensor) -> Tensor:
        return self.dropout3(self.linear2(self.dropout(self.activation(self.linear1(x)))))


for _name in __all__:  # torch has them with the transformer itself
    globals()[_name].__shown__ = f"torch.nn.modules.transformer.{_name}"
