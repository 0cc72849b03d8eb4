"""Factors by elimination, what is solved with known factors, and matrix exponentials."""

import pytest
from oracle import check, same


def solved_again(engine, x, **options):
    """What is solved with factors of a matrix; gradients arrive in row-major order."""
    x = x.flatten().view(x.shape)
    factors = engine.linalg.lu_factor(x + 2 * engine.eye(3, dtype=x.dtype))
    return engine.linalg.lu_solve(*factors, x, **options)


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
    "lu_solve": lambda torch, x: solved_again(torch, x),
    "lu_solve from the right": lambda torch, x: solved_again(torch, x, left=False, adjoint=True),
    "lu_unpack": lambda torch, x: torch.lu_unpack(
        *torch.linalg.lu_factor(x + 2 * torch.eye(3, dtype=x.dtype))
    ),
    "triangular_solve": lambda torch, x: tuple(
        torch.triangular_solve(x, x + 2 * torch.eye(3, dtype=x.dtype), transpose=True)
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


@pytest.mark.parametrize("dims", [None, (0,)])
def test_tensors_as_matrices(dims):
    """A tensor may stand for a square matrix: so it is solved with, and inverted."""
    check(
        lambda torch, x: torch.linalg.tensorsolve(
            x.reshape(2, 3, 2, 3) + 9 * torch.eye(6, dtype=x.dtype).reshape(2, 3, 2, 3),
            torch.ones(2, 3, dtype=x.dtype)[: 2 if dims is None else 3],
            dims=dims,
        ),
        (6, 6),
        dtype="float64",
    )
    check(
        lambda torch, x: torch.linalg.tensorinv(
            (x + 9 * torch.eye(6, dtype=x.dtype)).reshape(2, 3, 6)
        ),
        (6, 6),
        dtype="float64",
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda engine: engine.linalg.lu_solve(engine.eye(2), engine.ones(2), engine.eye(2)),
        lambda engine: engine.linalg.lu_solve(
            engine.eye(2), engine.ones(3, dtype=engine.int32), engine.eye(2)
        ),
        lambda engine: engine.linalg.lu_solve(
            engine.eye(2), engine.ones(2, dtype=engine.int32), engine.eye(3)
        ),
        lambda engine: engine.linalg.tensorsolve(engine.ones(2, 3, 5), engine.ones(2, 3)),
        lambda engine: engine.linalg.tensorinv(engine.ones(2, 3, 6), ind=0),
        lambda engine: engine.linalg.tensorinv(engine.ones(2, 3, 5)),
        lambda engine: engine.linalg.tensorinv(engine.zeros(2, 2), ind=1),
        lambda engine: engine.linalg.solve_triangular(engine.eye(2), engine.eye(2)),
        lambda engine: engine.symeig(engine.eye(2)),
        lambda engine: engine.matrix_rank(engine.eye(2)),
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
