"""What layers and functions say to types, shapes and settings that do not fit."""

# %% normalization
import torch
import torch.nn.functional as F
from torch import nn

nn.BatchNorm1d(3)(torch.rand(4, 3).double())
nn.BatchNorm1d(3).eval()(torch.rand(4, 3).double())
nn.BatchNorm1d(3).double()(torch.rand(4, 3))
nn.BatchNorm1d(3).double().eval()(torch.rand(4, 3))
nn.BatchNorm1d(3)(torch.rand(4, 3).half()).dtype
nn.BatchNorm1d(3).half()(torch.rand(4, 3))
nn.BatchNorm1d(3, affine=False)(torch.rand(4, 3).double())
nn.BatchNorm1d(3, track_running_stats=False)(torch.rand(4, 3).double())
nn.BatchNorm2d(3, track_running_stats=False)(torch.rand(4, 3, 2, 2).double())
nn.InstanceNorm1d(3, affine=True)(torch.rand(4, 3, 4).double())
nn.LayerNorm(3)(torch.rand(4, 3).double())
nn.GroupNorm(1, 3)(torch.rand(4, 3).double())
nn.LayerNorm(3).double()(torch.rand(4, 3))
nn.RMSNorm(3)(torch.rand(4, 3).double()).dtype
nn.GroupNorm(2, 3)
nn.LayerNorm(3)(torch.rand(2, 2))
F.layer_norm(torch.rand(2, 3), (2,))
F.batch_norm(torch.rand(2, 3), None, None)
F.batch_norm(torch.rand(1, 3), None, None, training=True)
F.local_response_norm(torch.rand(2), 2)

# %% losses
import torch
import torch.nn.functional as F
from torch import nn

nn.NLLLoss(weight=torch.rand(3).half())(torch.rand(2, 3), torch.tensor([0, 1]))
nn.NLLLoss(weight=torch.rand(3).double())(torch.rand(2, 3), torch.tensor([0, 1]))
nn.NLLLoss(weight=torch.rand(3).double())(torch.rand(2, 3, 4), torch.zeros(2, 4).long())
nn.CrossEntropyLoss(weight=torch.rand(3).double())(torch.rand(2, 3), torch.tensor([0, 1]))
nn.CrossEntropyLoss(weight=torch.rand(3).double(), label_smoothing=0.1)(
    torch.rand(2, 3), torch.tensor([0, 1])
)
nn.CrossEntropyLoss(weight=torch.rand(3).double())(torch.rand(2, 3), torch.rand(2, 3))
nn.HuberLoss(delta="a")
nn.HuberLoss(delta=True)
nn.HuberLoss(delta=-1)
nn.BCELoss()(torch.tensor([1.5]), torch.tensor([1.0]))
nn.BCELoss()(torch.rand(2), torch.rand(3))
nn.MSELoss()(torch.rand(2), torch.rand(3))
nn.CrossEntropyLoss()(torch.rand(2, 3), torch.tensor([0, 5]))
nn.CrossEntropyLoss()(torch.rand(2, 3), torch.tensor([0, 1, 2]))
nn.CrossEntropyLoss()(torch.rand(2, 3), torch.tensor([0.0, 1.0]))
nn.CrossEntropyLoss(reduction="x")(torch.rand(2, 3), torch.tensor([0, 1]))
nn.KLDivLoss()(torch.rand(2, 3), torch.rand(2, 3))
F.cosine_embedding_loss(torch.rand(2, 3), torch.rand(2, 3), torch.rand(3))
F.binary_cross_entropy_with_logits(torch.rand(2), torch.rand(3))
F.ctc_loss(torch.rand(3, 1, 2), torch.tensor([[1]]), torch.tensor([4]), torch.tensor([1]))
F.triplet_margin_loss(torch.rand(2, 3), torch.rand(2, 3), torch.rand(2))

# %% layers
import torch
import torch.nn.functional as F
from torch import nn

nn.CircularPad1d(2)(torch.rand(2))
nn.CircularPad2d(2)(torch.rand(2, 2))
nn.CircularPad3d(2)(torch.rand(2, 2))
nn.Linear(3, 2)(torch.rand(4, 3).double())
nn.Linear(3, 2)(torch.ones(4, 3).long())
nn.Linear(3, 2)(torch.rand(4, 4))
nn.Linear(3, 2, bias=False)(torch.rand(4, 4))
nn.Linear(3, 2)(torch.rand(4))
nn.Linear(3, 2)(torch.rand(1, 2, 4))
nn.Linear(3, 2, bias=False)(torch.rand(4).double())
nn.Conv1d(3, 2, 2)(torch.rand(1, 3, 4).double())
nn.Conv2d(3, 2, 2)(torch.rand(1, 2, 4, 4))
nn.Conv2d(3, 2, 2)(torch.rand(4, 4))
nn.Conv2d(3, 2, 5)(torch.rand(3, 4, 4))
nn.Conv1d(3, 2, 2)(torch.ones(1, 3, 4).long())
nn.ConvTranspose1d(3, 2, 2)(torch.rand(1, 2, 4))
nn.Embedding(3, 2)(torch.tensor([3]))
nn.Embedding(3, 2)(torch.tensor([1.0]))
nn.Embedding(3, 2)([1])
nn.MultiheadAttention(5, 2)
nn.MultiheadAttention(4, 2)(torch.rand(2, 1, 3), torch.rand(2, 1, 3), torch.rand(2, 1, 3))
nn.TransformerEncoderLayer(4, 2, activation="x")
nn.Dropout(2)
nn.Softmax()(torch.rand(2, 2))
nn.Flatten(2)(torch.rand(2, 2))
nn.Unflatten(1, (2, 3))(torch.rand(2, 5))
nn.MaxPool2d(3)(torch.rand(1, 1, 2, 2))
nn.MaxPool2d(2, padding=2)(torch.rand(1, 1, 4, 4))
nn.AvgPool1d(2)(torch.rand(3))
nn.PReLU(3)(torch.rand(2, 2))
nn.Bilinear(2, 3, 4)(torch.rand(2, 2), torch.rand(2, 2))
nn.CosineSimilarity()(torch.rand(2, 2), torch.rand(3, 3))
nn.Upsample(scale_factor=2, mode="bilinear")(torch.rand(2, 2, 2))
nn.PixelShuffle(2)(torch.rand(1, 3, 2, 2))
nn.Conv2d(3, 2, 2, stride=2, padding="same")
nn.Conv2d(3, 2, 2, groups=2)
nn.Linear(2)
nn.Linear("a", 2)
nn.Linear(2, -1)
nn.Embedding(3, 2, padding_idx=5)
nn.Embedding.from_pretrained(torch.rand(3))
nn.Linear(0, 2).weight
nn.Conv1d(0, 2, 2)
nn.Conv1d(2, 2, 0)
nn.ReLU()(1)
nn.ReLU()(torch.rand(2), torch.rand(2))
nn.Linear(2, 2)()
nn.Linear(2, 2)([1.0, 2.0])

# %% recurrent
import torch
import torch.nn.functional as F
from torch import nn

nn.LSTM(3, 2)(torch.rand(1, 2, 4))
nn.LSTM(3, 2)(torch.rand(2))
nn.LSTM(3, 2)(torch.rand(1, 2, 3).double())
nn.LSTM(3, 2)(torch.rand(1, 2, 3), torch.rand(1, 2, 2))
nn.LSTM(3, 2)(torch.rand(1, 2, 3), (torch.rand(1, 1, 2), torch.rand(1, 2, 2)))
nn.GRU(3, 2)(torch.rand(1, 2, 3), torch.rand(1, 1, 2))
nn.RNN(3, 2, nonlinearity="x")
nn.LSTM(3, 0)
nn.LSTM(3, 2, dropout=2)
nn.GRUCell(3, 2)(torch.rand(1, 4))
nn.LSTMCell(3, 2)(torch.rand(1, 3), torch.rand(1, 2))
nn.utils.rnn.pack_padded_sequence(torch.rand(3, 2, 1), [1, 2])
nn.utils.rnn.pack_padded_sequence(torch.rand(3, 2, 1), [2, 0])
nn.utils.rnn.pad_sequence(torch.rand(3))
nn.utils.rnn.pad_sequence([])

# %% containers
import torch
import torch.nn.functional as F
from torch import nn

nn.Sequential(1)
nn.Sequential(nn.Linear(1, 1))[1]
nn.ModuleList([1])
nn.ModuleDict({"a.b": nn.ReLU()})
nn.ModuleList([nn.ReLU()])(1)
nn.Module()(1)

# %% functions
import torch
import torch.nn.functional as F
from torch import nn

x32 = torch.rand(2, 3, 7, 7)
x64 = x32.double()
F.fractional_max_pool2d(
    x32, 2, output_size=3, _random_samples=torch.rand(2, 3, 2, dtype=torch.float64)
)
F.fractional_max_pool2d(x64, 2, output_size=3, _random_samples=torch.rand(2, 3, 2))
F.fractional_max_pool3d(
    torch.rand(2, 3, 7, 7, 7),
    2,
    output_size=3,
    _random_samples=torch.rand(2, 3, 3, dtype=torch.float64),
)
F.fractional_max_pool2d(x32, 2, output_size=3, _random_samples=torch.rand(2, 3, 3))
F.fractional_max_pool2d(x32, 2, output_size=3, _random_samples=torch.rand(2, 2, 2))
F.one_hot(torch.tensor([1.0]))
F.interpolate(torch.rand(1, 1, 4))
F.pad(torch.rand(2, 2), (1,))
F.normalize(torch.rand(2, 2), dim=5)
F.softmax(torch.ones(2).long(), 0)
F.dropout(torch.rand(2), -1)
F.gelu(torch.rand(2), approximate="x")
F.glu(torch.rand(3))
F.scaled_dot_product_attention(torch.rand(2, 3), torch.rand(2, 4), torch.rand(2, 4))
F.embedding(torch.tensor([0]), torch.rand(2, 2), padding_idx=3)
F.conv1d(torch.rand(1, 1, 3), torch.rand(1, 1, 2), stride=0)
F.max_pool1d(torch.rand(1, 1, 3), 2, stride=-1)
F.adaptive_avg_pool2d(torch.rand(1, 3), 2)
F.unfold(torch.rand(2, 2), 2)
F.fold(torch.rand(1, 4, 3), 2, 2)
F.hardtanh(torch.rand(2), 1, -1)
F.gumbel_softmax(torch.ones(2).long())
F.linear(torch.rand(2, 3), torch.rand(3, 2))
F.bilinear(torch.rand(2, 3), torch.rand(3, 2), torch.rand(1, 3, 2))

# %% the_rest
import torch
import torch.nn.functional as F
from torch import nn

nn.init.xavier_uniform_(torch.rand(3))
nn.init.calculate_gain("x")
nn.init.kaiming_normal_(torch.rand(3, 3), mode="x")
nn.utils.clip_grad_norm_([], 1.0)
nn.utils.clip_grad_norm_(nn.Linear(2, 2).parameters(), 1.0)
