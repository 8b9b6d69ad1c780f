"""Reductions over axes."""
import torch

from oracle import Oracle

o = Oracle("reductions", 11)
nn = torch.nn

AXES = {"last": (2,), "outer": (0, 2), "all": (0, 1, 2)}


def over(x, axes, function):
    """A function of the last axis, over several: these are brought together at the end."""
    stay = [a for a in range(x.dim()) if a not in axes]
    rows = x.permute(*stay, *axes).reshape([x.shape[a] for a in stay] + [-1])
    return function(rows)


FUNCTIONS = {
    "sum": lambda r: r.sum(-1),
    "mean": lambda r: r.mean(-1),
    "max": lambda r: r.max(-1).values,
    "min": lambda r: r.min(-1).values,
    "prod": lambda r: r.prod(-1),
    "l1Norm": lambda r: r.norm(1, -1),
    "l2Norm": lambda r: r.norm(2, -1),
    "logSumExp": lambda r: r.logsumexp(-1),
    "variance": lambda r: r.var(-1, unbiased=True),
}
for name, function in FUNCTIONS.items():
    for which, axes in AXES.items():
        x = torch.randn(3, 4, 5).requires_grad_()
        o.module(name + " " + which, nn.Module(), {"x": x}, over(x, axes, function))

# one zero in a row, and two in another
x = torch.randn(3, 5)
x[1, 2] = 0
x[2, 0] = 0
x[2, 3] = 0
x.requires_grad_()
o.module("prod zeros", nn.Module(), {"x": x}, x.prod(-1))
x = torch.zeros(2, 3).requires_grad_()
o.module("l2Norm zeros", nn.Module(), {"x": x}, x.norm(2, -1))
o.save()
