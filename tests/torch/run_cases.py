"""Trains with the PyTorch that is installed, and compares with what Floodlight computed.

    python3 run_cases.py FOLDER      FOLDER as floodlight_torch_cases writes it

Prints a line for each test: "ok NAME" or "not ok NAME: reason".
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

BATCH, SIDE = 8, 64


class UNet(nn.Module):
    def __init__(self, widths, skips, rim):
        super().__init__()
        self.skips = skips
        self.down = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip([1, *widths], widths))
        self.up = nn.ModuleList(
            nn.Conv2d(below + (here if skips else 0), here, 3, padding=1)
            for here, below in reversed(list(zip(widths, widths[1:])))
        )
        self.head = nn.Conv2d(widths[0], 3 if rim else 2, 1)

    def forward(self, x):
        seen = []
        for level, layer in enumerate(self.down):
            x = torch.relu(layer(functional.max_pool2d(x, 2) if level else x))
            seen.append(x)
        for layer, skip in zip(self.up, reversed(seen[:-1])):
            x = functional.interpolate(x, scale_factor=2, mode="nearest")
            x = torch.relu(layer(torch.cat([x, skip], 1) if self.skips else x))
        return self.head(x)


def put(model, weights):
    """Floodlight's order is that of the layers, kernels before biases."""
    with torch.no_grad():
        first = 0
        for parameter in model.parameters():
            parameter.copy_(torch.from_numpy(weights[first : first + parameter.numel()].copy()).view_as(parameter))
            first += parameter.numel()
    assert first == len(weights), f"{len(weights)} weights instead of {first}"


def compare(name, difference, allowed):
    good = difference <= allowed  # also refuses NaN
    print(f"ok {name} ({difference:.2g})" if good else f"not ok {name}: {difference:.3g} is more than {allowed:g}")


def run(folder):
    case = json.loads((folder / "case.json").read_text())
    read = lambda name, kind: np.fromfile(folder / name, kind)
    model = UNet(case["widths"], case["skips"], case["rim"])
    start = read("start.f32", np.float32)
    put(model, start)
    steps = len(case["rates"])
    inputs = torch.from_numpy(read("inputs.f32", np.float32)).view(steps, BATCH, 1, SIDE, SIDE)
    classes = torch.from_numpy(read("classes.u8", np.uint8)).view(steps, BATCH, SIDE, SIDE).long()
    losses = read("losses.f64", np.float64)
    optimiser = torch.optim.Adam(model.parameters())
    worst_loss = 0
    for step, rate in enumerate(case["rates"]):
        optimiser.param_groups[0]["lr"] = rate
        optimiser.zero_grad()
        scores = model(inputs[step])
        loss = functional.cross_entropy(scores, classes[step])
        loss.backward()
        worst_loss = max(worst_loss, abs(loss.item() - losses[step]))
        if step == 0:
            found = torch.from_numpy(read("scores.f32", np.float32)).view_as(scores)
            compare(f"{folder.name}: scores", (found - scores).abs().max().item(), 1e-5)
            gradient, worst, first = read("gradient.f32", np.float32), 0, 0
            for parameter in model.parameters():
                expected = parameter.grad.numpy().ravel()
                there = gradient[first : first + len(expected)]
                worst = max(worst, float(np.abs(there - expected).max() / np.abs(expected).max()))
                first += len(expected)
            compare(f"{folder.name}: gradient, relative to each layer's largest", worst, 1e-4)
        optimiser.step()
    compare(f"{folder.name}: losses of {steps} steps", worst_loss, 1e-4)
    end = torch.cat([parameter.detach().ravel() for parameter in model.parameters()]).numpy()
    compare(f"{folder.name}: weights after {steps} steps", float(np.abs(end - read("end.f32", np.float32)).max()), 1e-3)
    moved = float(np.abs(end - start).max())
    print(f"ok {folder.name}: moved" if moved > 0.05 else f"not ok {folder.name}: the weights moved by {moved} only")


torch.set_num_threads(1)
for folder in sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir()):
    try:
        run(folder)
    except Exception as error:
        print(f"not ok {folder.name}: {type(error).__name__}: {error}")
print("# done")
