"""Factors by elimination, what is solved with known factors, and matrix exponentials."""

import pytest
from oracle import check, same


def positive(engine, x):
    """Positive-definite matrices made of any."""
    return x @ x.mT + engine.eye(x.shape[-1], dtype=x.dtype)


CALLS = {
    "lu": lambda torch, x: torch.linalg.lu(x + torch.eye(3, dtype=x.dtype)),
    "lu_factor": lambda torch, x: torch.linalg.lu_factor(x + 2 * torch.eye(3, dtype=x.dtype)),
    "lu_factor_ex": lambda torch, x: torch.linalg.lu_factor_ex(x + torch.eye(3, dtype=x.dtype)),
    "matrix_exp": lambda torch, x: torch.matrix_exp(x),
    "cholesky_solve": lambda torch, x: torch.cholesky_solve(
        x, torch.linalg.cholesky(positive(torch, x))
    ),
    "cholesky_solve upper": lambda torch, x: torch.cholesky_solve(
        x, torch.linalg.cholesky(positive(torch, x), upper=True), upper=True
    ),
    "cholesky_inverse": lambda torch, x: torch.cholesky_inverse(
        torch.linalg.cholesky(positive(torch, x))
    ),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("shape", [(3, 3), (2, 3, 3)])
def test_square_matrices(name, shape):
    """Values, strides, grad_fn and gradient are torch's, also of a batch."""
    check(CALLS[name], shape, dtype="float64")


@pytest.mark.parametrize("shape", [(2, 3), (3, 2), (0, 2)])
def test_other_matrices(shape):
    """Shapes of the factors follow the smaller side."""
    same(lambda engine: engine.linalg.lu(engine.arange(1.0, 7)[: shape[0] * shape[1]].view(shape)))


@pytest.mark.parametrize(
    "call",
    [
        lambda engine: engine.linalg.lu(engine.ones(2)),
        lambda engine: engine.linalg.lu_factor(engine.ones(2, 2)),
        lambda engine: engine.linalg.lu_factor(engine.ones(2, 2, dtype=engine.int64)),
        lambda engine: engine.matrix_exp(engine.ones(2, 3)),
        lambda engine: engine.linalg.matrix_exp(engine.ones(2, 2, dtype=engine.int64)),
        lambda engine: engine.cholesky_solve(engine.ones(2), engine.eye(2)),
        lambda engine: engine.cholesky_inverse(engine.ones(2, 3)),
    ],
)
def test_errors(call):
    """They are torch's, word for word."""
    same(call)
