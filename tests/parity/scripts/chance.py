# %% seeds
import torch

torch.manual_seed(42)
torch.rand(2, 3)
torch.randn(3)
torch.randint(0, 10, (5,))
torch.randint(10, (2, 2))
torch.randperm(6)
torch.randn(20)
torch.manual_seed(42)
torch.rand(2, 3)
torch.initial_seed()
torch.manual_seed("a")
torch.manual_seed(1.5)
torch.manual_seed(-1)
torch.rand(1)
torch.seed
s = torch.get_rng_state()
a = torch.rand(2)
torch.set_rng_state(s)
torch.equal(a, torch.rand(2))
s.shape, s.dtype
torch.random.manual_seed(3)
torch.rand(1)

# %% generators
import torch

g = torch.Generator()
g
g.manual_seed(5)
torch.rand(2, generator=g)
torch.randn(2, generator=g)
torch.randperm(4, generator=g)
g.initial_seed()
g.device
torch.randint(5, (3,), generator=g)
torch.rand(2, generator=5)
torch.rand(2, generator=None)
torch.multinomial(torch.tensor([0.1, 0.9]), 5, replacement=True, generator=g)
torch.bernoulli(torch.full((5,), 0.5), generator=g)
torch.normal(0.0, torch.ones(3), generator=g)
torch.normal(torch.zeros(3), 1.0, generator=g)
torch.normal(torch.zeros(3), torch.ones(3))
torch.normal(0.0, 1.0, (2, 2))
torch.poisson(torch.ones(3), generator=g)
torch.default_generator

# %% in_place
import torch

x = torch.empty(4)
x.uniform_()
x.uniform_(-1, 1)
x.uniform_(1, 0)
x.normal_()
x.normal_(5, 0.1)
x.normal_(0, -1)
x.random_(10)
x.random_(2, 5)
x.bernoulli_(0.3)
x.bernoulli_(2)
x.exponential_()
x.geometric_(0.5)
x.log_normal_()
x.cauchy_()
x.exponential_(-1)
torch.empty(3, dtype=torch.int64).random_(5)
torch.empty(3, dtype=torch.int64).normal_()
torch.rand(3) < 0.5
torch.randn(2, 3).shape
torch.rand(2, requires_grad=True)
torch.randn(2, dtype=torch.float64)
torch.rand_like(torch.ones(2))
torch.randn(3).argsort()
torch.rand(3).round(decimals=1)
(torch.rand(3) * 10).int()
torch.randint(3, (2,)).dtype
torch.randint(0, 2, (3,), dtype=torch.float32)
torch.randint(0, 2, (3,), dtype=torch.bool)
torch.rand(3, dtype=torch.float16)
torch.randn(2, dtype=torch.bfloat16)
