"""Makes accountants.json: what PyPI dp-accounting 0.6.0 says of a grid of releases.

    python -m venv venv && venv/bin/pip install dp-accounting==0.6.0 && venv/bin/python make_accountants.py
"""
import json
import pathlib

import dp_accounting as dp
from dp_accounting.pld import PLDAccountant
from dp_accounting.rdp import RdpAccountant


def event(kind, rate, multiplier):
    if kind == "laplace":
        return dp.LaplaceDpEvent(multiplier)
    gaussian = dp.GaussianDpEvent(multiplier)
    return gaussian if kind == "gaussian" else dp.PoissonSampledDpEvent(rate, gaussian)


def composed(releases):
    return dp.ComposedDpEvent([dp.SelfComposedDpEvent(event(*r[:3]), r[3]) for r in releases])


grid = []
for rate in [0.001, 0.01, 0.1, 0.256, 0.5, 0.99]:
    for multiplier in [0.5, 0.8, 1.1, 2.0, 5.0, 20.0]:
        for count in [1, 60, 1000, 20000]:
            grid.append([["sampledGaussian", rate, multiplier, count]])
for multiplier in [0.5, 1.0, 5.0, 40.0]:
    for count in [1, 10, 100]:
        grid.append([["gaussian", 1.0, multiplier, count]])
        grid.append([["laplace", 1.0, multiplier, count]])
grid.append([["sampledGaussian", 0.01, 1.1, 500], ["gaussian", 1.0, 4.0, 3], ["laplace", 1.0, 10.0, 7]])
grid.append([["sampledGaussian", 0.2, 1.0, 100], ["sampledGaussian", 0.1, 2.0, 50]])

golden = []
for releases in grid:
    for delta in [1e-5, 1e-7]:
        rdp = RdpAccountant().compose(composed(releases)).get_epsilon(delta)
        if rdp > 1e6:
            continue
        pld = None
        # The distribution of the loss is slow, and large where there is no privacy to speak of.
        if rdp < 25 and (len(golden) % 4 == 0 or len(releases) > 1):
            pld = PLDAccountant().compose(composed(releases)).get_epsilon(delta)
        golden.append({"releases": releases, "delta": delta, "rdp": rdp, "pld": pld})
deltas = []
for releases in grid[::7]:
    for epsilon in [0.1, 1.0, 8.0]:
        deltas.append(
            {"releases": releases, "epsilon": epsilon,
             "delta": RdpAccountant().compose(composed(releases)).get_delta(epsilon)})
pathlib.Path(__file__).with_name("accountants.json").write_text(json.dumps({"epsilons": golden, "deltas": deltas}) + "\n")
print(len(golden), sum(g["pld"] is not None for g in golden), len(deltas))
