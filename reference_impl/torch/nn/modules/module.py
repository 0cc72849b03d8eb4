"""`nn.Module`: parameters, buffers and other modules under one roof, with a `forward`.

What a module does with the modules below it stands in `tree.py`, how it is called in
`hooked.py`, how it is written to a dict in `saving.py`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Self

from ...devices import channels_last, device, memory_format, usable
from ...dtypes import dtype
from ...gradmode import no_grad
from ...tensor import Tensor
from ..parameter import Buffer, Parameter
from .hooked import Hooked
from .saving import Saving

__all__ = ["Module"]


def typename(value: object) -> str:
    """Return the name of a value's type, as errors give it."""
    if isinstance(value, Tensor):
        return value.type()
    owner = value if hasattr(value, "__qualname__") else type(value)
    module = (owner.__module__ or "").removeprefix("reference_impl.")
    return owner.__qualname__ if module in ("", "builtins") else f"{module}.{owner.__qualname__}"


def indented(text: str, by: int = 2) -> str:
    """Indent every line but the first."""
    return text.replace("\n", "\n" + " " * by)


class Module(Hooked, Saving):
    """The base of all layers and models: assign parameters and modules, define `forward`.

    What is assigned in `__init__`, after `super().__init__()`, is found again: parameters by
    `parameters()`, modules by `children()`.

    >>> class Line(torch.nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.slope = torch.nn.Parameter(torch.tensor(2.0))
    ...     def forward(self, x):
    ...         return self.slope * x
    >>> line = Line()
    >>> line(torch.tensor([1.0, 3.0]))
    tensor([2., 6.], grad_fn=<MulBackward0>)
    >>> dict(line.named_parameters())
    {'slope': Parameter containing:
    tensor(2., requires_grad=True)}
    """

    training: bool
    call_super_init = False
    dump_patches = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        if not self.call_super_init and kwargs:
            raise TypeError(
                f"{type(self).__name__}.__init__() got an unexpected keyword argument "
                f"'{next(iter(kwargs))}'"
            )
        if not self.call_super_init and args:
            raise TypeError(
                f"{type(self).__name__}.__init__() takes 1 positional argument but "
                f"{len(args) + 1} were given"
            )
        vars(self).update(
            training=True,
            _parameters={},
            _buffers={},
            _non_persistent_buffers_set=set(),
            _backward_pre_hooks=OrderedDict(),
            _backward_hooks=OrderedDict(),
            _is_full_backward_hook=None,
            _forward_hooks=OrderedDict(),
            _forward_hooks_with_kwargs=OrderedDict(),
            _forward_hooks_always_called=OrderedDict(),
            _forward_pre_hooks=OrderedDict(),
            _forward_pre_hooks_with_kwargs=OrderedDict(),
            _state_dict_hooks=OrderedDict(),
            _state_dict_pre_hooks=OrderedDict(),
            _load_state_dict_pre_hooks=OrderedDict(),
            _load_state_dict_post_hooks=OrderedDict(),
            _modules={},
        )
        if self.call_super_init:
            super().__init__(*args, **kwargs)

    def forward(self, *input: object) -> object:
        """Return the output; every subclass defines this, and `module(x)` calls it."""
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function'
        )

    # What is assigned

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Add a parameter under a name; None keeps the name free for one.

        Raises:
            TypeError: no parameter.
            KeyError: a name that is taken, empty, or has a dot.
            ValueError: a tensor that was computed.
        """
        self._check_name("parameter", name, "_parameters")
        if param is not None:
            if not isinstance(param, Parameter):
                raise TypeError(
                    f"cannot assign '{typename(param)}' object to parameter '{name}' "
                    "(torch.nn.Parameter or None required)"
                )
            if param.grad_fn:
                raise ValueError(
                    f"Cannot assign non-leaf Tensor to parameter '{name}'. Model parameters must "
                    f"be created explicitly. To express '{name}' as a function of another Tensor, "
                    "compute the value in the forward() method."
                )
        self._parameters[name] = param

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Add a tensor that the module keeps but does not learn, such as a running mean.

        Args:
            name: under which it is an attribute.
            tensor: the tensor, or None.
            persistent: whether it belongs to `state_dict`.
        """
        self._check_name("buffer", name, "_buffers")
        if tensor is not None and not isinstance(tensor, Tensor):
            raise TypeError(
                f"cannot assign '{typename(tensor)}' object to buffer '{name}' (torch Tensor or "
                "None required)"
            )
        self._buffers[name] = tensor
        if persistent:
            self._non_persistent_buffers_set.discard(name)
        else:
            self._non_persistent_buffers_set.add(name)

    def add_module(self, name: str, module: Module | None) -> None:
        """Add a module below this one under a name."""
        if not isinstance(module, Module) and module is not None:
            raise TypeError(f"{typename(module)} is not a Module subclass")
        if not isinstance(name, str):
            raise TypeError(f"module name should be a string. Got {typename(name)}")
        if hasattr(self, name) and name not in self._modules:
            raise KeyError(f"attribute '{name}' already exists")
        if "." in name:
            raise KeyError(f'module name can\'t contain ".", got: {name}')
        if name == "":
            raise KeyError('module name can\'t be empty string ""')
        self._modules[name] = module

    def register_module(self, name: str, module: Module | None) -> None:
        """Do what `add_module` does."""
        self.add_module(name, module)

    def _check_name(self, what: str, name: str, members: str) -> None:
        if members not in vars(self):
            raise AttributeError(f"cannot assign {what} before Module.__init__() call")
        if not isinstance(name, str):
            raise TypeError(f"{what} name should be a string. Got {typename(name)}")
        if "." in name:
            raise KeyError(f'{what} name can\'t contain "."')
        if name == "":
            raise KeyError(f'{what} name can\'t be empty string ""')
        if hasattr(self, name) and name not in vars(self)[members]:
            raise KeyError(f"attribute '{name}' already exists")

    def __getattr__(self, name: str) -> object:
        own = vars(self)
        for members in ("_parameters", "_buffers", "_modules"):
            if members in own and name in own[members]:
                return own[members][name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name: str, value: object) -> None:
        own = vars(self)
        parameters, modules = own.get("_parameters"), own.get("_modules")
        buffers = own.get("_buffers")
        if isinstance(value, Parameter):
            if parameters is None:
                raise AttributeError("cannot assign parameters before Module.__init__() call")
            self._forget(name, but="_parameters")
            self.register_parameter(name, value)
        elif parameters is not None and name in parameters:
            self._check_none(value, "parameter", name, "torch.nn.Parameter or None")
            self.register_parameter(name, None)
        elif isinstance(value, Module):
            if modules is None:
                raise AttributeError("cannot assign module before Module.__init__() call")
            self._forget(name, but="_modules")
            modules[name] = value
        elif modules is not None and name in modules:
            self._check_none(value, "child module", name, "torch.nn.Module or None")
            modules[name] = None
        elif isinstance(value, Buffer) or (buffers is not None and name in buffers):
            if not isinstance(value, Tensor):
                self._check_none(value, "buffer", name, "torch.nn.Buffer, torch.Tensor or None")
            kept = name not in own.get("_non_persistent_buffers_set", ())
            self.register_buffer(name, value, getattr(value, "persistent", kept))
        else:
            object.__setattr__(self, name, value)

    def _forget(self, name: str, but: str) -> None:
        """Take away what a name stood for, unless it is of the kind that is assigned."""
        own = vars(self)
        own.pop(name, None)
        for members in ("_parameters", "_buffers", "_modules"):
            if members != but:
                own[members].pop(name, None)
        self._non_persistent_buffers_set.discard(name)

    def _check_none(self, value: object, what: str, name: str, expected: str) -> None:
        if value is not None:
            raise TypeError(
                f"cannot assign '{typename(value)}' as {what} '{name}' ({expected} expected)"
            )

    def __delattr__(self, name: str) -> None:
        for members in (self._parameters, self._buffers, self._modules):
            if name in members:
                del members[name]
                self._non_persistent_buffers_set.discard(name)
                return
        object.__delattr__(self, name)

    # What is done to all of them

    def apply(self, fn: Callable[[Module], None]) -> Self:
        """Call `fn` with every module below this one, then with itself; return it.

        >>> def count(module):
        ...     print(type(module).__name__)
        >>> _ = torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.ReLU()).apply(count)
        Linear
        ReLU
        Sequential
        """
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Self:
        """Let `fn` replace the numbers of every parameter, gradient and buffer."""
        for module in self.children() if recurse else ():
            module._apply(fn)
        for name, parameter in self._parameters.items():
            if parameter is None:
                continue
            with no_grad():
                changed = fn(parameter)
                grad = None if parameter._grad is None else fn(parameter._grad)
            if changed.device == parameter.device:
                parameter.data = changed
            else:  # memory of another kind: a parameter of its own
                parameter = Parameter(changed, parameter.requires_grad)
                self._parameters[name] = parameter
            if grad is not None:
                parameter._grad = grad
        for name, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[name] = fn(buffer)
        return self

    def to(self, *args: object, **kwargs: object) -> Self:
        """Change the type or device of all parameters and buffers in place; return the module.

        Args:
            args: a device, a floating dtype, both, or a tensor to be like.
            kwargs: the same by name, and `non_blocking` and `memory_format`.

        Raises:
            TypeError: for a dtype that is not floating.
        """
        on, target = kwargs.get("device"), kwargs.get("dtype")
        for value in (*args, kwargs.get("tensor")):
            if isinstance(value, Tensor):
                on, target = value.device, value.dtype
            elif isinstance(value, dtype):
                target = value
            elif isinstance(value, (device, str, int)) and not isinstance(value, bool):
                on = value
        if target is not None and not target.is_floating_point:
            raise TypeError(
                "nn.Module.to only accepts floating point or complex dtypes, but got desired "
                f"dtype={target}"
            )
        on = None if on is None else usable(on)
        wanted = kwargs.get("memory_format")

        def convert(t: Tensor) -> Tensor:
            format = None if wanted is channels_last and t.dim() != 4 else wanted
            return moved(t, on, target if t.is_floating_point() else None, format)

        return self._apply(convert)

    def float(self) -> Self:
        """Make all floating parameters and buffers float32."""
        return self._apply(lambda t: t.float() if t.is_floating_point() else t)

    def double(self) -> Self:
        """Make all floating parameters and buffers float64."""
        return self._apply(lambda t: t.double() if t.is_floating_point() else t)

    def half(self) -> Self:
        """Make all floating parameters and buffers float16."""
        return self._apply(lambda t: t.half() if t.is_floating_point() else t)

    def bfloat16(self) -> Self:
        """Make all floating parameters and buffers bfloat16."""
        return self._apply(lambda t: t.bfloat16() if t.is_floating_point() else t)

    def type(self, dst_type: dtype | str) -> Self:
        """Make all parameters and buffers of one type."""
        return self._apply(lambda t: t.type(dst_type))

    def cpu(self) -> Self:
        """Move all parameters and buffers to the cpu."""
        return self._apply(lambda t: t.cpu())

    def cuda(self, device: object = None) -> Self:
        """Raise: there is no GPU here."""
        return self._apply(lambda t: t.cuda(device))

    def to_empty(self, *, device: device | str | None, recurse: bool = True) -> Self:
        """Move all parameters and buffers to a device without copying their numbers."""
        return self._apply(lambda t: t.new_empty(t.shape, device=usable(device)), recurse)

    def share_memory(self) -> Self:
        """Return the module: there is but one process."""
        return self

    def train(self, mode: bool = True) -> Self:
        """Set `training` here and below: dropout drops, batch norm counts; return the module.

        Raises:
            ValueError: for what is no bool.
        """
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self) -> Self:
        """Set `training` to False here and below; return the module."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Set whether gradients are wanted for the parameters; return the module."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients of all parameters, or set them to zero."""
        for parameter in self.parameters():
            if parameter._grad is not None:
                if set_to_none:
                    parameter.grad = None
                else:
                    zeroed(parameter)

    # How it shows

    def _get_name(self) -> str:
        return type(self).__name__

    def extra_repr(self) -> str:
        """Return what stands between the parentheses of the module's repr."""
        return ""

    def __repr__(self) -> str:
        extra = self.extra_repr()
        lines = extra.split("\n") if extra else []
        below = [f"({name}): {indented(repr(child))}" for name, child in self._modules.items()]
        if not below and len(lines) <= 1:
            return f"{self._get_name()}({''.join(lines)})"
        inside = "\n  ".join(lines + below)
        return f"{self._get_name()}(\n  {inside}\n)"

    def __dir__(self) -> Iterable[str]:
        names = {
            *dir(type(self)),
            *vars(self),
            *self._parameters,
            *self._modules,
            *self._buffers,
        }
        return sorted(name for name in names if not name[0].isdigit())


def moved(
    t: Tensor, on: device | None, target: dtype | None, format: memory_format | None
) -> Tensor:
    """Return a tensor on another device or of another type; meta's error names the remedy."""
    try:
        return t.to(on or t.device, target or t.dtype, memory_format=format)
    except NotImplementedError as error:
        raise NotImplementedError(
            f"{error} Please use torch.nn.Module.to_empty() instead of torch.nn.Module.to() when "
            "moving module from meta to a different device."
        ) from None


def zeroed(parameter: Tensor) -> None:
    """Set a gradient to zero, outside of any graph."""
    if parameter.grad.grad_fn is not None:
        parameter.grad.detach_()
    else:
        parameter.grad.requires_grad_(False)
    parameter.grad.zero_()


def shown(module: Module, *names: str) -> str:
    """Return attributes as `name=value`, and `inplace=True` where a module works in place."""
    parts = [f"{name}={getattr(module, name)!r}" for name in names]
    if getattr(module, "inplace", False):
        parts.append("inplace=True")
    return ", ".join(parts)
