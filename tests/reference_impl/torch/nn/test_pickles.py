"""Every layer can be pickled and copied, with what it has learned."""

import copy
import pickle

import pytest

import reference_impl.torch as ref

LAYERS = """
MultiheadAttention(4, 2, add_bias_kv=True)
TransformerEncoderLayer(4, 2, 8)
TransformerDecoderLayer(4, 2, 8, activation="gelu")
Transformer(4, 2, 1, 1, 8)
EmbeddingBag(5, 3, padding_idx=1)
Upsample(scale_factor=2)
AdaptiveLogSoftmaxWithLoss(8, 12, [4, 8])
TripletMarginWithDistanceLoss(margin=2.0)
CTCLoss(zero_infinity=True)
MultiMarginLoss(weight=nn.init.ones_(nn.Linear(3, 1).weight[0].detach()))
FractionalMaxPool2d(2, output_ratio=0.5)
MaxUnpool2d(2)
Fold((4, 5), 2)
PixelShuffle(2)
LazyLinear(3)
LinearCrossEntropyLoss(3, 4)
"""


@pytest.mark.parametrize("layer", LAYERS.strip().split("\n"))
def test_layer(layer):
    """Its copy has the same repr, the same state, and memory of its own."""
    m = eval(f"nn.{layer}", {"nn": ref.nn})
    for again in (pickle.loads(pickle.dumps(m)), copy.deepcopy(m)):
        assert type(again) is type(m)
        assert repr(again) == repr(m)
        before, after = m.state_dict(), again.state_dict()
        assert list(after) == list(before)
        assert list(map(repr, after.values())) == list(map(repr, before.values()))
        for a, b in zip(m.parameters(), again.parameters(), strict=True):
            assert a is not b
