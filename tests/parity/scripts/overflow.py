# %% a number that does not fit is refused where a kernel reads it
u = torch.zeros(3, dtype=torch.uint8)
u.fill_(256)
u.fill_(-1)
u.fill_(-256)
u.fill_(-0.5)
u.fill_(255.7)
torch.full((2,), 300, dtype=torch.int8)
torch.full((2,), 2**40, dtype=torch.int32)
torch.full((2,), 2**63)
torch.full((2,), 2**64)
torch.zeros(2, dtype=torch.int16).fill_(40000)
torch.zeros(2, dtype=torch.int64).fill_(float("nan"))
torch.zeros(0).fill_(1e40)
torch.zeros(2, 2).fill_diagonal_(1e40)
torch.nn.functional.pad(torch.ones(2), (1, 0), value=1e40)
torch.linspace(0, 300, 3, dtype=torch.int8)
torch.ones(2, dtype=torch.uint8).add(1, alpha=300)
torch.ones(2, dtype=torch.int8).pow(200)
torch.ones(2, dtype=torch.uint8).clamp_min(300)
torch.where(torch.tensor([True]), torch.ones(1, dtype=torch.uint8), 300)

# %% a half may become infinite when it is alone
h = torch.zeros(2, dtype=torch.half)
h.fill_(1e6)
h.fill_(65519)
h.fill_(float("inf"))
h[0] = 1e6
h[:] = 70000.0
h
torch.full((1,), 1e6, dtype=torch.half)
torch.full((2,), 1e6, dtype=torch.half)
torch.zeros(2, dtype=torch.half).add(1, alpha=1e6)
torch.zeros(2, dtype=torch.half).clamp(min=1e6)
torch.where(torch.tensor([True]), 1e6, torch.ones(1).half())

# %% what is assigned wraps around, or is refused
u = torch.zeros(3, dtype=torch.uint8)
u[0] = 256
u[0] = -1
u[0] = 300.5
u
y = torch.zeros(2, dtype=torch.long)
y[0] = 2**40
y[0] = 2**70
y[0] = float("nan")
y
u.copy_(torch.tensor([300, -1, 2]))
i = torch.zeros(2, dtype=torch.int32)
i[0] = 2**31
i
