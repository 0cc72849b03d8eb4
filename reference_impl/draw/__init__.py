"""Pictures of tensors, storages, graphs, joins, convolutions, batches and numbers, as SVG.

A picture is drawn from public attributes alone (`shape`, `stride()`, `tolist()`, `grad_fn` and
the like), and nothing here imports torch. So torch's tensors and those of `reference_impl.torch`
give the very same bytes. Put a picture last in a notebook cell and the notebook shows it.

Reading order: pen (ink, paper, text), values (what a tensor holds, in torch's own words), grids
(`tensor`), tapes (`storage`), joins (`cat`), windows (`conv1d`), records (what autograd keeps),
layers (where its boxes stand), graphs (`graph`), batches (`batches`, `counts`), padding
(`padding`), pieces (`pieces`), curves (`curves`).
"""

from reference_impl.draw.batches import batches, counts
from reference_impl.draw.curves import curves
from reference_impl.draw.graphs import graph
from reference_impl.draw.grids import tensor
from reference_impl.draw.joins import cat
from reference_impl.draw.padding import padding
from reference_impl.draw.pen import Picture
from reference_impl.draw.pieces import pieces
from reference_impl.draw.tapes import storage
from reference_impl.draw.windows import conv1d

__all__ = [
    "Picture",
    "batches",
    "cat",
    "conv1d",
    "counts",
    "curves",
    "graph",
    "padding",
    "pieces",
    "storage",
    "tensor",
]
