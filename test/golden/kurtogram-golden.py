"""Fast kurtogram of a made signal, from the recursion as published.

    python test/golden/kurtogram-golden.py > test/golden/kurtogram-golden.json

J. Antoni, Fast computation of the kurtogram for the detection of transient faults, MSSP 21 (2007) 108-124, section 4.
Written from the paper on SciPy's filters, sharing nothing with src/: every node is found by walking down from the signal
on its own, with whole convolutions that are thinned out afterwards.
"""
import json
import sys

import numpy as np
import scipy
from scipy.signal import firwin, lfilter

RATE = 12_000


def made(count):
    """Noise by the minimal standard generator (exact in float64), a tone, and ringing impacts every 257 samples."""
    state, noise = 1, np.empty(count)
    for n in range(count):
        state = (16_807 * state) % 2_147_483_647
        noise[n] = state / 2_147_483_647 - 0.5
    n = np.arange(count)
    since = n % 257
    ringing = np.exp(-since / 16) * np.sin(2 * np.pi * ((5 * since) % 16) / 16)
    return 0.3 + noise + 0.5 * np.sin(2 * np.pi * ((3 * n) % 64) / 64) + 0.9 * ringing


H = firwin(17, 0.4)  # order 16; SciPy's cut-off is a share of half the rate, as MATLAB's
T = firwin(25, 0.8 / 3)
shift = lambda taps, cycles: taps * np.exp(2j * np.pi * cycles * np.arange(len(taps)))
HALVES = [shift(H, 1 / 8), shift(H, 3 / 8)]  # h(n) exp(j pi n / 4), h(n) exp(3 j pi n / 4)
THIRDS = [shift(T, (2 * i + 1) / 12) for i in range(3)]


def thin(c, taps, factor, is_turned):
    y = lfilter(taps, 1, c)[factor - 1 :: factor]
    return y * (-1.0) ** (np.arange(len(y)) + 1) if is_turned else y  # exp(j pi n): [1/2, 1) back to [0, 1/2)


def node(x, path):
    """`path`: half by half, 0 low, 1 high."""
    for half in path:
        x = thin(x, HALVES[half], 2, half == 1)
    return x


def kurtosis(c, skipped):
    c = c[skipped:] - c[skipped:].mean()
    power = np.abs(c) ** 2
    return (power**2).mean() / power.mean() ** 2 - 2


def paths(level):
    return [[(i >> (level - 1 - bit)) & 1 for bit in range(level)] for i in range(2**level)]


def kurtogram(x, level_count):
    rows = [[kurtosis(x, 0) - 1]]
    for level in range(1, level_count + 1):
        rows.append([kurtosis(node(x, path), 16) for path in paths(level)])
        if level < level_count:
            rows.append(
                [
                    kurtosis(thin(node(x, path), THIRDS[i], 3, i == 1), 16)
                    for path in paths(level - 1)
                    for i in range(3)
                ]
            )
    return rows


json.dump(
    {
        "made with": f"numpy {np.__version__}, scipy {scipy.__version__}",
        "sampleRateHz": RATE,
        "cases": [
            {"sampleCount": count, "levelCount": levels, "kurtosis": kurtogram(made(count), levels)}
            for count, levels in ((1000, 3), (8192, 6), (4097, 1))
        ],
    },
    sys.stdout,
    separators=(",", ":"),
)
