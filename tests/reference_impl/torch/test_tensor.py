"""The tensor: what it tells about itself, how it becomes Python, copies and pickles."""

import copy
import pickle
import subprocess
import sys

import pytest
from oracle import ref, same


@pytest.mark.parametrize(
    "call",
    [
        "x.size()",
        "x.size(0)",
        "x.size(-1)",
        "x.size(2)",
        "x.size('a')",
        "t.tensor(1).size(0)",
        "x.stride()",
        "x.stride(1)",
        "x.stride(5)",
        "x.t().storage_offset(), x[1].storage_offset()",
        "x.dim(), x.ndim, x.numel(), x.nelement(), x.element_size(), x.itemsize, x.nbytes",
        "x.dtype, x.device, x.layout, x.is_cuda, x.is_meta, x.get_device()",
        "x.is_contiguous(), x.t().is_contiguous(), x.is_floating_point(), x.is_complex()",
        "x.untyped_storage().nbytes()",
        "t.ones(2).untyped_storage()",
        "t.ones(2, dtype=t.bfloat16).untyped_storage()",
        "t.ones(2, device='meta').untyped_storage()",
        "t.ones(2, device='meta').data_ptr()",
        "x.type(), x.type(t.int64), x.type('torch.DoubleTensor')",
        "x.tolist(), t.tensor(1.5).tolist(), t.zeros(0, 2).tolist(), t.zeros(2, 0).tolist()",
        "t.tensor([True]).tolist(), t.tensor(True).item()",
        "x.item()",
        "t.ones(2, device='meta').tolist()",
        "t.ones(1, device='meta').item()",
        "t.ones(1, device='meta').cpu()",
        "bool(t.tensor(0.0)), bool(t.ones(1, 1))",
        "bool(t.ones(2))",
        "bool(t.ones(0))",
        "int(t.tensor(2.7)), float(t.tensor(3)), complex(t.tensor(1.0))",
        "int(t.ones(2))",
        "int(t.tensor(float('nan')))",
        "[5, 6][t.tensor(1)], [5, 6][t.tensor(True)]",
        "range(t.tensor(1.5))",
        "len(x), len(t.zeros(0))",
        "len(t.tensor(1))",
        "list(t.tensor(1))",
        "[row for row in x]",
        "1.0 in x, 99 in x",
        "'a' in x",
        "f'{t.tensor(1.5):.2f} {t.tensor(3):>4}'",
        "f'{x:.2f}'",
        "x.foo",
        "hasattr(x, 'foo')",
        "setattr(x, 'shape', 1)",
        "setattr(x, 'dtype', 1)",
        "x.data, x.data._version",
        "x.is_leaf, (x * 2).is_leaf, x.grad, x.grad_fn, x.output_nr, x.name",
        "x[:1]._base is x, x._is_view(), x[0]._is_view()",
        "x.to(t.float64), x.to('cpu') is x, x.to(t.ones(1).double()).dtype, x.to() is x",
        "x.to('a')",
        "x.to('cuda')",
        "x.cuda()",
        "x.long(), x.float() is x, x.half().dtype, x.bool()",
        "x.double().requires_grad_().float()",
        "x.t().clone().stride(), x.expand(2, 2, 3).clone().stride(), x[:, ::2].clone().stride()",
        "x.clone(1)",
        "x.exp(2)",
        "t.exp()",
        "t.exp(x, 2)",
        "t.exp([1])",
        "t.exp(x, foo=1)",
        "x.fill_(7), x.zero_()",
        "x.fill_(t.ones(2))",
        "x.copy_(t.arange(3))",
        "x.copy_(t.ones(4))",
        "t.ones(3).copy_(t.ones(2, 3))",
        "t.ones(3).copy_(2)",
        "t.ones(2).requires_grad_().mul(1).fill_(2)",
        "t.fill(t.ones(2).requires_grad_(), 2)",
        "t.ones(2, requires_grad=True).mul(1).zero_()",
        "t.result_type(t.tensor([1]), 1.5), t.result_type(1, 2.0)",
        "t.result_type('a', 1)",
        "t.result_type(t.ones(1, dtype=t.float16), t.tensor(1.0, dtype=t.float64))",
        "t.is_tensor(x), t.numel(x), t.is_floating_point(x), t.is_nonzero(t.tensor(0))",
    ],
)
def test_call(call):
    """What it gives, or how it fails, is torch's."""
    same(lambda t: eval(call, {"t": t, "x": t.arange(6.0).reshape(2, 3)}))


def test_missing_names():
    """What torch has and the reference has not is named; what neither has fails as in torch."""
    with pytest.raises(NotImplementedError, match=r"torch\.fft is not part of reference_impl"):
        ref.fft  # noqa: B018
    with pytest.raises(NotImplementedError, match=r"torch\.Tensor\.geqrf is not part of"):
        ref.ones(1).geqrf()
    assert not hasattr(ref, "fft")
    assert not hasattr(ref.Tensor, "geqrf")
    assert "geqrf" not in dir(ref.Tensor)
    same(lambda t: t.foo)
    same(lambda t: t.ones(1).foo)
    same(lambda t: t.nn.Parameter(t.ones(1)).foo)


def test_copies():
    """A deep copy has memory of its own, shared among the copies of views."""
    x = ref.ones(2, 3, requires_grad=True)
    x.grad = ref.ones(2, 3)
    twin = copy.deepcopy(x)
    assert twin.data_ptr() != x.data_ptr()
    assert twin.requires_grad
    assert twin.grad.tolist() == x.grad.tolist()
    base = ref.zeros(4)
    a, b = copy.deepcopy([base, base[1:]])
    b[0] = 1
    assert a.tolist() == [0, 1, 0, 0]
    same(lambda t: copy.deepcopy(t.ones(1, requires_grad=True) * 2))


@pytest.mark.parametrize(
    "made",
    [
        "torch.arange(6).reshape(2, 3).t()",
        "torch.ones(2, requires_grad=True)",
        "torch.ones(2, dtype=torch.bfloat16)",
        "torch.ones(2, device='meta')",
        "torch.Size([2, 3])",
        "torch.device('cpu')",
        "torch.float32",
        "torch.channels_last",
        "torch.Tensor",
        "torch.LongTensor",
    ],
)
def test_pickles(made):
    """Everything pickles without `install()`, and comes back the same."""
    value = eval(made, {"torch": ref})
    again = pickle.loads(pickle.dumps(value))
    assert repr(again) == repr(value)
    assert type(again) is type(value)


def test_views_stay_views_in_a_pickle():
    """Tensors that share memory share it after loading."""
    base = ref.zeros(3)
    a, b = pickle.loads(pickle.dumps((base, base[1:])))
    b[0] = 1
    assert a.tolist() == [0, 1, 0]


def test_numpy_shares_memory():
    """A write to the array shows in the tensor."""
    x = ref.zeros(2, 3)
    array = x.t().numpy()
    array[2, 1] = 5
    assert x.tolist() == [[0, 0, 0], [0, 0, 5]]


def test_importing_imports_no_numpy():
    """Neither NumPy nor torch is needed, or imported unasked."""
    code = (
        "import sys, reference_impl.torch\n"
        "sys.exit('numpy' in sys.modules or 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
