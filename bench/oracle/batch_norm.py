"""Batch norm: two steps of training and evaluation after them; and residual blocks around it."""
import torch
from torch import nn

from oracle import Oracle

o = Oracle("batch_norm", 5)


def draw(module):
    for p in module.parameters():
        nn.init.normal_(p)


def put_statistics(case, module):
    for name, b in module.named_buffers():
        if b.dim() > 0:
            o.put(case, "b." + name, b)


def run(case, module, x):
    module.zero_grad()
    x.requires_grad_()
    o.module(case, module, {"x": x}, module(x))
    put_statistics(case, module)


def steps(name, module, *shape):
    draw(module)
    for step in ("first", "second"):
        run(name + "_" + step, module, 3 * torch.randn(*shape) + 2)
    module.eval()
    run(name + "_evaluation", module, torch.randn(*shape))


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut = body, shortcut

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


def block(i, out, stride):
    body = nn.Sequential(nn.Conv2d(i, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU(),
                         nn.Conv2d(out, out, 3, 1, 1, bias=False), nn.BatchNorm2d(out))
    same = stride == 1 and i == out
    return Residual(body, nn.Sequential() if same else nn.Sequential(
        nn.Conv2d(i, out, 1, stride, bias=False), nn.BatchNorm2d(out)))


steps("rows", nn.BatchNorm1d(3), 6, 3)
steps("sequences", nn.BatchNorm1d(3, eps=0.1, momentum=0.3), 4, 3, 5)
steps("images", nn.BatchNorm2d(3), 2, 3, 4, 3)
steps("block", block(3, 3, 1), 2, 3, 5, 5)
steps("block_halving", block(3, 4, 2), 2, 3, 6, 5)
o.save()
