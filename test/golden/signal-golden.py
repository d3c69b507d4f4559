"""Golden values of the signal routines from NumPy and SciPy.

    python test/golden/signal-golden.py > test/golden/signal-golden.json

The input is made of sines with whole-number arithmetic in their phases, so that both sides build the same float64 numbers.
"""
import json
import sys

import numpy as np
import scipy
from scipy import signal, stats

RATE = 12_000


def made(count):
    n = np.arange(count)
    tone = np.sin(2 * np.pi * ((7 * n) % 96) / 96) + 0.5 * np.cos(2 * np.pi * ((n * n) % 211) / 211)
    return 0.25 + tone * (1 + 0.3 * np.sin(2 * np.pi * (n % 480) / 480))


def tapers():
    names = {"hann": "hann", "hamming": "hamming", "blackman": "blackman", "flattop": "flattop", "rectangular": "boxcar"}
    return [
        {"taper": ours, "length": length, "weights": signal.get_window(theirs, length).tolist()}
        for ours, theirs in names.items()
        for length in (1, 2, 9, 16)
    ]


def transforms():
    return [
        {"length": n, "real": z.real.tolist(), "imaginary": z.imag.tolist()}
        for n in (12, 35, 37, 64)
        for z in [np.fft.fft(made(n))[: n // 2 + 1]]
    ]


def spectra():
    cases = []
    for taper, length, hop, nfft in (("hann", 256, 128, 256), ("flattop", 200, 50, 300), ("boxcar", 75, 75, 75)):
        for scaling in ("spectrum", "density"):
            _, power = signal.welch(
                made(1000), RATE, taper, length, length - hop, nfft, "constant", scaling=scaling
            )
            cases.append(
                {
                    "taper": "rectangular" if taper == "boxcar" else taper,
                    "frameLength": length, "hopLength": hop, "fftLength": nfft, "scaling": scaling,
                    "power": power.tolist(),
                }
            )
    return cases


def filters():
    cases = []
    bands = [
        ("low-pass", 1, None, 1500), ("low-pass", 4, None, 300), ("low-pass", 5, None, 5500),
        ("high-pass", 1, 10, None), ("high-pass", 3, 2000, None), ("high-pass", 8, 100, None),
        ("band-pass", 1, 500, 5000), ("band-pass", 2, 10, 1000), ("band-pass", 3, 10, 5900), ("band-pass", 4, 2000, 3500),
        ("band-pass", 5, 1000, 1050),
    ]
    x = made(400)
    for kind, order, low, high in bands:
        corners = [value for value in (low, high) if value is not None]
        sos = signal.butter(order, corners if len(corners) > 1 else corners[0], kind.replace("-", ""), fs=RATE, output="sos")
        hertz = np.array([5, 50, 400, 1025, 2700, 5000, 5800])
        _, response = signal.sosfreqz(sos, hertz, fs=RATE)
        cases.append(
            {
                "kind": kind, "order": order, "lowHz": low, "highHz": high, "hertz": hertz.tolist(),
                "magnitude": np.abs(response).tolist(),
                "filtered": signal.sosfilt(sos, x)[::7].tolist(),
                "zeroPhase": signal.sosfiltfilt(sos, x)[::7].tolist(),
            }
        )
    return cases


def envelopes():
    cases = []
    for count, low, high in ((240, 0, 6000), (241, 0, 6000), (500, 1000, 2500), (127, 600, 5000)):
        z = np.fft.fft(made(count))
        hertz = np.fft.fftfreq(count, 1 / RATE)
        z[(np.abs(hertz) < low) | (np.abs(hertz) > high)] = 0
        envelope = np.abs(signal.hilbert(np.fft.ifft(z).real))
        cases.append({"count": count, "lowHz": low, "highHz": high, "envelope": envelope.tolist()})
    return cases


def moments():
    x = made(1000) ** 3
    d = x - x.mean()
    return {
        "mean": x.mean(), "rms": x.std(), "peak": np.abs(d).max(), "crestFactor": np.abs(d).max() / x.std(),
        "kurtosis": stats.kurtosis(x, fisher=False), "skewness": stats.skew(x),
    }


def resampled():
    """The sum that defines the filter, for single outputs, taps scaled to a sum of 1."""
    cases = []
    for source, target, outputs in ((25_600, 12_000, (200, 201, 333)), (8_000, 12_000, (600, 601)), (44_100, 12_000, (150,))):
        x = made(1000).astype(np.float32).astype(float)
        ratio = min(1, target / source)
        for k in outputs:
            distance = np.arange(1000) - k * source / target
            inside = np.abs(distance) * ratio / 32
            window = np.where(inside < 1, np.i0(8 * np.sqrt(np.maximum(0, 1 - inside**2))), 0)
            weights = np.sinc(distance * ratio * 0.92) * window
            cases.append({"fromHz": source, "toHz": target, "k": k, "value": (x * weights).sum() / weights.sum()})
    return cases


json.dump(
    {
        "made with": f"numpy {np.__version__}, scipy {scipy.__version__}",
        "tapers": tapers(), "transforms": transforms(), "spectra": spectra(), "filters": filters(),
        "envelopes": envelopes(), "moments": moments(), "resampled": resampled(),
    },
    sys.stdout,
    separators=(",", ":"),
)
