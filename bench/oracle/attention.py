"""Multi-head attention: to itself, in causal order, padded, and to a memory."""
import torch

from oracle import Oracle

o = Oracle("attention", 3)
B, T, S, W, H = 2, 4, 5, 6, 2


def attention(**widths):
    m = torch.nn.MultiheadAttention(W, H, batch_first=True, **widths)
    for p in m.parameters():
        torch.nn.init.normal_(p, std=0.5)
    return m


def tensor(*shape):
    return torch.randn(*shape, requires_grad=True)


def case(name, m, x, memory, mask=None, integers=None, **options):
    inputs = {"x": x} if memory is x else {"x": x, "memory": memory}
    if mask is not None:
        options["key_padding_mask"] = mask == 0
    y, _ = m(x, memory, memory, need_weights=False, **options)
    o.module(name, m, inputs, y, integers)


causal = torch.triu(torch.ones(T, T, dtype=torch.bool), 1)
lengths = torch.tensor([4, 2])
prefix = (torch.arange(T) < lengths[:, None]).int()
holes = torch.tensor([[1, 0, 1, 1, 0], [0, 0, 1, 0, 1]])

x = tensor(B, T, W)
case("self", attention(), x, x)
x = tensor(B, T, W)
case("causal", attention(), x, x, attn_mask=causal)
x = tensor(B, T, W)
case("lengths", attention(), x, x, prefix, {"lengths": lengths})
x = tensor(B, T, W)
case("causal lengths", attention(), x, x, prefix, {"lengths": lengths}, attn_mask=causal)
case("memory", attention(), tensor(B, T, W), tensor(B, S, W))
case("masked memory", attention(kdim=3, vdim=3), tensor(B, T, W), tensor(B, S, 3), holes,
     {"mask": holes})
o.save()
