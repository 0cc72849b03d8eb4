"""One step of training of small models: the engine beside torch."""

from __future__ import annotations

from benchmarks import Figure
from benchmarks._workers import in_turns, workers

MODELS = ("TextCNN", "CNN", "LSTM", "attention")


def run() -> list[Figure]:
    """Measure model by model, both engines in turns."""
    with workers(("reference", "torch")) as engines:
        return [
            Figure(engine, answer["ms"], "ms", task=f"{model}, a step")
            for model in MODELS
            for engine, answer in in_turns(model, engines).items()
            if "ms" in answer
        ]
