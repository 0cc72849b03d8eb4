"""Bags of words: `embedding_bag` and `nn.EmbeddingBag`."""

import pytest
from oracle import same

CALLS = """
both(F.embedding_bag(i, w, o))
both(F.embedding_bag(i, w, o, mode="sum"))
both(F.embedding_bag(i, w, o, mode="max"))
both(F.embedding_bag(i.view(2, 3), w))
both(F.embedding_bag(i.int(), w, o.int()))
both(F.embedding_bag(i, w, t.tensor([0, 2, 6]), include_last_offset=True))
both(F.embedding_bag(i, w, o, padding_idx=3))
both(F.embedding_bag(i, w, o, padding_idx=-2, mode="sum"))
both(F.embedding_bag(i, w, o, padding_idx=3, mode="max"))
both(F.embedding_bag(i, w, o, scale_grad_by_freq=True))
both(F.embedding_bag(i, w, o, scale_grad_by_freq=True, mode="sum"))
both(F.embedding_bag(i, w, o, per_sample_weights=t.arange(6.0), mode="sum"))
t.autograd.grad(F.embedding_bag(i, w, o, per_sample_weights=p, mode="sum").sum(), [w, p])
F.embedding_bag(i.view(2, 3), w, per_sample_weights=p.view(2, 3), mode="sum")
F.embedding_bag(i, w.double(), o)
F.embedding_bag(w.detach(), i, o)
F.embedding_bag(i, w.detach().clone(), o, max_norm=1.0)
F.embedding_bag(i[:0], w.detach(), t.tensor([0, 0]))
F.embedding_bag(i[:0], w.detach(), t.tensor([0, 0]), mode="max")
F.embedding_bag(i[:0], w.detach(), o[:0])
F.embedding_bag(i.view(2, 3), w, o)
F.embedding_bag(i, w)
F.embedding_bag(i, w, o.view(1, 3))
F.embedding_bag(i.view(1, 2, 3), w)
F.embedding_bag(i, w[0], o)
F.embedding_bag(i, w, t.tensor([0, 7]))
F.embedding_bag(i, w, o[:0], include_last_offset=True)
F.embedding_bag(t.tensor([7, 1]), w, o[:1])
F.embedding_bag(i - 1, w.double(), o)
F.embedding_bag(i + 3, w, o, padding_idx=0)
F.embedding_bag(i + 3, w, o, mode="max")
F.embedding_bag(i.float(), w, o)
F.embedding_bag(i, w, o.float())
F.embedding_bag(i, w.detach().long(), o)
F.embedding_bag(i, w, o, padding_idx=9)
F.embedding_bag(i, w, o, scale_grad_by_freq=True, mode="max")
F.embedding_bag(i, w, o, mode="foo")
F.embedding_bag(i, w, o, mode="max", sparse=True)
F.embedding_bag(i, w, o, per_sample_weights=t.ones(6))
F.embedding_bag(i, w, o, per_sample_weights=t.ones(5), mode="sum")
F.embedding_bag(i, w, o, per_sample_weights=t.ones(6).double(), mode="sum")
nn.EmbeddingBag(5, 3)
nn.EmbeddingBag(5, 3).weight
nn.EmbeddingBag(5, 3, 2.0, 1.0, True, "sum", include_last_offset=True, padding_idx=-1)
nn.EmbeddingBag(5, 3, padding_idx=1).weight
nn.EmbeddingBag(5, 3, padding_idx=7)
nn.EmbeddingBag(5, 3, _weight=t.ones(2, 2))
nn.EmbeddingBag(5, 3, mode="max")(i.view(3, 2))
nn.EmbeddingBag(5, 3, mode="foo")(i, o)
nn.EmbeddingBag.from_pretrained(t.ones(2, 3), mode="sum").weight
nn.EmbeddingBag.from_pretrained(t.ones(3))
"""


@pytest.mark.parametrize("call", CALLS.strip().split("\n"))
def test_call(call):
    """Values, gradients of the table, reprs and errors are torch's."""

    def run(engine):
        engine.manual_seed(0)
        w = (engine.arange(15.0).view(5, 3) / 4).requires_grad_()

        def both(y):
            weights = engine.arange(1.0, y.numel() + 1).view(y.shape)
            return y, engine.autograd.grad(y, w, weights)

        names = {
            "t": engine,
            "nn": engine.nn,
            "F": engine.nn.functional,
            "both": both,
            "w": w,
            "i": engine.tensor([1, 2, 4, 3, 3, 0]),
            "o": engine.tensor([0, 2, 2]),
            "p": engine.arange(6.0, requires_grad=True),
        }
        return eval(call, names)

    same(run)
