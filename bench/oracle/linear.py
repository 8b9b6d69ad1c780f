"""Linear and soft cross-entropy: the smallest example of an oracle script."""
import torch

from oracle import Oracle

o = Oracle("linear", 1)
m = torch.nn.Linear(5, 3)
x = torch.randn(4, 5, requires_grad=True)
o.module("batch", m, {"x": x}, m(x))
o.save()
