"""Both engines, one after the other: a picture may not tell them apart."""

import pytest
from draw_engines import MODULES, load


@pytest.fixture(params=MODULES)
def engine(request):
    return load(request.param, "arange", "tensor", "ones", "empty", "cat")
