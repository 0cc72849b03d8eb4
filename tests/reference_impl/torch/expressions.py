"""Tables of expressions, evaluated on an engine."""

from collections.abc import Callable
from types import ModuleType
from typing import Any


def evaluated(expression: str, setup: str = "") -> Callable[[ModuleType], Any]:
    """Return a function that evaluates an expression with `torch` and `t` standing for an engine.

    Args:
        expression: What to evaluate.
        setup: Statements to run before.
    """

    def run(engine: ModuleType) -> Any:
        names = {"torch": engine, "t": engine.tensor, "nan": float("nan"), "inf": float("inf")}
        exec(setup, names)
        return eval(expression, names)

    return run


def lines(table: str) -> list[str]:
    """Return the expressions of a table, one a line or several with semicolons between."""
    return [part.strip() for part in table.strip().replace("\n", ";").split(";") if part.strip()]
