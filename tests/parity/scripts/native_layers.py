"""What torch itself has of layers: more results than the layers show."""

# %% native_layers
import torch

table = torch.tensor([[0.5, 1.0, -2.0], [3.0, -1.5, 0.25], [0.1, 0.2, 0.3], [2.0, 4.0, -8.0]])
table.requires_grad_()
words, starts = torch.tensor([1, 2, 3, 1]), torch.tensor([0, 3])
torch.embedding_bag(table, words, starts)
torch.embedding_bag(table, words, starts, False, 1)
torch.embedding_bag(table, words, starts, False, 2)
torch.embedding_bag(table, words, starts, False, 0, False, None, False, 1)
torch.embedding_bag(table, words, starts, False, 1, False, None, False, 1)
torch.embedding_bag(table, words, torch.tensor([0, 3, 4]), mode=2, include_last_offset=True)
torch.embedding_bag(table, words, starts, per_sample_weights=torch.tensor([1.0, 2.0, 3.0, 4.0]))
x = (torch.arange(24.0).view(2, 3, 4) * 0.37).sin().requires_grad_()
torch.native_layer_norm(x, (4,), None, None, 1e-5)
torch.native_layer_norm(x, (3, 4), torch.ones(3, 4), torch.ones(3, 4), 1e-5)
torch.native_batch_norm(x, None, None, None, None, True, 0.1, 1e-5)
torch.native_batch_norm(x, None, None, torch.zeros(3), torch.ones(3), False, 0.1, 1e-5)
parts = torch.native_group_norm(x, None, None, 2, 3, 4, 3, 1e-5)
parts
torch.native_dropout(x, 0.5, True)
torch.native_dropout(x, 0.5, False)
torch.native_dropout(x, 0.25, None)[0].sum().backward()
x.grad
torch.feature_dropout(x, 0.5, True)
torch.feature_dropout(x, 0.5, False) is x
torch.feature_dropout(x, 1.5, True)
torch.feature_alpha_dropout(x, 0.5, True)
torch.feature_dropout_(x.detach().clone(), 0.5, True)
torch.dropout_(x.detach().clone(), 0.5, True)
torch.alpha_dropout_(x.detach().clone(), 0.5, True)
seq, kernel, shift = torch.randn(4, 2, 3), torch.randn(2, 3, 2), torch.randn(2)
kernel.requires_grad_()
y = torch.conv_tbc(seq, kernel, shift, 1)
y
torch.autograd.grad((y * y).sum(), kernel)
torch.convolution(x, torch.ones(2, 3, 2), None, [1], [0], [1], False, [0], 1)
torch.convolution(x, torch.ones(3, 2, 2), None, [2], [0], [1], True, [1], 1)
torch.max_pool1d_with_indices(x, 2)
torch.native_layer_norm(x)
torch.convolution(x)
