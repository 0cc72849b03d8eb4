"""Results with named places: what they are called, how they print, that they are tuples."""

import pickle

import pytest
from expressions import evaluated, lines
from oracle import same

import reference_impl.torch as ref

SETUP = "r = torch.ones(2, 2).max(0)"
TOLD = """
r;type(r);isinstance(r, tuple);len(r);r[0];r.values;r.indices;r.n_fields;tuple(r);r.foo
setattr(r, "values", 1);torch.return_types.max;r == r[:];[part.shape for part in r];r[::-1]
torch.ones(3).aminmax();type(torch.ones(3).mode()).__name__;torch.ones(3).cummax(0).values
"""


@pytest.mark.parametrize("expression", lines(TOLD))
def test_a_result_tells_what_torch_tells(expression):
    """Names, repr, places and errors are torch's."""
    same(evaluated(expression, SETUP))


def test_results_can_be_pickled():
    """A pickle gives the same type back."""
    result = ref.tensor([3, 1, 2]).max(0)
    again = pickle.loads(pickle.dumps(result))
    assert type(again) is type(result)
    assert repr(again) == repr(result)
