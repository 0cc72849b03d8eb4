"""`torch.nn.utils.prune`: a mask of ones and zeros before a weight, to be taken off again."""

from __future__ import annotations

from collections.abc import Iterable

from ...creation import ones_like
from ...tensor import Tensor
from ..modules.module import Module
from .convert_parameters import parameters_to_vector
from .pruning_methods import (
    BasePruningMethod,
    CustomFromMask,
    Identity,
    L1Unstructured,
    LnStructured,
    PruningContainer,
    RandomStructured,
    RandomUnstructured,
    hooks_of,
)

Pruned = Iterable[tuple[Module, str]]


def identity(module: Module, name: str) -> Module:
    """Add a mask of ones to a tensor of a module; return the module."""
    Identity.apply(module, name)
    return module


def random_unstructured(module: Module, name: str, amount: float) -> Module:
    """Prune elements by chance: a number of them, or a share; return the module."""
    RandomUnstructured.apply(module, name, amount)
    return module


def l1_unstructured(
    module: Module, name: str, amount: float, importance_scores: Tensor | None = None
) -> Module:
    """Prune the elements that are nearest to 0; return the module.

    >>> from torch.nn.utils import prune
    >>> layer = torch.nn.Linear(4, 1)
    >>> _ = prune.l1_unstructured(layer, "weight", amount=0.5)
    >>> layer.weight_mask.sum()
    tensor(2.)

    Args:
        module: whose tensor.
        name: of the tensor.
        amount: how many elements, or which share of them.
        importance_scores: what to judge by; the tensor itself if None.
    """
    L1Unstructured.apply(module, name, amount=amount, importance_scores=importance_scores)
    return module


def random_structured(module: Module, name: str, amount: float, dim: int) -> Module:
    """Prune channels along a dimension by chance; return the module."""
    RandomStructured.apply(module, name, amount, dim)
    return module


def ln_structured(
    module: Module,
    name: str,
    amount: float,
    n: float | str,
    dim: int,
    importance_scores: Tensor | None = None,
) -> Module:
    """Prune the channels with the smallest norms; return the module.

    Args:
        module: whose tensor.
        name: of the tensor.
        amount: how many channels, or which share of them.
        n: which norm.
        dim: of the channels.
        importance_scores: what to judge by; the tensor itself if None.
    """
    LnStructured.apply(module, name, amount, n, dim, importance_scores=importance_scores)
    return module


def custom_from_mask(module: Module, name: str, mask: Tensor) -> Module:
    """Prune by a mask that is given; return the module."""
    CustomFromMask.apply(module, name, mask)
    return module


def global_unstructured(
    parameters: Pruned,
    pruning_method: type[BasePruningMethod],
    importance_scores: dict | None = None,
    **kwargs: object,
) -> None:
    """Prune several tensors as if they were one: some will lose more than others.

    Args:
        parameters: modules, each with the name of a tensor.
        pruning_method: a way to prune elements.
        importance_scores: what to judge by, for some of the pairs.
        kwargs: what the way to prune is made with.
    """
    if not isinstance(parameters, Iterable):
        raise TypeError("global_unstructured(): parameters is not an Iterable")
    scores = {} if importance_scores is None else importance_scores
    if not isinstance(scores, dict):
        raise TypeError("global_unstructured(): importance_scores must be of type dict")
    pairs = list(parameters)
    values = [getattr(module, name) for module, name in pairs]
    judged = parameters_to_vector(
        [scores.get(pair, value) for pair, value in zip(pairs, values, strict=True)]
    )
    masks = parameters_to_vector(
        [
            getattr(module, f"{name}_mask", ones_like(value))
            for (module, name), value in zip(pairs, values, strict=True)
        ]
    )
    method = pruning_method(**kwargs)
    method._tensor_name = "temp"
    if method.PRUNING_TYPE != "unstructured":
        raise TypeError(
            f'Only "unstructured" PRUNING_TYPE supported for the `pruning_method`. Found method '
            f"{pruning_method} of type {method.PRUNING_TYPE}"
        )
    found = PruningContainer(method).compute_mask(judged, masks)
    sizes = [value.numel() for value in values]
    for (module, name), value, mask in zip(pairs, values, found.split(sizes), strict=True):
        custom_from_mask(module, name, mask=mask.view_as(value))


def remove(module: Module, name: str) -> Module:
    """Make what is pruned now the parameter itself; return the module.

    Raises:
        ValueError: a tensor that is not pruned.
    """
    for key in hooks_of(module, name):
        module._forward_pre_hooks.pop(key).remove(module)
        return module
    raise ValueError(
        f"Parameter '{name}' of module {module} has to be pruned before pruning can be removed"
    )


def is_pruned(module: Module) -> bool:
    """Tell whether anything in a module, or in those below it, is pruned."""
    return any(
        isinstance(hook, BasePruningMethod)
        for below in module.modules()
        for hook in below._forward_pre_hooks.values()
    )
