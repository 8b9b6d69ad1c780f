"""Losses in four kinds of input."""
import math

import torch
import torch.nn.functional as F

from oracle import OpOracle, normal, numbers

o = OpOracle("ops_losses", 23)
put = o.put_op


def distribution(*shape):
    return torch.softmax(torch.randn(*shape), -1)


def labels():
    w = numbers(0.5, 1.0, 0.0, 2.0, 1.5)
    y = torch.tensor([3, 0, 2, 4, 1, 3])
    some = torch.tensor([3, -100, 2, -100, 1, 3])
    plain = F.cross_entropy
    weighted = lambda z, y, w: F.cross_entropy(z, y, weight=w.detach(), label_smoothing=0.25)
    put("crossEntropy", "typical", plain, normal(6, 5), y)
    put("crossEntropy", "typical", lambda z, y: plain(z.reshape(6, 5), y.reshape(6)),
        normal(2, 3, 5), y.reshape(2, 3))
    put("crossEntropy", "awkward", plain, normal(1, 1), torch.tensor([0]))
    put("crossEntropy", "awkward", plain, torch.zeros(3, 4), torch.tensor([1, 1, 3]))
    put("crossEntropy", "broadcast", plain, normal(6, 1), y, like=(6, 5))
    put("crossEntropy", "broadcast", plain, normal(5), y, like=(6, 5))
    put("crossEntropy", "extreme", plain, numbers(1e4, -1e4, 0, 709, -709, 3).reshape(2, 3),
        torch.tensor([1, 2]))
    put("crossEntropy", "extreme", plain, numbers(1e300, -1e300, 1, 5).reshape(2, 2),
        torch.tensor([0, 1]))
    key = "crossEntropy smoothing 0.1"
    smooth = lambda z, y: plain(z, y, label_smoothing=0.1)
    put(key, "typical", smooth, normal(6, 5), y)
    put(key, "extreme", smooth, numbers(1e4, -1e4, 0, 709, -709, 3).reshape(2, 3),
        torch.tensor([1, 2]))
    key = "crossEntropy ignored"
    put(key, "broadcast", lambda z, y: plain(z, y, ignore_index=-100), normal(6, 5), some)
    put(key, "extreme", lambda z, y: plain(z, y, ignore_index=-100), 1e3 * normal(6, 5), some)
    key = "crossEntropy weights smoothing 0.25"
    put(key, "typical", weighted, normal(6, 5), y, w)
    put(key, "broadcast", weighted, normal(6, 1), y, w, like=(6, 5))


def target_distributions():
    def soft(z, p, t):
        return -t * t * (p * F.log_softmax(z / t, -1)).sum(-1).mean()

    def divergence(z, p, t):
        rows = F.kl_div(F.log_softmax(z / t, -1), p, reduction="none").sum(-1)
        return t * t * rows.mean()

    def logits(z, v, t):
        return t * t * F.kl_div(F.log_softmax(z / t, -1), F.log_softmax(v / t, -1),
                                reduction="none", log_target=True).sum(-1).mean()

    def reverse(z, v, t):
        return logits(v, z, t)

    for temperature in (1, 4):
        for key, function, targets in (
                ("softCrossEntropy", soft, distribution), ("klDivergence", divergence, distribution),
                ("softTargets", logits, normal), ("softTargets reverse", reverse, normal)):
            f = lambda z, p: function(z, p, temperature)
            key = "%s %d" % (key, temperature)
            put(key, "typical", f, normal(4, 5), targets(4, 5))
            put(key, "typical", f, normal(2, 3, 4), targets(2, 3, 4))
            put(key, "awkward", f, normal(1, 2), targets(1, 2))
            put(key, "awkward", f, torch.zeros(3, 4), targets(3, 4))
            put(key, "broadcast", f, normal(3, 1), targets(3, 4), like=(3, 4))
            put(key, "broadcast", f, normal(4), targets(3, 4), like=(3, 4))
            big = numbers(600, -600, 0, 40, -40, 1e3).reshape(2, 3)
            put(key, "extreme", f, big, targets(2, 3))
            put(key, "extreme", f, 1e-8 * normal(2, 3), targets(2, 3))


def between():
    for beta, w, t, key in ((0.5, 0.5, 1, "jensenShannon"), (0.1, 0.1, 4, "jensenShannon 0.1"),
                            (0.25, 0.75, 2, "jensenShannon continuous 0.25")):
        def f(z, v):
            q, p = F.log_softmax(z / t, -1), F.log_softmax(v / t, -1)
            m = torch.logaddexp(p + math.log(beta), q + math.log(1 - beta))
            kl = lambda a: (a.exp() * (a - m)).sum(-1)
            return t * t * (w * kl(p) + (1 - w) * kl(q)).mean()

        put(key, "typical", f, normal(4, 5), normal(4, 5))
        put(key, "typical", f, normal(2, 3, 4), normal(2, 3, 4))
        put(key, "awkward", f, normal(1, 2), normal(1, 2))
        put(key, "awkward", f, torch.zeros(3, 4), normal(3, 4))
        put(key, "broadcast", f, normal(3, 1), normal(3, 4), like=(3, 4))
        put(key, "broadcast", f, normal(4), normal(3, 4), like=(3, 4))
        big = numbers(600, -600, 0, 40, -40, 1e3).reshape(2, 3)
        put(key, "extreme", f, big, normal(2, 3))
        put(key, "extreme", f, 1e-8 * normal(2, 3), normal(2, 3))


def masked_divergence():
    mask = torch.tensor([[1, 1, 0, 1, 0], [0, 0, 0, 0, 0], [1, 1, 1, 1, 1]])

    def f(z, p, m):
        rows = [F.kl_div(F.log_softmax(z[i][m[i] > 0] / 2, -1), p[i][m[i] > 0], reduction="sum")
                for i in range(len(m)) if m[i].any()]
        return 4 * sum(rows) / len(rows)

    put("klDivergence mask", "broadcast", f, normal(3, 5), distribution(3, 5), mask)
    put("klDivergence mask", "extreme", f, 200 * normal(3, 5), distribution(3, 5), mask)


def vectors():
    for key, f in {
        "squaredError": F.mse_loss,
        "huber 0.7": lambda x, t: F.huber_loss(x, t, delta=0.7),
        "cosineDistance": lambda x, t: F.cosine_embedding_loss(
            x.reshape(-1, x.shape[-1]), t.reshape(-1, t.shape[-1]),
            torch.ones(x.numel() // x.shape[-1])),
    }.items():
        put(key, "typical", f, normal(4, 5), normal(4, 5))
        put(key, "typical", f, normal(2, 3, 4), normal(2, 3, 4))
        put(key, "awkward", f, normal(1, 2), normal(1, 2))
        put(key, "awkward", f, numbers(1, 2, 3).reshape(1, 3), numbers(1, 2, 2.5).reshape(1, 3))
        put(key, "broadcast", f, normal(3, 1), normal(3, 4), like=(3, 4))
        put(key, "broadcast", f, normal(4), normal(3, 4), like=(3, 4))
        scale = 1e70 if key.startswith("cosine") else 1e150
        put(key, "extreme", f, scale * normal(2, 3), scale * normal(2, 3))
        if not key.startswith("cosine"):  # a length next to nothing has a direction by epsilon alone
            put(key, "extreme", f, 1e-150 * normal(2, 3), 1e-150 * normal(2, 3))
    probabilities = lambda *shape: torch.rand(*shape)
    f = F.binary_cross_entropy_with_logits
    g = lambda x, t, w: F.binary_cross_entropy_with_logits(x, t, pos_weight=w.detach())
    w = numbers(0.5, 1.0, 0.0, 2.0)
    put("bceLogits", "typical", f, normal(4, 5), probabilities(4, 5))
    put("bceLogits", "typical", f, normal(2, 3, 4), probabilities(2, 3, 4))
    put("bceLogits", "awkward", f, torch.zeros(3, 2), numbers(0, 1, 0, 0.5, 1, 1).reshape(3, 2))
    put("bceLogits", "awkward", f, normal(1, 1), torch.ones(1, 1))
    put("bceLogits", "broadcast", f, normal(3, 1), probabilities(3, 4), like=(3, 4))
    put("bceLogits weights", "broadcast", g, normal(3, 4), probabilities(3, 4), w)
    put("bceLogits", "extreme", f, numbers(1e4, -1e4, 40, -40).reshape(2, 2), probabilities(2, 2))
    put("bceLogits weights", "extreme", g, numbers(800, -800, 40, -40).reshape(1, 4),
        probabilities(1, 4), w)


def other_labels():
    y = torch.tensor([3, 0, 2, 4, 1, 3])

    def focal(z, y, gamma):
        logs = F.log_softmax(z.reshape(-1, z.shape[-1]), -1)
        log = logs.gather(1, y.reshape(-1, 1)).squeeze(1)
        return (-((-torch.expm1(log)) ** gamma) * log).mean()

    def likelihood(x, y):
        return F.nll_loss(x.reshape(-1, x.shape[-1]), y.reshape(-1))

    def margins(x, y):
        return F.multi_margin_loss(x.reshape(-1, x.shape[-1]), y.reshape(-1), margin=0.7)

    for key, f in {"negativeLogLikelihood": likelihood, "multiMargin 0.7": margins,
                   "focal 2": lambda z, y: focal(z, y, 2.0),
                   "focal 0.5": lambda z, y: focal(z, y, 0.5)}.items():
        put(key, "typical", f, normal(6, 5), y)
        put(key, "typical", f, normal(2, 3, 5), y.reshape(2, 3))
        put(key, "awkward", f, normal(1, 2), torch.tensor([1]))
        put(key, "awkward", f, torch.zeros(3, 4), torch.tensor([1, 1, 3]))
        put(key, "broadcast", f, normal(6, 1), y, like=(6, 5))
        put(key, "broadcast", f, normal(5), y, like=(6, 5))
        put(key, "extreme", f, numbers(1e4, -1e4, 0, 30, -30, 3).reshape(2, 3),
            torch.tensor([1, 2]))
        put(key, "extreme", f, 1e-8 * normal(4, 3), torch.tensor([1, 2, 0, 0]))


def triplets():
    def f(a, p, n):
        d = lambda x, y: torch.linalg.vector_norm(x - y, dim=-1)
        return F.relu(d(a, p) - d(a, n) + 0.5).mean()

    put("triplet 0.5", "typical", f, normal(8, 5), normal(8, 5), normal(8, 5))
    put("triplet 0.5", "typical", f, normal(2, 3, 4), normal(2, 3, 4), normal(2, 3, 4))
    put("triplet 0.5", "awkward", f, normal(1, 1), normal(1, 1), normal(1, 1))
    same = normal(3, 4)
    put("triplet 0.5", "awkward", f, same, same, same)
    put("triplet 0.5", "broadcast", f, normal(3, 1), normal(3, 4), normal(3, 4), like=(3, 4))
    put("triplet 0.5", "broadcast", f, normal(4), normal(3, 4), normal(3, 4), like=(3, 4))
    put("triplet 0.5", "extreme", f, 1e140 * normal(4, 3), 1e140 * normal(4, 3), normal(4, 3))


labels()
other_labels()
triplets()
target_distributions()
masked_divergence()
vectors()
between()
o.save()
