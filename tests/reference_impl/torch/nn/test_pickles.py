"""Every layer can be pickled and copied, with what it has learned."""

import copy
import io
import pickle

import pytest

import reference_impl.torch as ref
from reference_impl.torch.nn.modules import activation, batchnorm, conv, loss, rnn

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
Softmax(dim=1)
LSTMCell(2, 3)
LazyBatchNorm2d()
ParameterList([nn.Parameter(nn.Linear(1, 1).weight)])
"""


@pytest.mark.parametrize("layer", LAYERS.strip().split("\n"))
def test_layer(layer):
    """Its copy has the same repr, the same state, and memory of its own."""
    m = eval(f"nn.{layer}", {"nn": ref.nn})
    saved = io.BytesIO()
    ref.save(m, saved)
    saved.seek(0)
    loaded = ref.load(saved, weights_only=False)
    for again in (pickle.loads(pickle.dumps(m)), copy.deepcopy(m), loaded):
        assert type(again) is type(m)
        assert repr(again) == repr(m)
        before, after = m.state_dict(), again.state_dict()
        assert list(after) == list(before)
        assert list(map(repr, after.values())) == list(map(repr, before.values()))
        for a, b in zip(m.parameters(), again.parameters(), strict=True):
            assert a is not b


def test_paths_of_torch():
    """A class is where torch has it, too: learners import from there, and files name it so."""
    assert activation.MultiheadAttention is ref.nn.MultiheadAttention
    assert activation.Softmax is ref.nn.Softmax
    assert batchnorm.SyncBatchNorm is ref.nn.SyncBatchNorm
    assert conv.LazyConv2d is ref.nn.LazyConv2d
    assert loss.CTCLoss is ref.nn.CTCLoss
    assert rnn.GRUCell is ref.nn.GRUCell
