"""The two networks of the bench in PyTorch, one thread: one pass over a recording, and every segment alone.

Usage: one_pass_torch.py 1d|2d SAMPLES.f32 SEGMENT STRIDE   (float32 samples; lengths in samples)
Prints JSON: {"onePassSeconds": …, "perSegmentSeconds": …}, the best of two.
"""
import json
import sys
import time

import numpy
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
kind, path, segment, stride = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
torch.manual_seed(1)
high_pass, hann16, hann32 = torch.randn(1, 1, 97), torch.rand(1, 1, 16), torch.rand(1, 1, 32)
head = torch.nn.Linear(6 if kind == "1d" else 5, 2)
taper = torch.hann_window(64)


def maps_1d(x):
    """[1, 1, samples] -> [1, 6, steps]: as src/engine/training/architectures.ts builds it."""
    y = F.conv1d(x, high_pass)
    square = y * y
    smooth16, smooth32 = F.conv1d(square, hann16), F.conv1d(square, hann32)
    count = smooth32.shape[2]
    wave = x[:, :, 48 : 48 + y.shape[2]][:, :, 15 : 15 + count]
    middle, of16 = square[:, :, 15 : 15 + count], smooth16[:, :, 8 : 8 + count]
    powers = [(middle / 9) ** 3, (of16 / 4) ** 3, (of16 / 2) ** 3, (smooth32 / 4) ** 3, (wave * wave / 9) ** 3]
    return F.avg_pool1d(torch.cat([torch.log1p(p) for p in powers] + [wave.abs()], 1), 8)


def maps_2d(x):
    """[1, 1, samples] -> [1, 5, bins, frames]: power of 64-sample frames every 16, as architecture-2d.ts builds it."""
    spectrum = torch.stft(x[0], 64, 16, window=taper, center=False, return_complex=True)
    levels = torch.log(spectrum.abs().square()[:, 1:30] / 512 + 1e-5)
    power = torch.exp(levels)
    frame = (power.sum(1, keepdim=True) / 1.5).expand_as(power)
    products = [power * frame**2 / 30, power * frame**2 / 100, power * frame / 100, frame**3 / 8, frame**2 / 16]
    return torch.stack([torch.log1p(p) for p in products], 1)


maps = maps_1d if kind == "1d" else maps_2d


def one_pass(x):
    features = maps(x)
    return torch.einsum("bk...,nk->bn...", features, head.weight)


def per_segment(x):
    for start in range(0, x.shape[2] - segment + 1, stride):
        head(maps(x[:, :, start : start + segment]).flatten(2).mean(2))


def best_of(work, x, repeats=2):
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work(x)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


with torch.no_grad():
    signal = torch.from_numpy(numpy.fromfile(path, numpy.float32))[None, None]
    one_pass(signal[:, :, : segment * 4])
    print(json.dumps({"onePassSeconds": best_of(one_pass, signal), "perSegmentSeconds": best_of(per_segment, signal)}))
