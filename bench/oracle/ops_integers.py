"""Ops that compute with integers, make them and use them as places, in four kinds of input."""
import math

import torch

from oracle import OpOracle, normal, numbers

o = OpOracle("ops_integers", 19)
put = o.put_op


INTEGER_MATH = {
    "add": torch.add, "sub": torch.sub, "mul": torch.mul,
    "div": lambda a, b: torch.div(a, b, rounding_mode="trunc"),
    "remainder": torch.fmod, "modulo": torch.remainder, "min": torch.minimum, "max": torch.maximum,
    "and": torch.bitwise_and, "or": torch.bitwise_or, "xor": torch.bitwise_xor,
}


def integers(*values):
    return torch.tensor(values, dtype=torch.int32)


def integer_math():
    some = lambda *shape: torch.randint(-99, 100, shape).int()
    ends = integers(2 ** 31 - 1, -2 ** 31, -2 ** 31 + 1, 46341, -65537, 2 ** 24 + 1)
    others = integers(2, 3, -1, 46341, 65537, -7)  # -2^31 / -1 is undefined in C
    for name, function in INTEGER_MATH.items():
        key = "integerMath " + name
        divides = name in ("div", "remainder", "modulo")
        second = (lambda x: torch.where(x == 0, 7, x).int()) if divides else (lambda x: x)
        put(key, "typical", function, some(4, 7), second(some(4, 7)))
        put(key, "typical", function, some(2, 3, 5), second(some(2, 3, 5)))
        put(key, "awkward", function, some(1), second(some(1)))
        put(key, "awkward", function, some(0, 3), second(some(0, 3)))
        put(key, "awkward", function, integers(0, 1, 0, 1, -1), second(integers(0, 0, 1, 1, -1)))
        put(key, "broadcast", function, some(2, 3, 5), second(some(3, 1)))
        put(key, "broadcast", function, some(5), second(some(2, 3, 5)))
        put(key, "broadcast", function, some(1), second(some(3, 2)))
        put(key, "extreme", function, ends, others)


def conversions():
    def cut(x):
        """x.int() is undefined where there is no such integer: its ends, and 0 for NaN."""
        return x.nan_to_num(0, math.inf, -math.inf).clamp(-2 ** 31, 2 ** 31 - 1).int()

    put("toIntegers", "typical", cut, 10 * normal(4, 7))
    put("toIntegers", "typical", cut, 1e6 * normal(2, 3, 5))
    put("toIntegers", "awkward", cut, normal(0, 3))
    put("toIntegers", "awkward", cut, numbers(0.0, -0.0, 0.5, -0.5, 1.5, -1.5, 1 - 1e-16, 1e-300))
    put("toIntegers", "broadcast", cut, 10 * normal(3, 1), like=(3, 5))
    put("toIntegers", "extreme", cut,
        numbers(2.0 ** 31 - 1, 2.0 ** 31, -2.0 ** 31 - 0.5, 1e300, -1e300, math.inf, math.nan))
    put("toIntegers exact", "typical", cut, torch.randint(-999, 999, (4, 7)).double())
    put("toIntegers exact", "extreme", cut, numbers(2.0 ** 24, -2.0 ** 24, -0.0))
    double = lambda x: x.double()
    put("toFloats", "typical", double, torch.randint(-999, 999, (4, 7)).int())
    put("toFloats", "typical", double, torch.randint(2 ** 31 - 1, (2, 3, 5)).int())
    put("toFloats", "awkward", double, integers(0))
    put("toFloats", "awkward", double, torch.zeros((0, 3), dtype=torch.int32))
    put("toFloats", "broadcast", double, torch.randint(99, (3, 1)).expand(3, 5).int())
    put("toFloats", "extreme", double,
        integers(2 ** 31 - 1, -2 ** 31, 2 ** 24 + 1, -2 ** 24 - 1))


def rounding():
    between = numbers(0.0, -0.0, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 1 - 1e-16, -1e-300)
    for name, function in {"floor": torch.floor, "ceil": torch.ceil, "nearest": torch.round}.items():
        key = "round " + name
        put(key, "typical", function, 10 * normal(4, 7))
        put(key, "typical", function, normal(2, 3, 5))
        put(key, "awkward", function, normal(0, 3))
        put(key, "awkward", function, between)
        put(key, "broadcast", function, normal(3, 1), like=(3, 5))
        put(key, "extreme", function, numbers(1e300, -1e300, 2.0 ** 52 + 0.5, 2.0 ** 51 + 0.5,
                                              -2.0 ** 51 - 1.5, 1e-300, math.inf, -math.inf))


# --- places, written and cut -------------------------------------------------------------------

def written():
    for axis in (0, 1):
        def write(x, index, updates):
            """torch.scatter says neither which of several stays nor their gradients: one by one."""
            for k in range(index.shape[axis]):
                x = torch.scatter(x, axis, index.narrow(axis, k, 1), updates.narrow(axis, k, 1))
            return x

        ids = lambda *shape: torch.rand(*shape).argsort(axis)
        key = "scatter %d" % axis
        at_once = lambda x, i, u: torch.scatter(x, axis, i, u)
        put(key, "typical", at_once, normal(4, 4), ids(4, 4).narrow(axis, 0, 2),
            normal(4, 4).narrow(axis, 0, 2))
        put(key, "typical", at_once, normal(3, 5, 2), ids(3, 5, 2), normal(3, 5, 2))
        put(key, "awkward", write, normal(1, 1), torch.zeros((1, 1), dtype=torch.int64), normal(1, 1))
        put(key, "awkward", write, normal(3, 3), torch.full((3, 3), 2), normal(3, 3))
        put(key, "awkward", write, normal(3, 4), torch.randint(2, (3, 4)), normal(3, 4))
        put(key, "broadcast", write, normal(4, 1), ids(4, 4), normal(4, 4), like=(4, 4))
        huge = numbers(1e300, -1e-300, math.inf, -1e300).reshape(2, 2)
        put(key, "extreme", write, huge, torch.tensor([[1, 0], [0, 0]]), huge.flip(0))


def cut_to_length():
    for axis, like in ((0, 1), (-1, 0)):
        f = lambda x, other: x.narrow(axis, 0, other.shape[like])
        key = "sliceAs %d %d" % (axis, like)
        put(key, "typical", f, normal(7, 4), normal(3, 4))
        put(key, "typical", f, normal(5, 3, 6), torch.zeros((5, 4), dtype=torch.int32))
        put(key, "awkward", f, normal(1, 1), normal(1, 1))
        put(key, "awkward", f, normal(3, 3), normal(0, 0))
        put(key, "awkward", f, normal(3, 3), normal(3, 3))
        put(key, "broadcast", f, normal(4, 1), normal(3, 3), like=(4, 4))
        put(key, "extreme", f, numbers(1e300, -1e-300, math.inf, -math.inf).reshape(2, 2),
            normal(1, 1))


integer_math()
conversions()
rounding()
written()
cut_to_length()
o.save()
