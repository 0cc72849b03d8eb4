"""The transformer and its parts, in training and in inference."""

import warnings

import pytest
import torch
from agreement import agree, numbers
from oracle import same

import reference_impl.torch as ref

# layer | call
LAYERS = """
TransformerEncoderLayer(4, 2, 8) | m(x)
TransformerEncoderLayer(4, 2, 8, 0.0) | m(x)
TransformerEncoderLayer(4, 2, 8, 0.0, batch_first=True) | m(x)
TransformerEncoderLayer(4, 2, 8, 0.0, norm_first=True) | m(x)
TransformerEncoderLayer(4, 2, 8, 0.0, "gelu", 0.1, bias=False) | m(x)
TransformerEncoderLayer(4, 2, 8, 0.0, nn.Tanh()) | m(x)
TransformerEncoderLayer(4, 2, 8, activation="foo") | m(x)
TransformerEncoderLayer(4, 2, 8, 0.0) | m(x[:, 0])
TransformerEncoderLayer(4, 2, 8, 0.0) | m(x, later)
TransformerEncoderLayer(4, 2, 8, 0.0) | m(x, later, is_causal=True)
TransformerEncoderLayer(4, 2, 8, 0.0) | m(x, src_key_padding_mask=pad)
TransformerEncoderLayer(4, 2, 8, 0.0) | m(x, later.float(), pad)
TransformerEncoderLayer(4, 2, 8, 0.0) | m(x, later.long())
TransformerEncoderLayer(4, 2, 8, batch_first=True).eval() | still(m)(b)
TransformerEncoderLayer(4, 2, 8, batch_first=True, norm_first=True).eval() | still(m)(b)
TransformerEncoderLayer(4, 2, 8, batch_first=True).eval() | still(m)(b, later)
TransformerEncoderLayer(4, 2, 8, batch_first=True).eval() | still(m)(b, later.float() / 2)
TransformerEncoderLayer(4, 2, 8, batch_first=True).eval() | still(m)(b, src_key_padding_mask=pad)
TransformerEncoderLayer(4, 2, 8, batch_first=True).eval() | still(m)(b, src_key_padding_mask=all)
TransformerEncoderLayer(4, 2, 8).eval() | still(m)(x, src_key_padding_mask=all)
TransformerEncoderLayer(4, 1, 8, batch_first=True).eval() | still(m)(b)
TransformerDecoderLayer(4, 2, 8) | m(x, y)
TransformerDecoderLayer(4, 2, 8, 0.0) | m(x, y)
TransformerDecoderLayer(4, 2, 8, 0.0, batch_first=True, norm_first=True) | m(b, y.transpose(0, 1))
TransformerDecoderLayer(4, 2, 8, 0.0, "gelu", bias=False) | m(x, y, later)
TransformerDecoderLayer(4, 2, 8, 0.0) | m(x, y, later, tgt_is_causal=True)
TransformerDecoderLayer(4, 2, 8, 0.0) | m(x, x, None, later, pad, pad)
TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8), 2) | m(x)
TransformerEncoder(nn.TransformerEncoderLayer(4, 1, 8, 0.0, batch_first=True), 1) | m(b, later)
TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8, norm_first=True), 1) | m(x)
TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8, activation=nn.Tanh()), 1) | m(x)
TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8), 2, nn.LayerNorm(4)) | m(x, later.float())
TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8, 0.0), 1, None, False) | m(x, None, pad)
TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8, batch_first=True), 2).eval() | still(m)(b)
TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 8, 0.0), 2) | m(x, y)
TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 8, 0.0), 1, nn.LayerNorm(4)) | m(x, y, causal)
Transformer(4, 2, 1, 1, 8, 0.0) | m(y, x)
Transformer(4, 2, 1, 1, 8, 0.1, batch_first=True, norm_first=True) | m(y[:3], x)
Transformer(4, 2, 1, 1, 8, 0.0) | m(y, x, tgt_mask=causal)
Transformer(4, 2, 1, 1, 8, 0.0, custom_encoder=nn.Identity()) | m(y, x)
Transformer(4, 2, 1, 1, 8) | m(y[:, :1], x)
Transformer(4, 2, 1, 1, 8) | m(y[..., :3], x)
"""


def sequences(engine):
    """Sequences `(L, N, E)` and masks."""
    return {
        "x": numbers(engine, (3, 2, 4), 1) / 3,
        "b": numbers(engine, (2, 3, 4), 1) / 3,
        "y": numbers(engine, (5, 2, 4), 2) / 3,
        "pad": engine.tensor([[False, False, True], [False] * 3]),
        "all": engine.tensor([[True] * 3, [False] * 3]),
        "later": engine.ones(3, 3, dtype=engine.bool).triu(1),
        "causal": engine.nn.Transformer.generate_square_subsequent_mask(3),
        "still": lambda m: engine.no_grad()(lambda *args, **options: m(*args, **options)),
    }


@pytest.mark.parametrize("line", LAYERS.strip().split("\n"))
def test_layer(line):
    """Reprs, names and first values of parameters, results, gradients, warnings and errors."""
    make, _, call = line.partition(" | ")
    agree(f"nn.{make}", call, sequences)


PADDED = """
TransformerEncoder(layer, 2).eval() | m(b, src_key_padding_mask=pad)
TransformerEncoder(layer, 1).eval() | m(b, src_key_padding_mask=pad.flip(1))
TransformerEncoder(layer, 1, mask_check=False).eval() | m(b, src_key_padding_mask=pad.flip(1))
TransformerEncoder(layer, 1, nn.LayerNorm(4)).eval() | m(b, src_key_padding_mask=pad)
TransformerEncoder(layer, 1, None, False).eval() | m(b, src_key_padding_mask=pad)
TransformerEncoder(layer, 1).eval() | m(b, later, pad)
"""


@pytest.mark.parametrize("line", PADDED.strip().split("\n"))
def test_padding_is_left_out_in_inference(line):
    """Where torch uses nested tensors, padding becomes zeros."""
    make, _, call = line.partition(" | ")

    def run(engine):
        engine.manual_seed(0)
        layer = engine.nn.TransformerEncoderLayer(4, 2, 8, batch_first=True)
        names = {**sequences(engine), "nn": engine.nn, "layer": layer}
        names["m"] = eval(f"nn.{make}", names)
        with engine.no_grad():
            return (eval(call, names) * 1000).round()

    found = []
    for engine in (torch, ref):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found.append(run(engine).tolist())
    assert found[0] == found[1]


def test_mask():
    """The mask that hides what follows."""
    same(lambda t: t.nn.Transformer.generate_square_subsequent_mask(3))
    same(lambda t: t.nn.Transformer(4, 2, 1, 1).generate_square_subsequent_mask(2, dtype=t.half))
