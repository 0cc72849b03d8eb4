"""Initial numbers are torch's, bit for bit, and so are errors and warnings."""

import pytest
import torch
from oracle import same

import reference_impl.torch as ref

CALLS = """
uniform_(t.empty(3, 5)); uniform_(t.empty(3, 5), -2, 3); normal_(t.empty(3, 5), 1, 2)
normal_(t.empty(40, 50)); constant_(t.empty(2), 3.5); ones_(t.empty(2)); zeros_(t.empty(2))
eye_(t.empty(3, 4)); dirac_(t.empty(4, 3, 3)); dirac_(t.empty(4, 2, 3, 3), 2)
xavier_uniform_(t.empty(3, 5)); xavier_uniform_(t.empty(3, 5, 2), gain=2.0)
xavier_normal_(t.empty(30, 50)); kaiming_uniform_(t.empty(3, 5))
kaiming_uniform_(t.empty(3, 5, 2), a=0.2, mode="fan_out"); kaiming_normal_(t.empty(30, 5))
kaiming_normal_(t.empty(3, 5), nonlinearity="relu"); kaiming_uniform_(t.empty(0, 5))
trunc_normal_(t.empty(30, 5)); trunc_normal_(t.empty(30, 5), 0.5, 2.0, -1.0, 1.0)
trunc_normal_(t.empty(30, 5), 0.0, 0.02); trunc_normal_(t.empty(30), 9.0, 1.0)
trunc_normal_(t.empty(30), 0.0, 1.0, 1.5, 1.7); sparse_(t.empty(5, 3), 0.4)
uniform_(t.empty(3, requires_grad=True)); normal_(t.empty(3, dtype=t.float64))
eye_(t.empty(3)); dirac_(t.empty(3, 3)); dirac_(t.empty(3, 3, 3), 2); xavier_uniform_(t.empty(3))
kaiming_uniform_(t.empty(3, 3), mode="fan"); kaiming_uniform_(t.empty(3, 3), nonlinearity="foo")
sparse_(t.empty(3), 0.1); uniform(t.empty(3)); xavier_normal(t.empty(3, 3))
orthogonal_(t.empty(3)); orthogonal_(t.empty(0, 3)); eye(t.empty(2, 3)); dirac(t.empty(2, 2, 3))
sparse(t.empty(4, 2), 0.5); calculate_gain("relu"); calculate_gain("tanh")
calculate_gain("leaky_relu", 0.3)
calculate_gain("leaky_relu", "a"); calculate_gain("leaky_relu"); calculate_gain("conv2d")
calculate_gain("selu"); calculate_gain("foo"); calculate_gain("leaky_relu", True)
"""


@pytest.mark.parametrize(
    "call", [c.strip() for c in CALLS.replace("\n", ";").split(";") if c.strip()]
)
def test_init(call):
    """What is drawn, returned, warned of and refused is torch's."""

    def run(engine):
        engine.manual_seed(7)
        found = eval(f"init.{call}", {"init": engine.nn.init, "t": engine})
        return found.tolist() if hasattr(found, "tolist") else found

    same(run)


@pytest.mark.parametrize("size", [(3, 3), (2, 4), (4, 2), (3, 2, 2), (5, 1, 3), (8, 8)])
def test_orthogonal(size):
    """The matrix is torch's up to the last digits of its QR decomposition."""
    found = []
    for engine in (ref, torch):
        engine.manual_seed(3)
        w = engine.empty(size, requires_grad=True)
        made = engine.nn.init.orthogonal_(w, gain=1.5)
        assert made is w
        found.append(made.detach().flatten().tolist())
    assert found[0] == pytest.approx(found[1], abs=5e-6)


LAYERS = """
Linear(5, 3); Linear(0, 3); Linear(20, 30, bias=False); Bilinear(2, 3, 4); Conv1d(8, 4, 3)
Conv1d(8, 4, 3, groups=2, bias=False); Conv2d(3, 8, (3, 5)); ConvTranspose1d(4, 6, 3)
ConvTranspose2d(4, 6, 3, groups=2); Conv3d(2, 3, 2); Embedding(10, 7)
Embedding(9, 3, padding_idx=-2); PReLU(3); Linear(3, 2, dtype=t.float64)
EmbeddingBag(10, 7, padding_idx=3); MultiheadAttention(8, 2); MultiheadAttention(6, 3, kdim=4)
MultiheadAttention(4, 2, add_bias_kv=True, bias=False); TransformerEncoderLayer(8, 2, 12)
Transformer(4, 2, 1, 2, 8); AdaptiveLogSoftmaxWithLoss(8, 10, [3, 6])
"""


@pytest.mark.parametrize("seed", [0, 1234])
@pytest.mark.parametrize(
    "layer", [c.strip() for c in LAYERS.replace("\n", ";").split(";") if c.strip()]
)
def test_layers_start_with_torchs_numbers(layer, seed):
    """After the same seed, every parameter is torch's, bit for bit."""
    found = []
    for engine in (ref, torch):
        engine.manual_seed(seed)
        made = eval(f"nn.{layer}", {"nn": engine.nn, "t": engine})
        found.append({name: p.tolist() for name, p in made.named_parameters()})
    assert found[0] == found[1]
