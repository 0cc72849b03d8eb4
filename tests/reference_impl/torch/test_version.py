"""torch.__version__ reads as text and compares as numbers."""

import pickle

import pytest
import torch
from torch.torch_version import TorchVersion

import reference_impl.torch as ref
from reference_impl.torch.version import TorchVersion as OurVersion

OTHERS = [
    "2.4", (2, 13), [2, 9], "2.13.0", "2.13.0+cpu", "2.13.0+cu130", "2.13.0+1", "2.13", "2.13.1",
    (3,), "2.13.0a0", "2.13.0rc1", "2.13.0.post1", "2.13.0.dev1", "v2.13+CPU", "2.13.0.0", "parrot",
]  # fmt: skip
MINE = ["2.13.0+cpu", "2.13.0", "2.13.0a0", "2.13.0.dev1", "2.13.0rc1.dev2", "2.13.0.post1"]


@pytest.mark.parametrize("mine", MINE)
@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_a_version_compares_as_numbers(mine, other):
    """Every comparison, with text or with numbers, gives what torch's gives."""

    def answers(version):
        return [
            version < other, version <= other, version > other,
            version >= other, version == other, version != other,
        ]  # fmt: skip

    assert answers(OurVersion(mine)) == answers(TorchVersion(mine))


def test_a_version_does_not_compare_with_a_number():
    """Python's own error names the type as torch's does."""
    message = "^'>=' not supported between instances of 'TorchVersion' and 'int'$"
    for version in torch.__version__, ref.__version__:
        with pytest.raises(TypeError, match=message):
            version >= 2  # noqa: B015


def test_a_version_is_text():
    """It prints, hashes and pickles as the text it is; its type prints as torch's."""
    assert ref.__version__ == "2.13.0+cpu"
    assert repr(ref.__version__) == "'2.13.0+cpu'"
    assert hash(ref.__version__) == hash("2.13.0+cpu")
    assert repr(type(ref.__version__)) == repr(type(torch.__version__))
    assert pickle.loads(pickle.dumps(ref.__version__)) == ref.__version__


def test_the_version_is_the_one_that_outputs_are_recorded_with():
    """Both are the same release, whatever the real torch was built for."""
    assert ref.__version__.split("+")[0] == torch.__version__.split("+")[0]
