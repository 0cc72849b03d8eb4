# %% target-start fails="shape"
import torch


def target_scores(scores, target):
    return scores[:, target]


# %% target-check
scores = torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2], [0.2, 0.2, 0.6]])
target = torch.tensor([1, 2, 0])
y = target_scores(scores, target)
assert y.shape == (3,), "shape"
assert y.equal(torch.tensor([0.7, 0.2, 0.2])), "values"
assert target_scores(scores[:1], target[:1]).shape == (1,), "single"
assert target_scores(scores.requires_grad_(), target).requires_grad, "gradient"

# %% target-solution
import torch


def target_scores(scores, target):
    return scores.gather(1, target.unsqueeze(1)).squeeze(1)


# %% target-wrong-column fails="shape"
import torch


def target_scores(scores, target):
    return scores.gather(1, target.unsqueeze(1))


# %% target-wrong-best fails="values"
import torch


def target_scores(scores, target):
    return scores.amax(1)


# %% target-wrong-squeezed fails="single"
import torch


def target_scores(scores, target):
    return scores.gather(1, target.unsqueeze(1)).squeeze()


# %% target-wrong-list fails="gradient"
import torch


def target_scores(scores, target):
    return torch.tensor([row[i] for row, i in zip(scores.tolist(), target.tolist())])
