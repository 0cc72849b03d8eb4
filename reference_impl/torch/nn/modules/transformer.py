"""The transformer: layers one after the other, an encoder, a decoder, and both together."""

from __future__ import annotations

import copy
import math
import warnings

from ...creation import full
from ...devices import device
from ...dtypes import dtype
from ...gradmode import is_grad_enabled
from ...linalg.diagonals import triu
from ...tensor import Tensor
from .. import functional as F
from .. import init
from ..functional.multihead import canonical_mask
from .container import ModuleList
from .module import Module
from .normalization import LayerNorm
from .transformer_layers import (
    Activation,
    TransformerDecoderLayer,
    TransformerEncoderLayer,
    why_slow,
)

__all__ = ["Transformer", "TransformerDecoder", "TransformerEncoder"]

NESTED = (
    "The PyTorch API of nested tensors is in prototype stage and will change in the near future. "
    "We recommend specifying layout=torch.jagged when constructing a nested tensor, as this layout "
    "receives active development, has better operator coverage, and works with torch.compile. "
    "(Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/NestedTensorImpl.cpp:177.)"
)


def clones(layer: Module, count: int) -> ModuleList:
    """Return copies of a layer, with the same parameters to start with."""
    return ModuleList([copy.deepcopy(layer) for _ in range(count)])


def length_of(x: Tensor, batch_first: bool) -> int:
    """Return how many elements the sequence has."""
    return x.size(0) if x.dim() == 2 else x.size(1 if batch_first else 0)


def hides_what_follows(mask: Tensor | None, hint: bool | None, length: int) -> bool:
    """Tell whether a mask is causal: as the hint says, or as it looks."""
    if hint is not None or mask is None:
        return hint is True
    causal = Transformer.generate_square_subsequent_mask(length, dtype=mask.dtype)
    return mask.size() == causal.size() and bool((mask == causal).all())


class TransformerEncoder(Module):
    """Encoder layers one after the other: copies of one, with the same parameters at first.

    Args:
        encoder_layer: what to copy.
        num_layers: how often.
        norm: a layer for the end.
        enable_nested_tensor: whether inference may leave padding out; it is zeros then.
        mask_check: whether only if padding stands at the ends.
    """

    def __init__(
        self,
        encoder_layer: TransformerEncoderLayer,
        num_layers: int,
        norm: Module | None = None,
        enable_nested_tensor: bool = True,
        mask_check: bool = True,
    ) -> None:
        super().__init__()
        self.layers = clones(encoder_layer, num_layers)
        self.num_layers = num_layers
        self.norm = norm
        self.enable_nested_tensor = enable_nested_tensor
        self.use_nested_tensor = enable_nested_tensor
        self.mask_check = mask_check
        if not isinstance(encoder_layer, TransformerEncoderLayer):
            reason = "encoder_layer was not TransformerEncoderLayer"
        elif encoder_layer.norm_first:
            reason = "encoder_layer.norm_first was True"
        else:
            reason = why_slow(encoder_layer)
            reason = reason and f"encoder_layer.{reason}"
        if enable_nested_tensor and reason:
            warnings.warn(
                "enable_nested_tensor is True, but self.use_nested_tensor is False because "
                f"{reason}",
                UserWarning,
                stacklevel=2,
            )
            self.use_nested_tensor = False

    def forward(
        self,
        src: Tensor,
        mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool | None = None,
    ) -> Tensor:
        """Return what the layers make of the sequence.

        Args:
            src: the sequence.
            mask: True where not to look, or numbers to add.
            src_key_padding_mask: True for elements not to look at.
            is_causal: whether `mask` hides what is later; None to find out.
        """
        padding = canonical_mask(
            src_key_padding_mask, "src_key_padding_mask", src.dtype, mask, "mask"
        )
        mask = canonical_mask(mask, "mask", src.dtype)
        first = self.layers[0]
        left_out = None if mask is not None else self._left_out(src, padding)
        if left_out is not None:
            padding = canonical_mask(left_out, "mask", src.dtype)
        length = length_of(src, first.self_attn.batch_first)
        is_causal = hides_what_follows(mask, is_causal, length)
        x = src
        for layer in self.layers:
            x = layer(x, src_mask=mask, is_causal=is_causal, src_key_padding_mask=padding)
        if left_out is not None:
            x = x.masked_fill(left_out.unsqueeze(-1), 0.0)
        return x if self.norm is None else self.norm(x)

    def _left_out(self, src: Tensor, padding: Tensor | None) -> Tensor | None:
        """Return where torch leaves padding out, if it does: in inference, without a mask.

        It puts the sequences into a nested tensor, each as long as it is, and warns of that.
        """
        first = self.layers[0]
        if not self.use_nested_tensor or first.training or src.dim() != 3 or padding is None:
            return None
        kept = padding.logical_not()
        counts = kept.sum(1, keepdim=True)
        places = kept.new_ones(kept.shape).cumsum(1)
        aligned = places <= counts
        warnings.warn(NESTED, UserWarning, stacklevel=3)
        if self.mask_check and not bool((aligned == kept).all()):
            return None
        tensors = (src, *first.parameters())
        if is_grad_enabled() and any(x.requires_grad for x in tensors):
            return None
        return aligned.logical_not()


class TransformerDecoder(Module):
    """Decoder layers one after the other: copies of one, with the same parameters at first.

    Args:
        decoder_layer: what to copy.
        num_layers: how often.
        norm: a layer for the end.
    """

    def __init__(
        self,
        decoder_layer: TransformerDecoderLayer,
        num_layers: int,
        norm: Module | None = None,
    ) -> None:
        super().__init__()
        self.layers = clones(decoder_layer, num_layers)
        self.num_layers = num_layers
        self.norm = norm

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Return what the layers make of the sequence; see `TransformerDecoderLayer`.

        Args:
            tgt: the sequence.
            memory: what an encoder made of another.
            tgt_mask: True where not to look in the sequence.
            memory_mask: True where not to look in the memory.
            tgt_key_padding_mask: True for elements of the sequence not to look at.
            memory_key_padding_mask: True for elements of the memory not to look at.
            tgt_is_causal: whether `tgt_mask` hides what is later; None to find out.
            memory_is_causal: whether `memory_mask` does.
        """
        length = length_of(tgt, self.layers[0].self_attn.batch_first)
        tgt_is_causal = hides_what_follows(tgt_mask, tgt_is_causal, length)
        x = tgt
        for layer in self.layers:
            x = layer(
                x,
                memory,
                tgt_mask=tgt_mask,
                memory_mask=memory_mask,
                tgt_key_padding_mask=tgt_key_padding_mask,
                memory_key_padding_mask=memory_key_padding_mask,
                tgt_is_causal=tgt_is_causal,
                memory_is_causal=memory_is_causal,
            )
        return x if self.norm is None else self.norm(x)


class Transformer(Module):
    """An encoder, and a decoder that looks at what it found. `(S, N, E)`, `(T, N, E)`.

    Args:
        d_model: the features of an element.
        nhead: the heads of each attention.
        num_encoder_layers: how many.
        num_decoder_layers: how many.
        dim_feedforward: the features inside the small networks.
        dropout: the probability with which features are left out in training.
        activation: `relu`, `gelu`, or a function.
        custom_encoder: in place of the encoder.
        custom_decoder: in place of the decoder.
        layer_norm_eps: see `LayerNorm`.
        batch_first: whether inputs are `(N, S, E)` rather than `(S, N, E)`.
        norm_first: whether to normalize what goes in rather than what comes out.
        bias: whether maps and normalizations add one.
        device: of the parameters.
        dtype: of the parameters.
    """

    def __init__(
        self,
        d_model: int = 512,
        nhead: int = 8,
        num_encoder_layers: int = 6,
        num_decoder_layers: int = 6,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: Activation = F.relu,
        custom_encoder: Module | None = None,
        custom_decoder: Module | None = None,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        options = {"bias": bias, "device": device, "dtype": dtype}
        sizes = (d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps)

        def stack(whole: type[Module], layer: type[Module], count: int) -> Module:
            one = layer(*sizes, batch_first=batch_first, norm_first=norm_first, **options)
            return whole(one, count, LayerNorm(d_model, eps=layer_norm_eps, **options))

        if custom_encoder is not None:
            self.encoder = custom_encoder
        else:
            self.encoder = stack(TransformerEncoder, TransformerEncoderLayer, num_encoder_layers)
        if custom_decoder is not None:
            self.decoder = custom_decoder
        else:
            self.decoder = stack(TransformerDecoder, TransformerDecoderLayer, num_decoder_layers)
        self._reset_parameters()
        self.d_model = d_model
        self.nhead = nhead
        self.batch_first = batch_first

    def forward(
        self,
        src: Tensor,
        tgt: Tensor,
        src_mask: Tensor | None = None,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        src_is_causal: bool | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Return what the decoder makes of `tgt`, given what the encoder made of `src`.

        Masks are those of `TransformerEncoder` and `TransformerDecoder`.

        Raises:
            RuntimeError: other numbers of samples or of features.
        """
        samples = 0 if self.batch_first else 1
        if src.size(samples) != tgt.size(samples) and src.dim() == 3:
            raise RuntimeError("the batch number of src and tgt must be equal")
        if src.size(-1) != self.d_model or tgt.size(-1) != self.d_model:
            raise RuntimeError("the feature number of src and tgt must be equal to d_model")
        memory = self.encoder(
            src, mask=src_mask, src_key_padding_mask=src_key_padding_mask, is_causal=src_is_causal
        )
        return self.decoder(
            tgt,
            memory,
            tgt_mask=tgt_mask,
            memory_mask=memory_mask,
            tgt_key_padding_mask=tgt_key_padding_mask,
            memory_key_padding_mask=memory_key_padding_mask,
            tgt_is_causal=tgt_is_causal,
            memory_is_causal=memory_is_causal,
        )

    @staticmethod
    def generate_square_subsequent_mask(
        sz: int, device: device | str | None = None, dtype: dtype | None = None
    ) -> Tensor:
        """Return a mask that hides from each element what follows it. `(sz, sz)`.

        >>> torch.nn.Transformer.generate_square_subsequent_mask(3)
        tensor([[0., -inf, -inf],
                [0., 0., -inf],
                [0., 0., 0.]])
        """
        return triu(full((sz, sz), -math.inf, dtype=dtype, device=device), diagonal=1)

    def _reset_parameters(self) -> None:
        for parameter in self.parameters():
            if parameter.dim() > 1:
                init.xavier_uniform_(parameter)
