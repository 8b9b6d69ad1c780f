"""Optimizers: six steps of given gradients at falling rates. LAMB is not in PyTorch."""
import torch

from oracle import Oracle

o = Oracle("optimizers", 31)
optim = torch.optim
OPTIMIZERS = {
    "sgd": lambda p: optim.SGD(p, 1.0),
    "momentum": lambda p: optim.SGD(p, 1.0, momentum=0.9, weight_decay=0.02),
    "nesterov": lambda p: optim.SGD(p, 1.0, momentum=0.9, weight_decay=0.02, nesterov=True),
    "adam": lambda p: optim.Adam(p, 1.0, weight_decay=0.02),
    "adamW": lambda p: optim.AdamW(p, 1.0, weight_decay=0.02),
    "adagrad": lambda p: optim.Adagrad(p, 1.0, weight_decay=0.02, initial_accumulator_value=0.1),
    "rmsProp": lambda p: optim.RMSprop(p, 1.0, alpha=0.9, eps=1e-6, weight_decay=0.02),
    "rmsProp momentum": lambda p: optim.RMSprop(p, 1.0, momentum=0.8),
    "adadelta": lambda p: optim.Adadelta(p, 1.0, rho=0.95, weight_decay=0.02),
}
for case, make in OPTIMIZERS.items():
    w = torch.randn(11, requires_grad=True)
    o.put(case, "first", w)
    optimizer = make([w])
    for step in range(6):
        w.grad = torch.randn(11)
        o.put(case, "gradient%d" % step, w.grad)
        optimizer.param_groups[0]["lr"] = 0.1 / (1 + step)
        optimizer.step()
        o.put(case, "after%d" % step, w)
o.save()
