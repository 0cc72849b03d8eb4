"""Schedules give torch's rates, epoch by epoch, and its warnings and errors."""

import pytest
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
StepLR(o, 2, last_epoch=3)
StepLR(3, 2)
"""


@pytest.mark.parametrize("line", SCHEDULES.strip().split("\n"))
def test_rates(line):
    """The rates of both groups over ten epochs, and what the schedule knows in the end."""

    def run(engine):
        w, b = (engine.ones(1, requires_grad=True) for _ in range(2))
        o = engine.optim.SGD([{"params": [w]}, {"params": [b], "lr": 0.5}], lr=0.1)
        schedules = engine.optim.lr_scheduler
        names = {n: getattr(schedules, n) for n in dir(schedules) if n.endswith("LR")}
        schedule = eval(line, {**names, "o": o})
        rates = []
        for _ in range(10):
            rates.append(schedule.get_last_lr())
            o.step()
            schedule.step()
        return rates, schedule.state_dict(), o

    same(run)


STORIES = {
    "before the optimizer": "s = S.StepLR(o, 2); s.step(); s.step()",
    "get_lr from outside": "s = S.StepLR(o, 2); r = s.get_lr()",
    "a given epoch": "s = S.StepLR(o, 2); o.step(); s.step(5); r = s.get_last_lr()",
    "a given epoch of a cosine": "s = S.CosineAnnealingLR(o, 4); o.step(); s.step(3); r = o",
    "saved and loaded": (
        "s = S.StepLR(o, 2); o.step(); s.step(); "
        "t = S.StepLR(o, 2); t.load_state_dict(s.state_dict()); r = t.last_epoch"
    ),
    "unknown": "S.foo",
}


@pytest.mark.parametrize("story", STORIES, ids=STORIES)
def test_stories(story):
    """Warnings, results and errors are torch's."""

    def run(engine):
        o = engine.optim.SGD([engine.ones(1, requires_grad=True)], lr=0.1)
        names = {"S": engine.optim.lr_scheduler, "o": o, "r": None}
        exec(STORIES[story], names)
        return names["r"]

    same(run)
