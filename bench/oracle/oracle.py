"""What the scripts here share: a safetensors writer, and cases of named float64 tensors.

Each script computes values and gradients of one kind of layer with PyTorch in float64 and writes
them to autograd/src/test/resources/limbeck/autograd/oracle/NAME.safetensors, which the tests of the
layers read (class Oracle). Run all of them with `python3 bench/oracle/all.py`; they need torch and
nothing else (Debian: python3-torch). Seeds are fixed: the same torch writes the same bytes.
"""
import itertools
import json
import os
import struct

import torch

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "autograd", "src",
                      "test", "resources", "limbeck", "autograd", "oracle")
TYPES = {torch.float64: "F64", torch.int32: "I32"}


class Oracle:
    """The file of one script: tensors named CASE/NAME."""

    def __init__(self, name, seed):
        self.name = name
        self.tensors = {}
        torch.manual_seed(seed)
        torch.set_default_dtype(torch.float64)
        torch.set_num_threads(1)

    def put(self, case, name, tensor):
        tensor = tensor.detach().clone().contiguous()  # a further step may change it
        if tensor.dtype == torch.int64:
            tensor = tensor.to(torch.int32)
        self.tensors[case + "/" + name] = tensor

    def module(self, case, module, inputs, output, integers=None):
        """Puts a differentiated run: parameters, inputs, output, and all gradients.

        `module` has parameters p.NAME; `inputs` are tensors in.NAME that require a gradient; `output`
        is the result out. The loss is the sum of output times a random tensor gradOut.
        `integers` are further operands int.NAME without gradient.
        """
        grad = torch.randn_like(output)
        output.backward(grad)
        self.put(case, "out", output)
        self.put(case, "gradOut", grad)
        for name, p in module.named_parameters():
            self.put(case, "p." + name, p)
            self.put(case, "grad.p." + name, p.grad)
        for name, x in inputs.items():
            self.put(case, "in." + name, x)
            self.put(case, "grad.in." + name, x.grad)
        for name, x in (integers or {}).items():
            self.put(case, "int." + name, x)

    def save(self):
        header, data, at = {"__metadata__": {"made.by": "PyTorch " + torch.__version__}}, [], 0
        for name, t in self.tensors.items():
            bytes_ = t.numpy().tobytes()
            header[name] = {"dtype": TYPES[t.dtype], "shape": list(t.shape),
                            "data_offsets": [at, at + len(bytes_)]}
            data.append(bytes_)
            at += len(bytes_)
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        os.makedirs(FOLDER, exist_ok=True)
        with open(os.path.join(FOLDER, self.name + ".safetensors"), "wb") as f:
            f.write(struct.pack("<Q", len(text)) + text + b"".join(data))
        print(self.name, len(self.tensors), "tensors", at, "bytes")


def normal(*shape):
    return 2 * torch.randn(*shape)


def numbers(*values):
    return torch.tensor(values, dtype=torch.float64)


class OpOracle(Oracle):
    """Cases of single ops in four kinds of input, named KEY|KIND NUMBER.

    KEY is op and settings, as the tests' class OracleOps has them. Kinds: typical, numbers of both
    signs and of about the size that networks have; awkward, one element, none, odd sizes, equal
    elements, zeros, points without a derivative; broadcast, operands stretched to others' axes, masks,
    lengths; extreme, numbers whose exponentials, squares or products overflow, or that are next to
    nothing. What PyTorch computes otherwise than its own documentation says is written out.
    """

    def __init__(self, name, seed):
        super().__init__(name, seed)
        self.count = itertools.count()

    def put_op(self, key, kind, function, *operands, like=None):
        """A case; operands of floats get gradients. `like`: axes operand 0 is stretched to first."""
        case = "%s|%s %d" % (key, kind, next(self.count))
        leaves = [x.detach().clone().requires_grad_() if x.is_floating_point() else x
                  for x in operands]
        in_ = list(leaves)
        if like is not None:
            in_[0] = in_[0].expand(like)
            self.put(case, "like", torch.zeros(like, dtype=torch.int32))
        out = function(*in_)
        for k, x in enumerate(leaves):
            self.put(case, "%d" % k, x)
        self.put(case, "out", out)
        if out.is_floating_point():
            grad = torch.randn_like(out)
            self.put(case, "gradOut", grad)
            if out.requires_grad:
                out.backward(grad)
            for k, x in enumerate(leaves):
                if x.is_floating_point():
                    self.put(case, "grad.%d" % k, torch.zeros_like(x) if x.grad is None else x.grad)
