"""Embedding: a table of word vectors, with and without a row for padding."""
import torch

from oracle import Oracle

o = Oracle("embedding", 5)
ids = torch.tensor([[3, 0, 5, 0], [5, 5, 1, 0], [2, 3, 5, 6]])
for case, padding in (("plain", None), ("padding", 0)):
    m = torch.nn.Embedding(7, 4, padding_idx=padding)
    o.module(case, m, {}, m(ids) ** 2, {"ids": ids})
o.save()
