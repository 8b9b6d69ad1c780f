"""Convolutions of images and sequences: every setting by itself, and all of them together."""
import torch
from torch import nn

from oracle import Oracle

o = Oracle("conv", 3)


def case(name, module, *shape):
    x = torch.randn(*shape, requires_grad=True)
    o.module(name, module, {"x": x}, module(x))


case("plain", nn.Conv2d(3, 4, 3), 2, 3, 6, 5)
case("padded", nn.Conv2d(2, 3, 3, padding=1, bias=False), 2, 2, 5, 4)
case("stride", nn.Conv2d(2, 3, 3, stride=2, padding=1), 2, 2, 7, 6)
case("dilation", nn.Conv2d(2, 2, 3, padding=2, dilation=2), 1, 2, 6, 6)
case("groups", nn.Conv2d(4, 6, 3, padding=1, groups=2), 2, 4, 4, 4)
case("depthwise", nn.Conv2d(3, 6, 3, padding=1, groups=3), 2, 3, 5, 5)
case("pointwise", nn.Conv2d(5, 4, 1), 2, 5, 3, 3)
case("shortcut", nn.Conv2d(5, 4, 1, stride=2, bias=False), 2, 5, 5, 4)
case("everything", nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(2, 1), dilation=(1, 3), groups=2),
     2, 4, 6, 7)
case("sequence", nn.Conv1d(3, 4, 3, padding=1), 2, 3, 8)
case("sequence_everything", nn.Conv1d(4, 6, 4, stride=3, padding=2, dilation=2, groups=2, bias=False),
     2, 4, 13)
o.save()
