"""Reading calls: torch's errors for what does not fit, and what does although it might not."""

import pytest
from oracle import ref, same

CALLS = [
    "t.exp()",
    "t.exp(x, 2)",
    "t.exp(x, foo=1)",
    "t.exp([1])",
    "t.exp(None)",
    "x.exp(1)",
    "t.exp(input=x)",
    "t.exp(x, input=x)",
    "t.transpose(x, 0)",
    "t.transpose(x)",
    "t.transpose(x, 0, 'a')",
    "x.transpose(0, 1, 2)",
    "x.transpose(0, True)",
    "x.unsqueeze(t.tensor(0))",
    "x.unsqueeze(t.tensor(0.0))",
    "x.unsqueeze(t.tensor([0]))",
    "x.unsqueeze(dim=1.0)",
    "t.unsqueeze(x, axis=0)",
    "x.permute(1, 0)",
    "x.permute((1, 0))",
    "x.permute([1, 0])",
    "x.permute('a')",
    "t.permute(x, 0)",
    "t.permute(x, (0, 'a'))",
    "x.reshape(3, 2)",
    "x.reshape(t.tensor(3), 2)",
    "x.reshape(1.5)",
    "x.expand('a')",
    "x.expand(size=(2, 2, 3))",
    "x.flatten('a')",
    "x.narrow(0, 0)",
    "t.narrow(x, dim=0, start=0, length=1)",
    "t.zeros(2, 3, dtype=t.int64)",
    "t.zeros(t.tensor(2), 3)",
    "t.full((2,), t.tensor(3.0))",
    "t.full((2,), None)",
    "t.arange(None)",
    "t.arange(1, None)",
    "t.arange('a', 'b')",
    "t.arange(1, 2, 'a')",
    "t.arange(end='a')",
    "t.hsplit(x, 'a')",
    "x.hsplit('a')",
    "x.squeeze(0, 1)",
    "x.squeeze('a')",
    "x.split(2, 1, 0)",
    "x.select(0)",
    "x.clone(memory_format=t.contiguous_format).stride()",
]


@pytest.mark.parametrize("call", CALLS)
def test_call(call):
    """The result, or torch's error, word for word."""
    same(lambda t: eval(call, {"t": t, "x": t.arange(6.0).reshape(2, 3)}))


def test_subclasses_are_tensors():
    """An argument may be an instance of a subclass."""

    class Named(ref.Tensor):
        pass

    x = Named([1.0, 2.0])
    assert isinstance(x, Named)
    assert ref.cat([x, x]).tolist() == [1, 2, 1, 2]
    assert x.exp().shape == (2,)
