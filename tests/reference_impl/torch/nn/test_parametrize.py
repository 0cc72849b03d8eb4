"""Weights made of others: by length and direction, over their stretch, or by one's own rule."""

import copy
import pickle

import pytest
import torch.nn.utils.parametrizations  # noqa: F401 (torch does not by itself)
from oracle import same

SCRIPTS = """
U.weight_norm(l); show(l.state_dict(), l.weight); l(x).sum().backward()
show(l.weight_g.grad, l.weight_v.grad, U.remove_weight_norm(l), list(l.state_dict()))

U.weight_norm(l, dim=None); show(l.weight_g, l(x))

U.weight_norm(l, dim=1); show(l.weight_g, l(x))

U.weight_norm(c); show(c.weight_g.shape, c(t.ones(1, 2, 5)))

U.weight_norm(U.weight_norm(l))

U.remove_weight_norm(l)

U.spectral_norm(l); show(list(l.state_dict()), l.weight_u); l(x).sum().backward()
show(l.weight_orig.grad, l.weight, l.eval()(x), l(x)); show(U.remove_spectral_norm(l), l.weight)

U.spectral_norm(c, n_power_iterations=3, dim=1); show(c(t.ones(1, 2, 5)))

U.spectral_norm(l, n_power_iterations=0)

U.spectral_norm(U.spectral_norm(l))

U.remove_spectral_norm(l)

U.spectral_norm(l, "bias2")

P.register_parametrization(s, "weight", Symmetric()); show(s, type(s), s.state_dict(), s.weight)
s(y).sum().backward(); show(s.parametrizations.weight.original.grad)

P.register_parametrization(s, "weight", Symmetric()); s.weight = t.eye(3)
show(s.weight, P.is_parametrized(s), P.is_parametrized(s, "bias"))

P.register_parametrization(s, "weight", Symmetric())
show(P.remove_parametrizations(s, "weight"), s.weight, type(s), list(s.state_dict()))

P.register_parametrization(s, "weight", Symmetric())
show(P.remove_parametrizations(s, "weight", leave_parametrized=False).weight)

P.register_parametrization(s, "weight", Symmetric())
P.register_parametrization(s, "weight", Double()); show(s, s.weight); s.weight = t.eye(3)

P.register_parametrization(s, "weight", Symmetric()); show(copy.deepcopy(s).weight)
pickle.dumps(s)

P.register_parametrization(s, "weight", Row())

P.register_parametrization(s, "weight", Row(), unsafe=True); show(s.weight)

P.register_parametrization(s, "foo", Double())

P.remove_parametrizations(s, "weight")

Z.weight_norm(l); show(l, l.state_dict(), l.weight); l.weight = t.ones(3, 2)
show(l.parametrizations.weight.original0, l.weight)

Z.spectral_norm(l); show(l, list(l.state_dict()), l.weight, l(x), l.eval()(x))

show(U.skip_init(t.nn.Linear, 2, 3)); U.skip_init(t.nn.ReLU)

U.skip_init(int)

l.weight.grad = t.ones(3, 2); show(U.clip_grad_norm([l.weight], 1.0), l.weight.grad)
"""


@pytest.mark.parametrize("script", SCRIPTS.strip().split("\n\n"))
def test_script(script):
    """Names, numbers, gradients, reprs, warnings and refusals are torch's."""

    def run(engine):
        engine.manual_seed(0)
        nn = engine.nn
        shown = []

        class Symmetric(nn.Module):
            def forward(self, w):
                return w.triu() + w.triu(1).T

            def right_inverse(self, w):
                return w.triu()

        class Double(nn.Module):
            def forward(self, w):
                return w * 2

        class Row(nn.Module):
            def forward(self, w):
                return w[0]

        names = {
            "t": engine,
            "U": nn.utils,
            "P": nn.utils.parametrize,
            "Z": nn.utils.parametrizations,
            "Symmetric": Symmetric,
            "Double": Double,
            "Row": Row,
            "l": nn.Linear(2, 3),
            "s": nn.Linear(3, 3),
            "c": nn.Conv1d(2, 3, 2),
            "x": engine.ones(1, 2),
            "y": engine.ones(1, 3),
            "copy": copy,
            "pickle": pickle,
            "show": lambda *values: shown.extend(map(repr, values)),
        }
        try:
            exec(script, names)
        except Exception as error:
            shown.append(f"{type(error).__name__}: {error}")
        return shown

    same(run)
