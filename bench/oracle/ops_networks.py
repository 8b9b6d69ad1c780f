"""Products, and the ops that layers are made of, in four kinds of input."""
import math

import torch
import torch.nn.functional as F

from oracle import OpOracle, normal, numbers

o = OpOracle("ops_networks", 29)
put = o.put_op
ids = lambda n, *shape: torch.randint(n, shape)


def products():
    for key, f, a, b in (
            ("matmul", lambda x, y: x @ y, lambda m, k: (m, k), lambda k, n: (k, n)),
            ("matmul a", lambda x, y: x.mT @ y, lambda m, k: (k, m), lambda k, n: (k, n)),
            ("matmul b", lambda x, y: x @ y.mT, lambda m, k: (m, k), lambda k, n: (n, k)),
            ("matmul a b", lambda x, y: x.mT @ y.mT, lambda m, k: (k, m), lambda k, n: (n, k))):
        put(key, "typical", f, normal(*a(4, 5)), normal(*b(5, 3)))
        put(key, "typical", f, normal(2, *a(3, 17)), normal(2, *b(17, 4)))
        put(key, "awkward", f, normal(*a(1, 1)), normal(*b(1, 1)))
        put(key, "awkward", f, normal(*a(1, 7)), normal(*b(7, 1)))
        put(key, "awkward", f, torch.zeros(*a(3, 2)), normal(*b(2, 3)))
        put(key, "broadcast", f, normal(2, 3, *a(4, 5)), normal(*b(5, 2)))
        put(key, "broadcast", f, normal(2, 1, *a(4, 5)), normal(3, *b(5, 2)))
        put(key, "extreme", f, 1e150 * normal(*a(2, 3)), 1e140 * normal(*b(3, 2)))
        put(key, "extreme", f, 1e-160 * normal(*a(2, 3)), 1e150 * normal(*b(3, 2)))
    f = F.linear
    put("linear", "typical", f, normal(4, 5), normal(3, 5), normal(3))
    put("linear", "typical", f, normal(2, 3, 5), normal(17, 5), normal(17))
    put("linear", "awkward", f, normal(1, 1), normal(1, 1), normal(1))
    put("linear", "awkward", f, torch.zeros(2, 3), normal(1, 3), normal(1))
    put("linear", "broadcast", f, normal(5), normal(3, 5), normal(3), like=(4, 5))
    put("linear", "extreme", f, 1e150 * normal(2, 3), 1e140 * normal(4, 3), normal(4))


def softmax_of_some():
    some = torch.tensor([[1, 1, 1, 0, 0], [0, 1, 0, 1, 1], [0, 0, 1, 0, 0]])

    def kept(x, m, logs):
        """PyTorch makes NaN of gradients behind -inf: what is left out is taken out."""
        m = m.expand(x.shape) > 0
        lowest = torch.where(m, x, torch.full((), -1e308))
        z = x - lowest.max(-1, keepdim=True).values.detach()
        e = torch.where(m, torch.exp(torch.where(m, z, torch.zeros(()))), torch.zeros(()))
        s = e.sum(-1, keepdim=True)
        if logs:
            return torch.where(m, z - torch.log(s), torch.full((), -math.inf))
        return e / s

    for key, logs in (("maskedSoftmax 2", False), ("maskedLogSoftmax 2", True)):
        f = lambda x, m: kept(x / 2, m, logs)
        put(key, "typical", f, normal(3, 5), some)
        put(key, "typical", f, normal(2, 3, 5), ids(2, 2, 3, 5).clamp(min=1))
        put(key, "awkward", f, normal(1, 1), torch.ones(1, 1, dtype=torch.int64))
        put(key, "awkward", f, torch.zeros(3, 5), some)
        put(key, "broadcast", f, normal(2, 3, 5), some)
        put(key, "broadcast", f, normal(2, 3, 5), some[1])
        put(key, "broadcast", f, normal(3, 1), some, like=(3, 5))
        put(key, "extreme", f, 1e300 * normal(3, 5), some)
        put(key, "extreme", f, 700 * normal(3, 5), some)


def norms():
    f = lambda x, g, b: F.layer_norm(x, (x.shape[-1],), g, b, 1e-5)
    put("layerNorm", "typical", f, normal(4, 7), normal(7), normal(7))
    put("layerNorm", "typical", f, normal(2, 3, 5), normal(5), normal(5))
    put("layerNorm", "awkward", f, normal(3, 1), normal(1), normal(1))
    put("layerNorm", "awkward", f, torch.ones(2, 4), normal(4), normal(4))
    put("layerNorm", "broadcast", f, normal(5), normal(5), normal(5), like=(3, 5))
    put("layerNorm", "extreme", f, 1e140 * normal(2, 5), normal(5), normal(5))
    put("layerNorm", "extreme", f, 1e-140 * normal(2, 5), normal(5), normal(5))
    train = lambda x, g, b: F.batch_norm(x, None, None, g, b, True, 0.1, 1e-5)
    fixed = lambda x, g, b, m, v: F.batch_norm(x, m.detach(), v.detach(), g, b, False, 0.1, 1e-5)
    for key, f in (("batchNorm", train), ("batchNormInference", fixed)):
        more = lambda n: () if key == "batchNorm" else (normal(n), normal(n).abs() + 0.1)
        put(key, "typical", f, normal(6, 3), normal(3), normal(3), *more(3))
        put(key, "typical", f, normal(2, 3, 4, 5), normal(3), normal(3), *more(3))
        put(key, "awkward", f, normal(2, 1), normal(1), normal(1), *more(1))
        put(key, "awkward", f, torch.ones(3, 2, 2), normal(2), normal(2), *more(2))
        put(key, "broadcast", f, normal(4, 1, 5), normal(3), normal(3), *more(3), like=(4, 3, 5))
        put(key, "extreme", f, 1e140 * normal(4, 2), normal(2), normal(2), *more(2))
        put(key, "extreme", f, 1e-140 * normal(4, 2), normal(2), normal(2), *more(2))


def steps():
    lengths = torch.tensor([3, 1, 5])
    here = lambda x, n: (torch.arange(x.shape[1]) < n[:, None]).unsqueeze(-1)
    functions = {
        "lastStep": lambda x, n: torch.stack([x[b, n[b] - 1] for b in range(len(n))]),
        "meanSteps": lambda x, n: (x * here(x, n)).sum(1) / n[:, None],
        "maxSteps": lambda x, n: x.masked_fill(~here(x, n), -math.inf).max(1).values,
    }
    for key, f in functions.items():
        put(key, "typical", f, normal(3, 5, 4), torch.tensor([5, 5, 5]))
        put(key, "typical", f, normal(3, 6, 17), lengths)
        put(key, "awkward", f, normal(1, 1, 1), torch.tensor([1]))
        put(key, "awkward", f, normal(3, 5, 2), torch.tensor([1, 1, 1]))
        put(key, "broadcast", f, normal(3, 5, 2), lengths)
        put(key, "broadcast", f, normal(3, 5, 1), lengths, like=(3, 5, 4))
        put(key, "extreme", f, 1e300 * normal(3, 5, 2), lengths)
    f = lambda x, t: x + t[2:2 + x.shape[1]]
    put("addPositions 2", "typical", f, normal(3, 4, 5), normal(9, 5))
    put("addPositions 2", "typical", f, normal(2, 7, 3), normal(9, 3))
    put("addPositions 2", "awkward", f, normal(1, 1, 1), normal(3, 1))
    put("addPositions 2", "broadcast", f, normal(1, 4, 5), normal(7, 5), like=(3, 4, 5))
    put("addPositions 2", "extreme", f, 1e300 * normal(2, 3, 2), 1e300 * normal(6, 2))


def rotations():
    def f(x, c, s):
        half = x.shape[-1] // 2
        c, s = (torch.cat((t, t), -1)[2:2 + x.shape[-2]].detach() for t in (c, s))
        turned = torch.cat((-x[..., half:], x[..., :half]), -1)
        return x * c + turned * s

    def tables(positions, half):
        angles = torch.arange(positions)[:, None] / 100 ** (torch.arange(half) / half)
        return torch.cos(angles), torch.sin(angles)

    key = "rotatePositions 2"
    put(key, "typical", f, normal(3, 4, 6), *tables(9, 3))
    put(key, "typical", f, normal(2, 3, 5, 8), *tables(7, 4))
    put(key, "awkward", f, normal(1, 2), *tables(3, 1))
    put(key, "awkward", f, torch.zeros(2, 3, 4), *tables(5, 2))
    put(key, "broadcast", f, normal(4, 6), *tables(9, 3), like=(3, 4, 6))
    put(key, "extreme", f, 1e300 * normal(2, 3, 4) / 10, *tables(5, 2))


def embeddings():
    f = lambda i, t: F.embedding(i, t)
    g = lambda i, t: F.embedding(i, t, padding_idx=0)
    for key, f in (("embedding", f), ("embedding padding 0", g)):
        put(key, "typical", f, ids(7, 3, 5), normal(7, 4))
        put(key, "typical", f, ids(20, 17), normal(20, 3))
        put(key, "awkward", f, ids(1, 1), normal(1, 1))
        put(key, "awkward", f, torch.full((2, 3), 4), normal(5, 2))
        put(key, "broadcast", f, ids(5, 3, 1).expand(3, 4), normal(5, 2))
        put(key, "extreme", f, ids(5, 3, 4), 1e300 * normal(5, 2))


def cell(gates, c):
    i, f, g, out = gates.chunk(4, -1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(out) * torch.tanh(c), c


def lstm(x, wi, wh, bi, bh, n=None, h=None, c=None, reverse=False):
    batch, time = x.shape[:2]
    hidden = wh.shape[1]
    rows = []
    for b in range(batch):
        hb = torch.zeros(hidden) if h is None else h[b]
        cb = torch.zeros(hidden) if c is None else c[b]
        of = [torch.zeros(hidden)] * time
        steps = range(time if n is None else int(n[b]))
        for t in reversed(steps) if reverse else steps:
            hb, cb = cell(x[b, t] @ wi.T + bi + hb @ wh.T + bh, cb)
            of[t] = hb
        rows.append(torch.stack(of))
    return torch.stack(rows)


def recurrent():
    def weights(inputs, hidden, scale=1.0):
        return [scale * torch.randn(4 * hidden, inputs), scale * torch.randn(4 * hidden, hidden),
                scale * torch.randn(4 * hidden), scale * torch.randn(4 * hidden)]

    n = torch.tensor([3, 1, 5])
    for key, f in (("lstm", lstm), ("lstm reverse", lambda *a: lstm(*a, reverse=True))):
        put(key, "typical", f, normal(3, 5, 4), *weights(4, 3))
        put(key, "typical", f, normal(2, 4, 2), *weights(2, 5))
        put(key, "awkward", f, normal(1, 1, 1), *weights(1, 1))
        put(key, "awkward", f, torch.zeros(2, 3, 2), *weights(2, 3))
        put(key + " lengths", "broadcast", f, normal(3, 5, 4), *weights(4, 3), n)
        put(key, "broadcast", f, normal(1, 4, 2), *weights(2, 3), like=(3, 4, 2))
        put(key, "extreme", f, 200 * normal(2, 4, 3), *weights(3, 3))
        put(key, "extreme", f, 1e-8 * normal(2, 4, 3), *weights(3, 3, 1e-6))
    state = lambda x, a, b, c, d, n, h, e: lstm(x, a, b, c, d, n, h, e)
    put("lstm lengths initial", "broadcast", state, normal(3, 5, 4), *weights(4, 3), n, normal(3, 3),
        normal(3, 3))

    def both(x, *w):
        w = list(w)
        n = w.pop() if len(w) == 9 else None
        return torch.cat([lstm(x, *w[:4], n), lstm(x, *w[4:], n, reverse=True)], -1)

    key = "biLstm"
    put(key, "typical", both, normal(3, 5, 4), *weights(4, 3), *weights(4, 3))
    put(key, "typical", both, normal(2, 3, 2), *weights(2, 4), *weights(2, 4))
    put(key, "awkward", both, normal(1, 1, 1), *weights(1, 1), *weights(1, 1))
    put(key + " lengths", "broadcast", both, normal(3, 5, 4), *weights(4, 3), *weights(4, 3), n)
    put(key, "extreme", both, 200 * normal(2, 3, 2), *weights(2, 2), *weights(2, 2))

    def projected(x, wi, wh, b, wr, n=None, clip=0.0):
        limit = (lambda z: z) if clip == 0 else (lambda z: z.clamp(-clip, clip))
        rows = []
        for e in range(x.shape[0]):
            r, c = torch.zeros(wr.shape[0]), torch.zeros(wr.shape[1])
            of = [torch.zeros(wr.shape[0])] * x.shape[1]
            for t in range(x.shape[1] if n is None else int(n[e])):
                i, f, g, out = (x[e, t] @ wi.T + b + r @ wh.T).chunk(4, -1)
                c = limit(torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g))
                r = limit((torch.sigmoid(out) * torch.tanh(c)) @ wr.T)
                of[t] = r
            rows.append(torch.stack(of))
        return torch.stack(rows)

    some = lambda i, h, p: [torch.randn(4 * h, i), torch.randn(4 * h, p), torch.randn(4 * h),
                            torch.randn(p, h)]
    key = "projectedLstm"
    put(key, "typical", projected, normal(3, 5, 4), *some(4, 6, 3))
    put(key, "typical", projected, normal(2, 3, 2), *some(2, 3, 4))
    put(key, "awkward", projected, normal(1, 1, 1), *some(1, 1, 1))
    put(key + " lengths", "broadcast", projected, normal(3, 5, 4), *some(4, 6, 3), n)
    put(key + " clip 0.3", "typical", lambda *a: projected(*a, clip=0.3), normal(3, 5, 4),
        *some(4, 6, 3))
    put(key, "extreme", projected, 200 * normal(2, 4, 3), *some(3, 4, 2))


def gru(x, wi, wh, bi, bh, n=None, h=None, reverse=False):
    rows = []
    for b in range(x.shape[0]):
        hb = torch.zeros(wh.shape[1]) if h is None else h[b]
        of = [torch.zeros(wh.shape[1])] * x.shape[1]
        steps = range(x.shape[1] if n is None else int(n[b]))
        for t in reversed(steps) if reverse else steps:
            hb = torch.gru_cell(x[b:b + 1, t], hb[None], wi, wh, bi, bh)[0]
            of[t] = hb
        rows.append(torch.stack(of))
    return torch.stack(rows)


def gated():
    def weights(inputs, hidden, scale=1.0):
        return [scale * torch.randn(3 * hidden, inputs), scale * torch.randn(3 * hidden, hidden),
                scale * torch.randn(3 * hidden), scale * torch.randn(3 * hidden)]

    n = torch.tensor([3, 0, 5])
    for key, f in (("gru", gru), ("gru reverse", lambda *a: gru(*a, reverse=True))):
        put(key, "typical", f, normal(3, 5, 4), *weights(4, 3))
        put(key, "typical", f, normal(2, 4, 2), *weights(2, 5))
        put(key, "awkward", f, normal(1, 1, 1), *weights(1, 1))
        put(key, "awkward", f, torch.zeros(2, 3, 2), *weights(2, 3))
        put(key + " lengths initial", "broadcast", f, normal(3, 5, 4), *weights(4, 3), n,
            normal(3, 3))
        put(key, "broadcast", f, normal(1, 4, 2), *weights(2, 3), like=(3, 4, 2))
        put(key, "extreme", f, 200 * normal(2, 4, 3), *weights(3, 3))
        put(key, "extreme", f, 1e-8 * normal(2, 4, 3), *weights(3, 3, 1e-6))


def transposed():
    every = lambda x, w, b: F.conv_transpose2d(x, w, b, stride=(3, 2), padding=(2, 1),
                                               output_padding=(2, 0), groups=2, dilation=(1, 3))
    line = lambda x, w, b: F.conv_transpose1d(x, w, b, stride=2, padding=1, output_padding=1)
    put("convTranspose", "typical", F.conv_transpose2d, normal(2, 3, 4, 5), normal(3, 4, 3, 3),
        normal(4))
    put("convTranspose everything", "typical", every, normal(2, 4, 5, 4), normal(4, 3, 3, 2),
        normal(6))
    put("convTranspose line", "typical", line, normal(2, 3, 6), normal(3, 4, 4), normal(4))
    put("convTranspose", "awkward", F.conv_transpose2d, normal(1, 1, 1, 1), normal(1, 1, 3, 3),
        normal(1))
    put("convTranspose", "awkward", F.conv_transpose2d, torch.zeros(1, 2, 3, 3),
        normal(2, 2, 3, 3), normal(2))
    put("convTranspose", "broadcast", F.conv_transpose2d, normal(2, 1, 4, 5), normal(3, 4, 3, 3),
        normal(4), like=(2, 3, 4, 5))
    put("convTranspose", "extreme", F.conv_transpose2d, 1e150 * normal(1, 2, 3, 3),
        1e140 * normal(2, 3, 3, 3), normal(3))


def attention(q, k, v, n=None, heads=2, causal=False, mask=None):
    rows = []
    for b in range(q.shape[0]):
        keys = torch.ones(k.shape[1], dtype=torch.bool)
        if n is not None:
            keys = torch.arange(k.shape[1]) < n[b]
        if mask is not None:
            keys = mask[b] > 0
        parts = []
        for x, y, z in zip(q[b].chunk(heads, -1), k[b].chunk(heads, -1), v[b].chunk(heads, -1)):
            scores = x @ y.T / math.sqrt(x.shape[-1])
            hidden = ~keys.expand(scores.shape)
            if causal:
                hidden = hidden | torch.ones(scores.shape).triu(1).bool()
            parts.append(torch.softmax(scores.masked_fill(hidden, -math.inf), -1) @ z)
        rows.append(torch.cat(parts, -1))
    return torch.stack(rows)


def attentions():
    n = torch.tensor([3, 1, 4])
    holes = torch.tensor([[1, 0, 1, 1], [0, 0, 1, 0], [1, 1, 1, 1]])
    causal = lambda q, k, v: attention(q, k, v, causal=True)
    masked = lambda q, k, v, m: attention(q, k, v, mask=m)
    put("attention", "typical", attention, normal(3, 4, 6), normal(3, 4, 6), normal(3, 4, 6))
    put("attention", "typical", attention, normal(2, 3, 4), normal(2, 5, 4), normal(2, 5, 8))
    put("attention causal", "typical", causal, normal(3, 4, 6), normal(3, 4, 6), normal(3, 4, 6))
    put("attention", "awkward", attention, normal(1, 1, 2), normal(1, 1, 2), normal(1, 1, 2))
    put("attention", "awkward", attention, torch.zeros(2, 3, 4), normal(2, 3, 4), normal(2, 3, 4))
    put("attention lengths", "broadcast", attention, normal(3, 4, 6), normal(3, 4, 6),
        normal(3, 4, 6), n)
    put("attention mask", "broadcast", masked, normal(3, 4, 6), normal(3, 4, 6), normal(3, 4, 6),
        holes)
    put("attention", "extreme", attention, 30 * normal(2, 3, 4), 30 * normal(2, 3, 4),
        normal(2, 3, 4))
    put("attention", "extreme", attention, normal(2, 3, 4), 1e-100 * normal(2, 3, 4),
        1e100 * normal(2, 3, 4))


def images():
    conv = lambda **s: lambda x, w, b: F.conv2d(x, w, b, **s)
    every = conv(stride=(2, 1), padding=(2, 1), dilation=(1, 3), groups=2)
    line = lambda x, w, b: F.conv1d(x, w, b, stride=2, padding=1)
    put("conv", "typical", conv(), normal(2, 3, 6, 5), normal(4, 3, 3, 3), normal(4))
    put("conv 1", "typical", conv(), normal(1, 2, 4, 7), normal(3, 2, 1, 1), normal(3))
    put("conv everything", "typical", every, normal(2, 4, 6, 7), normal(6, 2, 3, 2), normal(6))
    put("conv line", "typical", line, normal(2, 3, 8), normal(4, 3, 3), normal(4))
    put("conv 1", "awkward", conv(), normal(1, 1, 1, 1), normal(1, 1, 1, 1), normal(1))
    put("conv", "awkward", conv(), torch.zeros(1, 2, 3, 3), normal(2, 2, 3, 3), normal(2))
    put("conv", "broadcast", conv(), normal(2, 1, 6, 5), normal(4, 3, 3, 3), normal(4),
        like=(2, 3, 6, 5))
    put("conv", "extreme", conv(), 1e150 * normal(1, 2, 4, 4), 1e140 * normal(2, 2, 3, 3), normal(2))
    wide = conv(padding=1)  # of as many channels as Winograd's way takes
    put("conv winograd", "typical", wide, normal(1, 16, 5, 6), normal(16, 16, 3, 3), normal(16))
    put("conv winograd", "extreme", wide, 1e100 * normal(1, 16, 4, 4), 1e100 * normal(16, 16, 3, 3),
        normal(16))
    functions = {
        "maxPool": lambda x: F.max_pool2d(x, 2),
        "maxPool overlap": lambda x: F.max_pool2d(x, (3, 5), (2, 1), (1, 2)),
        "avgPool": lambda x: F.avg_pool2d(x, 2),
        "avgPool without pad": lambda x: F.avg_pool2d(x, (3, 5), (2, 1), (1, 2),
                                                      count_include_pad=False),
        "globalAvgPool": lambda x: x.mean((-1, -2)),
        "resize linear 7 9": lambda x: F.interpolate(x, (7, 9), mode="bilinear", align_corners=False),
        "resize linear 2 3": lambda x: F.interpolate(x, (2, 3), mode="bilinear", align_corners=False),
        "resize nearest 7 2": lambda x: F.interpolate(x, (7, 2), mode="nearest"),
        "adaptiveAvgPool 1 1": lambda x: F.adaptive_avg_pool2d(x, 1),
        "adaptiveAvgPool 3 2": lambda x: F.adaptive_avg_pool2d(x, (3, 2)),
        "adaptiveAvgPool 5 7": lambda x: F.adaptive_avg_pool2d(x, (5, 7)),
    }
    for key, f in functions.items():
        put(key, "typical", f, normal(2, 3, 6, 5))
        put(key, "typical", f, normal(1, 2, 4, 7))
        put(key, "awkward", f, torch.randint(-1, 2, (2, 3, 7, 6)).double())
        put(key, "awkward", f, torch.zeros(1, 1, 3, 3))
        put(key, "broadcast", f, normal(2, 1, 5, 4), like=(2, 3, 5, 4))
        put(key, "extreme", f, 1e300 * normal(2, 2, 4, 5))


def philox(seed, stream, block):
    """Four random words: Philox4x32-10 (Salmon et al. 2011), written a second time."""
    word = (1 << 32) - 1
    c = [block & word, block >> 32, stream & word, stream >> 32]
    k = [seed & word, seed >> 32]
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & word, (a >> 32) ^ c[3] ^ k[1], a & word]
        k = [(k[0] + 0x9E3779B9) & word, (k[1] + 0xBB67AE85) & word]
    return c


def dropouts():
    for rate in (0.0, 0.3, 0.9):
        below = round(65536 * rate)
        keep = torch.tensor(65536 / (65536 - below), dtype=torch.float32).double()

        def f(x):
            halves = [w >> shift & 0xFFFF for block in range(x.numel() // 8 + 1)
                      for w in philox(7, 3, block) for shift in (0, 16)][:x.numel()]
            return x * (torch.tensor(halves, dtype=torch.int64) >= below).reshape(x.shape) * keep

        key = "dropout %s" % rate
        put(key, "typical", f, normal(4, 17))
        put(key, "typical", f, normal(2, 3, 50))
        put(key, "awkward", f, normal(1))
        put(key, "awkward", f, normal(0, 3))
        put(key, "broadcast", f, normal(9), like=(7, 9))
        put(key, "extreme", f, 1e300 * normal(4, 9) / 20)


products()
softmax_of_some()
norms()
steps()
recurrent()
attentions()
images()
dropouts()
rotations()
embeddings()
gated()
transposed()
o.save()
