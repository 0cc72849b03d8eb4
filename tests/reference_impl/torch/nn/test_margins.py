"""Losses with margins, of pairs and triplets, and of sequences; and distances."""

import pytest
import torch
from agreement import agree

import reference_impl.torch as ref

MARGINS = """
F.margin_ranking_loss(a[:, 0], b[:, 0], y)
F.margin_ranking_loss(a[:, 0], b[:, 0], y, 0.5, reduction="none")
F.margin_ranking_loss(a[:, 0], b[:, 0], y, 0.5, reduction="sum")
F.margin_ranking_loss(a[:, 0], b[:, 0], y, size_average=False)
F.margin_ranking_loss(a, b[:, 0], y)
F.margin_ranking_loss(a, b, sign)
F.margin_ranking_loss(a, b, y.view(4, 1))
F.margin_ranking_loss(a[:, 0], b[:2, 0], y)
F.margin_ranking_loss(a[:, 0], b[:, 0], y, reduction="foo")
F.hinge_embedding_loss(a[:, 0], y)
F.hinge_embedding_loss(a, sign, 0.3, reduction="none")
F.hinge_embedding_loss(a[:, 0], other, reduction="none")
F.hinge_embedding_loss(a, y)
F.hinge_embedding_loss(a[:, 0], y.long())
F.soft_margin_loss(a, sign)
F.soft_margin_loss(a, sign, reduction="none")
F.soft_margin_loss(a, sign, reduction="sum")
F.soft_margin_loss(a, y)
F.soft_margin_loss(a, sign.long())
F.multilabel_soft_margin_loss(a, (sign + 1) / 2)
F.multilabel_soft_margin_loss(a, (sign + 1) / 2, t.tensor([1.0, 2.0, 0.5]), reduction="none")
F.multilabel_soft_margin_loss(a, (sign + 1) / 2, reduction="sum")
F.multilabel_soft_margin_loss(a, (sign + 1) / 2, reduction="foo")
F.multilabel_soft_margin_loss(a[0], t.ones(3))
F.multilabel_soft_margin_loss(a, (sign + 1) / 2, size_average=False)
F.multi_margin_loss(a, k)
F.multi_margin_loss(a, k, reduction="none")
F.multi_margin_loss(a, k, 2, 0.5, reduction="sum")
F.multi_margin_loss(a, k, weight=t.tensor([1.0, 2.0, 0.5]))
F.multi_margin_loss(a, k, weight=t.ones(2))
F.multi_margin_loss(a, k, weight=t.ones(2, 2))
F.multi_margin_loss(a, k, 3)
F.multi_margin_loss(a[0], k[0])
F.multi_margin_loss(a[0], k[:1])
F.multi_margin_loss(a[0], k[:1], reduction="none")
F.multi_margin_loss(a, k + 1)
F.multi_margin_loss(a, k[:2])
F.multi_margin_loss(a, k.float())
F.multi_margin_loss(a, k.int())
F.multi_margin_loss(a[None], k)
F.multi_margin_loss(a[:, :0], k)
F.multi_margin_loss(a[:0], k[:0], reduction="none")
F.multilabel_margin_loss(a, several)
F.multilabel_margin_loss(a, several, reduction="none")
F.multilabel_margin_loss(a, several, reduction="sum")
F.multilabel_margin_loss(a[0], several[0])
F.multilabel_margin_loss(a[0], several[0], reduction="none")
F.multilabel_margin_loss(a, several[:2])
F.multilabel_margin_loss(a, several + 1)
F.multilabel_margin_loss(a, several - 1)
F.multilabel_margin_loss(a, several.float())
F.multilabel_margin_loss(a[None], several)
"""

PAIRS = """
F.cosine_embedding_loss(a, b, y)
F.cosine_embedding_loss(a, b, y, 0.2, reduction="none")
F.cosine_embedding_loss(a, b, other, reduction="none")
F.cosine_embedding_loss(a, b, y, 0.2, reduction="sum")
F.cosine_embedding_loss(a[0], b[0], s)
F.cosine_embedding_loss(a[0], b[0], y)
F.cosine_embedding_loss(a, b, sign)
F.cosine_embedding_loss(a, b[:, 0], y)
F.cosine_embedding_loss(a, b, y[:2])
F.cosine_embedding_loss(a, b[0], s)
F.cosine_embedding_loss(a, b, s)
F.cosine_embedding_loss(a, b, y.long())
F.triplet_margin_loss(a, b, c)
F.triplet_margin_loss(a, b, c, reduction="none")
F.triplet_margin_loss(a, b, c, 2.0, 1, swap=True)
F.triplet_margin_loss(a, b, c, 0.0)
F.triplet_margin_loss(a, b[0], c)
F.triplet_margin_loss(a, b[:2], c)
F.triplet_margin_loss(a[0], b[0], c[0])
F.triplet_margin_with_distance_loss(a, b, c)
F.triplet_margin_with_distance_loss(a, b, c, distance_function=city, margin=2.0, swap=True)
F.triplet_margin_with_distance_loss(a, b, c, reduction="none", margin=0.5)
F.triplet_margin_with_distance_loss(a, b, c, reduction="foo")
F.triplet_margin_with_distance_loss(a, b, c, margin=0)
F.triplet_margin_with_distance_loss(a, b[0], c)
F.pairwise_distance(a, b)
F.pairwise_distance(a, b[0])
F.pairwise_distance(a[0], b[0], keepdim=True)
F.pairwise_distance(a, b, 1.0, 0.0)
F.pairwise_distance(a, b, float("inf"))
F.cosine_similarity(a, b)
F.cosine_similarity(a, b[0], 0)
F.pdist(a)
F.pdist(a, 1)
F.pdist(a[0])
"""

SEQUENCES = """
F.ctc_loss(lp, tg, il, tl)
F.ctc_loss(lp, tg, il, tl, reduction="none")
F.ctc_loss(lp, tg, il, tl, reduction="sum")
F.ctc_loss(lp, tg, (5, 5, 4), (2, 2, 1))
F.ctc_loss(lp, t.tensor([1, 2, 1, 1, 3]), il, tl)
F.ctc_loss(lp, t.tensor([1, 2, 1, 1, 0]), il, tl, blank=3)
F.ctc_loss(lp, tg, il, t.tensor([2, 0, 1]))
F.ctc_loss(lp, tg, t.tensor([1, 2, 1]), tl, reduction="none")
F.ctc_loss(lp, tg, t.tensor([1, 2, 1]), tl)
F.ctc_loss(lp, tg, t.tensor([1, 2, 1]), tl, zero_infinity=True)
F.ctc_loss(lp[:, 0], tg[0], t.tensor(5), t.tensor(2))
F.ctc_loss(lp[:, 0], tg[0], t.tensor([5]), t.tensor([2]), reduction="none")
F.ctc_loss(lp, tg, il, tl, blank=4)
F.ctc_loss(lp, tg, t.tensor([6, 5, 4]), tl)
F.ctc_loss(lp, tg, il, t.tensor([3, 2, 1]))
F.ctc_loss(lp, tg, il[:2], tl)
F.ctc_loss(lp, tg, il, tl[:2])
F.ctc_loss(lp, tg.float(), il, tl)
F.ctc_loss(lp, tg, il.float(), tl)
F.ctc_loss(lp.long(), tg, il, tl)
F.ctc_loss(lp, tg[:2], il, tl)
F.ctc_loss(lp, t.tensor([1, 2, 1]), il, tl)
F.ctc_loss(lp, tg.int(), il.int(), tl.int())
F.ctc_loss(lp.double(), tg, il, tl)
F.ctc_loss(lp, tg, il, tl, reduction="foo")
"""

LAYERS = """
MarginRankingLoss(0.5) | m(a, b, sign)
CosineEmbeddingLoss(0.1, size_average=False) | m(a, b, y)
HingeEmbeddingLoss() | m(a, sign)
SoftMarginLoss(reduction="sum") | m(a, sign)
MultiLabelSoftMarginLoss(t.ones(3) * 2) | m(a, (sign + 1) / 2)
MultiLabelMarginLoss(reduction="none") | m(a, several)
MultiMarginLoss(2, 0.5, t.ones(3) * 2) | m(a, k)
MultiMarginLoss(3) | m
MultiMarginLoss(1, 1.0, t.ones(2, 2)) | m
TripletMarginLoss(swap=True) | m(a, b, c)
TripletMarginLoss(0) | m
TripletMarginWithDistanceLoss(margin=2.0) | m(a, b, c)
TripletMarginWithDistanceLoss(distance_function=F.cosine_similarity) | m(a, b, c)
TripletMarginWithDistanceLoss(margin=0) | m
LinearCrossEntropyLoss(3, 4) | m(a, k)
LinearCrossEntropyLoss(3, 4, bias=True, reduction="none", weight=t.ones(4) / 2) | m(a, k)
LinearCrossEntropyLoss(3, 4, label_smoothing=0.1, ignore_index=1) | m(a, k)
LinearCrossEntropyLoss(3, 2, out_features=(2,), bias=True) | m(a, t.ones(4, 2, dtype=t.long))
LinearCrossEntropyLoss(3, 4) | m(a, t.ones(4, 4) / 4)
LinearCrossEntropyLoss(3, 4, ignore_index=1) | m(a, t.ones(4, 4) / 4)
LinearCrossEntropyLoss(3, 4) | m(a[0], k[0])
LinearCrossEntropyLoss(3, 2, out_features=(2,)) | m(a[0], k[0])
LinearCrossEntropyLoss(4, 4) | m(a, k)
LinearCrossEntropyLoss(3, 4, weight=t.ones(2)) | m
CTCLoss(zero_infinity=True) | m(lp, tg, t.tensor([1, 2, 1]), tl)
NLLLoss2d() | m(a.log_softmax(1), k)
CosineSimilarity(0) | m(a, b)
PairwiseDistance(3.0, 0.1, True) | m(a, b)
"""


def city(x, y):
    """The distance in a city of blocks."""
    return (x - y).abs().sum(1)


def names(engine):
    """Scores, vectors and targets without ties."""
    grid = engine.arange(12.0).reshape(4, 3)
    y = engine.tensor([1.0, -1.0, 1.0, -1.0])
    logs = (engine.arange(60.0).reshape(5, 3, 4) * 7 % 13 / 5).log_softmax(2)
    return {
        "city": city,
        "a": (grid * 37 % 11 / 4 - 1.2).requires_grad_(),
        "b": (grid * 17 % 7 / 3 - 1).requires_grad_(),
        "c": (grid * 5 % 13 / 5 - 1).requires_grad_(),
        "y": y,
        "other": engine.tensor([1.0, -1.0, 0.5, 0.0]),
        "sign": y.view(4, 1).expand(4, 3),
        "s": engine.tensor(1.0),
        "k": engine.tensor([0, 2, 1, 1]),
        "several": engine.tensor([[2, 0, -1], [0, -1, 2], [-1, 0, 1], [0, 1, 2]]),
        "lp": logs.requires_grad_(),
        "tg": engine.tensor([[1, 2], [1, 1], [3, 2]]),
        "il": engine.tensor([5, 5, 4]),
        "tl": engine.tensor([2, 2, 1]),
    }


@pytest.mark.parametrize("call", MARGINS.strip().split("\n"))
def test_margins(call):
    """Losses, slopes, nodes and errors of losses with margins are torch's."""
    agree("nn.Identity()", call, names)


@pytest.mark.parametrize("call", PAIRS.strip().split("\n"))
def test_pairs(call):
    """Those of pairs, of triplets, and distances."""
    agree("nn.Identity()", call, names)


@pytest.mark.parametrize("call", SEQUENCES.strip().split("\n"))
def test_sequences(call):
    """Those of sequences that are not aligned; a list of lengths does as well."""
    agree("nn.Identity()", call, names)


@pytest.mark.parametrize("line", LAYERS.strip().split("\n"))
def test_layer(line):
    """Each is a layer too, with torch's repr, warnings and refusals."""
    make, _, call = line.partition(" | ")
    agree(f"nn.{make}", call, names)


ONCE = {
    "multi_margin_loss": lambda engine, x: engine.nn.functional.multi_margin_loss(
        x, engine.tensor([0, 2]), p=2
    ),
    "multilabel_margin_loss": lambda engine, x: engine.nn.functional.multilabel_margin_loss(
        x, engine.tensor([[0, 2, -1], [1, -1, 0]])
    ),
    "ctc_loss": lambda engine, x: engine.nn.functional.ctc_loss(x, engine.tensor([1]), [2], [1]),
}


@pytest.mark.parametrize("name", ONCE)
def test_no_second_derivative(name):
    """Their gradients are recorded with a node that refuses, as torch's do."""

    def refusal(engine):
        x = engine.tensor([[0.5, 0.25, 1.0], [-1.0, 0.75, 0.0]], requires_grad=True)
        grad = engine.autograd.grad(ONCE[name](engine, x), x, create_graph=True)[0]
        with pytest.raises(RuntimeError) as error:
            grad.sum().backward()
        return grad.requires_grad, grad.grad_fn.name(), str(error.value)

    assert refusal(ref) == refusal(torch)
