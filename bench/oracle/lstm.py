"""LSTM: lengths, states carried on, several layers, both directions.

The cases op-forward and op-reverse walk through the steps with an LSTMCell, example by example: all
hidden states and cells side by side, from an initial state, zeros in padding.
"""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from oracle import Oracle

BATCH, TIME, IN, HIDDEN = 4, 5, 3, 4
LENGTHS = torch.tensor([3, 5, 1, 4])

o = Oracle("lstm", 7)


def x():
    return torch.randn(BATCH, TIME, IN, requires_grad=True)


def padded(m, x, state=None):
    packed = pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
    y, last = m(packed, state)
    return pad_packed_sequence(y, batch_first=True, total_length=TIME)[0], last


def side_by_side(cell, x, h0, c0, reverse):
    rows = []
    for b in range(BATCH):
        h, c = h0[b:b + 1], c0[b:b + 1]
        steps = range(int(LENGTHS[b]))
        of = [torch.zeros(2 * HIDDEN)] * TIME
        for t in reversed(steps) if reverse else steps:
            h, c = cell(x[b:b + 1, t], (h, c))
            of[t] = torch.cat([h, c], 1)[0]
        rows.append(torch.stack(of))
    return torch.stack(rows)


for case, reverse in (("op-forward", False), ("op-reverse", True)):
    cell = torch.nn.LSTMCell(IN, HIDDEN)
    i = {"x": x(), "h0": torch.randn(BATCH, HIDDEN, requires_grad=True),
         "c0": torch.randn(BATCH, HIDDEN, requires_grad=True)}
    o.module(case, cell, i, side_by_side(cell, i["x"], i["h0"], i["c0"], reverse),
             {"lengths": LENGTHS})

m = torch.nn.LSTM(IN, HIDDEN, batch_first=True)
i = x()
o.module("plain", m, {"x": i}, m(i)[0])

m = torch.nn.LSTM(IN, HIDDEN, 2, batch_first=True)
i = x()
o.module("layers", m, {"x": i}, padded(m, i)[0], {"lengths": LENGTHS})

# the last states of both layers, layer after layer, hidden states before cells
m = torch.nn.LSTM(IN, HIDDEN, 2, batch_first=True)
i = {"x": x(), "h": torch.randn(2, BATCH, HIDDEN, requires_grad=True),
     "c": torch.randn(2, BATCH, HIDDEN, requires_grad=True)}
y, (h, c) = padded(m, i["x"], (i["h"], i["c"]))
o.module("states", m, i, torch.cat([h[0], c[0], h[1], c[1]], 1), {"lengths": LENGTHS})

m = torch.nn.LSTM(IN, HIDDEN, batch_first=True, bidirectional=True)
i = x()
o.module("both", m, {"x": i}, m(i)[0])

m = torch.nn.LSTM(IN, HIDDEN, 2, batch_first=True, bidirectional=True)
i = x()
o.module("both-layers", m, {"x": i}, padded(m, i)[0], {"lengths": LENGTHS})

m = torch.nn.LSTM(IN, HIDDEN, batch_first=True, bidirectional=True)
i = x()
y = m(i)[0]
o.module("ends", m, {"x": i}, torch.cat([y[:, -1, :HIDDEN], y[:, 0, HIDDEN:]], 1))

m = torch.nn.LSTM(IN, HIDDEN, batch_first=True, bidirectional=True)
i = x()
y, (h, c) = padded(m, i)
o.module("ends-lengths", m, {"x": i}, torch.cat([h[0], h[1]], 1), {"lengths": LENGTHS})
o.save()
