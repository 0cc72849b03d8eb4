"""The tensor: a view of a storage, with its place in the graph.

Later chapters attach the operators, by the decorators of `operators.py`. What begins
with an underscore here is for them and for the graph, not for users.
"""

from __future__ import annotations

import functools
import math
import warnings
import weakref
from array import array
from collections.abc import Callable, Sequence

from . import engine, kernels
from .dtypes import dtype
from .gradmode import enable_grad, mode
from .graph import AccumulateGrad, Node, RemovableHandle, differentiable, register
from .shapes import contiguous_stride, is_dense, listed
from .storage import ABSENT, Absent, UntypedStorage
from .tensorbase import TensorBase, attribute, numbers, wrap

__all__ = ["Tensor"]

NOT_POPULATED = (
    "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad "
    "attribute "
    "won't be populated during autograd.backward(). If you indeed want the .grad field to be "
    "populated "
    "for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. If you access the non-leaf "
    "Tensor "
    "by mistake, make sure you access the leaf Tensor instead. See "
    "github.com/pytorch/pytorch/pull/30531 for more information. (Triggered internally at "
    "/__w/pytorch/pytorch/build/aten/src/ATen/core/TensorBody.h:493.)"
)
NOT_A_LEAF = "you can only change requires_grad flags of leaf variables."
USE_DETACH = (
    " If you want to use a computed variable in a subgraph that doesn't require differentiation "
    "use var_no_grad = var.detach()."
)
LAST = float("inf")  # retain_grad's place among the hooks


class Tensor(TensorBase):
    """A multi-dimensional array of one number type, which can remember how it was computed.

    Element `(i, j)` stands at `storage_offset() + i * stride(0) + j * stride(1)` of its
    storage; several tensors may share one storage.

    >>> x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
    >>> x.shape, x.stride(), x.dtype
    (torch.Size([2, 3]), (3, 1), torch.float32)
    >>> (x * x).sum().backward()
    >>> x.grad
    tensor([[ 2.,  4.,  6.],
            [ 8., 10., 12.]])
    """

    __shown__ = "torch.Tensor"
    _node: Node | None = None
    _output_nr = 0
    _requires_grad = False
    _grad: Tensor | None = None
    _retains = False
    _leaf_node: Callable[[], AccumulateGrad | None] | None = None
    _base: Tensor | None = None
    _made: str | None = None  # how a view came about, if that forbids writing to it
    _recorded_at = 0  # the version at which a view's node was made

    def _is_view(self) -> bool:
        return self._base is not None

    @attribute
    def grad_fn(self) -> Node | None:
        """Return the node of the operation that made this tensor; None for a leaf."""
        base = self._base
        if (
            base is not None
            and self._recorded_at != self._versions.count
            and (self._node is not None or base.requires_grad)
        ):
            self._record_again(base)
        return self._node

    def _record_again(self, base: Tensor) -> None:
        """Give a view the history of its base, which was written to since the view was made."""
        if self._made is not None:
            raise RuntimeError(
                forbidden(self, " and its base or another view of its base has been")
            )
        self._node, self._output_nr = None, 0
        with enable_grad():
            self._node = base.as_strided(*self._geometry())._node
        self._recorded_at = self._versions.count

    @attribute
    def output_nr(self) -> int:
        """Which of its node's outputs the tensor is."""
        return self._output_nr

    @property
    def requires_grad(self) -> bool:
        """Whether gradients are wanted for it, or for what it was computed from.

        A view made without recording says yes if its base does, and has no history.
        """
        base = self._base
        if base is None:
            return self._requires_grad or self._node is not None
        return self._requires_grad or self.grad_fn is not None or base.requires_grad

    @requires_grad.setter
    def requires_grad(self, wanted: bool) -> None:
        if not isinstance(wanted, bool):
            raise RuntimeError("requires_grad must be a bool")
        if self.grad_fn is not None:
            if not wanted:
                raise RuntimeError(NOT_A_LEAF + USE_DETACH)
            raise RuntimeError(NOT_A_LEAF)
        if wanted and not self.dtype.is_floating_point:
            raise RuntimeError(
                "only Tensors of floating point and complex dtype can require gradients"
            )
        if wanted and self._inference and not mode.inference:
            raise RuntimeError(
                "Setting requires_grad=True on inference tensor outside InferenceMode is not "
                "allowed."
            )
        self._requires_grad = wanted

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        """Set whether gradients are wanted, and return the tensor."""
        if not isinstance(requires_grad, bool):
            raise TypeError(
                "requires_grad_(): argument 'requires_grad' (position 1) must be bool, not "
                f"{type(requires_grad).__name__}"
            )
        if requires_grad is True:
            if not self.dtype.is_floating_point:
                raise RuntimeError("only Tensors of floating point dtype can require gradients")
            if self.grad_fn is not None:
                return self
        self.requires_grad = requires_grad
        return self

    @attribute
    def is_leaf(self) -> bool:
        """Whether it was not computed from a tensor that requires grad."""
        return self.grad_fn is None

    @property
    def grad(self) -> Tensor | None:
        """The gradient that `backward` has added up; None before."""
        if self._grad is None and not self._retains and self.grad_fn is not None:
            warnings.warn(NOT_POPULATED, UserWarning, stacklevel=2)
        return self._grad

    @grad.setter
    def grad(self, value: Tensor | None) -> None:
        if value is not None:
            self._check_gradient(value)
        self._grad = value

    @grad.deleter
    def grad(self) -> None:
        self._grad = None

    def _check_gradient(self, value: Tensor) -> None:
        if not isinstance(value, Tensor):
            raise TypeError(
                "assigned grad expected to be a Tensor or None but got grad of type "
                f"{type(value).__name__}"
            )
        if value is self:
            raise RuntimeError("can't assign Variable as its own grad")
        if value.dtype is not self.dtype:
            raise RuntimeError(
                f"attempting to assign a gradient with dtype '{value.dtype.cpp_name}' to a tensor "
                f"with grad_dtype '{self.dtype.scalar_name}'. The gradient must match the tensor's "
                "grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype "
                "attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with "
                "caution. Diverging the dtypes of a tensor and its gradient may break downstream "
                "systems that assume they match."
            )
        if value._size != self._size:
            raise RuntimeError(
                f"attempting to assign a gradient of size '{listed(value._size)}' to a tensor of "
                "size "
                f"'{listed(self._size)}'. Please ensure that the gradient and the tensor are the "
                "same "
                "size"
            )

    def backward(
        self,
        gradient: Tensor | None = None,
        retain_graph: bool | None = None,
        create_graph: bool = False,
        inputs: Sequence[Tensor] | None = None,
    ) -> None:
        """Add its gradient to `.grad` of every leaf this tensor was computed from.

        >>> w = torch.tensor(3.0, requires_grad=True)
        >>> (w * w).backward()
        >>> w.grad
        tensor(6.)

        Args:
            gradient: the gradient at this tensor, of its shape; may be left out for a scalar.
            retain_graph: keep what was saved, for another backward.
            create_graph: record backward itself.
            inputs: fill only their `.grad`.

        Raises:
            RuntimeError: no scalar and no gradient; nothing requires grad; graph already freed.
        """
        engine.backward(self, gradient, retain_graph, create_graph, inputs)

    def retain_grad(self) -> None:
        """Keep the gradient of a tensor that is no leaf in its `.grad`, too."""
        if not self.requires_grad:
            raise RuntimeError("can't retain_grad on Tensor that has requires_grad=False")
        if self.grad_fn is None or self._retains:
            return
        self._retains = True
        self._keep_grad()

    def _keep_grad(self) -> None:
        owner = weakref.ref(self)

        def keep(grad: Tensor) -> None:
            tensor = owner()
            if tensor is not None:
                tensor._grad = grad if tensor._grad is None else tensor._grad + grad

        self.grad_fn.tensor_hooks.setdefault(self._output_nr, {})[LAST] = keep

    @attribute
    def retains_grad(self) -> bool:
        """Whether `.grad` is kept although the tensor is no leaf."""
        return self._retains

    def register_hook(self, hook: Callable[[Tensor], Tensor | None]) -> RemovableHandle:
        """Call `hook(grad)` when this tensor's gradient is known; it may return another one."""
        if not self.requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        if self.grad_fn is None:
            return register(self._backward_hooks, hook)
        return register(self.grad_fn.tensor_hooks.setdefault(self._output_nr, {}), hook)

    def register_post_accumulate_grad_hook(self, hook: Callable[[Tensor], None]) -> RemovableHandle:
        """Call `hook(tensor)` after a leaf's `.grad` has been added to."""
        if not self.requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        if self.grad_fn is not None:
            raise RuntimeError(
                "post accumulate grad hooks cannot be registered on non-leaf tensors"
            )
        return register(self._accumulate_hooks, hook)

    # What the graph asks for

    def _ones(self) -> Tensor:
        """Return a new tensor of its shape and type that holds ones."""
        kind = self._storage.dtype
        ones = kernels.filled(self._storage.is_meta, kind, self.numel(), 1)
        return fresh(ones, self._size, kind)

    def _without_history(self) -> Tensor:
        """Return the same view of the same memory as a leaf, counting the same versions."""
        alias = wrap(Tensor, self._storage, self._size, self._stride, self._offset, self._versions)
        alias._inference = self._inference
        return alias

    def _set_history(self, node: Node, output_nr: int) -> None:
        before = self._node.tensor_hooks.get(self._output_nr) if self._retains else None
        self._node, self._output_nr = node, output_nr
        self._recorded_at = self._versions.count
        if before is not None:  # what is kept is the gradient of what the tensor holds now
            before.pop(LAST, None)
            self._keep_grad()

    def _accumulator(self) -> AccumulateGrad:
        """Return the end of the graph at this leaf; the same as long as something holds it."""
        known = self._leaf_node and self._leaf_node()
        if known is None:
            known = AccumulateGrad(self)
            self._leaf_node = weakref.ref(known)
        return known

    def _laid_out_like(self, variable: Tensor) -> Tensor:
        """Return a copy with the strides of `variable` if it is dense, else contiguous."""
        stride, plain = variable._stride, contiguous_stride(self._size)
        if stride != plain and not is_dense(self._size, stride):
            stride = plain
        copy = strided(kernels.copied(numbers(self)), self._size, stride, self._storage.dtype)
        return differentiable(
            copy, "CopyBackwards", (None, self), backward=(None, lambda grad: grad)
        )

    @functools.cached_property
    def _backward_hooks(self) -> dict[int, Callable]:
        return {}

    @functools.cached_property
    def _accumulate_hooks(self) -> dict[int, Callable]:
        return {}


MADE = {
    "multiple": (
        "Output {nr} of {name} is a view{and_its} modified inplace. This view is the output of a "
        "function that returns multiple views. Such functions do not allow the output views to be "
        "modified inplace. You should replace the inplace operation by an out-of-place one."
    ),
    "no_grad": (
        "A view was created in no_grad mode{and_its} modified inplace with grad mode enabled. "
        "Given "
        "that this use case is ambiguous and error-prone, it is forbidden. You can clarify your "
        "code "
        "by moving both the view and the inplace either both inside the no_grad block (if you "
        "don't "
        "want the inplace to be tracked) or both outside (if you want the inplace to be tracked)."
    ),
    "function": (
        "Output {nr} of {name} is a view{and_its} modified inplace. This view was created inside "
        "a custom Function (or because an input was returned as-is) and the autograd logic to "
        "handle view+inplace would override the custom backward associated with the custom "
        "Function, leading to incorrect gradients. This behavior is forbidden. You can fix this "
        "by cloning the output of the custom Function."
    ),
    "inference": (
        "A view was created in inference mode{and_its} modified inplace in normal mode. Given that "
        "this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by "
        "moving both the view and the inplace either both inside the inference_mode block (if you "
        "don't want the inplace to be tracked) or both outside (if you want the inplace to be "
        "tracked)."
    ),
}


def forbidden(view: Tensor, and_its: str = " and is being") -> str:
    """Say why a view, or what it is a view of, may not be written to."""
    name = "" if view._node is None else view._node.name()
    name = name.removesuffix("Backward0").removesuffix("Backward")
    return MADE[view._made].format(nr=view._output_nr, name=name, and_its=and_its)


def strided(
    values: array | Absent, size: Sequence[int], stride: tuple[int, ...], dtype: dtype
) -> Tensor:
    """Return a new tensor of elements given in row-major order, laid out by dense strides."""
    if stride == contiguous_stride(size) or values is ABSENT:
        return fresh(values, size, dtype, stride)
    memory = array(dtype.typecode, bytes(len(values) * values.itemsize))
    kernels.put(memory, size, stride, 0, values)
    return fresh(memory, size, dtype, stride)


def fresh(
    values: array | Absent,
    size: Sequence[int],
    dtype: dtype,
    stride: tuple[int, ...] | None = None,
) -> Tensor:
    """Return a new tensor that owns `values`, a kernel's result.

    Args:
        values: stored numbers of `dtype` in the order of memory, or ABSENT for a meta tensor.
        size: of the tensor.
        dtype: of its elements.
        stride: dense; contiguous if None.
    """
    storage = UntypedStorage(values, math.prod(size), dtype)
    return wrap(Tensor, storage, size, stride or contiguous_stride(size))
