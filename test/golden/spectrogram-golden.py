"""Golden spectrograms of SciPy in float64 for test/engine/dsp/spectrogram-golden.test.ts.

Run: python test/golden/spectrogram-golden.py   (writes spectrogram-golden.json beside it; numpy and scipy)
Samples are the test's own: x[n] = sin(0.3 n) + 0.5 sin(0.0007 n²) + 0.01 ((n · 7919) mod 101 - 50), rounded to float32.
"""
import json
import pathlib

import numpy as np
import scipy
from scipy import signal


def samples(count):
    n = np.arange(count, dtype=np.float64)
    x = np.sin(0.3 * n) + 0.5 * np.sin(0.0007 * n * n) + 0.01 * ((n * 7919) % 101 - 50)
    return x.astype(np.float32).astype(np.float64)


def power(count, frame, hop, fft, taper):
    """One-sided 'spectrum' scaling: 2|X|²/(Σw)², DC and Nyquist once; whole frames, zero padded."""
    _, _, values = signal.spectrogram(
        samples(count), window=signal.get_window(taper, frame, fftbins=True), nperseg=frame, noverlap=frame - hop,
        nfft=fft, detrend=False, scaling="spectrum", mode="psd",
    )
    return values.T


def case(count, frame, hop, fft, taper):
    values = power(count, frame, hop, fft, taper)
    frames, bins = values.shape
    # every value of small cases, a spread of places of large ones, and the sum of all
    step = max(1, values.size // 150)
    return {
        "sampleCount": count, "frameLength": frame, "hopLength": hop, "fftLength": fft, "taper": taper,
        "frameCount": frames, "binCount": bins, "step": step,
        "values": [float(f"{v:.10g}") for v in values.ravel()[::step]], "sum": float(values.sum()),
    }


cases = [
    case(64, 16, 8, 16, "hann"),
    case(300, 64, 16, 64, "hann"),
    case(1500, 256, 128, 256, "hann"),
    case(5000, 1024, 512, 1024, "hann"),
    case(3000, 200, 77, 512, "hann"),
    case(40000, 8192, 4096, 8192, "hann"),
    case(1200, 100, 50, 100, "hann"),
    case(1200, 99, 33, 99, "hann"),
    case(1500, 256, 64, 256, "flattop"),
    case(1500, 256, 64, 256, "blackman"),
    case(1500, 128, 64, 128, "hamming"),
    case(1500, 128, 64, 128, "boxcar"),
]
target = pathlib.Path(__file__).with_name("spectrogram-golden.json")
target.write_text(json.dumps({"scipy": scipy.__version__, "cases": cases}) + "\n")
