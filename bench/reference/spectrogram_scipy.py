"""Spectrogram in decibels by SciPy, one thread: scipy.signal.spectrogram, and scipy.fft on float32 by parts.

Usage: spectrogram_scipy.py SAMPLE_COUNT FFT_LENGTH REPEATS   (hop = half a frame, Hann, level = 10 log10(power + 1e-12))
Prints JSON: {"signal": [seconds, CPU seconds], "fft": [seconds, CPU seconds]}, the best of REPEATS.
"""
import json
import sys
import time

import numpy as np
import scipy.fft
import scipy.signal

sample_count, length, repeats = (int(word) for word in sys.argv[1:4])
samples = np.random.default_rng(1).standard_normal(sample_count, dtype=np.float32)
hop = length // 2
window = scipy.signal.get_window("hann", length).astype(np.float32)
FLOOR = np.float32(1e-12)


def by_signal():
    power = scipy.signal.spectrogram(
        samples, window=window, nperseg=length, noverlap=length - hop, detrend=False, scaling="spectrum"
    )[2]
    return 10 * np.log10(power + FLOOR)


def by_fft(part=1024):
    frames = np.lib.stride_tricks.sliding_window_view(samples, length)[::hop]
    levels = np.empty((len(frames), length // 2 + 1), np.float32)
    scale = np.full(length // 2 + 1, 2 / window.sum() ** 2, np.float32)
    scale[[0, -1]] /= 2
    for first in range(0, len(frames), part):
        spectrum = scipy.fft.rfft(frames[first : first + part] * window, axis=1, workers=1)
        power = (spectrum.real**2 + spectrum.imag**2) * scale
        levels[first : first + part] = 10 * np.log10(power + FLOOR)
    return levels


def best_of(work):
    best = [float("inf"), float("inf")]
    for _ in range(repeats):
        started, cpu = time.perf_counter(), time.process_time()
        work()
        best = [min(best[0], time.perf_counter() - started), min(best[1], time.process_time() - cpu)]
    return best


print(json.dumps({"signal": best_of(by_signal), "fft": best_of(by_fft)}))
