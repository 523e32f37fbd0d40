"""Makes strategies.json: four rounds of every strategy, step by step.

The strategies that Flower has are run by Flower itself (PyPI flwr 1.42.0, off line, on messages made here); SCAFFOLD
(option II) and FedNova (plain SGD) are written down from the papers in numpy: arXiv:1910.06378 algorithm 1 and
arXiv:2007.07481 equations 5 and 7.

    python -m venv venv && venv/bin/pip install flwr==1.42.0 numpy && venv/bin/python make_strategies.py
"""
import json
import pathlib

import numpy as np
from flwr.app import ArrayRecord, Message, MetricRecord, RecordDict
from flwr.common import Array
from flwr.serverapp import strategy as flower
from flwr.supercore.task_identity import TaskIdentity

ROUNDS, SITES = 4, 11
SHAPES = {"layers.0.bias": (3,), "layers.0.weight": (3, 4), "layers.1.weight": (1, 3)}
ROWS = [311, 196, 206, 162, 162, 51, 40, 27, 18, 90, 75]


TaskIdentity.run_id = 1  # Messages belong to a run; there is none.
TaskIdentity.task_id = TaskIdentity.node_id = 1


def rounded(x):
    """Numbers that 32-bit floats hold exactly, as 64-bit ones."""
    return np.asarray(x, dtype=np.float32).astype(np.float64)


def flat(arrays):
    return np.concatenate([np.asarray(arrays[name]).ravel() for name in SHAPES])


def unflat(vector):
    out, start = {}, 0
    for name, shape in SHAPES.items():
        size = int(np.prod(shape))
        out[name] = vector[start : start + size].reshape(shape)
        start += size
    return out


rng = np.random.default_rng(20261124)
COUNT = sum(int(np.prod(shape)) for shape in SHAPES.values())
START = rounded(rng.normal(size=COUNT))
DELTAS = [[rounded(rng.normal(scale=0.3, size=COUNT) + 0.1) for _ in range(SITES)] for _ in range(ROUNDS)]
for deltas in DELTAS:  # Two sites are far out, so that the robust strategies have something to do.
    deltas[2] = rounded(deltas[2] * 40)
    deltas[7] = rounded(-deltas[7] * 25)
STEPS = [[int(s) for s in rng.integers(5, 40, size=SITES)] for _ in range(ROUNDS)]
CONTROLS = [[rounded(rng.normal(scale=0.2, size=COUNT)) for _ in range(SITES)] for _ in range(ROUNDS)]


def record(vector):
    return ArrayRecord({name: Array(value) for name, value in unflat(vector).items()})


class Replies:
    """A round's answers as Flower's strategies read them."""

    def __init__(self, weights, deltas):
        self.messages = []
        for site, (delta, rows) in enumerate(zip(deltas, ROWS)):
            content = RecordDict({"arrays": record(weights + delta), "metrics": MetricRecord({"num-examples": rows})})
            asked = Message(RecordDict(), dst_node_id=site + 1, message_type="train")
            asked.metadata.__dict__["_message_id"] = f"m{site}"
            self.messages.append(Message(content, reply_to=asked))


def run_flower(strategy):
    weights, steps = START, []
    for number in range(1, ROUNDS + 1):
        if hasattr(strategy, "current_arrays"):
            arrays = record(weights)
            keeps_arrays = isinstance(strategy, flower.FedAvgM)
            strategy.current_arrays = arrays if keeps_arrays else {k: a.numpy() for k, a in arrays.items()}
        arrays, _ = strategy.aggregate_train(number, Replies(weights, DELTAS[number - 1]).messages)
        weights = flat({name: arrays[name].numpy() for name in SHAPES})
        steps.append(weights.tolist())
    return steps


def scaffold(sites_in_all, rate):
    weights, control, steps, controls = START, np.zeros(COUNT), [], []
    for number in range(ROUNDS):
        weights = weights + rate * np.mean(DELTAS[number], axis=0)
        control = control + (SITES / sites_in_all) * np.mean(CONTROLS[number], axis=0)
        steps.append(weights.tolist())
        controls.append(control.tolist())
    return steps, controls


def fed_nova():
    weights, steps = START, []
    shares = np.array(ROWS) / sum(ROWS)
    for number in range(ROUNDS):
        tau = np.array(STEPS[number])
        direction = sum(p * d / t for p, d, t in zip(shares, DELTAS[number], tau))
        weights = weights + (shares @ tau) * direction
        steps.append(weights.tolist())
    return steps


adaptive = {"eta": 0.1, "eta_l": 0.1, "tau": 1e-3}
scaffold_steps, scaffold_controls = scaffold(14, 0.7)
golden = {
    "shapes": [{"name": name, "shape": list(shape)} for name, shape in SHAPES.items()],
    "rows": ROWS,
    "start": START.tolist(),
    "deltas": [[d.tolist() for d in deltas] for deltas in DELTAS],
    "steps": STEPS,
    "controlDeltas": [[c.tolist() for c in controls] for controls in CONTROLS],
    "scaffoldControls": scaffold_controls,
    "after": {
        "fedAvg": run_flower(flower.FedAvg()),
        "fedProx": run_flower(flower.FedProx(proximal_mu=0.1)),
        "fedAvgM": run_flower(flower.FedAvgM(server_learning_rate=0.8, server_momentum=0.9)),
        "fedAdam": run_flower(flower.FedAdam(beta_1=0.9, beta_2=0.99, **adaptive)),
        "fedYogi": run_flower(flower.FedYogi(beta_1=0.9, beta_2=0.99, **adaptive)),
        "fedAdagrad": run_flower(flower.FedAdagrad(**adaptive)),
        "median": run_flower(flower.FedMedian()),
        "trimmedMean": run_flower(flower.FedTrimmedAvg(beta=0.2)),
        "krum": run_flower(flower.Krum(num_malicious_nodes=2)),
        "multiKrum": run_flower(flower.MultiKrum(num_malicious_nodes=2, num_nodes_to_select=5)),
        "bulyan": run_flower(flower.Bulyan(num_malicious_nodes=2)),
        "scaffold": scaffold_steps,
        "fedNova": fed_nova(),
    },
}
pathlib.Path(__file__).with_name("strategies.json").write_text(json.dumps(golden) + "\n")
