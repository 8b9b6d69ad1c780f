"""Pooling of images: random numbers, and small whole ones, where a window has several maxima."""
import torch
from torch import nn

from oracle import Oracle

o = Oracle("pool", 4)


def case(name, module, x):
    x.requires_grad_()
    o.module(name, module, {"x": x}, module(x))


def ties():
    return torch.randint(-1, 2, (2, 3, 7, 6)).double()


case("max", nn.MaxPool2d(2), torch.randn(2, 3, 5, 6))
case("max_ties", nn.MaxPool2d(2), ties())
case("max_overlap", nn.MaxPool2d((3, 5), stride=(2, 1), padding=(1, 2)), torch.randn(2, 3, 7, 6))
case("max_overlap_ties", nn.MaxPool2d((3, 5), stride=(2, 1), padding=(1, 2)), ties())
case("avg", nn.AvgPool2d(2), torch.randn(2, 3, 5, 6))
case("avg_padded", nn.AvgPool2d((3, 5), stride=(2, 1), padding=(1, 2)), torch.randn(2, 3, 7, 6))
case("avg_without_pad",
     nn.AvgPool2d((3, 5), stride=(2, 1), padding=(1, 2), count_include_pad=False),
     torch.randn(2, 3, 7, 6))
case("global", nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), torch.randn(2, 3, 4, 5))
o.save()
