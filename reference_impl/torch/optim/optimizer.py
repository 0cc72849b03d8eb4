"""What all optimizers share: groups of parameters, their options, and what is remembered."""

from __future__ import annotations

import functools
import warnings
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from copy import deepcopy
from itertools import chain

from .. import dtypes
from ..graph import RemovableHandle
from ..nn.modules.hooked import added
from ..nn.modules.module import typename, zeroed
from ..public import Public
from ..tensor import Tensor

__all__ = [
    "Optimizer",
    "register_optimizer_step_post_hook",
    "register_optimizer_step_pre_hook",
]

BEFORE_STEPS: OrderedDict[int, Callable] = OrderedDict()  # hooks of all optimizers
AFTER_STEPS: OrderedDict[int, Callable] = OrderedDict()

required = type("_RequiredParameter", (), {"__repr__": lambda self: "<required parameter>"})()

Parameters = Iterable[Tensor] | Iterable[dict] | Iterable[tuple[str, Tensor]]


class Optimizer(metaclass=Public):
    """The base of all optimizers; a subclass defines `step`.

    A group is a dict: `params`, and the options for them, such as `lr`. `state` holds what is
    remembered of each parameter from step to step.

    >>> w = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> optimizer = torch.optim.SGD([w], lr=0.5)
    >>> (w * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0., 0.], requires_grad=True)

    Args:
        params: tensors, or dicts of `params` and options, or pairs of names and tensors.
        defaults: the options of groups that do not have them.

    Raises:
        ValueError: no parameters, or one that was computed.
        TypeError: what is no tensor.
    """

    def __init__(self, params: Parameters, defaults: dict) -> None:
        self.defaults = defaults
        self._set_up_hooks()
        if isinstance(params, Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or "
                f"dicts, but got {typename(params)}"
            )
        self.state: defaultdict[Tensor, dict] = defaultdict(dict)
        self.param_groups: list[dict] = []
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Let the hooks run around the `step` that a subclass defines."""
        super().__init_subclass__(**kwargs)
        if "step" in vars(cls):
            cls.step = with_hooks(cls.step)

    def _set_up_hooks(self) -> None:
        for name in ("step_pre", "step_post", "state_dict_pre", "state_dict_post"):
            vars(self).setdefault(f"_optimizer_{name}_hooks", OrderedDict())
        for name in ("pre", "post"):
            vars(self).setdefault(f"_optimizer_load_state_dict_{name}_hooks", OrderedDict())

    def __getstate__(self) -> dict:
        return {name: vars(self)[name] for name in ("defaults", "state", "param_groups")}

    def __setstate__(self, state: dict) -> None:
        vars(self).update(state)
        self._set_up_hooks()
        self.defaults.setdefault("differentiable", False)

    def __repr__(self) -> str:
        text = f"{type(self).__name__} ("
        for at, group in enumerate(self.param_groups):
            options = "".join(f"    {k}: {group[k]}\n" for k in sorted(group) if k != "params")
            text += f"\nParameter Group {at}\n{options}"
        return text + ")"

    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """Change the parameters by their gradients; every subclass defines this."""
        raise NotImplementedError

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients, or set them to zero; `backward` adds to what is there."""
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    if set_to_none:
                        parameter.grad = None
                    else:
                        zeroed(parameter)

    def add_param_group(self, param_group: dict) -> None:
        """Add parameters with options of their own.

        Raises:
            TypeError: not a dict, or not tensors.
            ValueError: parameters that were computed, that are in a group already, or some with
                names and some without.
        """
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        given = param_group["params"]
        if isinstance(given, set):
            raise TypeError(
                "optimizer parameters need to be organized in ordered collections, but the "
                "ordering of tensors in sets will change between runs. Please use a list instead."
            )
        given = [given] if isinstance(given, Tensor) else list(given)
        names = [p[0] for p in given if isinstance(p, tuple)]
        parameters = [p[1] if isinstance(p, tuple) else p for p in given]
        param_group["params"] = parameters
        if names:
            if len(names) != len(parameters):
                raise ValueError(
                    "all optimizer params should be with/without names. Some param names are "
                    "missing"
                )
            param_group["param_names"] = names
        self._check_parameters(parameters)
        for name, default in self.defaults.items():
            if default is required and name not in param_group:
                raise ValueError(
                    "parameter group didn't specify a value of required optimization parameter "
                    f"{name}"
                )
            param_group.setdefault(name, default)
        self._check_group(param_group)
        self.param_groups.append(param_group)

    def _check_parameters(self, parameters: list) -> None:
        for parameter in parameters:
            if not isinstance(parameter, Tensor):
                raise TypeError(
                    "optimizer can only optimize Tensors, but one of the params is "
                    + typename(parameter)
                )
            leaf = parameter.is_leaf or parameter.retains_grad
            if not self.defaults.get("differentiable") and not leaf:
                raise ValueError("can't optimize a non-leaf Tensor")

    def _check_group(self, group: dict) -> None:
        parameters = group["params"]
        if len(parameters) != len(set(parameters)):
            warnings.warn(
                "optimizer contains a parameter group with duplicate parameters; in future, this "
                "will cause an error; see github.com/pytorch/pytorch/issues/40967 for more "
                "information",
                UserWarning,
                stacklevel=4,
            )
        named = "param_names" in group
        for other in self.param_groups:
            if ("param_names" in other) != named:
                raise ValueError(
                    "all optimizer param groups should be with/without names. cannot add param "
                    f"group {'with names' if named else 'without names'} to the optimizer"
                )
        if not set(chain(*(g["params"] for g in self.param_groups))).isdisjoint(parameters):
            raise ValueError("some parameters appear in more than one parameter group")

    # What is remembered, as a dict and back

    def state_dict(self) -> dict:
        """Return the options and what is remembered, with numbers in the place of parameters."""
        for hook in self._optimizer_state_dict_pre_hooks.values():
            hook(self)
        numbers: dict[int, int] = {}
        groups = []
        for group in self.param_groups:
            for parameter in group["params"]:
                numbers.setdefault(id(parameter), len(numbers))
            packed = {name: value for name, value in group.items() if name != "params"}
            packed["params"] = [numbers[id(p)] for p in group["params"]]
            groups.append(packed)
        state = {
            numbers[id(key)] if isinstance(key, Tensor) else key: value
            for key, value in self.state.items()
        }
        packed = {"state": state, "param_groups": groups}
        for hook in self._optimizer_state_dict_post_hooks.values():
            packed = hook(self, packed) or packed
        return packed

    def load_state_dict(self, state_dict: dict) -> None:
        """Take the options and what was remembered from what `state_dict` returned.

        Raises:
            ValueError: other groups than there are.
        """
        state_dict = state_dict.copy()
        for hook in self._optimizer_load_state_dict_pre_hooks.values():
            state_dict = hook(self, state_dict) or state_dict
        groups, saved = self.param_groups, deepcopy(state_dict["param_groups"])
        if len(groups) != len(saved):
            raise ValueError("loaded state dict has a different number of parameter groups")
        if any(len(g["params"]) != len(s["params"]) for g, s in zip(groups, saved, strict=True)):
            raise ValueError(
                "loaded state dict contains a parameter group that doesn't match the size of "
                "optimizer's group"
            )
        numbers = chain.from_iterable(group["params"] for group in saved)
        known = dict(zip(numbers, chain(*(g["params"] for g in groups)), strict=True))
        on_device = {
            number
            for group in saved
            if group.get("fused") or group.get("capturable")
            for number in group["params"]
        }
        state: defaultdict = defaultdict(dict)
        for key, value in state_dict["state"].items():
            if key in known:
                state[known[key]] = suited(known[key], value, key in on_device)
            else:
                state[key] = value
        for group, other in zip(groups, saved, strict=True):
            other["params"] = group["params"]
            if "param_names" in group:
                other.setdefault("param_names", group["param_names"])
        self.__setstate__({"state": state, "param_groups": saved})
        for hook in self._optimizer_load_state_dict_post_hooks.values():
            hook(self)

    # Hooks

    def register_step_pre_hook(self, hook: Callable) -> RemovableHandle:
        """Call `hook(optimizer, args, kwargs)` before `step`; it may return other arguments."""
        return added(self._optimizer_step_pre_hooks, hook, False)

    def register_step_post_hook(self, hook: Callable) -> RemovableHandle:
        """Call `hook(optimizer, args, kwargs)` after `step`."""
        return added(self._optimizer_step_post_hooks, hook, False)

    def register_state_dict_pre_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(optimizer)` before `state_dict`."""
        return added(self._optimizer_state_dict_pre_hooks, hook, prepend)

    def register_state_dict_post_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(optimizer, state_dict)` after `state_dict`; it may return another."""
        return added(self._optimizer_state_dict_post_hooks, hook, prepend)

    def register_load_state_dict_pre_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(optimizer, state_dict)` before `load_state_dict`; it may return another."""
        return added(self._optimizer_load_state_dict_pre_hooks, hook, prepend)

    def register_load_state_dict_post_hook(
        self, hook: Callable, prepend: bool = False
    ) -> RemovableHandle:
        """Call `hook(optimizer)` after `load_state_dict`."""
        return added(self._optimizer_load_state_dict_post_hooks, hook, prepend)


def suited(parameter: Tensor, value: object, on_device: bool, name: object = None) -> object:
    """Return what is remembered of a parameter in the parameter's type; a step count as it is.

    Args:
        parameter: whose type to take.
        value: a tensor, or a dict or list of such.
        on_device: whether step counts are float32, as fused and capturable steps want them.
        name: under which the value is remembered.
    """
    if isinstance(value, Tensor):
        if name == "step":
            return value.to(dtypes.float32) if on_device else value
        kind = parameter.dtype if parameter.is_floating_point() else value.dtype
        return value.to(parameter.device, kind)
    if isinstance(value, dict):
        return {key: suited(parameter, one, on_device, key) for key, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return type(value)(suited(parameter, one, on_device) for one in value)
    return value


def with_hooks(step: Callable) -> Callable:
    """Return a `step` that runs the hooks before and after."""

    @functools.wraps(step)
    def run(self: Optimizer, *args: object, **kwargs: object) -> object:
        for hook in [*BEFORE_STEPS.values(), *self._optimizer_step_pre_hooks.values()]:
            changed = hook(self, (self, *args), kwargs)
            if changed is None:
                continue
            if not isinstance(changed, tuple) or len(changed) != 2:
                raise RuntimeError(
                    f"{step} must return None or a tuple of (new_args, new_kwargs), but got "
                    f"{changed}."
                )
            (_, *args), kwargs = changed
        result = step(self, *args, **kwargs)
        for hook in [*self._optimizer_step_post_hooks.values(), *AFTER_STEPS.values()]:
            hook(self, (self, *args), kwargs)
        return result

    return run


def register_optimizer_step_pre_hook(hook: Callable) -> RemovableHandle:
    """Call `hook(optimizer, args, kwargs)` before each step of any optimizer."""
    return added(BEFORE_STEPS, hook, False)


def register_optimizer_step_post_hook(hook: Callable) -> RemovableHandle:
    """Call `hook(optimizer, args, kwargs)` after each step of any optimizer."""
    return added(AFTER_STEPS, hook, False)
