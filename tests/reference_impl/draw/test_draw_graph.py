"""Where a tensor comes from, and where its gradient goes."""

import draw_markup as markup
import pytest

from reference_impl import draw


@pytest.fixture
def leaf(engine):
    return engine.tensor([1.0, 2.0, 3.0], requires_grad=True)


def boxes(picture):
    """Rectangles as (x, y, width, height, stroke width, dash), but not those of the key."""
    return [
        (
            *(float(rect.get(key)) for key in ("x", "y", "width", "height")),
            rect.get("stroke-width"),
            rect.get("stroke-dasharray"),
        )
        for rect in markup.parse(picture).iter(f"{markup.SVG}rect")
    ]


def tips(picture, ink):
    """Tips of arrow heads, without that in the key."""
    heads = [
        markup.numbers(head.get("points"))[:2]
        for head in markup.parse(picture).iter(f"{markup.SVG}polygon")
        if head.get("fill") == ink
    ]
    return heads[:-1]


ACCENT = "var(--hb-accent, #0f5a9e)"


def test_a_chain(leaf):
    """Leaf, nodes with torch's names, result; the sentence follows them."""
    y = (leaf**2).sum()
    picture = draw.graph(y, x=leaf, y=y)
    assert picture.alt == (
        "x (3,) is a leaf. PowBackward0 takes x. SumBackward0 takes PowBackward0. "
        "SumBackward0 gives y (). Backward brings gradients to x.grad."
    )
    words = markup.texts(picture)
    assert words[:3] == ["y", "()", "SumBackward0"]
    assert ".grad" in words
    assert words[-2:] == ["forward", "backward"]


def test_arrows_run_from_edge_to_edge(leaf):
    """Forward ends on the upper edge of what it feeds; backward on the lower edge of its source."""
    y = (leaf**2).sum()
    picture = draw.graph(y, x=leaf, y=y)
    tops = sorted(y for _, y, *_ in boxes(picture))
    bottoms = sorted(y + h for _, y, _, h, *_ in boxes(picture))
    assert sorted(y + 1 for _, y in tips(picture, "currentColor")) == tops[1:]
    assert sorted(y - 1 for _, y in tips(picture, ACCENT)) == bottoms[:-1]


def test_every_arrow_meets_its_box_within_its_width(leaf, engine):
    """The tip of every arrow lies on the side of some box."""
    w = engine.tensor(2.0, requires_grad=True)
    y = (leaf * w + leaf).sum()
    picture = draw.graph(y, x=leaf, w=w, y=y)
    for x, y in tips(picture, "currentColor"):
        assert any(bx < x < bx + width and y + 1 == top for bx, top, width, *_ in boxes(picture))
    for x, y in tips(picture, ACCENT):
        assert any(
            bx < x < bx + width and y - 1 == top + high
            for bx, top, width, high, *_ in boxes(picture)
        )


def test_boxes_do_not_touch(leaf, engine):
    """Leaves, nodes and cut inputs of a branching graph keep their distance."""
    w = engine.tensor(2.0, requires_grad=True)
    y = ((leaf * w + leaf) * leaf - engine.ones(3)).sum()
    drawn = boxes(draw.graph(y, x=leaf, w=w, y=y))
    for i, (x1, y1, w1, h1, *_) in enumerate(drawn):
        for x2, y2, w2, h2, *_ in drawn[i + 1 :]:
            apart = x1 + w1 + 10 <= x2 or x2 + w2 + 10 <= x1
            assert apart or y1 + h1 + 10 <= y2 or y2 + h2 + 10 <= y1


def test_a_constant_gets_no_gradient(leaf, engine):
    """A detached input is a dotted box, its edge has no way back."""
    y = leaf.detach() * leaf
    picture = draw.graph(y, x=leaf, y=y)
    assert picture.alt == (
        "x (3,) is a leaf. MulBackward0 takes an input that gets no gradient and x. "
        "MulBackward0 gives y (3,). Backward brings gradients to x.grad."
    )
    assert [dash for *_, dash in boxes(picture)].count("1.5 3") == 1
    assert len(tips(picture, "currentColor")) == 3
    assert len(tips(picture, ACCENT)) == 2


def test_a_tensor_that_is_not_reached_stands_apart(leaf, engine):
    """Nothing leads to a tensor whose record was cut."""
    w = engine.tensor(2.0, requires_grad=True)
    v = leaf.detach() * w
    assert draw.graph(v, x=leaf, w=w, v=v).alt == (
        "w () is a leaf. MulBackward0 takes an input that gets no gradient and w. "
        "MulBackward0 gives v (3,). Backward brings gradients to w.grad. "
        "x (3,) has no part in it."
    )


def test_leaf_edges_are_heavy(leaf):
    """A leaf is told by a heavier edge, a node by round ends."""
    y = leaf * leaf
    picture = draw.graph(y, x=leaf, y=y)
    assert [thick for *_, thick, _ in boxes(picture)] == ["1.5", "1.5", "2.5"]
    assert picture.alt.startswith("x (3,) is a leaf. MulBackward0 takes x and x.")
    assert len(tips(picture, "currentColor")) == 3


def test_an_inner_tensor_can_be_named(leaf):
    """A named tensor stands after the node that gave it; with retain_grad it keeps a gradient."""
    h = leaf * leaf
    h.retain_grad()
    z = h.sum()
    assert draw.graph(z, x=leaf, h=h, z=z).alt == (
        "x (3,) is a leaf. MulBackward0 takes x and x. MulBackward0 gives h (3,). "
        "SumBackward0 takes h. SumBackward0 gives z (). "
        "Backward brings gradients to x.grad and h.grad."
    )


def test_nodes_of_one_name_are_numbered_in_the_sentence(leaf):
    """The picture has torch's names; the sentence must tell two of them apart."""
    y = leaf * leaf * leaf
    picture = draw.graph(y)
    assert picture.alt == (
        "A tensor (3,) is a leaf. MulBackward0 (1) takes the leaf (3,) and the leaf (3,). "
        "MulBackward0 (2) takes MulBackward0 (1) and the leaf (3,). "
        "MulBackward0 (2) gives a tensor (3,). "
        "Backward brings gradients to .grad of the leaf (3,)."
    )
    assert markup.texts(picture).count("MulBackward0") == 2


def test_a_leaf_alone(leaf):
    """Without a record there is the tensor, and what it lacks."""
    assert draw.graph(leaf, x=leaf).alt == "x (3,) is a leaf."
    assert draw.graph(leaf.detach()).alt == "A tensor (3,) has no grad_fn."


def test_large_graphs_are_refused(leaf):
    """More than 40 nodes make no picture that anyone reads; deep graphs raise the same error."""
    y = leaf
    for _ in range(2000):
        y = y * leaf
    with pytest.raises(ValueError, match=r"^the graph has more than 40 nodes: draw one of fewer "):
        draw.graph(y)
