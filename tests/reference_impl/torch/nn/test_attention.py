"""Attention: `scaled_dot_product_attention`, `nn.MultiheadAttention`, and what they refuse."""

import pytest
from agreement import agree, numbers

PRODUCTS = """
S(q, k, v)
S(q, k, w)
S(q[0], k[0], v[0])
S(q[0, 0], k[0, 0], v[0, 0])
S(q[0, 0, 0], k, v)
S(q, k, v, may)
S(q, k, v, may[None])
S(q, k, v, may[None, None])
S(q, k, v, may.float())
S(q, k, v, may.float().requires_grad_())
S(q, k, v, blind)
S(q[0], k[0], v[0], blind)
S(q, k, v, may.double())
S(q, k, v, may.long())
S(q, k, v, may[:2])
S(q, k, v, may[0])
S(q, k, v, is_causal=True)
S(k, q, q, is_causal=True)
S(q, k, w, is_causal=True)
S(q, k, v, may, is_causal=True)
S(q, k, w, may, is_causal=True)
S(q, k, v, scale=0.3)
S(q, k, v, scale=-0.3)
S(q, k, w, scale=-0.3)
S(q, k, v, dropout_p=0.5)
S(q, k, v, dropout_p=1.5)
S(q, k[:, :1], v[:, :1])
S(q, k[:, :1], v[:, :1], enable_gqa=True)
S(t.cat([q, q], 1), k, v, enable_gqa=True, is_causal=True)
S(t.cat([q, q[:, :1]], 1), k, v, enable_gqa=True)
S(q[0, 0], k[0, 0], v[0, 0], enable_gqa=True)
S(q.double(), k.double(), v.double())
S(q, k.double(), v)
S(q, k)
S(q, k, 1)
"""


def products(engine):
    """What products are made of."""
    may = engine.tensor([[True, False, True, True, False]] * 3)
    may[2, 1] = True
    blind = may.clone()
    blind[1] = False
    return {
        "S": engine.nn.functional.scaled_dot_product_attention,
        "q": numbers(engine, (2, 2, 3, 4), 1) / 3,
        "k": numbers(engine, (2, 2, 5, 4), 2) / 3,
        "v": numbers(engine, (2, 2, 5, 4), 3) / 3,
        "w": numbers(engine, (2, 2, 5, 6), 4) / 3,
        "may": may,
        "blind": blind,
    }


@pytest.mark.parametrize("call", PRODUCTS.strip().split("\n"))
def test_products(call):
    """Means, gradients, nodes and errors are torch's, masked or not."""
    agree("nn.Identity()", call, products)


# layer | call
LAYERS = """
MultiheadAttention(4, 2) | m(x, x, x)
MultiheadAttention(4, 2) | m(x, y, y)
MultiheadAttention(4, 2) | m(x, y, y * 2)
MultiheadAttention(4, 2) | m(x, y, y, need_weights=False)
MultiheadAttention(4, 2) | m(x, y, y, average_attn_weights=False)
MultiheadAttention(4, 2) | m(x[:, 0], y[:, 0], y[:, 0])
MultiheadAttention(4, 2) | m(x[:, 0], y[:, 0], y[:, 0], need_weights=False)
MultiheadAttention(4, 1, bias=False) | m(x, y, y)
MultiheadAttention(4, 2, bias=False, batch_first=True) | m(x, y[:3], y[:3])
MultiheadAttention(4, 2, batch_first=True) | m(x, x, x)
MultiheadAttention(4, 2, batch_first=True) | m(x[0], x[0], x[0])
MultiheadAttention(4, 2, dropout=0.5) | m(x, y, y)
MultiheadAttention(4, 2, dropout=0.5) | m(x, y, y, need_weights=False)
MultiheadAttention(4, 2, add_bias_kv=True) | m(x, y, y, attn_mask=mask)
MultiheadAttention(4, 2, add_bias_kv=True) | m(x, y, y, pad, need_weights=False)
MultiheadAttention(4, 2, add_zero_attn=True) | m(x, y, y, attn_mask=mask)
MultiheadAttention(4, 2, add_zero_attn=True) | m(x, y, y, pad)
MultiheadAttention(4, 2, kdim=3, vdim=5) | m(x, z[..., :3], z)
MultiheadAttention(4, 2, kdim=3, vdim=5, bias=False) | m(x, z[..., :3], z, attn_mask=mask)
MultiheadAttention(4, 2) | m(x, y, y, pad)
MultiheadAttention(4, 2) | m(x, y, y, pad, need_weights=False)
MultiheadAttention(4, 2) | m(x, y, y, pad, attn_mask=mask)
MultiheadAttention(4, 2) | m(x, y, y, pad.float(), attn_mask=mask)
MultiheadAttention(4, 2) | m(x, y, y, attn_mask=mask.float())
MultiheadAttention(4, 2) | m(x, y, y, attn_mask=mask.expand(4, 3, 5))
MultiheadAttention(4, 2) | m(x, x, x, attn_mask=mask[:, :3], is_causal=True)
MultiheadAttention(4, 2) | m(x, x, x, attn_mask=later, is_causal=True, need_weights=False)
MultiheadAttention(4, 2) | m(x, x, x, is_causal=True)
MultiheadAttention(4, 2) | m(x, y, y, attn_mask=mask.long())
MultiheadAttention(4, 2) | m(x, y, y, attn_mask=mask[:2])
MultiheadAttention(4, 2) | m(x, y, y, attn_mask=mask.expand(3, 3, 5))
MultiheadAttention(4, 2) | m(x, y, y, attn_mask=mask[0])
MultiheadAttention(4, 2) | m(x, y, y, pad[:, :4])
MultiheadAttention(4, 2) | m(x, y, y, pad[:1])
MultiheadAttention(4, 2) | m(x, y, y, pad[0])
MultiheadAttention(4, 2) | m(x[:, 0], y[:, 0], y[:, 0], pad)
MultiheadAttention(4, 2) | m(x[:, 0], y[:, 0], y[:, 0], attn_mask=mask[None])
MultiheadAttention(4, 2) | m(x[:, 0], y, y)
MultiheadAttention(4, 2) | m(x, y[:, 0], y)
MultiheadAttention(4, 2) | m(x[0, 0], y, y)
MultiheadAttention(4, 2) | m(x, y, y[:4])
MultiheadAttention(4, 2) | m(z, z, z)
MultiheadAttention(4, 3) | m(x, x, x)
MultiheadAttention(4, 0) | m(x, x, x)
MultiheadAttention(4, 2, kdim=3) | m(x, z[..., :3], y[:4])
MultiheadAttention(4, 2, batch_first=True).eval() | m(x, x, x)
MultiheadAttention(4, 2, batch_first=True).eval() | still(m)(x, x, x)
MultiheadAttention(4, 2, batch_first=True).eval() | still(m)(x, x, x, need_weights=False)
MultiheadAttention(4, 2, batch_first=True).eval() | still(m)(x, x, x, average_attn_weights=False)
MultiheadAttention(4, 2, batch_first=True).eval() | still(m)(x, x, x, attn_mask=later[:2, :2])
MultiheadAttention(4, 2, batch_first=True).eval() | still(m)(x, x, x, attn_mask=later.float())
MultiheadAttention(4, 2, batch_first=True).eval() | still(m)(x, x, x, attn_mask=later)
MultiheadAttention(4, 2, batch_first=True).eval() | still(m)(x, x, x, pad[[0, 1, 0], :2])
MultiheadAttention(4, 2, batch_first=True).eval() | still(m)(x, x, x, is_causal=True)
"""


def sequences(engine):
    """Sequences `(L, N, E)` and masks."""
    names = {
        "x": numbers(engine, (3, 2, 4), 1) / 3,
        "y": numbers(engine, (5, 2, 4), 2) / 3,
        "z": numbers(engine, (5, 2, 5), 3) / 3,
        "pad": engine.tensor([[False] * 3 + [True] * 2, [False] * 5]),
        "mask": engine.tensor([[False, True, False, False, True]] * 3),
        "later": engine.ones(3, 3, dtype=engine.bool).triu(1),
    }

    def still(module):
        """Call a module, or some function of it, without recording."""
        return engine.no_grad()(lambda *args, **options: module(*args, **options))

    return {**names, "still": still}


@pytest.mark.parametrize("line", LAYERS.strip().split("\n"))
def test_multihead(line):
    """The first parameters, results, weights, gradients, warnings and errors are torch's."""
    make, _, call = line.partition(" | ")
    agree(f"nn.{make}", call, sequences)
