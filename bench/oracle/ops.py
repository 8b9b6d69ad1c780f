"""Ops that compute element by element, reduce, move and choose, in four kinds of input."""
import math

import torch
import torch.nn.functional as F

from oracle import OpOracle, normal, numbers

o = OpOracle("ops", 17)
put = o.put_op


# --- one operand, element by element -----------------------------------------------------------

HUGE = [1e300, 1e160, 1e20, 710.0, 88.0, 40.0]
TINY = [1e-20, 1e-160, 1e-300]
EXTREME = HUGE + [-x for x in HUGE] + TINY + [-x for x in TINY]
UP_TO_700 = [x for x in EXTREME if x < 700]
POSITIVE = HUGE + TINY


def softplus(x):
    """F.softplus is x itself above a threshold, by default one at which e^-x can be seen."""
    return F.softplus(x, threshold=40)


def gelu_tanh(x):
    """x / 2 * (1 + tanh z) is x * sigmoid(2 z), which keeps its digits where tanh is near -1."""
    return x * torch.sigmoid(2 * math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3))


def elu(x, alpha):
    """F.elu has exp(x) - 1, which is 0 for small x; expm1 has its gradient as its value plus 1."""
    below = x.clamp(max=0)
    return torch.where(x > 0, x, alpha * torch.where(x < -1, below.exp() - 1, below.expm1()))


def elementwise(key, function, make=lambda x: x, awkward=(-0.0, 0.0, 1.0, -1.0), extreme=EXTREME):
    for shape in ((4, 7), (2, 3, 5)):
        put(key, "typical", function, make(normal(*shape)))
    put(key, "awkward", function, make(normal(1)))
    put(key, "awkward", function, make(normal(0, 3)))
    put(key, "awkward", function, numbers(*awkward))
    put(key, "broadcast", function, make(normal(3, 1)), like=(3, 5))
    put(key, "broadcast", function, make(normal(5)), like=(2, 3, 5))
    put(key, "extreme", function, numbers(*extreme))


def elementwise_ops():
    above = lambda x: x.abs() + 0.01
    elementwise("relu", F.relu)
    elementwise("leakyRelu 0.3", lambda x: F.leaky_relu(x, 0.3))
    elementwise("leakyRelu 0", lambda x: F.leaky_relu(x, 0.0))
    elementwise("tanh", torch.tanh)
    elementwise("sigmoid", torch.sigmoid)
    elementwise("gelu", F.gelu, extreme=[x for x in EXTREME if abs(x) < 1e100])
    elementwise("geluTanh", gelu_tanh,
                extreme=[x for x in EXTREME if abs(x) < 1e30])
    elementwise("silu", F.silu)
    elementwise("softplus", softplus)
    elementwise("exp", torch.exp, extreme=UP_TO_700)
    elementwise("log", torch.log, above, (1.0, 2.0), POSITIVE)
    elementwise("sqrt", torch.sqrt, above, (1.0, 4.0), POSITIVE)
    elementwise("rsqrt", torch.rsqrt, above, (1.0, 4.0), [x for x in POSITIVE if 1e-100 < x < 1e100])
    elementwise("abs", torch.abs)
    elementwise("clamp -1.5 0.25", lambda x: x.clamp(-1.5, 0.25), awkward=(0.0, -1.5, 0.25, -0.0))
    elementwise("clamp 0", lambda x: x.clamp(min=0), awkward=(0.0, 1.0, -1.0))
    # F.hardsigmoid has gradient 0 at -3 and 3, and 1/6 as a float: this has that of clamp
    elementwise("hardSigmoid", lambda x: (x / 6 + 0.5).clamp(0, 1), awkward=(0.0, -3.0, 3.0))
    elementwise("hardSwish", F.hardswish, awkward=(0.0, -3.0, 3.0),
                extreme=[x for x in EXTREME if abs(x) < 1e100])
    elementwise("elu 0.7", lambda x: elu(x, 0.7))
    elementwise("mish", lambda x: x * torch.tanh(softplus(x)))
    elementwise("erf", torch.erf)
    elementwise("sin", torch.sin, extreme=[x for x in EXTREME if abs(x) < 1e22])
    elementwise("cos", torch.cos, extreme=[x for x in EXTREME if abs(x) < 1e22])
    elementwise("pow 2", lambda x: x ** 2, extreme=[x for x in EXTREME if abs(x) < 1e155])
    elementwise("pow 3", lambda x: x ** 3, extreme=[x for x in EXTREME if abs(x) < 1e100])
    elementwise("pow 0.4", lambda x: x ** 0.4, above, (1.0, 32.0), POSITIVE)
    elementwise("pow -1", lambda x: x ** -1.0, above, (1.0, -1.0, 2.0),
                [x for x in EXTREME if 1e-150 < abs(x)])
    elementwise("pow 0", lambda x: x ** 0.0)
    elementwise("scale -2.5", lambda x: -2.5 * x)
    elementwise("shift 1.5", lambda x: x + 1.5)


# --- two operands ------------------------------------------------------------------------------

def binary_ops():
    few = lambda *shape: torch.randint(3, shape).double()
    big = numbers(1e200, -1e200, 1e-200, 3.0, -1e-200, 1e100)
    for key, function in {
        "add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div,
        "maximum": torch.maximum, "minimum": torch.minimum,
        "equal": torch.eq, "notEqual": torch.ne, "less": torch.lt, "lessOrEqual": torch.le,
        "greater": torch.gt, "greaterOrEqual": torch.ge,
    }.items():
        whole = function
        if key in ("equal", "notEqual", "less", "lessOrEqual", "greater", "greaterOrEqual"):
            whole = lambda a, b, f=function: f(a, b).int()
        second = (lambda x: x.abs() + 0.1) if key == "div" else (lambda x: x)
        put(key, "typical", whole, normal(4, 7), second(normal(4, 7)))
        put(key, "typical", whole, normal(2, 3, 5), second(normal(2, 3, 5)))
        put(key, "awkward", whole, normal(1), second(normal(1)))
        put(key, "awkward", whole, normal(0, 3), second(normal(0, 3)))
        put(key, "awkward", whole, few(4, 5), second(few(4, 5)))
        put(key, "broadcast", whole, normal(2, 3, 5), second(normal(3, 1)))
        put(key, "broadcast", whole, normal(5), second(normal(2, 3, 5)))
        put(key, "broadcast", whole, normal(4, 1, 5), second(normal(3, 1)))
        put(key, "broadcast", whole, normal(1), second(normal(3, 2)))
        put(key, "extreme", whole, big, numbers(1e100, 1e60, 1e-50, 1e-300, 2.0, -1e150))


# --- rows --------------------------------------------------------------------------------------

AXES = {"-1": (-1,), "0": (0,), "0,2": (0, 2), "all": None}


def rows_of(x, axes):
    """The reduced axes brought together at the end, in order."""
    named = range(x.dim()) if axes is None else [a % x.dim() for a in axes]
    stay = [a for a in range(x.dim()) if a not in named]
    rows = x.permute(*stay, *named)
    return rows.reshape([x.shape[a] for a in stay] + [math.prod(x.shape[a] for a in named)])


def l2(r):
    return torch.linalg.vector_norm(r, 2, -1)


REDUCTIONS = {
    "sum": lambda r: r.sum(-1), "mean": lambda r: r.mean(-1), "max": lambda r: r.max(-1).values,
    "min": lambda r: r.min(-1).values, "prod": lambda r: r.prod(-1),
    "l1Norm": lambda r: r.abs().sum(-1), "l2Norm": l2,
    "logSumExp": lambda r: torch.logsumexp(r, -1), "variance": lambda r: r.var(-1, unbiased=False),
    "variance of a sample": lambda r: r.var(-1, unbiased=True),
}


def reductions():
    for name, function in REDUCTIONS.items():
        square = name in ("l2Norm", "prod") or name.startswith("variance")
        extreme = [numbers(1e150, -1e20, 1e-20, -1e149) if square else numbers(1e300, -1e20, 1e-20),
                   numbers(1e-300, -1e-301, 3e-301), numbers(-710.0, 710.0, 709.0)]
        for text, axes in AXES.items():
            key = name + " " + text
            f = lambda x, axes=axes: function(rows_of(x, axes))
            put(key, "typical", f, normal(3, 4, 5))
            put(key, "typical", f, normal(2, 6, 3))
            if name != "variance of a sample":  # one element has none
                put(key, "awkward", f, normal(1, 1, 1))
            if name not in ("max", "min"):  # the gradient's place among equal ones is a choice
                put(key, "awkward", f, torch.randint(1, 3, (3, 2, 3)).double())
                put(key, "awkward", f, torch.randint(0, 2, (2, 2, 3)).double())
            put(key, "broadcast", f, normal(3, 1, 5), like=(3, 4, 5))
            for x in extreme:
                if name == "prod" and x.abs().max() > 1e140:
                    x = numbers(1e100, -1e-150, 1e120)
                if name == "l2Norm" and x.abs().max() < 1e-200:
                    x = numbers(1e-150, -2e-150, 1e-151)
                put(key, "extreme", f, x.reshape((-1, 1, 1) if axes and 0 in axes else (1, 1, -1)))
    put("l2Norm -1", "awkward", REDUCTIONS["l2Norm"], torch.zeros(2, 3))
    put("prod -1", "awkward", REDUCTIONS["prod"],
        numbers(2, 3, -1, 2, 0, 5, 0, 3, 0).reshape(3, 3))  # no zero in a row, one, two
    for temperature in (1, 4):
        for key, f in {"softmax": torch.softmax, "logSoftmax": torch.log_softmax}.items():
            g = lambda x: f(x / temperature, -1)
            key = "%s %d" % (key, temperature)
            put(key, "typical", g, normal(4, 7))
            put(key, "typical", g, normal(2, 3, 5))
            put(key, "awkward", g, normal(3, 1))
            put(key, "awkward", g, torch.zeros(2, 5))
            put(key, "awkward", g, normal(0, 4))
            put(key, "broadcast", g, normal(3, 1), like=(3, 5))
            put(key, "broadcast", g, normal(5), like=(2, 3, 5))
            put(key, "extreme", g, numbers(1e300, 0, -1e300))
            put(key, "extreme", g, numbers(700, 701, -1e5, 650))
            put(key, "extreme", g, numbers(1e-300, -1e-300))
    f = lambda x: x / l2(x).unsqueeze(-1)
    put("normalize", "typical", f, normal(4, 7))
    put("normalize", "typical", f, normal(2, 3, 5))
    put("normalize", "awkward", f, normal(3, 1))
    put("normalize", "awkward", f, numbers(0, 0, 2))
    put("normalize", "broadcast", f, normal(5), like=(3, 5))
    put("normalize", "extreme", f, numbers(1e100, -1e99, 1))
    put("normalize", "extreme", f, numbers(1e-100, -1e-99, 0))


def running():
    def cum(x, axis, exclusive, reverse):
        y = x.flip(axis) if reverse else x
        z = torch.cumsum(y, axis)
        z = z - y if exclusive else z
        return z.flip(axis) if reverse else z

    for axis, exclusive, reverse in ((-1, False, False), (0, False, True), (1, True, False)):
        key = "cumSum %d %d %d" % (axis, exclusive, reverse)
        f = lambda x: cum(x, axis, exclusive, reverse)
        put(key, "typical", f, normal(3, 4, 5))
        put(key, "typical", f, normal(2, 7))
        put(key, "awkward", f, normal(1, 1))
        put(key, "awkward", f, normal(3, 0))
        put(key, "awkward", f, torch.zeros(2, 3))
        put(key, "broadcast", f, normal(4, 1), like=(2, 4, 5))
        put(key, "extreme", f, numbers(1e300, -1e20, 1e-300, 2e299).reshape(2, 2))


# --- places ------------------------------------------------------------------------------------

def moved(key, function, typical, awkward, broadcast, broadcast_like):
    """An op that moves elements: extreme ones go where others do."""
    for shape in typical:
        put(key, "typical", function, normal(*shape))
    for shape in awkward:
        put(key, "awkward", function, normal(*shape))
    put(key, "broadcast", function, normal(*broadcast), like=broadcast_like)
    x = torch.full(typical[0], 1e300)
    x.view(-1)[::2] = -1e-300
    x.view(-1)[::3] = math.inf
    put(key, "extreme", function, x)


def layout():
    cube = ((3, 4, 5), (2, 3, 7))
    ones = ((1, 1, 1), (2, 0, 3))
    last = ((3, 1, 5), (3, 4, 5))
    moved("reshape 0 -1", lambda x: x.reshape(x.shape[0], x.shape[1] * x.shape[2]), cube,
          ((1, 1, 1),), *last)
    moved("permute 0 2 1", lambda x: x.permute(0, 2, 1), cube, ones, *last)
    moved("permute 2 0 1", lambda x: x.permute(2, 0, 1), cube, ones, *last)
    moved("slice 1 1 3", lambda x: x[:, 1:3], cube, ((1, 3, 1), (0, 3, 2)), *last)
    moved("slice -1 0 end 2", lambda x: x[..., ::2], cube, ones, *last)
    moved("pad", lambda x: F.pad(x, (2, 0, 1, 3), value=-1.5), cube, ones, *last)
    moved("flip 1", lambda x: x.flip(1), cube, ones, *last)
    moved("flip -1 0", lambda x: x.flip(-1, 0), cube, ones, *last)
    moved("tile 3", lambda x: x.tile(3), cube, ones, *last)
    moved("tile 2 1 3", lambda x: x.tile(2, 1, 3), cube, ones, *last)
    for diagonal in (0, 1, -2):
        moved("triu %d" % diagonal, lambda x: x.triu(diagonal), cube, ones, *last)
        moved("tril %d" % diagonal, lambda x: x.tril(diagonal), cube, ones, *last)
    big = numbers(1e300, -1e-300, math.inf, -math.inf).reshape(2, 2)
    for axis in (0, -1):
        key = "concat %d" % axis
        f = lambda a, b: torch.cat((a, b), axis)
        put(key, "typical", f, normal(3, 4), normal(3, 4))
        put(key, "typical", f, normal(2, 3, 5), normal(2, 3, 5))
        put(key, "awkward", f, normal(1, 1), normal(1, 1))
        put(key, "awkward", f, normal(0, 0), normal(0, 0))
        put(key, "broadcast", f, normal(3, 1), normal(3, 4), like=(3, 4))
        put(key, "extreme", f, big, big)


def chosen():
    big = numbers(1e300, -1e-300, math.inf, -math.inf).reshape(2, 2)
    ids = lambda n, *shape: torch.randint(n, shape)
    for axis in (0, 1):
        f = lambda x, i: torch.index_select(x, axis, i.reshape(-1)).reshape(
            list(x.shape[:axis]) + list(i.shape) + list(x.shape[axis + 1:]))
        key = "gather %d" % axis
        put(key, "typical", f, normal(4, 4), ids(4, 5))
        put(key, "typical", f, normal(3, 4, 5), ids(3, 2, 2))
        put(key, "awkward", f, normal(1, 1), ids(1, 1))
        put(key, "awkward", f, normal(3, 3), ids(3, 0))
        put(key, "awkward", f, normal(3, 3), torch.tensor([2, 2, 2, 2]))
        put(key, "broadcast", f, normal(4, 1), ids(4, 3), like=(4, 4))
        put(key, "extreme", f, big, torch.tensor([1, 0, 1]))
        g = lambda x, i: torch.gather(x, axis, i)
        key = "takeAlong %d" % axis
        put(key, "typical", g, normal(4, 4), ids(4, 4, 4))
        put(key, "typical", g, normal(3, 5, 2), ids(3, *((6, 5, 2) if axis == 0 else (3, 6, 2))))
        put(key, "awkward", g, normal(1, 1), ids(1, 1, 1))
        put(key, "awkward", g, normal(3, 3), torch.full((3, 3), 2))
        put(key, "broadcast", g, normal(4, 1), ids(4, 4, 4), like=(4, 4))
        put(key, "extreme", g, big, torch.tensor([[1, 0], [0, 0]]))
        h = lambda x, i, u: torch.scatter_add(x, axis, i, u)
        key = "scatterAdd %d" % axis
        put(key, "typical", h, normal(4, 4), ids(4, 4, 4), normal(4, 4))
        shape = (6, 5, 2) if axis == 0 else (3, 6, 2)
        put(key, "typical", h, normal(3, 5, 2), ids(3, *shape), normal(*shape))
        put(key, "awkward", h, normal(1, 1), ids(1, 1, 1), normal(1, 1))
        put(key, "awkward", h, normal(3, 3), torch.full((3, 3), 2), normal(3, 3))
        put(key, "broadcast", h, normal(4, 1), ids(4, 4, 4), normal(4, 4), like=(4, 4))
        huge = numbers(1e300, -1e-300, 1e20, -1e300).reshape(2, 2)
        put(key, "extreme", h, huge, torch.tensor([[1, 0], [0, 0]]), huge.flip(0))
    mask = lambda *shape: torch.randint(2, shape)
    f = lambda m, a, b: torch.where(m > 0, a, b)
    put("where", "typical", f, mask(3, 4), normal(3, 4), normal(3, 4))
    put("where", "typical", f, mask(2, 3, 5), normal(2, 3, 5), normal(2, 3, 5))
    put("where", "awkward", f, torch.ones(3, dtype=torch.int64), normal(3), normal(3))
    put("where", "awkward", f, mask(0, 3), normal(0, 3), normal(0, 3))
    put("where", "broadcast", f, mask(3, 1), normal(2, 3, 5), normal(2, 3, 5))
    put("where", "broadcast", f, mask(5), normal(3, 5), normal(3, 5))
    put("where", "extreme", f, mask(2, 2), big, -big)
    f = lambda x, m: x.masked_fill(m == 0, -2.0)
    put("maskFill -2", "typical", f, normal(3, 4), mask(3, 4))
    put("maskFill -2", "typical", f, normal(2, 3, 5), mask(2, 3, 5))
    put("maskFill -2", "awkward", f, normal(3), torch.zeros(3, dtype=torch.int64))
    put("maskFill -2", "awkward", f, normal(0, 3), mask(0, 3))
    put("maskFill -2", "broadcast", f, normal(2, 3, 5), mask(3, 1))
    put("maskFill -2", "broadcast", f, normal(3, 5), mask(5))
    put("maskFill -2", "extreme", f, big, mask(2, 2))
    f = lambda x, like: x.expand(like.shape)
    put("expandAs", "typical", f, normal(3, 1), torch.zeros(3, 4))
    put("expandAs", "typical", f, normal(4), torch.zeros(2, 3, 4))
    put("expandAs", "awkward", f, normal(1), torch.zeros(1))
    put("expandAs", "awkward", f, normal(1, 3), torch.zeros(0, 3))
    put("expandAs", "broadcast", f, normal(2, 1, 3, 1), torch.zeros(2, 4, 3, 5))
    put("expandAs", "extreme", f, big[:, :1], torch.zeros(2, 3))
    f = lambda y: F.one_hot(y.long(), 4).double()
    put("oneHot 4", "typical", f, ids(4, 7).int())
    put("oneHot 4", "typical", f, ids(4, 3, 5).int())
    put("oneHot 4", "awkward", f, ids(4, 1).int())
    put("oneHot 4", "awkward", f, ids(4, 0).int())
    put("oneHot 4", "broadcast", f, ids(4, 3, 1).expand(3, 5).int())
    put("oneHot 4", "extreme", f, torch.tensor([0, 3, 3, 0], dtype=torch.int32))


def places():
    def top(x, k, axis):
        """torch.topk promises no order of equal ones: a stable sort does."""
        return torch.sort(x, dim=axis, descending=True, stable=True).indices.narrow(axis, 0, k).int()

    functions = {"topK 2 -1": lambda x: top(x, 2, -1), "topK 3 0": lambda x: top(x, 3, 0),
                 "argMax -1": lambda x: top(x, 1, -1).squeeze(-1),
                 "argMax 0": lambda x: top(x, 1, 0).squeeze(0)}
    for key, f in functions.items():
        put(key, "typical", f, normal(4, 7))
        put(key, "typical", f, normal(3, 4, 5))
        put(key, "awkward", f, torch.randint(3, (6, 5)).double())
        put(key, "awkward", f, torch.zeros(3, 3))
        put(key, "awkward", f, numbers(0.0, -0.0, 0.0).expand(3, 3))
        put(key, "broadcast", f, normal(4, 1), like=(4, 5))
        x = numbers(1e300, -math.inf, 1e-300, math.inf, 0, -1e-300, -1e300, 1e20, math.inf)
        put(key, "extreme", f, x.reshape(3, 3))
        x = numbers(1, math.nan, math.inf, 2, 3, math.nan, math.nan, 5, 6)
        put(key, "extreme", f, x.reshape(3, 3))


elementwise_ops()
binary_ops()
reductions()
running()
layout()
chosen()
places()
o.save()
