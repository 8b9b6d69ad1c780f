"""Activations, and arithmetic with broadcasting."""
import torch

from oracle import Oracle

o = Oracle("activations", 7)
nn = torch.nn

# softplus of torch is x itself above 20, off by e^-20: these stay below 12
ACTIVATIONS = {
    "relu": nn.ReLU(),
    "tanh": nn.Tanh(),
    "sigmoid": nn.Sigmoid(),
    "gelu": nn.GELU(),
    "geluTanh": nn.GELU(approximate="tanh"),
    "silu": nn.SiLU(),
    "softplus": nn.Softplus(),
    "leakyRelu": nn.LeakyReLU(0.3),
    "hardSwish": nn.Hardswish(),
    "hardTanh": nn.Hardtanh(),
    "relu6": nn.ReLU6(),
    "elu": nn.ELU(0.7),
    "selu": nn.SELU(),
    "mish": nn.Mish(),
}
for name, module in ACTIVATIONS.items():
    x = (3 * torch.randn(4, 7)).requires_grad_()
    o.module(name, module, {"x": x}, module(x))

FUNCTIONS = {
    # not nn.Hardsigmoid: its gradient has 1/6 as a float, for doubles too
    "hardSigmoid": lambda x: nn.functional.relu6(x + 3) / 6,
    "clamp": lambda x: x.clamp(-1.5, 0.25),
    "erf": torch.erf,
    "sin": torch.sin,
    "cos": torch.cos,
    "square": torch.square,
    "rsqrt": lambda x: x.rsqrt(),
    "cube root": lambda x: x.pow(1 / 3),
    "reciprocal": torch.reciprocal,
}
for name, function in FUNCTIONS.items():
    x = 3 * torch.randn(4, 7)
    if name in ("rsqrt", "cube root"):
        x = x.abs() + 0.01
    x.requires_grad_()
    o.module(name, nn.Module(), {"x": x}, function(x))


def operation(name, a, b, function):
    a.requires_grad_()
    b.requires_grad_()
    o.module(name, nn.Module(), {"a": a, "b": b}, function(a, b))


operation("add", torch.randn(2, 3, 5), torch.randn(3, 1), torch.add)
operation("sub", torch.randn(5), torch.randn(2, 3, 5), torch.sub)
operation("mul", torch.randn(4, 1, 5), torch.randn(3, 1), torch.mul)
operation("div", torch.randn(4, 3), torch.randn(4, 1), torch.div)
# small integers, so that some are equal
operation("maximum", torch.randint(3, (4, 5)).double(), torch.randint(3, (5,)).double(),
          torch.maximum)
operation("minimum", torch.randint(3, (4, 1)).double(), torch.randint(3, (4, 5)).double(),
          torch.minimum)
o.save()
