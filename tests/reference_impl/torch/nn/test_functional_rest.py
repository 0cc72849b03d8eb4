"""Functions without a layer of their own here: attention, distances, windows, clipping."""

import pytest
from oracle import same

CALLS = """
F.cosine_similarity(x, x.flip(0))
F.cosine_similarity(x, x[:1], dim=-1, eps=0.1)
F.cosine_similarity(x.long(), x.long())
F.pairwise_distance(x, x.flip(0)).detach()
F.pairwise_distance(x, x.flip(0), p=1, keepdim=True).detach()
F.normalize(x)
F.normalize(x, p=1, dim=0)
F.unfold(i, 2)
F.unfold(i, (2, 3), dilation=1, padding=1, stride=2)
F.unfold(i, 9)
F.unfold(t.ones(1, 1, 2, 2, 2), 2)
F.fold(F.unfold(i, 2), (4, 5), 2)
F.fold(F.unfold(i, 2, stride=2), (4, 5), 2)
F.scaled_dot_product_attention(h, h * 2, h).detach()
F.scaled_dot_product_attention(h, h * 2, h, is_causal=True).detach()
F.scaled_dot_product_attention(h, h, h, t.tensor([[True, False], [True, True]])).detach()
F.scaled_dot_product_attention(h, h, h, t.tensor([[0.5, 0.0], [-1.0, 2.0]]), scale=2.0).detach()
F.scaled_dot_product_attention(h, h, h, t.ones(2, 2), is_causal=True)
t.dropout(x, 0.5, True)
t.dropout(x, 0.5)
t.embedding(x, t.tensor([1, 0]))
t.layer_norm(x, (3,))
t.celu(x, 2)
t.threshold(x, 1, 20)
U.clip_grad_norm_([p], 1.0), p.grad
U.clip_grad_norm_(p, 100.0), p.grad
U.clip_grad_norm_([p], 1.0, norm_type=float("inf")), p.grad
U.clip_grad_norm_([], 1.0)
U.clip_grad_value_([p], 3.5) or p.grad
U.get_total_norm([x, x * 2])
U.parameters_to_vector([p, x])
U.vector_to_parameters(t.ones(2), [p]) or p
U.vector_to_parameters([1.0], [p])
U.foo
"""


@pytest.mark.parametrize("call", CALLS.strip().split("\n"))
def test_call(call):
    """Values, texts and errors are torch's."""

    def run(engine):
        engine.manual_seed(0)
        p = engine.zeros(2, requires_grad=True)
        p.grad = engine.tensor([3.0, 4.0])
        names = {
            "t": engine,
            "F": engine.nn.functional,
            "U": engine.nn.utils,
            "p": p,
            "x": engine.tensor([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]], requires_grad=True),
            "i": engine.arange(40.0).reshape(1, 2, 4, 5),
            "h": engine.tensor([[[1.0, 0.0, 2.0], [0.5, -1.0, 1.0]]]),
        }
        return eval(call, names)

    same(run)
