"""Polyphase resampling by SciPy, one thread: scipy.signal.resample_poly with a filter as long as ours, on float32.

Usage: resample_scipy.py SAMPLE_COUNT FROM_HZ TO_HZ REPEATS
Prints JSON: {"resample_poly": [seconds, CPU seconds]}, the best of REPEATS.
"""
import json
import math
import sys
import time

import numpy as np
import scipy.signal

sample_count, from_hz, to_hz, repeats = (int(word) for word in sys.argv[1:5])
divisor = math.gcd(from_hz, to_hz)
up, down = to_hz // divisor, from_hz // divisor
samples = np.random.default_rng(1).standard_normal(sample_count, dtype=np.float32)
widest = max(up, down)
# 32 zero crossings each side, cut off at 0.92 of the lower Nyquist frequency
taps = scipy.signal.firwin(2 * 32 * widest + 1, 0.92 / widest, window=("kaiser", 8.0)).astype(np.float32)

best = [float("inf"), float("inf")]
for _ in range(repeats):
    started, cpu = time.perf_counter(), time.process_time()
    scipy.signal.resample_poly(samples, up, down, window=taps)
    best = [min(best[0], time.perf_counter() - started), min(best[1], time.process_time() - cpu)]
print(json.dumps({"resample_poly": best}))
