"""GRU: lengths, states carried on, several layers, both directions."""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from oracle import Oracle

BATCH, TIME, IN, HIDDEN = 4, 5, 3, 4
LENGTHS = torch.tensor([3, 5, 1, 4])

o = Oracle("gru", 11)


def x():
    return torch.randn(BATCH, TIME, IN, requires_grad=True)


def padded(module, inputs, h=None):
    packed = pack_padded_sequence(inputs, LENGTHS, batch_first=True, enforce_sorted=False)
    y, last = module(packed, h)
    return pad_packed_sequence(y, batch_first=True, total_length=TIME)[0], last


m = torch.nn.GRU(IN, HIDDEN, batch_first=True)
i = x()
o.module("plain", m, {"x": i}, m(i)[0])

m = torch.nn.GRU(IN, HIDDEN, 2, batch_first=True)
i = x()
o.module("layers", m, {"x": i}, padded(m, i)[0], {"lengths": LENGTHS})

# the last states of both layers
m = torch.nn.GRU(IN, HIDDEN, 2, batch_first=True)
i = {"x": x(), "h": torch.randn(2, BATCH, HIDDEN, requires_grad=True)}
y, h = padded(m, i["x"], i["h"])
o.module("states", m, i, torch.cat([h[0], h[1]], 1), {"lengths": LENGTHS})

m = torch.nn.GRU(IN, HIDDEN, 2, batch_first=True, bidirectional=True)
i = x()
o.module("both-layers", m, {"x": i}, padded(m, i)[0], {"lengths": LENGTHS})

m = torch.nn.GRU(IN, HIDDEN, batch_first=True, bidirectional=True)
i = x()
y = m(i)[0]
o.module("ends", m, {"x": i}, torch.cat([y[:, -1, :HIDDEN], y[:, 0, HIDDEN:]], 1))

m = torch.nn.GRU(IN, HIDDEN, batch_first=True, bidirectional=True)
i = x()
y, h = padded(m, i)
o.module("ends-lengths", m, {"x": i}, torch.cat([h[0], h[1]], 1), {"lengths": LENGTHS})
o.save()
