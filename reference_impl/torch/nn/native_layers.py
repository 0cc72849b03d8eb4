"""What torch itself has of layers, with what they keep for backward: means, places, masks."""

from __future__ import annotations

from collections.abc import Sequence

from ..creation import empty, full, ones_like
from ..dtypes import bool as boolean
from ..dtypes import float32, int64
from ..gradmode import no_grad
from ..graph import differentiable
from ..literals import tensor
from ..operators import function
from ..tensor import Tensor
from . import functional as F
from .functional.bags import bagged, check_types, limits
from .functional.dropout import keeping_spread, noise, scaled
from .functional.normalization import moments

__all__ = [
    "alpha_dropout_",
    "conv_tbc",
    "convolution",
    "dropout_",
    "embedding_bag",
    "feature_alpha_dropout",
    "feature_alpha_dropout_",
    "feature_dropout",
    "feature_dropout_",
    "max_pool1d_with_indices",
    "native_batch_norm",
    "native_dropout",
    "native_group_norm",
    "native_layer_norm",
]


def check_share(p: float) -> None:
    """Raise for what is no probability."""
    if not 0.0 <= p <= 1.0:
        raise RuntimeError(f"dropout probability has to be between 0 and 1, but got {p}")


@function
def dropout_(input: Tensor, p: float, train: bool) -> Tensor:
    """Do what `dropout` does, in place."""
    check_share(p)
    return F.dropout(input, p, train, inplace=True)


@function
def alpha_dropout_(input: Tensor, p: float, train: bool) -> Tensor:
    """Do what `alpha_dropout` does, in place."""
    check_share(p)
    return F.alpha_dropout(input, p, train, inplace=True)


@function
def feature_dropout(input: Tensor, p: float, train: bool) -> Tensor:
    """Return the input with whole channels replaced by 0. `(N, C, *)`."""
    check_share(p)
    return scaled(p, whole=True)(input) if train and p and input.numel() else input


@function
def feature_dropout_(input: Tensor, p: float, train: bool) -> Tensor:
    """Do what `feature_dropout` does, in place."""
    return input.copy_(feature_dropout(input.clone(), p, train))


@function
def feature_alpha_dropout(input: Tensor, p: float, train: bool) -> Tensor:
    """Return what `nn.functional.feature_alpha_dropout` returns."""
    check_share(p)
    return F.feature_alpha_dropout(input, p, train)


@function
def feature_alpha_dropout_(input: Tensor, p: float, train: bool) -> Tensor:
    """Do what `feature_alpha_dropout` does, in place."""
    check_share(p)
    return input.copy_(keeping_spread(p, whole=True)(input.clone())) if train and p else input


@function
def native_dropout(input: Tensor, p: float, train: bool | None) -> tuple[Tensor, Tensor]:
    """Return what `dropout` returns, and which elements were kept.

    Args:
        input: of a floating type.
        p: how probable it is to be left out.
        train: whether to leave out any; None for yes.
    """
    if not input.numel():
        return input, full(input.shape, True, dtype=boolean)
    drops = train is None or train
    with no_grad():
        drawn = noise(input, p) if drops else ones_like(input)
    share = (1 / (1 - p) if p < 1 else 0.0) if drops else 1.0
    slope = share if train else 1.0  # torch leaves it out where `train` is not given
    kept = drawn != 0
    found = differentiable(
        (input * drawn).detach() * share,
        "NativeDropoutBackward0",
        (input,),
        saved=(kept,),
        backward=lambda grad, kept: grad * kept * slope,
    )
    return found, kept


@function
def native_layer_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None,
    bias: Tensor | None,
    eps: float,
) -> tuple[Tensor, Tensor, Tensor]:
    """Return what `layer_norm` returns, the mean, and 1 over the standard deviation."""
    found = F.layer_norm(input, normalized_shape, weight, bias, eps)
    mean, _, rstd = moments(input, list(range(-len(normalized_shape), 0)), eps)
    return found, mean.to(input.dtype), rstd.to(input.dtype)


@function
def native_batch_norm(
    input: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    training: bool,
    momentum: float,
    eps: float,
) -> tuple[Tensor, Tensor, Tensor]:
    """Return what `batch_norm` returns, the batch's mean, and 1 over its standard deviation."""
    found = F.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps)
    if not training:
        return found, empty(0, dtype=input.dtype), empty(0, dtype=input.dtype)
    mean, _, rstd = moments(input, [d for d in range(input.dim()) if d != 1], eps)
    return found, mean.flatten().to(input.dtype), rstd.flatten().to(input.dtype)


@function
def native_group_norm(
    input: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    N: int,
    C: int,
    HxW: int,
    group: int,
    eps: float,
) -> tuple[Tensor, Tensor, Tensor]:
    """Return what `group_norm` returns, the means, and 1 over the deviations. `(N, G)`."""
    size = (N, group, C // group * HxW)
    found = F.group_norm(input, group, weight, bias, eps)
    mean, _, rstd = (
        m.view(N, group).to(input.dtype) for m in moments(input.reshape(size), [2], eps)
    )
    name, count = "NativeGroupNormBackward0", size[2]

    def to_mean(grad: Tensor) -> Tensor:
        return (grad.unsqueeze(2) / count).expand(size).reshape(input.shape)

    def to_rstd(grad: Tensor, x: Tensor) -> Tensor:
        x = x.reshape(size)
        apart = x - x.mean(2, keepdim=True)
        inverse = (apart.square().mean(2, keepdim=True) + eps).rsqrt()
        return (-grad.unsqueeze(2) * inverse.pow(3) * apart / count).reshape(input.shape)

    mean = differentiable(mean, name, (input,), backward=to_mean)
    return found, mean, differentiable(rstd, name, (input,), backward=((to_rstd, input),))


@function
def convolution(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Sequence[int],
    padding: Sequence[int],
    dilation: Sequence[int],
    transposed: bool,
    output_padding: Sequence[int],
    groups: int,
) -> Tensor:
    """Return what `conv1d`, `conv_transpose1d` and their like return, by the weight's shape."""
    count = weight.dim() - 2
    stride, padding, dilation, more = (
        tuple(v) * count if len(v) == 1 else tuple(v)
        for v in (stride, padding, dilation, output_padding)
    )
    if transposed:
        slide = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)[count - 1]
        return slide(input, weight, bias, stride, padding, more, groups, dilation)
    slide = (F.conv1d, F.conv2d, F.conv3d)[count - 1]
    return slide(input, weight, bias, stride, padding, dilation, groups)


@function
def conv_tbc(input: Tensor, weight: Tensor, bias: Tensor, pad: int = 0) -> Tensor:
    """Slide a kernel along sequences whose channels come last. `(T, N, C)` to `(T', N, O)`.

    Args:
        input: times, samples, channels.
        weight: `(K, C, O)`.
        bias: `(O,)`.
        pad: zeros at either end.
    """

    def slide(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        return F.conv1d(x.permute(1, 2, 0), w.permute(2, 1, 0), b, padding=pad).permute(2, 0, 1)

    def to_input(grad: Tensor, w: Tensor) -> Tensor:
        back = F.conv_transpose1d(grad.permute(1, 2, 0), w.permute(2, 1, 0), padding=pad)
        return back.permute(2, 0, 1)

    def to_weight(grad: Tensor, x: Tensor) -> Tensor:
        g = F.conv1d(x.permute(2, 1, 0), grad.permute(2, 1, 0), padding=pad)
        return g.permute(2, 0, 1)

    with no_grad():
        found = slide(input, weight, bias).contiguous()
    return differentiable(
        found,
        "ConvTbcBackward0",
        (input, weight, bias),
        backward=((to_input, weight), (to_weight, input), lambda grad: grad.sum((0, 1))),
    )


@function
def max_pool1d_with_indices(
    input: Tensor,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = (),
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
) -> tuple[Tensor, Tensor]:
    """Return what `max_pool1d` returns, and the places of the maxima."""
    return F.max_pool1d_with_indices(
        input, kernel_size, stride or None, padding, dilation, ceil_mode
    )


@function
def embedding_bag(
    weight: Tensor,
    indices: Tensor,
    offsets: Tensor,
    scale_grad_by_freq: bool = False,
    mode: int = 0,
    sparse: bool = False,
    per_sample_weights: Tensor | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return what `nn.functional.embedding_bag` returns, and what it keeps for backward.

    Args:
        weight: the table, `(V, D)`.
        indices: numbers of rows.
        offsets: where each bag begins.
        scale_grad_by_freq: whether a row's gradient is divided by how often it occurs.
        mode: 0 for sums, 1 for means, 2 for maxima.
        sparse: not here.
        per_sample_weights: how much each row counts in a sum.
        include_last_offset: whether the last offset is the end of the last bag.
        padding_idx: the number of a row that is left out.

    Returns:
        The bags; the bag of each index (none for sums); how many rows a bag has; the place of
        each maximum.
    """
    if sparse:
        raise NotImplementedError("sparse gradients are not part of reference_impl")
    check_types(weight, indices, offsets, per_sample_weights)
    left_out = -1 if padding_idx is None else padding_idx % weight.size(0)
    name = ("sum", "mean", "max")[mode]
    found = bagged(
        weight,
        indices,
        offsets,
        name,
        per_sample_weights,
        include_last_offset,
        left_out,
        scale_grad_by_freq,
    )
    places = indices.tolist()
    bounds = limits(offsets.tolist(), len(places), include_last_offset)
    owners = [n for n, bound in enumerate(bounds) for _ in range(*bound)]
    fast = name == "sum" and left_out < 0 and weight.dtype is float32
    counts = [sum(places[at] != left_out for at in range(*bound)) for bound in bounds]
    sizes = tensor([0] * len(bounds) if name == "sum" else counts, dtype=int64)
    if name != "max":
        return found, tensor([] if fast else owners, dtype=int64), sizes, sizes.clone()
    best = [
        [
            max(rows, key=lambda row: column[row]) if rows else 0
            for column in weight.detach().T.tolist()
        ]
        for rows in ([places[at] for at in range(*b) if places[at] != left_out] for b in bounds)
    ]
    return found, tensor(owners, dtype=int64), sizes, tensor(best, dtype=int64)
