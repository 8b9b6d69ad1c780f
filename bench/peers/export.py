"""Writes the workloads for the peers: NAME.pt (TorchScript), NAME.onnx, and NAME.safetensors.

    python3 export.py FOLDER

The safetensors file holds the weights by their names here, and an example: reference.x and the
output reference.y in evaluation mode. Our own networks in limbeck.bench.workload have the same
structure, and are compared with it.
"""
import json
import os
import struct
import sys

import torch
from torch import nn


def mlp(*widths):
    layers = []
    for i, o in zip(widths, widths[1:]):
        layers += [nn.Linear(i, o), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class BiLstm(nn.Module):
    """One bidirectional layer; the last state of each direction; two affine layers."""

    def __init__(self, width, hidden, joined, classes):
        super().__init__()
        self.hidden = hidden
        self.lstm = nn.LSTM(width, hidden, batch_first=True, bidirectional=True)
        self.joined = nn.Linear(2 * hidden, joined)
        self.classes = nn.Linear(joined, classes)

    def forward(self, x):
        states, _ = self.lstm(x)
        ends = torch.cat([states[:, -1, :self.hidden], states[:, 0, self.hidden:]], 1)
        return self.classes(torch.relu(self.joined(ends)))


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.output = nn.Linear(width, width)

    def split(self, x):
        return x.view(x.size(0), x.size(1), self.heads, -1).transpose(1, 2)

    def forward(self, x):
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        scale = float(q.size(3)) ** -0.5
        weights = torch.softmax(torch.matmul(q, k.transpose(2, 3)) * scale, -1)
        return self.output(torch.matmul(weights, v).transpose(1, 2).reshape(x.shape))


class EncoderLayer(nn.Module):
    """Post-norm, exact GELU, no dropout."""

    def __init__(self, width, heads):
        super().__init__()
        self.self_attn = Attention(width, heads)
        self.linear1 = nn.Linear(width, 4 * width)
        self.linear2 = nn.Linear(4 * width, width)
        self.norm1 = nn.LayerNorm(width)
        self.norm2 = nn.LayerNorm(width)

    def forward(self, x):
        x = self.norm1(x + self.self_attn(x))
        return self.norm2(x + self.linear2(nn.functional.gelu(self.linear1(x))))


class Encoder(nn.Module):
    def __init__(self, depth, width, heads):
        super().__init__()
        self.layers = nn.Sequential(*[EncoderLayer(width, heads) for _ in range(depth)])

    def forward(self, x):
        return self.layers(x)


class Bert(nn.Module):
    def __init__(self, depth, width, heads, classes=2):
        super().__init__()
        self.encoder = Encoder(depth, width, heads)
        self.pooler = nn.Linear(width, width)
        self.classifier = nn.Linear(width, classes)

    def forward(self, x):
        return self.classifier(torch.tanh(self.pooler(self.encoder(x)[:, 0])))


def conv3(i, o, stride=1, bias=False):
    return nn.Conv2d(i, o, 3, stride, 1, bias=bias)


class Block(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.conv1 = conv3(i, o, stride)
        self.norm1 = nn.BatchNorm2d(o)
        self.conv2 = conv3(o, o)
        self.norm2 = nn.BatchNorm2d(o)
        same = stride == 1 and i == o
        self.shortcut = nn.Sequential() if same else nn.Sequential(
            nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o))

    def forward(self, x):
        body = self.norm2(self.conv2(torch.relu(self.norm1(self.conv1(x)))))
        return torch.relu(body + self.shortcut(x))


class ResNet20(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        layers, width = [conv3(3, 16), nn.BatchNorm2d(16), nn.ReLU()], 16
        for out, stride in (16, 1), (32, 2), (64, 2):
            for k in range(3):
                layers.append(Block(width, out, stride if k == 0 else 1))
                width = out
        self.features = nn.Sequential(*layers)
        self.classes = nn.Linear(width, classes)

    def forward(self, x):
        return self.classes(self.features(x).mean([2, 3]))


class PlainCnn(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        layers, width = [], 3
        for out in 32, 64, 128:
            layers += [conv3(width, out, bias=True), nn.BatchNorm2d(out), nn.ReLU(),
                       nn.MaxPool2d(2)]
            width = out
        self.features = nn.Sequential(*layers)
        self.classes = nn.Linear(16 * width, classes)

    def forward(self, x):
        return self.classes(self.features(x).flatten(1))


def write_safetensors(path, tensors):
    header, data, at = {}, [], 0
    for name, t in tensors.items():
        raw = t.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(t.shape), "data_offsets": [at, at + len(raw)]}
        data.append(raw)
        at += len(raw)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + b"".join(data))


WORKLOADS = {
    "mlp-teacher": (lambda: mlp(784, 1200, 1200, 10), (784,)),
    "mlp-student": (lambda: mlp(784, 800, 800, 10), (784,)),
    "mlp-tiny": (lambda: mlp(64, 64, 10), (64,)),
    "bert-mini": (lambda: Bert(4, 256, 4), (32, 256)),
    "bert-tiny": (lambda: Bert(2, 128, 2), (32, 128)),
    "minilm-shape": (lambda: Bert(6, 384, 12), (32, 384)),
    "bilstm": (lambda: BiLstm(300, 150, 200, 2), (32, 300)),
    "resnet20": (ResNet20, (3, 32, 32)),
    "plain-cnn": (PlainCnn, (3, 32, 32)),
}


def main(folder):
    for name, (make, example) in WORKLOADS.items():
        torch.manual_seed(2015)
        network = make()
        torch.jit.script(network).save(os.path.join(folder, name + ".pt"))
        network.eval()
        x = torch.randn(2, *example)
        tensors = {k: v for k, v in network.state_dict().items() if v.dtype == torch.float32}
        tensors.update({"reference.x": x, "reference.y": network(x)})
        write_safetensors(os.path.join(folder, name + ".safetensors"), tensors)
        axes = {0: "batch", 1: "time"} if len(example) == 2 else {0: "batch"}
        torch.onnx.export(network, x[:1], os.path.join(folder, name + ".onnx"), input_names=["x"],
                          output_names=["y"], opset_version=14, dynamic_axes={"x": axes})
        print(name, sum(p.numel() for p in network.parameters()), "parameters")


main(sys.argv[1])
