# %% batch-start fails="dtype"
import numpy as np
import torch


def to_batch(rows):
    return torch.from_numpy(rows)


# %% batch-check
rows = np.array([[1.0, 2.0], [3.0, 4.0]])
batch = to_batch(rows)
assert batch.dtype == torch.float32, "dtype"
assert batch.tolist() == [[1.0, 2.0], [3.0, 4.0]], "values"
single = np.array([[1.0, 2.0]], dtype=np.float32)
kept = to_batch(single)
single[0, 0] = 99
assert kept.tolist() == [[1.0, 2.0]], "copy"
try:
    turned = to_batch(rows[::-1]).tolist()
except ValueError:
    turned = None
assert turned == [[3.0, 4.0], [1.0, 2.0]], "reversed"

# %% batch-solution
import numpy as np
import torch


def to_batch(rows):
    return torch.tensor(rows.copy(), dtype=torch.float32)


# %% batch-wrong-float fails="copy"
import numpy as np
import torch


def to_batch(rows):
    return torch.from_numpy(rows.copy() if rows.strides[0] < 0 else rows).float()


# %% batch-wrong-sorted fails="reversed"
import numpy as np
import torch


def to_batch(rows):
    return torch.tensor(np.sort(rows, axis=0), dtype=torch.float32)


# %% batch-wrong-strided fails="reversed"
import numpy as np
import torch


def to_batch(rows):
    return torch.tensor(rows, dtype=torch.float32)
