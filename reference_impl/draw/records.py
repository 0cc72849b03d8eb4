"""What autograd recorded for a tensor: leaves, nodes, named tensors, and the edges between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reference_impl.draw.pen import text_width
from reference_impl.draw.values import Tensor, listed, shape_of

MOST = 40
SAID = {"leaf": "leaf", "apart": "no gradient", "cut": "no gradient"}
PORT = 34
"""The room that one edge takes at a box, in px."""


@dataclass(slots=True)
class Box:
    """A "leaf", a "node", a computed "tensor", an input that is "cut", or a tensor "apart"."""

    kind: str
    name: str = ""
    shape: tuple[int, ...] | None = None
    grad: bool = False
    inputs: list[int] = field(default_factory=list)
    number: int = 0

    @property
    def said(self) -> str:
        """What stands behind its name."""
        return SAID.get(self.kind, "")

    @property
    def width(self) -> int:
        """Its width in px, even, so that its middle is a whole number."""
        if self.kind == "node":
            wide = text_width(self.name) + 28
        else:
            first = text_width(self.name, 14) + 8 * bool(self.name and self.said)
            first += text_width(self.said)
            second = 0 if self.shape is None else text_width(str(self.shape))
            second += (text_width(".grad") + 12) * self.grad
            wide = max(first, second) + 24
        return int(-(-max(wide, PORT * len(self.inputs)) // 2) * 2)

    @property
    def lines(self) -> int:
        """How many lines of text it holds."""
        return 2 if self.kind not in ("node", "cut") and (self.name or self.said) else 1

    @property
    def height(self) -> int:
        """Its height in px."""
        return 46 if self.lines == 2 else 30

    @property
    def label(self) -> str:
        """How a sentence calls it."""
        if self.kind == "cut":
            return "an input that gets no gradient"
        if self.kind == "node":
            return f"{self.name} ({self.number})" if self.number else self.name
        return f"{self.name or 'a tensor'} {self.shape}"


class Record:
    """The boxes of a graph. Box 0 is the tensor that was asked about."""

    def __init__(self, root: Tensor, tensors: Mapping[str, Tensor]) -> None:
        self.tensors = tensors
        self.boxes: list[Box] = []
        # The nodes are kept alive here, for they are told apart by identity.
        self.nodes: dict[int, tuple[Any, int]] = {}
        self._follow(root)
        self.order = self._forward()
        self.depths = self._depths()
        for name, x in tensors.items():
            if name not in {box.name for box in self.boxes}:
                self._add(Box("apart", name, shape_of(x)))
                self.depths.append(max(self.depths))
        for box in self.boxes:
            alike = [i for i in self.order if self.boxes[i].kind == "node"]
            alike = [i for i in alike if self.boxes[i].name == box.name]
            if box.kind == "node" and len(alike) > 1:
                box.number = 1 + [self.boxes[i] is box for i in alike].index(True)

    @property
    def edges(self) -> list[tuple[int, int]]:
        """Pairs of boxes: an input, and whose input it is."""
        return [(source, at) for at, box in enumerate(self.boxes) for source in box.inputs]

    def _follow(self, root: Tensor) -> None:
        name = self._named(root)
        if root.grad_fn is None:
            kind = "leaf" if root.requires_grad else "apart"
            self._add(Box(kind, name, shape_of(root), grad=kind == "leaf"))
            return
        self._add(Box("tensor", name, shape_of(root), grad=retains(root)))
        waiting = [(root.grad_fn, 0)]
        while waiting:
            node, taker = waiting.pop()
            if node is None:
                self.boxes[taker].inputs.append(self._add(Box("cut")))
                continue
            known = id(node) in self.nodes
            if not known:
                self.nodes[id(node)] = (node, self._box(node, root))
            place = self.nodes[id(node)][1]
            self.boxes[taker].inputs.append(place)
            if not known and self.boxes[place].kind != "leaf":
                inner = self.boxes[place].inputs[0] if self.boxes[place].inputs else place
                waiting += [(source, inner) for source, _ in reversed(node.next_functions)]

    def _box(self, node: Any, root: Tensor) -> int:
        """Add the box of a node; where its result has a name, return that tensor's box."""
        if len(self.nodes) >= MOST:
            raise ValueError(f"the graph has more than {MOST} nodes: draw one of fewer operations")
        if node.name().endswith("AccumulateGrad"):
            leaf = node.variable
            return self._add(Box("leaf", self._named(leaf), shape_of(leaf), grad=True))
        place = self._add(Box("node", node.name()))
        for name, x in self.tensors.items():
            if x.grad_fn is node and x is not root:
                box = Box("tensor", name, shape_of(x), grad=retains(x), inputs=[place])
                return self._add(box)
        return place

    def _add(self, box: Box) -> int:
        self.boxes.append(box)
        return len(self.boxes) - 1

    def _named(self, x: Any) -> str:
        return next((name for name, tensor in self.tensors.items() if tensor is x), "")

    def _forward(self) -> list[int]:
        """Return the boxes so that each comes after its inputs."""
        order: list[int] = []
        seen: set[int] = set()
        waiting = [(0, False)]
        while waiting:
            at, ready = waiting.pop()
            if ready:
                order.append(at)
            elif at not in seen:
                seen.add(at)
                waiting.append((at, True))
                waiting += [(source, False) for source in reversed(self.boxes[at].inputs)]
        return order

    def _depths(self) -> list[int]:
        """Return the longest way from each box down to box 0."""
        depths = [0] * len(self.boxes)
        for at in reversed(self.order):
            for source in self.boxes[at].inputs:
                depths[source] = max(depths[source], depths[at] + 1)
        return depths

    def sentences(self) -> str:
        """Return what the graph shows, step by step."""
        boxes = [self.boxes[i] for i in self.order]
        leaves = [box.label for box in boxes if box.kind == "leaf"]
        said = []
        if leaves:
            said.append(f"{listed(leaves)} {'is a leaf' if len(leaves) == 1 else 'are leaves'}.")
        for box in boxes:
            if box.kind == "node":
                inputs = [self._short(self.boxes[i]) for i in box.inputs]
                said.append(f"{box.label} takes {listed(inputs)}.")
            elif box.kind == "tensor":
                said.append(f"{self._short(self.boxes[box.inputs[0]])} gives {box.label}.")
        grads = [
            f"{box.name}.grad" if box.name else f".grad of {self._short(box)}"
            for box in boxes
            if box.grad
        ]
        if grads and len(boxes) > 1:
            said.append(f"Backward brings gradients to {listed(grads)}.")
        for box in self.boxes:
            if box.kind == "apart":
                said.append(f"{box.label} {'has no part in it' if leaves else 'has no grad_fn'}.")
        text = " ".join(said)
        return "A" + text[1:] if text.startswith("a tensor ") else text

    @staticmethod
    def _short(box: Box) -> str:
        if box.kind not in ("leaf", "tensor"):
            return box.label
        return box.name or f"the {box.kind} {box.shape}"


def retains(x: Any) -> bool:
    """Return whether a computed tensor keeps its gradient."""
    return bool(getattr(x, "retains_grad", False))
