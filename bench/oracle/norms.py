"""Group, instance and root mean square norm, and learnt slopes."""
import torch
from torch import nn

from oracle import Oracle

o = Oracle("norms", 37)


class RmsNorm(nn.Module):
    """Not in PyTorch before 2.4."""

    def __init__(self, n, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(n))
        self.epsilon = epsilon

    def forward(self, x):
        return x / torch.sqrt((x ** 2).mean(-1, keepdim=True) + self.epsilon) * self.weight


def case(name, module, *shape, zeros=False):
    for p in module.parameters():
        nn.init.normal_(p)
    x = 3 * torch.randn(*shape) + 1
    if zeros:
        x.view(-1)[::3] = 0
    x.requires_grad_()
    o.module(name, module, {"x": x}, module(x))


case("group images", nn.GroupNorm(2, 6), 3, 6, 4, 5)
case("group sequences", nn.GroupNorm(3, 3, eps=0.1), 2, 3, 7)
case("group rows", nn.GroupNorm(2, 8), 4, 8)
case("instance images", nn.InstanceNorm2d(3), 2, 3, 4, 5)
case("instance sequences", nn.InstanceNorm1d(3, eps=0.1, affine=True), 2, 3, 6)
case("rms rows", RmsNorm(7, 1e-6), 4, 7)
case("rms sequences", RmsNorm(5, 0.1), 2, 3, 5)
case("prelu", nn.PReLU(), 4, 7, zeros=True)
case("prelu channels", nn.PReLU(3), 2, 3, 4, 5, zeros=True)
case("prelu rows", nn.PReLU(5), 4, 5)
o.save()
