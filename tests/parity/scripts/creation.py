# %% literals
import torch

torch.tensor(3)
torch.tensor(3.0)
torch.tensor([1, 2.5])
torch.tensor([True, 2])
torch.tensor([[1, 2], [3, 4]]).shape
torch.tensor([])
torch.tensor([[]])
torch.tensor([[], []]).shape
torch.tensor((1, 2))
torch.tensor(range(3))
torch.tensor([1, 2], dtype=torch.float64)
torch.tensor([1.7, -1.7], dtype=torch.int32)
torch.tensor([0, 1, 2], dtype=torch.bool)
torch.tensor("a")
torch.tensor(["a", "b"])
torch.tensor([[1, 2], [3]])
torch.tensor([1, [2]])
torch.tensor([[1], 2])
torch.tensor(None)
torch.tensor([None])
torch.tensor({})
torch.tensor({1, 2})
torch.tensor()
torch.tensor(1, 2)
torch.tensor([1], dtype="float32")
torch.tensor([1], device="cuda:7x")
torch.tensor([1], requires_grad=True)
torch.tensor([1.0], requires_grad=1)
torch.tensor([1.0], foo=1)
torch.tensor([256], dtype=torch.uint8)
torch.tensor([2**63])
torch.tensor(2**40)
torch.tensor(1e40)

# %% of_tensors
import torch

x = torch.tensor([1.0, 2.0])
torch.tensor(x)
torch.tensor([x[0], x[1]])
torch.tensor([x, x])
torch.tensor([torch.tensor(1), torch.tensor(2.5)])
torch.as_tensor(x) is x
torch.as_tensor([1, 2], dtype=torch.float32)
torch.asarray([1, 2])
torch.scalar_tensor(3)
torch.scalar_tensor(3, dtype=torch.int64)

# %% zeros_and_ones
import torch

torch.zeros(3)
torch.zeros(2, 3)
torch.zeros((2, 3))
torch.zeros([2, 3])
torch.zeros(torch.Size([2, 3]))
torch.zeros()
torch.zeros(())
torch.zeros(0)
torch.zeros(0, 3)
torch.zeros(2.0)
torch.zeros("3")
torch.zeros(2, "3")
torch.zeros(None)
torch.zeros(-1)
torch.zeros(2, -1)
torch.zeros(True)
torch.zeros([2, [3]])
torch.zeros(2, dtype=torch.int64)
torch.zeros(2, dtype=int)
torch.zeros(2, dtype=float)
torch.zeros(2, dtype=bool)
torch.zeros(2, dtype=str)
torch.zeros(2, foo=1)
torch.zeros(size=(2,))
torch.ones(2, 2) * 3
torch.ones(2, requires_grad=True)
torch.ones(2, dtype=torch.int64, requires_grad=True)
torch.ones(torch.tensor(3))
torch.ones(torch.tensor([2, 3]))
torch.ones(torch.tensor(3.0))

# %% full_and_eye
import torch

torch.full((2, 2), 7)
torch.full((2,), 7.5)
torch.full((2,), True)
torch.full(2, 7)
torch.full((2,))
torch.full((2,), "a")
torch.full((2,), 1.5, dtype=torch.int64)
torch.full((2,), torch.tensor(3.5))
torch.full((), 3)
torch.eye(3)
torch.eye(2, 3)
torch.eye(2, dtype=torch.int64)
torch.eye(-1)
torch.eye(2.0)
torch.eye(0)
torch.empty(0)
torch.empty(2, 0).shape
torch.empty((2, 3), dtype=torch.int8).dtype

# %% ranges
import torch

torch.arange(5)
torch.arange(5.0)
torch.arange(1, 4)
torch.arange(1, 2, 0.25)
torch.arange(5, 0, -2)
torch.arange(0)
torch.arange(-3)
torch.arange(5, 0)
torch.arange(0, 5, 0)
torch.arange(0, 5, -1)
torch.arange()
torch.arange("a")
torch.arange(3, dtype=torch.float16)
torch.arange(0, 1, 0.1)
torch.arange(start=1, end=3)
torch.arange(end=3)
torch.arange(2**31, 2**31 + 2)
torch.arange(0.5, 3)
torch.arange(3).dtype
torch.arange(3, dtype=torch.bool)
torch.arange(2, dtype=torch.bool)
torch.linspace(0, 1, 5)
torch.linspace(0, 1)[:3]
torch.linspace(0, 1, steps=1)
torch.linspace(0, 1, 0)
torch.linspace(0, 1, -1)
torch.linspace(0, 10, 5, dtype=torch.int64)
torch.linspace(1, 0, 3)
torch.logspace(0, 2, 3)
torch.logspace(0, 3, 4, base=2)
torch.range(0, 3)

# %% likes
import torch

x = torch.tensor([[1, 2], [3, 4]])
torch.zeros_like(x)
torch.ones_like(x, dtype=torch.float32)
torch.full_like(x, 9)
torch.full_like(x, 1.5)
torch.empty_like(x).shape
torch.rand_like(x)
torch.rand_like(x.float())
torch.randn_like(x, dtype=torch.float32)
torch.randint_like(x, 10)
torch.zeros_like([1, 2])
torch.zeros_like(3)
torch.ones_like(x.t()).stride()
x.new_zeros(2)
x.new_ones(2, 3)
x.new_full((2,), 3)
x.new_tensor([1.5])
x.new_empty(0)
x.new_zeros(2, dtype=torch.bool)

# %% legacy
import torch

torch.Tensor([1, 2])
torch.Tensor(2, 3).shape
torch.Tensor()
torch.Tensor(3.0)
torch.Tensor([[1], [2]])
torch.LongTensor([1, 2])
torch.FloatTensor([1, 2])
torch.LongTensor([1.5])
torch.ByteTensor([1, 255])
torch.BoolTensor([0, 1])
torch.IntTensor(2).shape
torch.Tensor("a")
torch.FloatTensor
torch.LongTensor

# %% without_size
import torch

torch.rand()
torch.randn()
torch.ones()
torch.empty()
torch.randint()
torch.randint(5)
torch.randint(5, 3)
torch.randint((2, 3), 5)
torch.randint(5, (2,), 3)
torch.randint(3, 3, (2,))
torch.randint(5, 3, (2,))
torch.randperm()
torch.randperm(-1)
torch.randperm(2.5)
torch.rand("a")
torch.rand(2, "a")
torch.rand(-2)
torch.randn(2, dtype=torch.int64)
torch.rand(2, dtype=torch.int64)
torch.rand([2, 2]).shape
torch.normal(0, 1)
torch.normal(0.0, 1.0, (2,))
torch.normal(0.0, -1.0, (2,))
torch.bernoulli(torch.tensor([2.0]))
torch.multinomial(torch.tensor([1.0, -1.0]), 1)
torch.multinomial(torch.tensor([1.0, 1.0]), 3)

# %% grids
import torch

a, b = torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")
a
b
a.stride()
torch.meshgrid(torch.arange(2), torch.arange(3), indexing="xy")[0]
torch.meshgrid(torch.arange(2), torch.arange(3))[1]
torch.meshgrid([torch.arange(2), torch.arange(3)], indexing="ij")[1]
torch.meshgrid(torch.arange(2), indexing="zz")
torch.meshgrid()
torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([3, 4]))
torch.combinations(torch.tensor([1, 2, 3]))
torch.combinations(torch.tensor([1, 2, 3]), r=3)
torch.combinations(torch.tensor([1, 2, 3]), with_replacement=True)
torch.tril_indices(3, 3)
torch.triu_indices(2, 3, offset=1)
torch.vander(torch.tensor([1, 2, 3]))

# %% device_and_dtype
import torch

torch.device("cpu")
torch.device("cpu", 0)
torch.device("cuda")
torch.device("cuda:1")
torch.device("cuda", 1).index
torch.device("banana")
torch.device(3)
torch.device("cpu") == torch.device("cpu")
torch.device("cpu") == "cpu"
str(torch.device("cpu"))
f"{torch.device('cpu')}"
torch.ones(1).device
torch.ones(1).device.type
torch.ones(1).device.index
torch.ones(1, device="meta")
torch.ones(1, device="cpu").device == torch.device("cpu")
torch.cuda.is_available()
"cuda" if torch.cuda.is_available() else "cpu"
torch.backends.mps.is_available()
torch.ones(1).is_cuda
torch.ones(1).to("cpu")
torch.ones(1).get_device()
torch.float32
str(torch.float32)
torch.float32 == torch.float
torch.float32 is torch.float
torch.long
torch.half
torch.double
torch.float32.is_floating_point
torch.int64.is_floating_point
torch.float32.itemsize
torch.float32.is_complex
torch.bool.is_signed
torch.uint8.is_signed
{torch.float32: 1}[torch.float]
type(torch.float32)
isinstance(torch.float32, torch.dtype)
torch.dtype
torch.finfo(torch.float32)
torch.finfo(torch.float32).eps
torch.finfo().max
torch.finfo(torch.float16).tiny
torch.finfo(torch.int64)
torch.iinfo(torch.int32)
torch.iinfo(torch.int64).max
torch.iinfo(torch.float32)
torch.iinfo(torch.uint8).min
torch.finfo(torch.bfloat16)
torch.get_default_dtype()
torch.set_default_dtype(torch.float64)
torch.ones(1).dtype
torch.tensor(1.5)
torch.set_default_dtype(torch.int64)
torch.set_default_dtype("float")
