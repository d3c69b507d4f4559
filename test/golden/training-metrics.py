"""Golden values of test/engine/training/metrics.test.ts and fit-head.test.ts, by scikit-learn and SciPy.
Run: /work/exp/venv/bin/python test/golden/training-metrics.py (any Python with numpy, scipy, scikit-learn)."""
import json
import os

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

rng = np.random.default_rng(3)
scores = []
for count, digits in ((12, 1), (80, 1), (80, 6)):
    labels = np.where(rng.random(count) < 0.4, 1, -1)
    values = np.round(rng.normal(size=count) + 0.8 * (labels > 0), digits)
    threshold = float(np.round(np.median(values), digits))
    scores.append(dict(
        scores=values.tolist(), labels=labels.tolist(), auroc=roc_auc_score(labels, values), threshold=threshold,
        balancedAccuracy=balanced_accuracy_score(labels, np.where(values >= threshold, 1, -1)),
    ))

logits = np.round(rng.normal(size=60) * 3, 6)
labels = np.where(rng.random(60) < 1 / (1 + np.exp(-logits / 1.7)), 1, -1)
weights = np.where(labels > 0, 0.5 / (labels > 0).sum(), 0.5 / (labels < 0).sum())
loss = lambda logt: float((weights * np.logaddexp(0, -labels * logits / np.exp(logt))).sum())
found = minimize_scalar(loss, bounds=(np.log(0.02), np.log(50)), method='bounded', options=dict(xatol=1e-9))
temperature = dict(logits=logits.tolist(), labels=labels.tolist(), temperature=float(np.exp(found.x)), loss=float(found.fun))

x = np.round(rng.normal(size=(90, 4)) * [1, 5, 0.2, 1] + [0, 3, -1, 10], 6)
y = np.where(x[:, 0] + 0.2 * x[:, 1] - 2 * x[:, 2] + rng.normal(size=90) > 2.5, 1, -1)
w = np.round(rng.random(90) + 0.2, 6)


def fit(penalty, bounds):
    p = w / w.sum()
    mean = p @ x
    sd = np.sqrt(p @ (x - mean) ** 2)
    z = (x - mean) / sd

    def objective(v):
        margin = y * (z @ v[:-1] + v[-1])
        q = p * y / (1 + np.exp(margin))
        gradient = np.append(-z.T @ q + penalty * v[:-1], -q.sum())
        return (p * np.logaddexp(0, -margin)).sum() + penalty / 2 * (v[:-1] ** 2).sum(), gradient

    v = minimize(objective, np.zeros(5), jac=True, bounds=bounds, method='L-BFGS-B', options=dict(ftol=1e-15, gtol=1e-10, maxiter=10000)).x
    weights = v[:-1] / sd
    return dict(penalty=penalty, weights=weights.tolist(), bias=float(v[-1] - weights @ mean))


head = dict(
    features=x.tolist(), labels=y.tolist(), exampleWeights=w.tolist(), free=fit(0.01, [(None, None)] * 5),
    bounded=fit(0.01, [(0, None), (None, 0), (0, None), (0, None), (None, None)]),
)
path = os.path.join(os.path.dirname(__file__), 'training-metrics.json')
json.dump(dict(scores=scores, temperature=temperature, head=head), open(path, 'w'), indent=None)
