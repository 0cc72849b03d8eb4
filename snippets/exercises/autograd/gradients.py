# %% predict-start fails="leaf"
import torch

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0)
c = a * b
d = torch.tensor(5.0, requires_grad=True)
(c * d.detach() + d).backward()
answer = {"a": 0, "b": 0, "c": 0, "d": 0}

# %% predict-check
assert not any(isinstance(guess, torch.Tensor) for guess in answer.values()), "guess"
assert answer["a"] == a.grad == 15, "leaf"
assert answer["b"] is b.grad is None, "constant"
assert answer["c"] is None, "computed"
assert answer["d"] == d.grad == 1, "cut"

# %% predict-solution
import torch

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0)
c = a * b
d = torch.tensor(5.0, requires_grad=True)
(c * d.detach() + d).backward()
answer = {"a": 15, "b": None, "c": None, "d": 1}

# %% predict-wrong-constant fails="constant"
import torch

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0)
c = a * b
d = torch.tensor(5.0, requires_grad=True)
(c * d.detach() + d).backward()
answer = {"a": 15, "b": 10, "c": None, "d": 1}

# %% predict-wrong-computed fails="computed"
import torch

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0)
c = a * b
d = torch.tensor(5.0, requires_grad=True)
(c * d.detach() + d).backward()
answer = {"a": 15, "b": None, "c": 5, "d": 1}

# %% predict-wrong-cut fails="cut"
import torch

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0)
c = a * b
d = torch.tensor(5.0, requires_grad=True)
(c * d.detach() + d).backward()
answer = {"a": 15, "b": None, "c": None, "d": 7}


# %% predict-wrong-read fails="guess"
import torch

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0)
c = a * b
d = torch.tensor(5.0, requires_grad=True)
(c * d.detach() + d).backward()
answer = {"a": a.grad, "b": b.grad, "c": None, "d": d.grad}
