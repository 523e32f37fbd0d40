"""Descriptive statistics and tests by numpy, scipy and statsmodels on the tables of cancer_tables.py.

Run: python describe.py > describe.json (pip install scipy statsmodels lifelines scikit-learn).
"""
import fractions
import json
import math
import sys

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats

from cancer_tables import tables

data = tables()
data["lung"].columns = [c.replace(".", "_") for c in data["lung"].columns]
gbsg2, lung, wdbc = data["gbsg2"], data["lung"], data["wdbc"]
out = {"versions": {m.__name__: m.__version__ for m in (scipy, statsmodels, np, pd)}}


def describe(table, names):
    rows = []
    for name in names:
        x = data[table][name].dropna().to_numpy(float)
        sorted_x = np.sort(x)
        rows.append({"name": name, "count": len(x), "missing": int(data[table][name].isna().sum()), "sum": float(x.sum()),
                     "mean": x.mean(), "variance": x.var(ddof=1), "standardError": stats.sem(x), "fifth": sorted_x[4], "fifthLast": sorted_x[-5]})
    return {"table": table, "variables": rows}


out["describe"] = [describe("gbsg2", ["age", "tsize", "pnodes", "progrec", "estrec"]), describe("lung", ["meal_cal", "wt_loss", "ph_ecog"]),
                   describe("wdbc", ["area", "smoothness", "fractal_dimension"])]
probabilities = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
out["quantiles"] = {"probabilities": probabilities, "tables": [
    {"table": t, "variable": v, "values": np.quantile(data[t][v].dropna().to_numpy(float), probabilities).tolist()}
    for t, v in [("gbsg2", "age"), ("gbsg2", "progrec"), ("lung", "wt_loss"), ("wdbc", "smoothness"), ("wdbc", "area")]]}
edges = [20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0]
out["histogram"] = {"edges": edges, "counts": np.histogram(gbsg2["age"], edges)[0].tolist()}


def crosstab(first, second):
    counts = pd.crosstab(gbsg2[first], gbsg2[second]).to_numpy()
    chi, p, dof, expected = stats.chi2_contingency(counts, correction=False)
    case = {"first": first, "second": second, "counts": counts.tolist(), "chi2": chi, "p": p, "degrees": int(dof), "cramersV": stats.contingency.association(counts)}
    if counts.shape == (2, 2):
        case["yates"], case["yatesP"] = stats.chi2_contingency(counts, correction=True)[:2]
        case["fisher"] = stats.fisher_exact(counts)[1]
        table = sm.stats.Table2x2(counts)
        case["oddsRatio"], (case["low"], case["high"]) = table.oddsratio, table.oddsratio_confint()
    return case


out["crosstab"] = [crosstab("horTh", "menostat"), crosstab("tgrade", "menostat"), crosstab("tgrade", "horTh")]
out["fisher"] = []
for counts in [[[3, 1], [1, 3]], [[10, 0], [0, 10]], [[12, 5], [7, 29]], [[0, 9], [4, 6]], [[120, 8800], [60, 9050]], [[1, 24], [5, 1000000]]]:
    # In whole numbers, as scipy's own digits end at the tenth for the largest of these tables.
    (a, b), (c, d) = counts
    ways = [math.comb(a + b, k) * math.comb(c + d, a + c - k) for k in range(min(a + b, a + c) + 1)]
    p = float(fractions.Fraction(sum(w for w in ways if w <= ways[a]), math.comb(a + b + c + d, a + c)))
    assert abs(p / stats.fisher_exact(counts)[1] - 1) < 1e-9
    out["fisher"].append({"counts": [c for row in counts for c in row], "p": p})
yes, no = (gbsg2["age"][gbsg2["horTh"] == g].to_numpy(float) for g in ("yes", "no"))
tests = {}
for name, equal in (("student", True), ("welch", False)):
    result = stats.ttest_ind(no, yes, equal_var=equal)
    interval = result.confidence_interval()
    tests[name] = {"t": result.statistic, "p": result.pvalue, "degrees": float(result.df), "low": interval.low, "high": interval.high}
out["ttest"] = tests
one = stats.ttest_1samp(gbsg2["tsize"].to_numpy(float), 30.0)
interval = one.confidence_interval()
out["oneSample"] = {"t": one.statistic, "p": one.pvalue, "degrees": float(one.df), "low": interval.low, "high": interval.high}
groups = [gbsg2["tsize"][gbsg2["tgrade"] == g].to_numpy(float) for g in ("I", "II", "III")]
f = stats.f_oneway(*groups)
out["anova"] = {"f": f.statistic, "p": f.pvalue, "means": [g.mean() for g in groups], "deviations": [g.std(ddof=1) for g in groups]}
names = ["age", "tsize", "pnodes", "progrec", "estrec"]
pairs = []
for i, first in enumerate(names):
    for second in names[i + 1:]:
        r = stats.pearsonr(gbsg2[first], gbsg2[second])
        interval = r.confidence_interval()
        pairs.append({"first": first, "second": second, "r": r.statistic, "p": r.pvalue, "low": interval.low, "high": interval.high})
out["correlation"] = {"names": names, "pairs": pairs}
complete = lung[["age", "meal_cal", "wt_loss"]].dropna()
out["correlationMissing"] = {"rows": len(complete), "r": [np.corrcoef(complete.to_numpy(float).T)[i, j] for i, j in ((0, 1), (0, 2), (1, 2))]}
out["missing"] = {"names": list(lung.columns), "missing": lung.isna().sum().tolist(), "rows": len(lung), "complete": int(lung.notna().all(axis=1).sum())}
json.dump(out, sys.stdout, indent=1)
