"""Records what SpreadTest expects: python3 spread.py (NumPy 1.24.2)."""

import numpy as np


def features(n, d, frequency):
    i, j = np.mgrid[0:n, 0:d].astype(np.float64)
    x = np.sin(frequency * (i + 1) * (j + 2)) + 0.3
    return x / np.linalg.norm(x, axis=1, keepdims=True)


for n, d, frequency in [(50, 12, 0.37), (9, 30, 1.1), (300, 40, 0.01)]:
    x = features(n, d, frequency)
    singular = np.linalg.svd(x, compute_uv=False)
    p = singular / singular.sum()
    p = p[p > 0]
    rank = np.exp(-(p * np.log(p)).sum())
    print(f'"{n}, {d}, {frequency}, {x.std(axis=0).mean():.12f}, {rank:.9f}",')
