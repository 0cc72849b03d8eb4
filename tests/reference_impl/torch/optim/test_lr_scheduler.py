"""Schedules give torch's rates, epoch by epoch, and its warnings and errors."""

import pytest
import torch
from oracle import same

SCHEDULES = """
LambdaLR(o, lambda e: 0.9**e)
LambdaLR(o, [lambda e: 0.9**e, lambda e: 1 / (e + 1)])
LambdaLR(o, [lambda e: 1])
MultiplicativeLR(o, lambda e: 0.9)
StepLR(o, 2)
StepLR(o, 3, gamma=0.5)
MultiStepLR(o, [2, 5, 5], gamma=0.3)
ConstantLR(o, 0.25, 4)
ConstantLR(o, 1.5)
LinearLR(o, 0.25, 0.75, 4)
LinearLR(o, 0.0)
LinearLR(o, end_factor=2.0)
ExponentialLR(o, 0.9)
CosineAnnealingLR(o, 4)
CosineAnnealingLR(o, 3, eta_min=0.01)
CosineAnnealingLR(o, 4, last_epoch=3)
StepLR(o, 2, last_epoch=3)
StepLR(3, 2)
MultiplicativeLR(o, [lambda e: 0.9, lambda e: 1.1])
MultiplicativeLR(o, [lambda e: 0.9])
MultiplicativeLR(o, 0.9)
PolynomialLR(o)
PolynomialLR(o, total_iters=4, power=2.0)
CosineAnnealingWarmRestarts(o, 3)
CosineAnnealingWarmRestarts(o, 2, T_mult=2, eta_min=0.01)
CosineAnnealingWarmRestarts(o, 0)
CosineAnnealingWarmRestarts(o, 2, T_mult=0)
CosineAnnealingWarmRestarts(o, 2.5)
CosineAnnealingWarmRestarts(o, 2, eta_min="0")
CyclicLR(o, 0.1, 0.5, step_size_up=3)
CyclicLR(o, [0.1, 0.2], [0.5, 0.6], step_size_up=2, step_size_down=4, mode="triangular2")
CyclicLR(o, 0.1, 0.5, step_size_up=3, mode="exp_range", gamma=0.9, cycle_momentum=False)
CyclicLR(o, 0.1, 0.5, step_size_up=3, scale_fn=lambda x: 1 / x)
CyclicLR(o, 0.1, 0.5, 2, scale_fn=lambda x: 0.9**x, scale_mode="iterations", base_momentum=0.5)
CyclicLR(o, 0.1, 0.5, mode="square")
CyclicLR(o, [0.1], 0.5)
CyclicLR(o, 0.1, [0.5])
CyclicLR(o, 0.1, 0.5, base_momentum=[0.1])
CyclicLR(3, 0.1, 0.5)
CyclicLR(adagrad, 0.1, 0.5)
CyclicLR(adam, 0.1, 0.5, step_size_up=2)
OneCycleLR(o, 0.5, total_steps=10)
OneCycleLR(o, [0.5, 0.7], epochs=5, steps_per_epoch=4, anneal_strategy="linear")
OneCycleLR(o, 0.5, total_steps=11, three_phase=True, div_factor=5, final_div_factor=10.0)
OneCycleLR(o, 0.5, total_steps=20, cycle_momentum=False, pct_start=0.5)
OneCycleLR(adam, 0.5, total_steps=20)
OneCycleLR(adagrad, 0.5, total_steps=20)
OneCycleLR(o, 0.5, total_steps=5)
OneCycleLR(o, 0.5, total_steps=0)
OneCycleLR(o, 0.5, epochs=0, steps_per_epoch=3)
OneCycleLR(o, 0.5, epochs=3, steps_per_epoch=1.5)
OneCycleLR(o, 0.5, epochs=3)
OneCycleLR(o, 0.5, total_steps=20, pct_start=2.0)
OneCycleLR(o, 0.5, total_steps=20, pct_start=1)
OneCycleLR(o, 0.5, total_steps=20, anneal_strategy="sin")
OneCycleLR(o, [0.5], total_steps=20)
SequentialLR(o, [ConstantLR(o, 0.1, 3), ExponentialLR(o, 0.9)], [4])
SequentialLR(o, [LinearLR(o, 0.1, 1.0, 3), CosineAnnealingLR(o, 4), StepLR(o, 1)], [3, 7])
SequentialLR(o, [SequentialLR(o, [StepLR(o, 1), ExponentialLR(o, 0.5)], [2]), StepLR(o, 2)], [5])
SequentialLR(o, [], [])
SequentialLR(o, [StepLR(o, 2)], [3])
SequentialLR(o, [StepLR(o, 2), 3], [3])
SequentialLR(o, [StepLR(o, 2), ReduceLROnPlateau(o)], [3])
SequentialLR(o, [StepLR(adam, 2)], [])
ChainedScheduler([ConstantLR(o, 0.1, 3), ExponentialLR(o, 0.9)])
ChainedScheduler([StepLR(o, 2), LinearLR(o)], optimizer=o)
ChainedScheduler([])
ChainedScheduler([StepLR(o, 2), StepLR(adam, 2)])
ChainedScheduler([StepLR(o, 2), ReduceLROnPlateau(o)])
"""


def names_of(engine):
    """What expressions may use: all schedules, and optimizers of three kinds."""
    w, b = (engine.ones(1, requires_grad=True) for _ in range(2))
    groups = [{"params": [w]}, {"params": [b], "lr": 0.5}]
    schedules = engine.optim.lr_scheduler
    found = {name: getattr(schedules, name) for name in torch.optim.lr_scheduler.__all__}
    found["S"] = schedules
    found["o"] = engine.optim.SGD(groups, lr=0.1, momentum=0.9)
    found["adam"] = engine.optim.Adam([engine.ones(1, requires_grad=True)], lr=0.1)
    found["adagrad"] = engine.optim.Adagrad([engine.ones(1, requires_grad=True)], lr=0.1)
    found["tensor"] = engine.tensor
    return found


@pytest.mark.parametrize("line", SCHEDULES.strip().split("\n"))
def test_rates(line):
    """The rates of both groups over ten epochs, and what the schedule knows in the end."""

    def run(engine):
        names = names_of(engine)
        schedule = eval(line, names)
        o, rates = schedule.optimizer, []
        for _ in range(10):
            rates.append((schedule.get_last_lr(), o.param_groups[0].get("momentum")))
            o.step()
            schedule.step()
        return rates, schedule.state_dict(), o, schedule

    same(run)


PLATEAUS = """
ReduceLROnPlateau(o, patience=1)
ReduceLROnPlateau(o, "max", factor=0.5, patience=0, cooldown=2)
ReduceLROnPlateau(o, patience=0, threshold=0.5, threshold_mode="abs")
ReduceLROnPlateau(o, "max", patience=0, threshold=0.5, threshold_mode="abs", min_lr=0.05)
ReduceLROnPlateau(o, patience=0, min_lr=[0.01, 0.3], eps=0.001)
ReduceLROnPlateau(o, patience=0, min_lr=[0.01])
ReduceLROnPlateau(o, "least")
ReduceLROnPlateau(o, threshold_mode="much")
ReduceLROnPlateau(o, factor=1.0)
ReduceLROnPlateau(3)
"""


@pytest.mark.parametrize("line", PLATEAUS.strip().split("\n"))
def test_plateaus(line):
    """Rates and state follow a measure that rises, falls and stays."""

    def run(engine):
        names = names_of(engine)
        schedule = eval(line, names)
        rates = []
        for measure in (3.0, 2.0, 2.0, engine.tensor(2.1), 1.9999, 5.0, 5.0, 1.0, 1.0, 1.0):
            schedule.step(measure)
            rates.append((schedule.get_last_lr(), schedule.num_bad_epochs, schedule.in_cooldown))
        return rates, schedule.state_dict(), schedule

    same(run)


STORIES = {
    "before the optimizer": "s = StepLR(o, 2); s.step(); s.step()",
    "get_lr from outside": "s = StepLR(o, 2); r = s.get_lr()",
    "another step": "s = StepLR(o, 2); o.step = lambda: None; s.step()",
    "a given epoch": "s = StepLR(o, 2); o.step(); s.step(5); r = s.get_last_lr()",
    "a given epoch of steps": "s = MultiStepLR(o, [2, 4]); o.step(); s.step(3); r = o",
    "a given epoch of a line": "s = LinearLR(o); o.step(); s.step(3); r = o",
    "a given epoch of a constant": "s = ConstantLR(o); o.step(); s.step(3); r = o",
    "a given epoch of a power": "s = PolynomialLR(o, 4, 2); o.step(); s.step(3); r = o",
    "a given epoch of a cosine": "s = CosineAnnealingLR(o, 4); o.step(); s.step(3); r = o",
    "a given epoch of a function": "s = LambdaLR(o, lambda e: e); o.step(); s.step(3); r = o",
    "a given epoch of a plateau": "s = ReduceLROnPlateau(o); s.step(1.0, 3); r = s.last_epoch",
    "parts of epochs": (
        "s = CosineAnnealingWarmRestarts(o, 2, 2); r = []\n"
        "for e in (0.5, 1, 2.25, 7, 15): s.step(e); r += [s.get_last_lr(), s.T_cur, s.T_i]"
    ),
    "parts of equal waves": "s = CosineAnnealingWarmRestarts(o, 2); s.step(4.5); r = s.T_cur",
    "a negative epoch": "CosineAnnealingWarmRestarts(o, 2).step(-1)",
    "saved and loaded": (
        "s = StepLR(o, 2); o.step(); s.step(); "
        "t = StepLR(o, 2); t.load_state_dict(s.state_dict()); r = t.last_epoch"
    ),
    "a function with a memory": (
        "class F:\n"
        "    x = 0\n"
        "    def __call__(self, e): self.x = e; return 0.5\n"
        "s = LambdaLR(o, F()); o.step(); s.step(); d = s.state_dict(); "
        "t = LambdaLR(o, F()); t.load_state_dict(d); r = d, t.lr_lambdas[0].x, t.last_epoch; "
        "c = CyclicLR(o, 0.1, 0.2, scale_fn=F()); d = c.state_dict(); c.load_state_dict(d); "
        "r = *r, c.state_dict()"
    ),
    "a sequence saved": (
        "make = lambda: SequentialLR(o, [StepLR(o, 1), ExponentialLR(o, 0.5)], [2])\n"
        "s = make(); o.step(); s.step(); s.step(); t = make(); t.load_state_dict(s.state_dict()); "
        "t.step(); r = t.state_dict(), s.state_dict()"
    ),
    "a cycle saved": (
        "s = CyclicLR(o, 0.1, 0.5, 3, mode='triangular2'); o.step(); s.step(); d = s.state_dict(); "
        "t = CyclicLR(o, 0.1, 0.7, 3); t.load_state_dict(d); t.step(); r = t.state_dict()"
    ),
    "a plateau saved": (
        "s = ReduceLROnPlateau(o, 'max'); s.step(3); t = ReduceLROnPlateau(o); "
        "t.load_state_dict(s.state_dict()); t.step(2); r = t.state_dict()"
    ),
    "a rate in a tensor": (
        "g = o.param_groups[0]; g['lr'] = tensor(0.1); s = ExponentialLR(o, 0.5); o.step(); "
        "first = s.get_last_lr(); s.step(); r = o, first, s.get_last_lr(), s.base_lrs; "
        "c = CyclicLR(o, 0.1, 0.5, 3); o.step(); c.step(); r = *r, c.get_last_lr()"
    ),
    "a group more": (
        "s = ReduceLROnPlateau(o, patience=0, min_lr=[0, 0]); s.step(1); "
        "o.add_param_group({'params': tensor([1.0], requires_grad=True)}); s.step(2)"
    ),
    "a schedule of one's own": (
        "class Mine(LRScheduler):\n"
        "    def get_lr(self): return [1.0 / (self.last_epoch + 1)] * 2\n"
        "s = Mine(o); o.step(); s.step(); r = s.get_last_lr(), s.state_dict()"
    ),
    "an empty schedule": "LRScheduler(o)",
    "types": "r = LRScheduler, StepLR, OneCycleLR",
    "unknown": "S.foo",
}


@pytest.mark.parametrize("story", STORIES, ids=STORIES)
def test_stories(story):
    """Warnings, results and errors are torch's."""

    def run(engine):
        names = names_of(engine) | {"r": None, "__name__": "__main__"}
        exec(STORIES[story], names)
        return names["r"]

    same(run)


def test_name_of_old():
    """Schedules of learners derive from `_LRScheduler`, as it was called."""
    same(lambda t: t.optim.lr_scheduler._LRScheduler)
