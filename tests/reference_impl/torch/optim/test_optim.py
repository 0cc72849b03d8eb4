"""Optimizers step, print, save and refuse as torch's do; whole trainings have its losses."""

import copy
import importlib
import pickle

import pytest
import torch
from oracle import same

import reference_impl.torch as ref

OPTIMIZERS = """
SGD(p, lr=0.1)
SGD(p, lr=0.1, momentum=0.9)
SGD(p, lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.1)
SGD(p, lr=0.1, momentum=0.9, nesterov=True)
SGD(p, lr=0.1, maximize=True, weight_decay=0.1)
SGD(p, lr=t.tensor(0.1))
Adam(p)
Adam(p, lr=0.1, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.1)
Adam(p, lr=0.1, amsgrad=True, maximize=True)
AdamW(p, lr=0.1)
AdamW(p, lr=0.1, weight_decay=0.3, amsgrad=True)
Adam(p, lr=t.tensor(0.1), betas=(t.tensor(0.8), t.tensor(0.9)))
ASGD(p, lr=0.1)
ASGD(p, lr=0.1, lambd=0.1, alpha=0.5, t0=2, weight_decay=0.1)
ASGD(p, lr=t.tensor([0.1]), maximize=True)
ASGD(p, lr=0.1, weight_decay=0.1, t0=2, foreach=True)
Rprop(p)
Rprop(p, lr=0.1, etas=(0.3, 1.5), step_sizes=(0.01, 0.2))
Rprop(p, lr=t.tensor(0.1), maximize=True)
Adagrad(p, lr=0.1)
Adagrad(p, lr=0.1, lr_decay=0.5, weight_decay=0.1, initial_accumulator_value=0.3, eps=0.1)
Adagrad(p, lr=t.tensor(0.1), maximize=True)
RMSprop(p)
RMSprop(p, lr=0.1, alpha=0.9, eps=0.1, weight_decay=0.1)
RMSprop(p, lr=0.1, momentum=0.9, centered=True)
RMSprop(p, lr=t.tensor(0.01), momentum=0.5, maximize=True)
Adadelta(p)
Adadelta(p, lr=0.5, rho=0.5, eps=0.1, weight_decay=0.1)
Adadelta(p, lr=t.tensor(0.5), maximize=True)
Adamax(p)
Adamax(p, lr=0.1, betas=(0.5, 0.6), eps=0.1, weight_decay=0.1)
Adamax(p, lr=t.tensor(0.1), maximize=True)
NAdam(p)
NAdam(p, lr=0.1, weight_decay=0.1, momentum_decay=0.5)
NAdam(p, lr=t.tensor(0.1), weight_decay=0.1, decoupled_weight_decay=True, maximize=True)
RAdam(p)
RAdam(p, lr=0.1, betas=(0.8, 0.9), weight_decay=0.1, eps=0.1)
RAdam(p, lr=t.tensor(0.1), weight_decay=0.1, decoupled_weight_decay=True, maximize=True)
SGD(p, momentum=0.9, foreach=True)
Adafactor(p)
Adafactor(p, lr=0.1, eps=(1e-3, 0.1), beta2_decay=-0.5, d=2.0, weight_decay=0.1, maximize=True)
LBFGS(p, max_iter=5)
LBFGS(p, lr=0.01, max_iter=4, history_size=2)
LBFGS(p, lr=t.tensor(0.5), line_search_fn="strong_wolfe", max_iter=3)
LBFGS(p, line_search_fn="strong_wolfe", max_eval=3)
Adam(p, fused=True)
Adagrad(p, fused=True)
Muon([w])
Muon([w], lr=0.1, momentum=0.5, nesterov=False, weight_decay=0.3)
Muon([w], ns_steps=2, ns_coefficients=(3.0, -4.0, 2.0), adjust_lr_fn="match_rms_adamw")
"""

SETUP = """
w = t.tensor([[1.0, -2.0, 3.0], [0.5, 0.25, -7.0]], requires_grad=True)
b = t.tensor([0.1, 1e-3, 3.0], requires_grad=True)
p = [w, b]
def loss():
    optimizer.zero_grad()
    found = ((w * b - 1) * (w * b - 1) + b * 0.3 + w * w * 0.01).mean()
    found.backward()
    return found
"""


def names_of(engine):
    """What expressions may use."""
    found = {"t": engine, "optim": engine.optim}
    found |= {n: getattr(engine.optim, n) for n in dir(torch.optim) if hasattr(engine.optim, n)}
    exec(SETUP, found)
    return found


@pytest.mark.parametrize("line", OPTIMIZERS.strip().split("\n"))
def test_steps(line):
    """Parameters, state, repr and losses after several steps are torch's, digit for digit."""

    def run(engine):
        names = names_of(engine)
        optimizer = names["optimizer"] = eval(line, names)
        losses = []
        for _ in range(6):
            losses.append(optimizer.step(names["loss"]))
        return optimizer, losses, names["p"], optimizer.state_dict()

    same(run)


REFUSED = """
SGD([])
SGD(t.ones(2))
SGD([3])
SGD([w * 2])
SGD({w})
SGD([{"params": {w}}])
Muon(p)
Muon([w], lr=-1)
Muon([w], momentum=-1)
Muon([w], weight_decay=-1)
Muon([w], adjust_lr_fn="x")
SGD(p, lr=-1)
SGD(p, momentum=-1)
SGD(p, weight_decay=-1)
SGD(p, nesterov=True)
SGD(p, lr=t.ones(2))
SGD(p, foreach=True, fused=True)
SGD([{"params": [w]}, {"params": [w]}])
SGD([{"params": [w], "lr": 3}, {"params": b}])
SGD([w, w])
SGD([("w", w), ("b", b)])
SGD([("w", w), b])
SGD([{"params": [("w", w)]}, {"params": [b]}])
SGD(p).add_param_group([b])
SGD([w]).add_param_group({"params": b, "lr": 5})
SGD([w]).add_param_group({"params": w})
SGD(p).load_state_dict(SGD([w]).state_dict())
SGD(p).load_state_dict(SGD([{"params": [w]}, {"params": [b]}]).state_dict())
SGD([("w", w), ("b", b)]).state_dict()
Adam(p, lr=-1)
Adam(p, eps=-1)
Adam(p, betas=(1.0, 0.9))
Adam(p, betas=(0.9, -1.0))
Adam(p, weight_decay=-1)
Adam(p, betas=(0, 0.9))
Adam(p, betas=(0.9, t.tensor(0.9)))
Adam(p, betas=(t.tensor(0.9), t.ones(2) / 2))
Adam(p, lr=t.tensor(0.1), foreach=True)
Adam(p, betas=(t.tensor(0.9), t.tensor(0.9)), foreach=True)
Adam(p, fused=True, differentiable=True)
ASGD(p, lr=-1)
ASGD(p, weight_decay=-1)
Rprop(p, lr=-1)
Rprop(p, etas=(1.0, 1.2))
Adagrad(p, lr=-1)
Adagrad(p, lr_decay=-1)
Adagrad(p, weight_decay=-1)
Adagrad(p, initial_accumulator_value=-1)
Adagrad(p, eps=-1)
Adagrad(p).state_dict()
RMSprop(p, lr=t.ones(2))
RMSprop(p, alpha=-1)
RMSprop(p, eps=-1)
RMSprop(p, momentum=-1)
RMSprop(p, weight_decay=-1)
Adadelta(p, rho=1.5)
Adadelta(p, eps=-1)
Adadelta(p, weight_decay=-1)
Adamax(p, betas=(0.9, 1.5))
Adamax(p, eps=float("nan"))
NAdam(p, momentum_decay=-1)
NAdam(p, betas=(-0.1, 0.9))
RAdam(p, weight_decay=-1)
SparseAdam(p)
SparseAdam(p, lr=0)
SparseAdam(p, eps=0)
SparseAdam(p, betas=(1.0, 0.9))
SparseAdam(p).step(lambda: (w * b).sum().backward())
Adafactor(p, lr=-1)
Adafactor(p, beta2_decay=1)
Adafactor(p, eps=(-1, 0.1))
Adafactor(p, eps=(None, -1))
Adafactor(p, d=0.5)
Adafactor(p, weight_decay=-1)
LBFGS(p, lr=-1)
LBFGS([{"params": [w]}, {"params": [b]}])
LBFGS(p).step()
LBFGS(p, line_search_fn="bisection").step(lambda: (w * b).sum())
RAdam(p, lr="0.1")
optim.Optimizer(p, {}).step()
optim.Optimizer(p, {"a": 1})
"""


@pytest.mark.parametrize("line", REFUSED.strip().split("\n"))
def test_groups_and_errors(line):
    """Groups, warnings and errors are torch's."""
    same(lambda engine: eval(line, names_of(engine)))


REFUSED_AT_A_STEP = [
    *(
        f"{kind}(p, {way})"
        for kind in "Adam Adadelta Adamax NAdam RAdam RMSprop Rprop ASGD".split()
        for way in (
            "capturable=True",
            "capturable=True, foreach=True",
            "foreach=True, differentiable=True",
        )
    ),
    "Adagrad(p, foreach=True, differentiable=True)",
]


@pytest.mark.parametrize("line", REFUSED_AT_A_STEP)
def test_ways_that_the_cpu_does_not_go(line):
    """What torch refuses on the CPU is refused in its words, by the first step."""

    def run(engine):
        names = names_of(engine)
        optimizer = names["optimizer"] = eval(line, names)
        optimizer.step(names["loss"])

    same(run)


@pytest.mark.parametrize("kind", ["SGD(p, lr=0.1, momentum=0.9)", "Adam(p, lr=0.1)"])
def test_state_dict_goes_on(kind):
    """An optimizer that takes over a state goes on as the first one would have."""
    names = names_of(ref)
    optimizer = names["optimizer"] = eval(kind, names)
    for _ in range(2):
        optimizer.step(names["loss"])
    kept = [x.detach().clone() for x in names["p"]]
    state = copy.deepcopy(optimizer.state_dict())
    optimizer.step(names["loss"])
    expected = [x.tolist() for x in names["p"]]

    again = names_of(ref)
    for x, old in zip(again["p"], kept, strict=True):
        x.data = old
    optimizer = again["optimizer"] = eval(kind, again)
    optimizer.load_state_dict(pickle.loads(pickle.dumps(state)))
    optimizer.step(again["loss"])
    assert [x.tolist() for x in again["p"]] == expected


@pytest.mark.parametrize("name", ["step", "mu_product", "eta", "mu"])
def test_states_of_old_versions(name):
    """Counts that were numbers, and options that were not there, are made good on loading."""

    def run(engine):
        names = names_of(engine)
        kind = {"mu_product": "NAdam", "eta": "ASGD", "mu": "ASGD"}.get(name, "RMSprop")
        optimizer = names["optimizer"] = names[kind](names["p"])
        optimizer.step(names["loss"])
        state = optimizer.state_dict()
        for known in state["state"].values():
            known[name] = known[name].item()
        for option in ("foreach", "maximize", "differentiable", "capturable"):
            del state["param_groups"][0][option]
        optimizer.load_state_dict(state)
        optimizer.step(names["loss"])
        found = optimizer.state_dict()["state"]
        return optimizer, [(known[name], known["step"]) for known in found.values()]

    same(run)


DIFFERENTIABLE = {
    "SGD": "momentum=0.9, nesterov=True, weight_decay=0.1",
    "ASGD": "",
    "Rprop": "",
    "Adagrad": "weight_decay=0.1",
    "RMSprop": "momentum=0.9, centered=True",
    "Adadelta": "",
    "Adam": "amsgrad=True, weight_decay=0.1",
    "AdamW": "",
    "Adamax": "",
    "NAdam": "",
    "RAdam": "",
}


@pytest.mark.parametrize("kind", DIFFERENTIABLE)
def test_steps_that_are_recorded(kind):
    """A differentiable optimizer's step has torch's gradients, back to the first parameters."""

    def run(engine):
        start = engine.tensor([0.5, -2.0, 3.0], dtype=engine.float64, requires_grad=True)
        w = start.clone()
        options = f"[w], lr=0.1, differentiable=True, {DIFFERENTIABLE[kind]}"
        optimizer = eval(f"engine.optim.{kind}({options})")
        w.grad = start * 0.3 + 1
        optimizer.step()
        (grad,) = engine.autograd.grad((w * w).sum(), start)
        return [round(x, 9) for x in [*grad.tolist(), *w.tolist()]]

    same(run)


def test_hooks_of_all_optimizers():
    """A hook may be for every optimizer there is."""

    def run(engine):
        seen = []
        register = importlib.import_module(f"{engine.__name__}.optim.optimizer")
        handles = [
            register.register_optimizer_step_pre_hook(lambda o, a, k: seen.append(type(o))),
            register.register_optimizer_step_post_hook(lambda o, a, k: seen.append("after")),
        ]
        names = names_of(engine)
        for kind in ("SGD", "Adam"):
            names[kind](names["p"]).step()
        for handle in handles:
            handle.remove()
        names["SGD"](names["p"]).step()
        return seen

    same(run)


def test_zero_grad():
    """Gradients become None, or zeros."""

    def run(engine):
        names = names_of(engine)
        optimizer = names["optimizer"] = names["SGD"](names["p"], lr=0.1)
        names["loss"]()
        optimizer.zero_grad(set_to_none=False)
        zeros = names["w"].grad
        optimizer.zero_grad()
        return zeros, names["w"].grad

    same(run)


def test_hooks():
    """Hooks see steps and states, also of a subclass that defines its own step."""

    def run(engine):
        class Mine(engine.optim.Optimizer):
            def __init__(self, params):
                super().__init__(params, {"lr": 1.0})

            def step(self, closure=None):
                return "stepped"

        seen = []
        optimizer = Mine([engine.ones(1, requires_grad=True)])
        optimizer.register_step_pre_hook(lambda o, a, k: seen.append(("pre", len(a), k)))
        optimizer.register_step_post_hook(lambda o, a, k: seen.append(("post", len(a), k)))
        optimizer.register_state_dict_post_hook(lambda o, d: {**d, "more": 1})
        optimizer.register_load_state_dict_post_hook(lambda o: seen.append("loaded"))
        found = optimizer.step()
        optimizer.load_state_dict(optimizer.state_dict())
        return found, seen, optimizer.state_dict(), optimizer

    same(run)


def regression(engine, make):
    """A linear model on noisy points, in batches."""
    x = engine.normal(0, 1, (200, 2))
    y = (x @ engine.tensor([2.0, -3.4]) + 4.2).reshape(-1, 1)
    y = y + engine.normal(0, 0.01, (200, 1))
    model = engine.nn.Linear(2, 1)
    batches = [(x[i : i + 10], y[i : i + 10]) for i in range(0, 200, 10)]
    return model, engine.nn.MSELoss(), batches * 3


def perceptron(engine, make):
    """A model of three layers on a curved surface."""
    nn = engine.nn
    model = nn.Sequential(
        nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 1)
    )
    x = engine.randn(40, 2)
    return model, nn.MSELoss(), [(x, (x[:, :1] * x[:, 1:]).sin())] * 20


def text_cnn(engine, make):
    """Words as rows of a table, convolved, pooled, and told apart."""
    nn = engine.nn
    words, classes = engine.randint(0, 20, (8, 9)), engine.randint(0, 3, (8,))
    table = nn.Embedding(20, 6, padding_idx=0)
    head = nn.Sequential(
        nn.Conv1d(6, 8, 2), nn.ReLU(), nn.MaxPool1d(8), nn.Flatten(), nn.Dropout(0.2)
    )

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.table, self.head, self.last = table, head, nn.Linear(8, 3)

        def forward(self, words):
            return self.last(self.head(self.table(words).permute(0, 2, 1)))

    return Model(), nn.CrossEntropyLoss(), [(words, classes)] * 20


@pytest.mark.parametrize("task", [regression, perceptron, text_cnn])
@pytest.mark.parametrize(
    "make",
    [
        lambda t, p: t.optim.SGD(p, lr=0.05),
        lambda t, p: t.optim.SGD(p, lr=0.02, momentum=0.9, weight_decay=1e-3, nesterov=True),
        lambda t, p: t.optim.Adam(p, lr=0.01),
        lambda t, p: t.optim.AdamW(p, lr=0.01),
    ],
    ids=["SGD", "momentum", "Adam", "AdamW"],
)
def test_training(task, make):
    """A whole training has torch's losses, to four decimals at least."""
    found = []
    for engine in (ref, torch):
        engine.manual_seed(0)
        model, criterion, batches = task(engine, make)
        optimizer, losses = make(engine, model.parameters()), []
        for x, y in batches:
            loss = criterion(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        found.append(losses)
    assert found[0] == pytest.approx(found[1], abs=2e-5)
