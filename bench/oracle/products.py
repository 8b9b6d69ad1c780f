"""Matrix products in batches, and softmax under masks, as attention is made of them."""
import torch

from oracle import Oracle

o = Oracle("products", 11)
NO_MODULE = torch.nn.Module()


def leaf(*shape):
    return torch.randn(*shape).requires_grad_()


for case, (a, b) in {
    "batch": ((2, 3, 4, 5), (2, 3, 5, 2)),
    "shared": ((2, 3, 4, 5), (5, 2)),
    "crossed": ((2, 1, 4, 5), (3, 5, 2)),
}.items():
    x, y = leaf(*a), leaf(*b)
    o.module("matmul." + case, NO_MODULE, {"a": x, "b": y}, x @ y)
x, y = leaf(2, 5, 4), leaf(2, 3, 5)
o.module("matmul.transposed", NO_MODULE, {"a": x, "b": y}, x.transpose(1, 2) @ y.transpose(1, 2))

mask = torch.tensor([[1, 1, 1, 0, 0], [0, 1, 0, 1, 1]]).reshape(2, 1, 5)
x = leaf(2, 3, 5)
p = torch.softmax((x / 2).masked_fill(mask == 0, float("-inf")), -1)
o.module("maskedSoftmax", NO_MODULE, {"x": x}, p, {"mask": mask})

# gradients of kept elements alone: PyTorch makes NaN of those of -inf
x = leaf(2, 3, 5)
logs = torch.log_softmax((x / 2).masked_fill(mask == 0, float("-inf")), -1)
kept = torch.where(mask == 1, logs, torch.zeros(()))
o.module("maskedLogSoftmax", NO_MODULE, {"x": x}, kept, {"mask": mask})
o.save()
