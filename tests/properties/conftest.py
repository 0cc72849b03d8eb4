"""How many examples hypothesis tries: few and always the same ones, or as many as are asked for.

pytest tests/properties --examples 20000
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "properties",
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take `--examples N`."""
    parser.addoption("--examples", type=int, help="random examples for each property")


def pytest_configure(config: pytest.Config) -> None:
    """Use the profile, and look for new examples only where their number is given."""
    examples = config.getoption("examples", None)
    settings.register_profile(
        "asked for",
        settings.get_profile("properties"),
        max_examples=examples or 100,
        derandomize=examples is None,
    )
    settings.load_profile("asked for")
