"""Losses, with their gradients; masked ones by indexing, one example at a time."""
import torch
import torch.nn.functional as F

from oracle import Oracle

o = Oracle("losses", 7)
NO_MODULE = torch.nn.Module()


def leaf(*shape):
    return torch.randn(*shape).requires_grad_()


def put(case, loss, inputs, integers=None, **constants):
    """A case whose output is a single number."""
    o.module(case, NO_MODULE, inputs, loss, integers)
    for name, x in constants.items():
        o.put(case, name, x)


def distribution(*shape):
    return torch.softmax(torch.randn(*shape), -1)


def labels():
    y = torch.tensor([3, 0, -100, 4, 1, 3])
    w = torch.tensor([0.5, 1.0, 0.0, 2.0, 1.5])
    for case, settings in {
        "plain": {},
        "smoothing": {"label_smoothing": 0.1},
        "weights": {"weight": w},
        "ignored": {"ignore_index": -100},
        "all": {"weight": w, "label_smoothing": 0.25, "ignore_index": -100},
        "all.sum": {"weight": w, "label_smoothing": 0.25, "ignore_index": -100, "reduction": "sum"},
    }.items():
        target = y if "ignore_index" in settings else y.clamp(min=0)
        z = leaf(6, 5)
        put("crossEntropy." + case, F.cross_entropy(z, target, **settings), {"x": z}, {"y": target}, w=w)


def distributions():
    z, p = leaf(3, 5), distribution(3, 5).requires_grad_()
    put("softCrossEntropy", F.cross_entropy(z, p), {"x": z, "t": p})
    z, p = leaf(3, 5), distribution(3, 5).requires_grad_()
    loss = -4 * (p * F.log_softmax(z / 2, -1)).sum(-1).mean()
    put("softCrossEntropy.2", loss, {"x": z, "t": p})
    z, p = leaf(3, 5), (1.1 * distribution(3, 5)).detach().requires_grad_()
    loss = 4 * F.kl_div(F.log_softmax(z / 2, -1), p, reduction="batchmean")
    put("klDivergence", loss, {"x": z, "t": p})
    z, t = leaf(3, 5), torch.log(distribution(3, 5)).requires_grad_()
    loss = F.kl_div(F.log_softmax(z, -1), t, reduction="mean", log_target=True)
    put("klDivergence.logs", loss, {"x": z, "t": t})
    z, p = leaf(3, 5), distribution(3, 5).requires_grad_()
    mask = torch.tensor([[1, 1, 0, 1, 0], [0, 0, 0, 0, 0], [1, 1, 1, 1, 1]])
    rows = [F.kl_div(F.log_softmax(z[i][mask[i] > 0] / 2, -1), p[i][mask[i] > 0], reduction="sum")
            for i in (0, 2)]
    put("klDivergence.mask", 4 * sum(rows) / 2, {"x": z, "t": p}, {"mask": mask})
    for case, first in {"softTargets": 1, "softTargets.reverse": 0}.items():
        z = [leaf(3, 5), leaf(3, 5)]
        logs = [F.log_softmax(x / 4, -1) for x in z]
        loss = 16 * F.kl_div(logs[1 - first], logs[first], reduction="batchmean", log_target=True)
        put(case, loss, {"x": z[0], "t": z[1]})


def vectors():
    for case, loss in {
        "squaredError": F.mse_loss,
        "huber": lambda x, t: F.huber_loss(x, t, delta=0.7),
        "huber.sum": lambda x, t: F.huber_loss(x, t, delta=1.5, reduction="sum"),
        "cosineDistance": lambda x, t: F.cosine_embedding_loss(x, t, torch.ones(3)),
    }.items():
        x, t = leaf(3, 5), leaf(3, 5)
        put(case, loss(x, t), {"x": x, "t": t})
    w = torch.tensor([0.5, 1.0, 0.0, 2.0, 1.5])
    for case, settings in {
        "bceLogits": {},
        "bceLogits.weights": {"pos_weight": w},
        "bceLogits.sum": {"pos_weight": w, "reduction": "sum"},
    }.items():
        x, t = leaf(3, 5), torch.rand(3, 5).requires_grad_()
        put(case, F.binary_cross_entropy_with_logits(x, t, **settings), {"x": x, "t": t}, w=w)


labels()
distributions()
vectors()
o.save()
