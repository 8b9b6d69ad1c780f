"""Layer norm of rows: the usual epsilon on three axes, and one that shows."""
import torch

from oracle import Oracle

o = Oracle("layer_norm", 2)


def case(name, module, *shape):
    for p in module.parameters():
        torch.nn.init.normal_(p)
    x = torch.randn(*shape, requires_grad=True)
    o.module(name, module, {"x": x}, module(x))


case("sequence", torch.nn.LayerNorm(7), 2, 3, 7)
case("epsilon", torch.nn.LayerNorm(4, eps=0.3), 5, 4)
o.save()
