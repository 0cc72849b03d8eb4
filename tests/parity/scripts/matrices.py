# %% products
import torch

a = torch.arange(6.0).reshape(2, 3)
b = torch.arange(6.0).reshape(3, 2)
v = torch.tensor([1.0, 2.0, 3.0])
a @ b
a @ v
v @ b
v @ v
b @ v
a @ a
v @ a
a @ 2
2 @ a
a * v
a.mm(b)
a.mm(v)
a.mv(v)
a.mv(a)
a.matmul(b)
v.dot(v)
v.dot(a)
v.dot(v[:2])
torch.mm(a, a)
torch.matmul(a, b)
torch.matmul(a)
torch.mm(a, b, out=torch.zeros(2, 2))
torch.dot(v, v.long())
torch.bmm(a[None], b[None])
torch.bmm(a, b)
torch.bmm(a[None], a[None])
a.long() @ b
a.long() @ b.long()
a.bool() @ b.bool()
a.half() @ b.half()
torch.outer(v, v)
torch.outer(a, v)
torch.inner(v, v)
torch.ger(v, v)
torch.cross(v, torch.tensor([1.0, 0.0, 0.0]), dim=0)
torch.addmm(torch.ones(2, 2), a, b)
torch.addmv(torch.ones(2), a, v)
torch.baddbmm(torch.ones(1, 2, 2), a[None], b[None])
torch.einsum("ij,jk->ik", a, b)
torch.einsum("ij->ji", a)
torch.einsum("ij->", a)
torch.einsum("ii->i", torch.eye(2))
torch.einsum("ij,jk->ik", a, a)
torch.einsum("ij,jk", a, b)
torch.einsum("i", a)
torch.einsum("ij,j->i", a, v)
torch.einsum("abc", a)
torch.tensordot(a, b, dims=1)
torch.tensordot(a, b, dims=([1], [0]))
torch.kron(torch.eye(2), torch.ones(1, 2))
torch.chain_matmul(a, b, a)
torch.ones(2, 0) @ torch.ones(0, 3)
torch.ones(2, 3, 4) @ torch.ones(4, 5)
(torch.ones(2, 3, 4) @ torch.ones(2, 4, 1)).shape
torch.ones(2, 3, 4) @ torch.ones(3, 4, 5)
a @ torch.ones(2)
torch.tensor(2.0) @ a
a.trace()
torch.eye(2).trace()

# %% triangles_and_diagonals
import torch

a = torch.arange(9).reshape(3, 3)
a.tril()
a.triu(1)
a.diag()
torch.diag(torch.tensor([1, 2]))
torch.diag(torch.tensor([1, 2]), 1)
torch.diagflat(torch.tensor([[1, 2]]))
torch.diag_embed(torch.tensor([[1, 2]]))
a.diagonal(1)
a.diagonal(offset=-1)
a.fill_diagonal_(0)
a.trace()
torch.tril(torch.ones(2))
torch.diag(torch.ones(2, 2, 2))
torch.tril(torch.ones(2, 2), diagonal=-1)

# %% linear_algebra
import torch

a = torch.tensor([[4.0, 1.0], [2.0, 3.0]])
torch.linalg.det(a)
torch.det(a)
a.det()
torch.linalg.inv(a)
a.inverse()
torch.linalg.solve(a, torch.tensor([1.0, 2.0]))
torch.linalg.norm(a)
torch.linalg.norm(a, 2)
torch.linalg.vector_norm(a)
torch.linalg.matrix_norm(a)
torch.linalg.matrix_rank(a)
torch.linalg.eigvalsh(a @ a.T)
torch.linalg.cholesky(a @ a.T)
torch.linalg.qr(a)
torch.linalg.svd(a)
torch.linalg.svdvals(a)
torch.linalg.pinv(a)
torch.linalg.matrix_power(a, 3)
torch.matrix_power(a, 2)
torch.linalg.slogdet(a)
torch.logdet(a)
torch.linalg.inv(torch.zeros(2, 2))
torch.linalg.inv(torch.ones(2, 3))
torch.linalg.inv(torch.ones(2, 2, dtype=torch.int64))
torch.linalg.det(torch.ones(2))
torch.linalg.lstsq(a, torch.ones(2, 1)).solution
torch.linalg.cond(a)
torch.trace(a)
torch.norm(a)
torch.norm(a, dim=1)
torch.norm(a, p=1)
torch.norm(a, p="fro")
torch.norm(a, p="nuc")
torch.norm(a.long())
a.norm(2, 0)
