"""Transformer layers and stacks: norms last and first, rectified and Gaussian units of both forms."""
import torch

from oracle import Oracle

o = Oracle("transformer", 4)
B, T, S, W = 2, 4, 3, 4
SIZES = dict(d_model=W, nhead=2, dim_feedforward=3, dropout=0.0, batch_first=True)


def drawn(module):
    for p in module.parameters():
        torch.nn.init.normal_(p, std=0.5)
    return module


def tensor(*shape):
    return torch.randn(*shape, requires_grad=True)


def mask(lengths, steps):
    return torch.arange(steps) >= lengths[:, None]


causal = torch.triu(torch.ones(T, T, dtype=torch.bool), 1)
lengths = torch.tensor([4, 2])
memory_lengths = torch.tensor([1, 3])

for first in (False, True):
    for activation in ("relu", "gelu"):
        name = activation + (" first" if first else " last")
        options = dict(activation=activation, norm_first=first, **SIZES)
        m = drawn(torch.nn.TransformerEncoderLayer(**options))
        x = tensor(B, T, W)
        y = m(x, src_key_padding_mask=mask(lengths, T))
        o.module("encoder " + name, m, {"x": x}, y, {"lengths": lengths})

        m = drawn(torch.nn.TransformerDecoderLayer(**options))
        x, memory = tensor(B, T, W), tensor(B, S, W)
        y = m(x, memory, tgt_mask=causal, tgt_key_padding_mask=mask(lengths, T),
              memory_key_padding_mask=mask(memory_lengths, S))
        o.module("decoder " + name, m, {"x": x, "memory": memory}, y,
                 {"lengths": lengths, "memory_lengths": memory_lengths})



def tanh_gelu(t):
    return torch.nn.functional.gelu(t, approximate="tanh")


options = dict(activation=tanh_gelu, norm_first=True, layer_norm_eps=0.1, **SIZES)
layer = torch.nn.TransformerEncoderLayer(**options)
m = drawn(torch.nn.TransformerEncoder(layer, 2, torch.nn.LayerNorm(W, eps=0.1)))
x = tensor(B, T, W)
o.module("encoder", m, {"x": x}, m(x, mask=causal))
layer = torch.nn.TransformerDecoderLayer(**options)
m = drawn(torch.nn.TransformerDecoder(layer, 2, torch.nn.LayerNorm(W, eps=0.1)))
x, memory = tensor(B, T, W), tensor(B, S, W)
o.module("decoder", m, {"x": x, "memory": memory}, m(x, memory, tgt_mask=causal))
o.save()
