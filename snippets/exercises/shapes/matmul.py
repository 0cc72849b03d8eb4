# %% distances-start fails="shape"
import torch


def distances(points, centers):
    return ((points - centers) ** 2).sum(1)


# %% distances-check
points = torch.tensor([[0.0, 0.0], [3.0, 4.0], [1.0, 0.0]])
centers = torch.tensor([[0.0, 1.0], [3.0, 0.0], [0.0, 0.0]])
assert distances(points, centers).shape == (3, 3), "shape"
assert distances(points[:2], centers).shape == (2, 3), "order"
y = distances(points, centers)
assert y.tolist() == [[1, 9, 0], [18, 16, 25], [2, 4, 1]], "values"

# %% distances-solution
import torch


def distances(points, centers):
    return ((points.unsqueeze(1) - centers) ** 2).sum(2)


# %% distances-wrong-unsummed fails="shape"
import torch


def distances(points, centers):
    return (points.unsqueeze(1) - centers) ** 2


# %% distances-wrong-turned fails="order"
import torch


def distances(points, centers):
    return ((centers.unsqueeze(1) - points) ** 2).sum(2)


# %% distances-wrong-product fails="values"
import torch


def distances(points, centers):
    return points @ centers.t()
