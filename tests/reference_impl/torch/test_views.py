"""Views: values, strides, gradients, shared memory, errors."""

import pytest
from oracle import check, ref, same

VIEWS = {
    "view": lambda x: x.view(3, 8),
    "view -1": lambda x: x.view(-1, 4),
    "view_as": lambda x: x.view_as(x),
    "reshape": lambda x: x.reshape(4, 6),
    "reshape of transposed": lambda x: x.transpose(0, 2).reshape(-1),
    "reshape_as": lambda x: x.reshape_as(x),
    "flatten": lambda x: x.flatten(),
    "flatten 1": lambda x: x.flatten(1),
    "flatten one": lambda x: x.flatten(1, 1),
    "ravel": lambda x: x.ravel(),
    "unflatten": lambda x: x.unflatten(2, (2, -1)),
    "expand": lambda x: x.unsqueeze(0).expand(2, -1, -1, 4),
    "expand_as": lambda x: x[:1].expand_as(x),
    "squeeze": lambda x: x.unsqueeze(1).squeeze(),
    "squeeze dim": lambda x: x.unsqueeze(1).squeeze(1),
    "squeeze dims": lambda x: x.unsqueeze(1).squeeze((0, 1)),
    "unsqueeze": lambda x: x.unsqueeze(-1),
    "transpose": lambda x: x.transpose(0, -1),
    "swapaxes": lambda x: x.swapaxes(0, 1),
    "permute": lambda x: x.permute(2, 0, 1),
    "movedim": lambda x: x.movedim(0, -1),
    "movedim two": lambda x: x.movedim((0, 1), (1, 2)),
    "mT": lambda x: x.mT,
    "adjoint": lambda x: x.adjoint(),
    "select": lambda x: x.select(1, -1),
    "narrow": lambda x: x.narrow(2, 1, 2),
    "split": lambda x: x.split(3, 2),
    "split sizes": lambda x: x.split([1, 3], 2),
    "chunk": lambda x: x.chunk(3, -1),
    "unbind": lambda x: x.unbind(1),
    "tensor_split": lambda x: x.tensor_split(3, 2),
    "tensor_split at": lambda x: x.tensor_split((1, 3), 2),
    "hsplit": lambda x: x.hsplit(3),
    "vsplit": lambda x: x.vsplit(2),
    "dsplit": lambda x: x.dsplit(2),
    "diagonal": lambda x: x.diagonal(),
    "diagonal off": lambda x: x.diagonal(1, 0, 2),
    "unfold": lambda x: x.unfold(2, 3, 1),
    "unfold apart": lambda x: x.unfold(1, 1, 2),
    "as_strided": lambda x: x.as_strided((2, 3), (2, 3), 4),
    "as_strided over": lambda x: x.as_strided((5, 4), (1, 1)),
    "detach": lambda x: x.detach(),
    "contiguous": lambda x: x.contiguous(),
    "contiguous copy": lambda x: x.permute(2, 1, 0).contiguous(),
    "of a view": lambda x: x[0].t()[1:],
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_view(view):
    """Values, strides, gradient and grad_fn are torch's."""
    check(view, (2, 3, 4))


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_second_derivative(view):
    """The gradient of a view can be differentiated again."""

    def second(torch, x):
        seen = view(x * x)
        seen = seen if isinstance(seen, tuple) else (seen,)
        total = sum((piece**3).sum() for piece in seen)
        if not total.requires_grad:
            return ()
        (first,) = torch.autograd.grad(total, x, create_graph=True)
        return torch.autograd.grad(first.sum(), x)

    check(second, (2, 3, 4))


@pytest.mark.parametrize("shape", [(3, 2), (2, 3), (1, 4), (0, 3)])
def test_matrix_transposes(shape):
    """t, T, mT and H agree on matrices."""
    check(lambda x: (x.t(), x.T, x.mT, x.H), shape)


def test_shapes_without_elements():
    """Empty tensors can be viewed where the sizes allow it."""
    same(lambda t: t.zeros(0, 3).view(3, 0).stride())
    same(lambda t: t.zeros(0).view(-1, 2).shape)
    same(lambda t: t.zeros(0).view(-1, 0))
    same(lambda t: t.zeros(2, 0).expand(3, 2, 0).stride())


def test_writes_show_through():
    """A view and its base share memory and count the same writes."""
    x = ref.zeros(2, 3)
    x.t()[1].add_(1)
    assert x.tolist() == [[0, 1, 0], [0, 1, 0]]
    assert x._version == x.t()._version == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.ones(2, 3).view(4, 2),
        lambda t: t.ones(6).view(-1, 4),
        lambda t: t.ones(6).view(-1, -1),
        lambda t: t.ones(6).view(-2, 3),
        lambda t: t.ones(2, 3).t().view(6),
        lambda t: t.ones(6).view("a"),
        lambda t: t.ones(6).view(),
        lambda t: t.ones(6).view(1.5),
        lambda t: t.ones(6).view(3, 1.5),
        lambda t: t.ones(6).reshape(4, 2),
        lambda t: t.ones(6).reshape(1.5),
        lambda t: t.reshape(t.ones(6), 3),
        lambda t: t.ones(2, 3).expand(4, 3),
        lambda t: t.ones(2, 3).expand(3),
        lambda t: t.ones(2, 3).expand(-1, 2, 3),
        lambda t: t.ones(2, 3).squeeze(2),
        lambda t: t.ones(2, 3).unsqueeze(4),
        lambda t: t.ones(2, 3).unsqueeze(True),
        lambda t: t.ones(3).transpose(0, 1),
        lambda t: t.ones(3).transpose(0),
        lambda t: t.ones(2, 3).permute(0),
        lambda t: t.ones(2, 3).permute(0, 0),
        lambda t: t.ones(2, 3).movedim((0, 0), (1, 0)),
        lambda t: t.ones(1, 2, 3).t(),
        lambda t: t.ones(1, 2, 3).T,
        lambda t: t.ones(3).mT,
        lambda t: t.ones(3).H,
        lambda t: t.tensor(1).T,
        lambda t: t.ones(2, 3).flatten(1, 0),
        lambda t: t.ones(6).unflatten(0, (4, 2)),
        lambda t: t.ones(3).select(0, 3),
        lambda t: t.tensor(1).select(0, 0),
        lambda t: t.ones(3).narrow(0, 1, 5),
        lambda t: t.ones(3).narrow(0, 5, 1),
        lambda t: t.ones(5).split(0),
        lambda t: t.ones(5).split(-1),
        lambda t: t.ones(5).split([2, 2]),
        lambda t: t.ones(5).split("a"),
        lambda t: t.tensor(1).split(1),
        lambda t: t.ones(3).chunk(0),
        lambda t: t.tensor(1).unbind(),
        lambda t: t.ones(3).tensor_split(0),
        lambda t: t.ones(3).hsplit(2),
        lambda t: t.ones(3).vsplit(2),
        lambda t: t.ones(3).diagonal(),
        lambda t: t.ones(3, 3).diagonal(0, 0, 0),
        lambda t: t.ones(3).unfold(0, 4, 1),
        lambda t: t.ones(3).unfold(0, 1, 0),
        lambda t: t.ones(3).as_strided((2, 2), (2, 2)),
        lambda t: t.ones(3).as_strided((2,), (-1,)),
        lambda t: t.ones(2).contiguous(memory_format=t.channels_last),
    ],
)
def test_errors(call):
    """Impossible views raise torch's error, word for word."""
    same(call)


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.unsqueeze_(0),
        lambda x: x.squeeze_(),
        lambda x: x.t_(),
        lambda x: x.transpose_(0, 1),
        lambda x: x.as_strided_((3,), (1,)),
    ],
)
def test_views_in_place(change):
    """The tensor itself takes the new shape, and a node of torch's name."""
    check(lambda x: change(x * 1), (2, 3))


def test_resize():
    """resize_ keeps the elements that fit, and leaves strides contiguous."""
    same(lambda t: t.arange(6).resize_(2, 2))
    same(lambda t: t.ones(2, 3).t().resize_(2, 2).stride())
    same(lambda t: t.ones(2, requires_grad=True).resize_(3))
