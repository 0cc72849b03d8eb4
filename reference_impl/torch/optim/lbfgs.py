"""L-BFGS: steps that know how the slope has changed, for functions that can be asked often."""

from __future__ import annotations

from collections.abc import Callable

from ..elementwise import mul
from ..gradmode import enable_grad, no_grad
from ..joining import cat
from ..tensor import Tensor
from .line_search import strong_wolfe
from .optimizer import Optimizer, Parameters
from .stepping import check_rate, scalar

__all__ = ["LBFGS"]


class LBFGS(Optimizer):
    """Steps along the slope corrected by how it changed over the last steps.

    Newton's method would divide the gradient by the second derivative, a matrix too large to
    keep; here it is guessed from `history_size` differences of gradients. Each `step` asks the
    closure many times. (Liu and Nocedal, 1989)

    >>> w = torch.tensor([3.0, -1.0], requires_grad=True)
    >>> optimizer = torch.optim.LBFGS([w], line_search_fn="strong_wolfe")
    >>> def closure():
    ...     optimizer.zero_grad()
    ...     loss = (w - 1).square().sum()
    ...     loss.backward()
    ...     return loss
    >>> optimizer.step(closure)
    tensor(8., grad_fn=<SumBackward0>)
    >>> w
    tensor([1., 1.], requires_grad=True)

    Args:
        params: what to change; one group.
        lr: the learning rate.
        max_iter: how many steps along a direction a `step` makes at most.
        max_eval: how often it asks the closure; by default five for four of those.
        tolerance_grad: it ends where no slope is steeper.
        tolerance_change: and where nothing changes more.
        history_size: how many changes to remember.
        line_search_fn: "strong_wolfe" to look for a good length of each step.
    """

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1,
        max_iter: int = 20,
        max_eval: int | None = None,
        tolerance_grad: float = 1e-7,
        tolerance_change: float = 1e-9,
        history_size: int = 100,
        line_search_fn: str | None = None,
    ) -> None:
        check_rate(lr)
        defaults = {
            "lr": lr,
            "max_iter": max_iter,
            "max_eval": max_iter * 5 // 4 if max_eval is None else max_eval,
            "tolerance_grad": tolerance_grad,
            "tolerance_change": tolerance_change,
            "history_size": history_size,
            "line_search_fn": line_search_fn,
        }
        super().__init__(params, defaults)
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")
        self._params = self.param_groups[0]["params"]

    # Parameters and gradients as one vector

    def _slope(self) -> Tensor:
        """Return all gradients, one after the other."""
        grads = [
            p.new_zeros(p.numel()) if p.grad is None else p.grad.view(-1) for p in self._params
        ]
        return cat(grads, 0)

    def _move(self, length: float | Tensor, direction: Tensor) -> None:
        """Move all parameters along a direction."""
        at = 0
        for p in self._params:
            part = direction[at : at + p.numel()]
            p.add_(part.view_as(p), alpha=length)
            at += p.numel()

    def _tried(
        self, closure: Callable, start: list[Tensor], length: float | Tensor, direction: Tensor
    ) -> tuple[float, Tensor]:
        """Return loss and slope some way along a direction, and go back."""
        self._move(length, direction)
        loss, slope = float(closure()), self._slope()
        for p, before in zip(self._params, start, strict=True):
            p.copy_(before)
        return loss, slope

    @no_grad()
    def step(self, closure: Callable[[], float]) -> float:
        """Go down as far as the options let; return the loss at the start.

        Args:
            closure: computes the loss and its gradients anew.

        Raises:
            RuntimeError: an unknown line search.
        """
        closure = enable_grad()(closure)
        group, state = self.param_groups[0], self.state[self._params[0]]
        lr = scalar(group["lr"])
        state.setdefault("func_evals", 0)
        state.setdefault("n_iter", 0)
        first = closure()
        loss, asked = float(first), 1
        state["func_evals"] += 1
        slope = self._slope()
        done = bool(slope.abs().max() <= group["tolerance_grad"])
        if done:
            return first
        memory = Memory(state, group["history_size"])
        for iteration in range(1, group["max_iter"] + 1):
            state["n_iter"] += 1
            memory.turn(slope, state["n_iter"] == 1)
            memory.prev_loss = loss
            direction = memory.d
            length = min(1.0, 1.0 / slope.abs().sum()) * lr if state["n_iter"] == 1 else lr
            memory.t = length
            steepness = slope.dot(direction)
            if steepness > -group["tolerance_change"]:
                break
            more = 0
            if group["line_search_fn"] is not None:
                if group["line_search_fn"] != "strong_wolfe":
                    raise RuntimeError("only 'strong_wolfe' is supported")
                start = [p.clone() for p in self._params]
                loss, slope, length, more = strong_wolfe(
                    lambda t, d, start=start: self._tried(closure, start, t, d),
                    length,
                    direction,
                    loss,
                    slope,
                    steepness,
                    most=group["max_eval"] - asked,
                )
                memory.t = length
            self._move(length, direction)
            if group["line_search_fn"] is None and iteration != group["max_iter"]:
                loss, slope, more = float(closure()), self._slope(), 1
            done = bool(slope.abs().max() <= group["tolerance_grad"])
            asked += more
            state["func_evals"] += more
            if iteration == group["max_iter"] or asked >= group["max_eval"] or done:
                break
            least = group["tolerance_change"]
            if direction.mul(length).abs().max() <= least or abs(loss - memory.prev_loss) < least:
                break
        memory.save(state)
        return first


class Memory:
    """What L-BFGS knows of former steps: differences of gradients and of parameters."""

    NAMES = ("d", "t", "old_dirs", "old_stps", "ro", "H_diag", "prev_flat_grad", "prev_loss")

    def __init__(self, state: dict, most: int) -> None:
        for name in self.NAMES:
            setattr(self, name, state.get(name))
        self.most = most
        self.state = state

    def save(self, state: dict) -> None:
        """Put it where `state_dict` finds it."""
        for name in self.NAMES:
            state[name] = getattr(self, name)

    def turn(self, slope: Tensor, first: bool) -> None:
        """Find the direction of the next step."""
        if first:
            self.d, self.H_diag = slope.neg(), 1
            self.old_dirs, self.old_stps, self.ro = [], [], []
        else:
            self.remember(slope.sub(self.prev_flat_grad), self.d.mul(self.t))
            self.d = self.corrected(slope)
        if self.prev_flat_grad is None:
            self.prev_flat_grad = slope.clone()
        else:
            self.prev_flat_grad.copy_(slope)

    def remember(self, change: Tensor, step: Tensor) -> None:
        """Keep how the slope changed over a step, if it grew along it."""
        product = change.dot(step)
        if product > 1e-10:
            if len(self.old_dirs) == self.most:
                for kept in (self.old_dirs, self.old_stps, self.ro):
                    kept.pop(0)
            self.old_dirs.append(change)
            self.old_stps.append(step)
            self.ro.append(1.0 / product)
            self.H_diag = product / change.dot(change)

    def corrected(self, slope: Tensor) -> Tensor:
        """Return the negative slope times the guessed inverse of the second derivative."""
        shares = self.state.setdefault("al", [None] * self.most)
        q = slope.neg()
        for at in reversed(range(len(self.old_dirs))):
            shares[at] = self.old_stps[at].dot(q) * self.ro[at]
            q.add_(self.old_dirs[at], alpha=-shares[at])
        q = mul(q, self.H_diag)
        for at in range(len(self.old_dirs)):
            back = self.old_dirs[at].dot(q) * self.ro[at]
            q.add_(self.old_stps[at], alpha=shares[at] - back)
        return q
