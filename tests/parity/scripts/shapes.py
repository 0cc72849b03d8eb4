# %% view_and_reshape
import torch

x = torch.arange(12)
x.view(3, 4)
x.view(-1, 6)
x.view((2, 6)).shape
x.view([2, 6]).shape
x.view(5, 2)
x.view(-1, 5)
x.view(-1, -1)
x.view(-2, 6)
x.view()
x.view(12, 1).shape
x.view("a")
x.view(2.0, 6)
x.view(3, "4")
x.view(None)
x.view(torch.Size([3, 4])).shape
x.view(torch.float64)
x.view(torch.int32)
x.view(torch.int16).shape
x.view(torch.float32).shape
torch.tensor([1.0]).view(torch.int32)
torch.tensor([1.0, 2.0]).view(torch.uint8)
torch.tensor([1, 2, 3], dtype=torch.uint8).view(torch.int16)
torch.tensor(1.0).view(torch.uint8)
torch.tensor(1.0).view(torch.int32)
x.reshape(3, 4).t().view(12)
x.reshape(3, 4).t().reshape(12)
x.reshape(3, 4).t().reshape(-1)
x.reshape(3, 4).t().flatten()
x.reshape((3, 4)).shape
x.reshape(7)
x.reshape()
x.reshape(1, 12).squeeze().shape
torch.reshape(x, (3, 4)).shape
torch.reshape(x, 3, 4)
torch.reshape(x, (3, 4), 1)
x.view_as(torch.ones(4, 3)).shape
x.reshape_as(torch.ones(4, 3)).shape
x.view_as(3)
torch.zeros(0).view(-1, 0)
torch.zeros(0).view(0, -1)
torch.zeros(0).reshape(2, 0).shape
torch.zeros(2, 0).view(-1)
torch.tensor(5).view(1)
torch.tensor(5).reshape(1, 1)
torch.tensor(5).view(-1)
x.unflatten(0, (3, 4)).shape
x.unflatten(0, (3, 5))
x.unflatten(0, (-1, 2)).shape
x.view(2, 2, 3).flatten(1).shape
x.view(2, 2, 3).flatten(0, 1).shape
x.view(2, 2, 3).flatten(2, 1)
x.view(2, 2, 3).flatten(5)
x.ravel().shape
x.resize_(2, 2)
x.storage().size()
x.untyped_storage().nbytes()

# %% squeeze
import torch

x = torch.zeros(1, 2, 1, 3)
x.squeeze().shape
x.squeeze(0).shape
x.squeeze(1).shape
x.squeeze(-2).shape
x.squeeze((0, 2)).shape
x.squeeze(4)
x.squeeze("a")
x.squeeze(0, 1)
x.squeeze(dim=0).shape
x.unsqueeze(0).shape
x.unsqueeze(-1).shape
x.unsqueeze(5)
x.unsqueeze()
x.unsqueeze((0, 1))
torch.tensor(1).unsqueeze(0)
torch.tensor(1).squeeze()
torch.tensor(1).squeeze(0)
torch.tensor(1).squeeze(1)
torch.squeeze(x).shape
torch.unsqueeze(x, 2).shape

# %% transposing
import torch

x = torch.arange(6).reshape(2, 3)
x.t()
x.T
x.mT
x.H
x.transpose(0, 1)
x.transpose(0, 2)
x.transpose(0)
x.permute(1, 0)
x.permute((1, 0))
x.permute(0)
x.permute(0, 0)
x.permute(0, 2)
x.permute(-1, 0)
x.permute()
x.swapaxes(0, 1)
x.swapdims(0, 1)
x.movedim(0, 1)
x.moveaxis(0, 1)
torch.arange(3).t()
torch.arange(3).T
torch.arange(24).reshape(2, 3, 4).t()
torch.arange(24).reshape(2, 3, 4).T.shape
torch.arange(24).reshape(2, 3, 4).mT.shape
torch.tensor(1).T
torch.tensor(1).mT
torch.arange(3).mT
torch.transpose(x, 0, 1)
torch.t(x)
x.t().stride()
x.adjoint()
torch.rot90(x)
torch.flip(x, [0])
torch.flip(x, (0, 1))
x.flip(0)
x.flip(0, 1)
x.flip(2)
x.flip(0, 0)
x.flip()
torch.fliplr(x)
torch.flipud(x)
torch.fliplr(torch.arange(3))
torch.roll(x, 1)
torch.roll(x, 1, 0)
torch.roll(x, (1, 1), (0, 1))
torch.roll(x, (1, 1), 0)

# %% joining
import torch

a = torch.ones(2, 3)
b = torch.zeros(2, 3, dtype=torch.int64)
torch.cat([a, b])
torch.cat((a, a), 1)
torch.cat((a, a), dim=-1).shape
torch.cat([a, torch.ones(3, 3)]).shape
torch.cat([a, torch.ones(2, 4)])
torch.cat([a, torch.ones(3)])
torch.cat([a, torch.tensor([])]).shape
torch.cat([])
torch.cat(a)
torch.cat(a, a)
torch.cat([a, 1])
torch.cat([a, [1]])
torch.cat([a, a], 2)
torch.cat([torch.tensor(1), torch.tensor(2)])
torch.cat()
torch.cat([b, b.bool()])
torch.concat([a, a]).shape
torch.concatenate([a, a], axis=1).shape
torch.stack([a, a]).shape
torch.stack([a, a], dim=2).shape
torch.stack([a, a], dim=3)
torch.stack([a, torch.ones(2)])
torch.stack([])
torch.stack([torch.tensor(1), torch.tensor(2)])
torch.stack([1, 2])
torch.stack(a)
torch.vstack([a, a]).shape
torch.vstack([torch.arange(2), torch.arange(2)])
torch.hstack([torch.arange(2), torch.arange(2)])
torch.dstack([torch.arange(2), torch.arange(2)])
torch.column_stack([torch.arange(2), torch.arange(2)])
torch.block_diag(torch.ones(1, 2), torch.ones(1, 1))
torch.row_stack([a, a]).shape

# %% splitting
import torch

x = torch.arange(10)
x.split(3)
x.split([3, 7])
x.split([3, 3])
x.split(0)
x.split(-1)
x.split(3, dim=1)
x.split("a")
x.chunk(3)
x.chunk(20)
x.chunk(0)
x.chunk(-1)
torch.chunk(x, 2)
torch.split(x, 5)
x.tensor_split(3)
x.tensor_split((2, 5))
x.tensor_split(0)
x.unbind()[3]
x.reshape(2, 5).unbind(1)[0]
x.reshape(2, 5).hsplit(5)[0]
x.reshape(2, 5).vsplit(2)
x.reshape(2, 5).hsplit(3)
x.vsplit(2)
len(x.split(4))
a, b = x.chunk(2)
b
type(x.split(3)), type(x.unbind())
x.split_with_sizes([5, 5])

# %% storage
import torch

x = torch.arange(4.0).reshape(2, 2)
x.storage()
x.storage().tolist()
x.t().storage()
x[1].storage()
x.storage()[1]
len(x.storage())
x.storage().dtype
x.untyped_storage().size()
x.untyped_storage()[:4]
x[0].untyped_storage().data_ptr() == x.untyped_storage().data_ptr()
x.storage_offset(), x[1].storage_offset(), x[1, 1].storage_offset()
x.stride(), x.stride(0), x.stride(-1)
x.stride(2)
x.element_size(), x.nbytes, x.itemsize
x.numel(), x.nelement(), torch.numel(x)
x.dim(), x.ndim, x.ndimension()
x.is_contiguous(), x.t().is_contiguous()
x.t().is_contiguous(memory_format=torch.contiguous_format)
x.as_strided((2,), (1,))
x.as_strided((2, 2), (1, 1))
x.as_strided((9,), (1,))
x.as_strided((2,), (1,), 3)
x.as_strided((2,), (-1,))
x.layout
x.is_sparse, x.is_quantized, x.is_meta, x.is_cuda
x.names if hasattr(x, "names") else None
x.type(), x.double().type(), x.long().type(), x.bool().type()
x.type(torch.int32)
x.type("torch.LongTensor")
x.type("a")
x.type(3)
x.is_floating_point(), x.long().is_floating_point()
x.is_signed(), x.byte().is_signed()
x._version
x.add_(1)._version
x[0].add_(1)._version
x.view(4)._version
x.clone()._version
x.dtype, x.device, x.shape, x.requires_grad, x.grad, x.grad_fn, x.is_leaf
x.foo
x.shape = (4,)
x.dtype = torch.int64
x.device = "cpu"
x.data = torch.zeros(3)
x
x.foo = 5
x.foo
x.grad_fn = None
x.is_leaf = False
x.requires_grad = 1
x.grad = 5
x.grad = torch.zeros(2)
x.grad = torch.zeros(3)
x.grad
x.T = 1
x.ndim = 3

# %% types
import torch

x = torch.ones(2)
type(x)
type(x) is torch.Tensor
isinstance(x, torch.Tensor)
isinstance(x, torch.FloatTensor)
isinstance(x, torch.LongTensor)
isinstance(1, torch.Tensor)
torch.is_tensor(x)
torch.is_tensor(1)
torch.is_floating_point(x)
type(x.shape), type(x.dtype), type(x.device), type(x.stride())
type(x.item()), type(x.long()[0].item()), type(x.bool()[0].item())
type(x.tolist()), type(x.max(0))
type(x.numel())
type(torch.nn.Parameter(x))
isinstance(torch.nn.Parameter(x), torch.Tensor)
x.__class__
x.__class__.__name__
type(x).__name__
callable(x.sum)
callable(x)
x()
hasattr(x, "sum"), hasattr(x, "foo")
getattr(x, "shape")
getattr(x, "foo", 3)
torch.Tensor
torch.Tensor.__name__
torch.nn.Module
torch.nn.Linear
torch.Generator
torch.Size
torch.device
torch.typename(x)
torch.typename(1)
torch.is_storage(x)
issubclass(torch.nn.Parameter, torch.Tensor)
torch.foo
torch.tensro([1])
torch.__version__
torch.pi
torch.e
torch.inf, torch.nan
torch.newaxis
