"""Minima and maxima by numpy, one thread: blocks of 64 samples, then of 4 values, level over level.

Usage: pyramid_numpy.py SAMPLE_COUNT REPEATS
Prints JSON: {"pyramid": [seconds, CPU seconds]}, the best of REPEATS.
"""
import json
import sys
import time

import numpy as np

sample_count, repeats = (int(word) for word in sys.argv[1:3])
samples = np.random.default_rng(1).standard_normal(sample_count, dtype=np.float32)


def whole(values, length):
    return values[: len(values) // length * length].reshape(-1, length)


def build():
    # fmin and fmax pass over NaN, as ours; they are no slower than minimum and maximum
    least, greatest = np.fmin.reduce(whole(samples, 64), axis=1), np.fmax.reduce(whole(samples, 64), axis=1)
    levels = [(least, greatest)]
    while len(least) >= 4:
        # column by column is several times faster than reduce over an axis of four
        low, high = whole(least, 4), whole(greatest, 4)
        least = np.fmin(np.fmin(low[:, 0], low[:, 1]), np.fmin(low[:, 2], low[:, 3]))
        greatest = np.fmax(np.fmax(high[:, 0], high[:, 1]), np.fmax(high[:, 2], high[:, 3]))
        levels.append((least, greatest))
    return levels


best = [float("inf"), float("inf")]
for _ in range(repeats):
    started, cpu = time.perf_counter(), time.process_time()
    build()
    best = [min(best[0], time.perf_counter() - started), min(best[1], time.process_time() - cpu)]
print(json.dumps({"pyramid": best}))
