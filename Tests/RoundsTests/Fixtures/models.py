"""ComBat by neuroCombat; ROC, calibration and Brier score by scikit-learn and statsmodels; DeLong's error from the paper.

Run: python models.py > models.json (pip install neuroCombat scikit-learn statsmodels lifelines).
"""
import contextlib
import io
import json
import sys
from importlib.metadata import version

import numpy as np
import pandas as pd
import statsmodels.api as sm
from neuroCombat import neuroCombat
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, roc_auc_score

from cancer_tables import tables

data = tables()
gbsg2, wdbc = data["gbsg2"], data["wdbc"]
out = {"versions": {p: version(p) for p in ("neuroCombat", "scikit-learn", "statsmodels", "scipy", "numpy", "pandas")}}


def combat(frame, table, features, continuous, categorical, size):
    """Sites are runs of `size` rows; the last holds the rest."""
    sites = np.minimum(np.arange(len(frame)) // size, len(frame) // size - 1)
    covars = pd.DataFrame({"site": sites})
    for name in continuous + categorical:
        covars[name] = frame[name].to_numpy()
    with contextlib.redirect_stdout(io.StringIO()):
        result = neuroCombat(frame[features].to_numpy(float).T.copy(), covars, "site", categorical_cols=categorical, continuous_cols=continuous)
    estimates = result["estimates"]
    return {
        "table": table, "formula": ", ".join(features) + " ~ " + (" + ".join(categorical + continuous) or "1"), "size": size,
        "sites": int(sites.max() + 1), "means": estimates["stand.mean"][:, 0].tolist(), "variances": estimates["var.pooled"][:, 0].tolist(),
        "shift": np.asarray(estimates["gamma.star"]).tolist(), "scale": np.asarray(estimates["delta.star"]).tolist(),
        "everyFortieth": result["data"].T[::40].tolist(),
    }


out["combat"] = [
    combat(gbsg2, "gbsg2", ["tsize", "pnodes", "progrec", "estrec"], ["age"], ["horTh", "menostat"], 137),
    combat(wdbc, "wdbc", [c for c in wdbc.columns if c != "malignant"], ["malignant"], [], 142),
    combat(wdbc, "wdbc", ["radius", "texture", "smoothness"], [], [], 189),
]


def delong(scores, events):
    """DeLong, DeLong and Clarke-Pearson 1988, equations 2 to 5: placements by comparing all pairs."""
    x, y = scores[events == 1], scores[events == 0]
    psi = (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
    v10, v01 = psi.mean(axis=1), psi.mean(axis=0)
    return psi.mean(), np.sqrt(v10.var(ddof=1) / len(x) + v01.var(ddof=1) / len(y))


out["roc"] = []
events = wdbc["malignant"].to_numpy()
for feature, low, high, bins in (("concavity", 0.0, 0.5, 1000), ("texture", 9.0, 40.0, 50), ("fractal_dimension", 0.04, 0.1, 20000)):
    score = wdbc[feature].to_numpy()
    binned = np.clip(np.floor((score - low) / (high - low) * bins), 0, bins - 1)
    auc, error = delong(binned, events)
    assert abs(auc - roc_auc_score(events, binned)) < 1e-14
    z = stats.norm.ppf(0.975)
    out["roc"].append({"feature": feature, "from": low, "to": high, "bins": bins, "auc": roc_auc_score(events, binned), "standardError": error,
                       "low": auc - z * error, "high": auc + z * error, "exact": roc_auc_score(events, score)})

p = 1 / (1 + np.exp(-(0.8 * wdbc["radius"].to_numpy() - 11.5)))
observed, predicted = calibration_curve(events, p, n_bins=10, strategy="quantile")
logit = np.log(p / (1 - p))
slope = sm.GLM(events, sm.add_constant(logit), family=sm.families.Binomial()).fit(tol=1e-15, tol_criterion="params")
large = sm.GLM(events, np.ones(len(p)), family=sm.families.Binomial(), offset=logit).fit(tol=1e-15, tol_criterion="params")
group = np.searchsorted(np.percentile(p, np.linspace(0, 100, 11))[1:-1], p)
hl = sum((events[group == g].sum() - p[group == g].sum()) ** 2 / (p[group == g].sum() * (1 - p[group == g].mean())) for g in range(10))
out["calibration"] = {
    "brier": brier_score_loss(events, p), "observed": observed.tolist(), "predicted": predicted.tolist(),
    "slope": slope.params[1], "slopeError": slope.bse[1], "intercept": large.params[0], "interceptError": large.bse[0],
    "hosmerLemeshow": hl, "hosmerLemeshowP": stats.chi2.sf(hl, 8),
}
json.dump(out, sys.stdout, indent=1)
