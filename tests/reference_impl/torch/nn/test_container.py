"""Sequential, ModuleList, ModuleDict, ParameterList, ParameterDict hold and print as torch's."""

import pytest
from oracle import same

SETUP = """
import collections
nn = torch.nn
torch.manual_seed(0)
s = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
l = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2), nn.ReLU()])
d = nn.ModuleDict({"a": nn.Linear(2, 2), "b": nn.ReLU()})
p = nn.ParameterList([torch.ones(2), nn.Parameter(torch.zeros(2, 3)), 5])
q = nn.ParameterDict({"b": torch.ones(2), "a": torch.zeros(2, 3)})
"""

EXPRESSIONS = """
s
s[0], s[-1], s[1:], len(s), list(s)
s[5]
s(torch.ones(1, 2))
s.append(nn.ReLU())
s.insert(1, nn.Tanh())
s.insert(9, nn.Tanh())
s.insert(0, 3)
s.extend([nn.Tanh()])
s.pop(0), s
s + s
s + 3
s * 2
s * 0
s * "a"
s.__setitem__(0, nn.Tanh()) or s
s.__delitem__(slice(0, 2)) or s
s.__delitem__(0) or s
nn.Sequential()
nn.Sequential(3)
nn.Sequential(collections.OrderedDict(a=nn.ReLU(), b=nn.Tanh()))
l
l[0], l[-1], l[1:], len(l)
l[7]
l + [nn.Tanh()]
l.append(nn.ReLU())
l.extend(3)
l.insert(0, nn.Tanh()) or l
l.pop(0), l
l.__setitem__(-1, nn.Tanh()) or l
l.__delitem__(0) or l
l(1)
nn.ModuleList()
nn.ModuleList([3])
len(list(l.parameters()))
d
d["a"], "b" in d, len(d), list(d)
d["c"]
d.update({"c": nn.Tanh()}) or d
d.update([("c", nn.Tanh())]) or d
d.update(3)
d.update([3])
d.update([(1, 2, 3)])
d.pop("a"), d
list(d.keys()), list(d.values()), list(d.items())
d.clear() or d
nn.ModuleDict({"a.b": nn.ReLU()})
p
p[0], p[2], p[-1], p[1:], len(p)
p[4]
list(p.parameters())
p.append(torch.ones(1))
p.extend(3)
p.extend(torch.ones(2))
p(1)
p.__setitem__(0, torch.zeros(1)) or p
q
q["a"], "b" in q, len(q), list(q)
q["c"]
q[3]
list(q.items())
q.pop("a"), q
q.popitem(), q
q.get("z", 3), q.setdefault("z", torch.ones(1)), q
q.copy() | nn.ParameterDict({"c": torch.ones(1)})
q.update(3)
q(1)
q.clear() or q
list(reversed(q))
"""


@pytest.mark.parametrize("expression", EXPRESSIONS.strip().split("\n"))
def test_container(expression):
    """Values, texts and errors are torch's."""

    def run(engine):
        names = {"torch": engine}
        exec(SETUP, names)
        return eval(expression, names)

    same(run)
