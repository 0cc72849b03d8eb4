"""Averages of models are torch's: parameters, buffers, counts, rates, errors."""

import pytest
from oracle import same

STORIES = {
    "all alike": "m = U.AveragedModel(net)",
    "fading": "m = U.AveragedModel(net, multi_avg_fn=U.get_ema_multi_avg_fn(0.9))",
    "fading one by one": "m = U.AveragedModel(net, avg_fn=U.get_ema_avg_fn(0.9))",
    "alike, at once": "m = U.AveragedModel(net, multi_avg_fn=U.get_swa_multi_avg_fn())",
    "with buffers": "m = U.AveragedModel(net, use_buffers=True)",
    "in a way of one's own": "m = U.AveragedModel(net, avg_fn=lambda a, p, n: 0.5 * a + p / 2)",
    "two ways": "m = U.AveragedModel(net, avg_fn=max, multi_avg_fn=max)",
    "too much": "U.get_ema_avg_fn(1.5)",
    "too little": "U.get_ema_multi_avg_fn(-0.5)",
}


@pytest.mark.parametrize("story", STORIES, ids=STORIES)
def test_averages(story):
    """Four models are averaged; then the batch norm sees data."""

    def run(t):
        t.manual_seed(0)
        net = t.nn.Sequential(t.nn.Linear(2, 3), t.nn.BatchNorm1d(3))
        names = {"U": t.optim.swa_utils, "net": net, "max": max}
        exec(STORIES[story], names)
        average, x = names["m"], t.randn(8, 2)
        for step in range(4):
            for p in net.parameters():
                p.data.mul_(0.7).add_(0.1 * step)
            net(x)
            average.update_parameters(net)
        before = average.state_dict()
        before = {name: value.clone() for name, value in before.items()}
        t.optim.swa_utils.update_bn([x, (x * 2, None)], average)
        return average, before, average.state_dict(), average.eval()(x)

    same(run)


@pytest.mark.parametrize(
    "options",
    [
        "0.05",
        "0.05, anneal_epochs=3, anneal_strategy='linear'",
        "[0.05, 0.1], anneal_epochs=0",
        "[0.05]",
        "0.05, anneal_strategy='sin'",
        "0.05, anneal_epochs=-1",
    ],
)
def test_rates(options):
    """Rates go to the last one and stay."""

    def run(t):
        w, b = (t.ones(1, requires_grad=True) for _ in range(2))
        o = t.optim.SGD([{"params": [w]}, {"params": [b], "lr": 0.5}], lr=0.1)
        schedule = eval(f"t.optim.swa_utils.SWALR(o, {options})")
        rates = []
        for _ in range(6):
            rates.append(schedule.get_last_lr())
            o.step()
            schedule.step()
        state = schedule.state_dict()
        schedule.load_state_dict(state)
        return rates, state, o, schedule

    same(run)
