"""Makes training.json: losses, gradients and steps of the built-in models, written down in numpy.

Gradients are central differences of the loss, not formulas; the Cox loss is the negative log partial likelihood with
Breslow's ties, row by row; the optimisers are those of PyTorch's documentation. Concordance indices are counted pair by pair.

    python -m venv venv && venv/bin/pip install numpy && venv/bin/python make_training.py
"""
import json
import pathlib

import numpy as np

rng = np.random.default_rng(11)
ROWS, FEATURES, HIDDEN = 12, 3, 4
X = rng.normal(size=(ROWS, FEATURES)).round(3)
Y = rng.normal(size=ROWS).round(3)
B = (rng.random(ROWS) < 0.5).astype(float)
T = rng.integers(1, 9, size=ROWS).astype(float)  # with ties
E = (rng.random(ROWS) < 0.6).astype(float)

SHAPES = {
    "plain": [("layers.0.bias", (1,)), ("layers.0.weight", (1, FEATURES))],
    "deep": [
        ("layers.0.bias", (HIDDEN,)), ("layers.0.weight", (HIDDEN, FEATURES)),
        ("layers.1.bias", (1,)), ("layers.1.weight", (1, HIDDEN)),
    ],
}


def unflat(shapes, vector):
    out, start = {}, 0
    for name, shape in shapes:
        size = int(np.prod(shape))
        out[name] = vector[start : start + size].reshape(shape)
        start += size
    return out


def score(shapes, vector, activation):
    w = unflat(shapes, vector)
    out = X @ w["layers.0.weight"].T + w["layers.0.bias"]
    if len(shapes) > 2:
        out = np.maximum(out, 0) if activation == "relu" else np.tanh(out)
        out = out @ w["layers.1.weight"].T + w["layers.1.bias"]
    return out[:, 0]


def linear(s):
    return 0.5 * np.mean((s - Y) ** 2)


def logistic(s):
    p = 1 / (1 + np.exp(-s))
    return -np.mean(B * np.log(p) + (1 - B) * np.log(1 - p))


def cox(s):
    return sum(np.log(sum(np.exp(s[j] - s[i]) for j in range(ROWS) if T[j] >= T[i])) for i in range(ROWS) if E[i]) / ROWS


def gradient(loss, vector, h=1e-5):
    out = np.zeros_like(vector)
    for k in range(len(vector)):
        step = np.zeros_like(vector)
        step[k] = h
        # Richardson: the error is of the fourth order.
        near = (loss(vector + step) - loss(vector - step)) / (2 * h)
        far = (loss(vector + 2 * step) - loss(vector - 2 * step)) / (4 * h)
        out[k] = (4 * near - far) / 3
    # The bias of a Cox score has no gradient; Adam would make steps of the rounding.
    return np.where(np.abs(out) < 1e-9, 0, out)


def train(loss, start, is_weight, steps, optimiser, l2, mu, correction):
    w, m, v = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for t in range(1, steps + 1):
        g = gradient(loss, w) + l2 * w * is_weight + mu * (w - start) + correction
        if optimiser == "sgd":
            m = 0.5 * m + g
            w = w - 0.1 * m
        else:
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            w = w - 0.05 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w


cases = []
for name, net, activation, head in [
    ("linear", "plain", "relu", linear), ("logistic", "plain", "relu", logistic), ("cox", "plain", "relu", cox),
    ("perceptronLinear", "deep", "relu", linear), ("perceptronLogistic", "deep", "tanh", logistic),
    ("perceptronCox", "deep", "tanh", cox),
]:
    shapes = SHAPES[net]
    count = sum(int(np.prod(s)) for _, s in shapes)
    start = rng.normal(scale=0.5, size=count).astype(np.float32).astype(np.float64)
    correction = rng.normal(scale=0.1, size=count).astype(np.float32).astype(np.float64)
    is_weight = np.concatenate([np.full(int(np.prod(s)), float(n.endswith("weight"))) for n, s in shapes])

    def loss(vector, shapes=shapes, activation=activation, head=head):
        return float(head(score(shapes, vector, activation)))

    cases.append({
        "name": name, "activation": activation,
        "shapes": [{"name": n, "shape": list(s)} for n, s in shapes],
        "start": start.tolist(), "correction": correction.tolist(),
        "loss": loss(start), "gradient": gradient(loss, start).tolist(),
        "sgd": train(loss, start, is_weight, 8, "sgd", 0.3, 0.2, 0).tolist(),
        "adam": train(loss, start, is_weight, 8, "adam", 0.1, 0, 0).tolist(),
        "corrected": train(loss, start, is_weight, 8, "sgd", 0, 0, correction).tolist(),
    })


def concordance(times, events, scores):
    right = pairs = 0.0
    for i in range(len(times)):
        for j in range(len(times)):
            if events[i] and (times[i] < times[j] or (times[i] == times[j] and not events[j])):
                pairs += 1
                right += 1.0 if scores[i] > scores[j] else 0.5 if scores[i] == scores[j] else 0.0
    return right / pairs


concordances = []
for n in [5, 40, 200]:
    t, e, s = rng.integers(1, 30, n).astype(float), (rng.random(n) < 0.4).astype(float), rng.integers(0, 12, n).astype(float)
    concordances.append({"times": t.tolist(), "events": e.tolist(), "scores": s.tolist(), "index": concordance(t, e, s)})

golden = {
    "features": X.tolist(), "number": Y.tolist(), "binary": B.tolist(), "time": T.tolist(), "event": E.tolist(),
    "cases": cases, "concordances": concordances,
}
pathlib.Path(__file__).with_name("training.json").write_text(json.dumps(golden) + "\n")
