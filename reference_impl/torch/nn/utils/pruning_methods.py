"""Ways to prune: a mask of ones and zeros before a weight, renewed in each forward.

What is pruned is kept as `NAME_orig`, a parameter; beside it lies `NAME_mask`, a buffer; and
`NAME` is their product, made anew by a hook before each forward.
"""

from __future__ import annotations

import numbers
from abc import ABC, ABCMeta, abstractmethod
from collections.abc import Iterator

from ...creation import ones_like, zeros_like
from ...linalg.norms import norm
from ...public import Public, shown_repr
from ...sampling import rand, rand_like
from ...sorting import kthvalue, topk
from ...tensor import Tensor
from ..modules.module import Module


class Kind(Public, ABCMeta):
    """The type of the ways to prune: abstract classes that print under torch's path."""


class BasePruningMethod(ABC, metaclass=Kind):
    """A way to choose what of a tensor is kept: a subclass defines `compute_mask`."""

    _tensor_name: str

    def __repr__(self) -> str:
        return shown_repr(self) if "__shown__" in vars(type(self)) else object.__repr__(self)

    def __call__(self, module: Module, inputs: object) -> None:
        """Renew the product of weight and mask; called before each forward."""
        setattr(module, self._tensor_name, self.apply_mask(module))

    @abstractmethod
    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """Return ones for what is kept of `t`, and zeros; zero where the mask before was."""

    def apply_mask(self, module: Module) -> Tensor:
        """Return the module's tensor, masked."""
        whole = getattr(module, f"{self._tensor_name}_orig")
        return getattr(module, f"{self._tensor_name}_mask").to(dtype=whole.dtype) * whole

    @classmethod
    def apply(
        cls,
        module: Module,
        name: str,
        *args: object,
        importance_scores: Tensor | None = None,
        **kwargs: object,
    ) -> BasePruningMethod:
        """Prune a tensor of a module, further if it is pruned already.

        Args:
            module: whose tensor.
            name: of the tensor.
            args: what the way to prune is made with.
            importance_scores: what to judge by; the tensor itself if None.
            kwargs: what the way to prune is made with, by name.

        Returns:
            The hook.
        """
        method, before = cls(*args, **kwargs), hooks_of(module, name)
        for key in before:
            method_before = module._forward_pre_hooks.pop(key)
        method._tensor_name = name
        if before:
            together = method_before
            if not isinstance(together, PruningContainer):
                together = PruningContainer(method_before)
            together.add_pruning_method(method)
            method = together
        value = getattr(module, name)
        scores = value if importance_scores is None else importance_scores
        check_scores(scores, value, f"parameter {name} of {module}")
        fresh = not isinstance(method, PruningContainer)
        if fresh:
            module.register_parameter(f"{name}_orig", value)
            del module._parameters[name]
            mask = ones_like(value)
        else:
            mask = getattr(module, f"{name}_mask").detach().clone()
        try:
            module.register_buffer(f"{name}_mask", method.compute_mask(scores, default_mask=mask))
            setattr(module, name, method.apply_mask(module))
            module.register_forward_pre_hook(method)
        except Exception:
            if fresh:
                module.register_parameter(name, module._parameters.pop(f"{name}_orig"))
            raise
        return method

    def prune(
        self,
        t: Tensor,
        default_mask: Tensor | None = None,
        importance_scores: Tensor | None = None,
    ) -> Tensor:
        """Return a tensor with its mask applied, without any module.

        Args:
            t: the tensor.
            default_mask: of what was pruned before.
            importance_scores: what to judge by; the tensor itself if None.
        """
        scores = t if importance_scores is None else importance_scores
        check_scores(scores, t, "tensor t")
        mask = ones_like(t) if default_mask is None else default_mask
        return t * self.compute_mask(scores, default_mask=mask)

    def remove(self, module: Module) -> None:
        """Make what is pruned now the parameter itself; zeros stay zeros."""
        name = self._tensor_name
        masked = self.apply_mask(module)
        if hasattr(module, name):
            delattr(module, name)
        whole = module._parameters.pop(f"{name}_orig")
        whole.data = masked.data
        del module._buffers[f"{name}_mask"]
        setattr(module, name, whole)


def hooks_of(module: Module, name: str) -> list[int]:
    """Return under which numbers a module keeps the hooks that prune a tensor."""
    return [
        key
        for key, hook in module._forward_pre_hooks.items()
        if isinstance(hook, BasePruningMethod) and hook._tensor_name == name
    ]


def check_scores(scores: Tensor, value: Tensor, what: str) -> None:
    """Raise where what is judged by has another shape than what is pruned."""
    if scores.shape != value.shape:
        raise AssertionError(
            f"importance_scores should have the same shape as {what}, got {scores.shape} vs "
            f"{value.shape}"
        )


class PruningContainer(BasePruningMethod):
    """Ways to prune the same tensor, one after the other."""

    def __init__(self, *args: BasePruningMethod) -> None:
        self._pruning_methods: tuple[BasePruningMethod, ...] = ()
        if len(args) == 1:
            self._tensor_name = args[0]._tensor_name
        for method in args:
            self.add_pruning_method(method)

    def add_pruning_method(self, method: BasePruningMethod | None) -> None:
        """Add a way to prune.

        Raises:
            TypeError: what is none.
            ValueError: one for another tensor.
        """
        if method is not None and not isinstance(method, BasePruningMethod):
            raise TypeError(f"{type(method)} is not a BasePruningMethod subclass")
        if method is not None and self._tensor_name != method._tensor_name:
            raise ValueError(
                f"Can only add pruning methods acting on the parameter named "
                f"'{self._tensor_name}' to PruningContainer {self}. Found '{method._tensor_name}'"
            )
        self._pruning_methods += (method,)

    def __len__(self) -> int:
        return len(self._pruning_methods)

    def __iter__(self) -> Iterator[BasePruningMethod]:
        return iter(self._pruning_methods)

    def __getitem__(self, idx: int) -> BasePruningMethod:
        return self._pruning_methods[idx]

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """Return the mask of the last way, which sees only what the others have left."""
        method = self._pruning_methods[-1]
        place = left(method, default_mask)
        mask = default_mask.to(dtype=t.dtype)
        part = method.compute_mask(t[place], default_mask=default_mask[place])
        mask[place] = part.to(dtype=mask.dtype)
        return mask


def left(method: BasePruningMethod, mask: Tensor) -> Tensor | tuple:
    """Return where a way to prune may still choose."""
    if method.PRUNING_TYPE == "unstructured":
        return mask == 1
    if method.PRUNING_TYPE == "global":
        return (slice(None),) * mask.dim()
    if method.PRUNING_TYPE != "structured":
        raise ValueError(f"Unrecognized PRUNING_TYPE {method.PRUNING_TYPE}")
    if not hasattr(method, "dim"):
        raise AttributeError(
            'Pruning methods of PRUNING_TYPE "structured" need to have the attribute `dim` defined.'
        )
    dim = method.dim + mask.dim() if method.dim < 0 else method.dim
    if dim < 0:
        raise IndexError(f"Index is out of bounds for tensor with dimensions {mask.dim()}")
    used = mask.sum(dim=[d for d in range(mask.dim()) if d != dim]) != 0
    return tuple(used if d == dim else slice(None) for d in range(mask.dim()))


class Identity(BasePruningMethod):
    """Prunes nothing, but makes the mask."""

    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """Return the mask as it was."""
        return default_mask

    @classmethod
    def apply(cls, module: Module, name: str) -> BasePruningMethod:
        """Add a mask of ones to a tensor of a module."""
        return super().apply(module, name)


class _Amount(BasePruningMethod):
    """What prunes a number of elements or channels, or a share of them."""

    def __init__(self, amount: float) -> None:
        check_amount(amount)
        self.amount = amount

    def _count(self, among: int) -> int:
        count = self.amount
        if not isinstance(count, numbers.Integral):
            return round(count * among)
        if count > among:
            raise ValueError(
                f"amount={count} should be smaller than the number of parameters to prune={among}"
            )
        return count


class RandomUnstructured(_Amount):
    """Prunes elements by chance."""

    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """Return the mask, with zeros where random numbers are greatest."""
        count, mask = self._count(t.nelement()), default_mask.clone()
        if count:
            mask.view(-1)[topk(rand_like(t).view(-1), count)[1]] = 0
        return mask

    @classmethod
    def apply(cls, module: Module, name: str, amount: float) -> BasePruningMethod:
        """Prune a tensor of a module."""
        return super().apply(module, name, amount=amount)


class L1Unstructured(_Amount):
    """Prunes the elements that are nearest to 0."""

    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """Return the mask, with zeros where the tensor is nearest to 0."""
        count, mask = self._count(t.nelement()), default_mask.clone()
        if count:
            mask.view(-1)[topk(t.abs().view(-1), count, largest=False)[1]] = 0
        return mask

    @classmethod
    def apply(
        cls, module: Module, name: str, amount: float, importance_scores: Tensor | None = None
    ) -> BasePruningMethod:
        """Prune a tensor of a module."""
        return super().apply(module, name, amount=amount, importance_scores=importance_scores)


class _Channels(_Amount):
    """What prunes whole channels along a dimension."""

    PRUNING_TYPE = "structured"

    def __init__(self, amount: float, dim: int = -1) -> None:
        super().__init__(amount)
        self.dim = dim

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """Return the mask, with zeros for whole channels."""
        if t.dim() <= 1:
            raise ValueError(
                "Structured pruning can only be applied to multidimensional tensors. Found tensor "
                f"of shape {t.shape} with {t.dim()} dims"
            )
        if self.dim >= t.dim():
            raise IndexError(f"Invalid index {self.dim} for tensor of size {t.shape}")
        count = self._count(t.shape[self.dim])
        kept = self._kept(t, count)
        if not count:
            return default_mask
        mask, place = zeros_like(t), [slice(None)] * t.dim()
        place[self.dim] = kept
        mask[tuple(place)] = 1
        return mask.mul_(default_mask.to(dtype=mask.dtype))

    def _kept(self, t: Tensor, count: int) -> Tensor | None:
        """Return which channels are kept, if `count` are not."""
        raise NotImplementedError


class RandomStructured(_Channels):
    """Prunes channels by chance."""

    def _kept(self, t: Tensor, count: int) -> Tensor | None:
        if not count:
            return None
        drawn = rand(t.shape[self.dim])
        return drawn > kthvalue(drawn, count)[0]

    @classmethod
    def apply(cls, module: Module, name: str, amount: float, dim: int = -1) -> BasePruningMethod:
        """Prune a tensor of a module."""
        return super().apply(module, name, amount=amount, dim=dim)


class LnStructured(_Channels):
    """Prunes the channels with the smallest norms."""

    def __init__(self, amount: float, n: float | str, dim: int = -1) -> None:
        super().__init__(amount, dim)
        self.n = n

    def _kept(self, t: Tensor, count: int) -> Tensor:
        others = [d for d in range(t.dim()) if d != self.dim % t.dim()]
        return topk(norm(t, self.n, others), t.shape[self.dim] - count)[1]

    @classmethod
    def apply(
        cls,
        module: Module,
        name: str,
        amount: float,
        n: float | str,
        dim: int,
        importance_scores: Tensor | None = None,
    ) -> BasePruningMethod:
        """Prune a tensor of a module."""
        options = {"amount": amount, "n": n, "dim": dim}
        return super().apply(module, name, importance_scores=importance_scores, **options)


class CustomFromMask(BasePruningMethod):
    """Prunes by a mask that is given."""

    PRUNING_TYPE = "global"

    def __init__(self, mask: Tensor) -> None:
        self.mask = mask

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """Return both masks together."""
        if default_mask.shape != self.mask.shape:
            raise AssertionError(
                f"default_mask shape {default_mask.shape} must match self.mask shape "
                f"{self.mask.shape}"
            )
        return default_mask * self.mask.to(dtype=default_mask.dtype)

    @classmethod
    def apply(cls, module: Module, name: str, mask: Tensor) -> BasePruningMethod:
        """Prune a tensor of a module."""
        return super().apply(module, name, mask=mask)


def check_amount(amount: float) -> None:
    """Raise for what is neither a number of elements nor a share of them."""
    if not isinstance(amount, numbers.Real):
        raise TypeError(f"Invalid type for amount: {amount}. Must be int or float.")
    whole = isinstance(amount, numbers.Integral)
    if amount < 0 or (not whole and amount > 1.0):
        raise ValueError(
            f"amount={amount} should either be a float in the range [0, 1] or a non-negative "
            "integer"
        )


for _way in (
    BasePruningMethod,
    PruningContainer,
    Identity,
    RandomUnstructured,
    L1Unstructured,
    RandomStructured,
    LnStructured,
    CustomFromMask,
):  # torch has them with the functions
    _way.__shown__ = f"torch.nn.utils.prune.{_way.__name__}"
