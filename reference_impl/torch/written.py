"""In place under the function's own name: `torch.exp_(x)` is `x.exp_()`."""

from __future__ import annotations

from collections.abc import Callable

from .tensor import Tensor

NAMES = (
    "abs acos acosh addmv arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh ceil "
    "clamp clamp_max clamp_min clip cos cosh deg2rad erf erfc exp exp2 expm1 fill fix floor frac "
    "gcd i0 index_put lcm ldexp log log10 log1p log2 logit nan_to_num neg negative rad2deg "
    "reciprocal round rsqrt sigmoid sin sinc sinh sqrt square tan tanh trunc xlogy"
).split()

__all__ = [f"{name}_" for name in NAMES]


def written(name: str) -> Callable:
    """Return the function that does what `Tensor.NAME` does, its first argument the tensor."""
    method = getattr(Tensor, name)

    def call(input: Tensor, *args: object, **kwargs: object) -> Tensor:
        if not isinstance(input, Tensor):
            raise TypeError(
                f"{name}(): argument 'input' (position 1) must be Tensor, not "
                f"{type(input).__name__}"
            )
        return method(input, *args, **kwargs)

    call.__name__ = call.__qualname__ = name
    call.__doc__, call.__wrapped__ = method.__doc__, method
    return call


globals().update({name: written(name) for name in __all__})
