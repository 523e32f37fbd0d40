"""Generalised linear models by statsmodels on real cancer tables, converged to the last digits.

Run: ATLES_SHARED=../../../../shared python regression.py > regression.json (pip install statsmodels lifelines scikit-learn).
Fed-TCGA-BRCA is read from $ATLES_SHARED/data and only its coefficients are written.
"""
import json
import os
import sys

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
import statsmodels.formula.api as smf
from statsmodels.stats.outliers_influence import variance_inflation_factor

from cancer_tables import tables

data = tables()
data["lung"].columns = [c.replace(".", "_") for c in data["lung"].columns]
data["brca"] = pd.read_csv(os.environ["ATLES_SHARED"] + "/data/fed_tcga_brca/brca.csv")
families = {"gaussian": sm.families.Gaussian(), "binomial": sm.families.Binomial(), "poisson": sm.families.Poisson()}

# table, family, our formula, statsmodels' formula where it is spelt differently, offset, frequency weights
models = [
    ("lung", "gaussian", "meal_cal ~ age + sex * ph_ecog", None, None, None),
    ("gbsg2", "gaussian", "log(time) ~ tsize + C(tgrade, ref='II') + horTh:menostat",
     "np.log(time) ~ tsize + C(tgrade, Treatment('II')) + horTh:menostat", None, None),
    ("wdbc", "gaussian", "area ~ radius + texture + perimeter + compactness", None, None, None),
    ("wdbc", "gaussian", "area ~ radius + texture - 1", None, None, None),
    ("gbsg2", "binomial", "cens ~ age + tsize + C(tgrade) * horTh + log(progrec + 1)",
     "cens ~ age + tsize + C(tgrade) * horTh + np.log(progrec + 1)", None, None),
    ("gbsg2", "binomial", "horTh == 'yes' ~ age + menostat", "I(1.0 * (horTh == 'yes')) ~ age + menostat", None, None),
    ("wdbc", "binomial", "malignant ~ radius + texture + smoothness + concavity", None, None, None),
    ("lung", "binomial", "status ~ age + sex + ph_ecog - 1", None, None, None),
    ("gbsg2", "poisson", "pnodes ~ age + tsize + menostat + C(tgrade)", None, None, None),
    ("gbsg2", "poisson", "cens ~ tsize + pnodes + horTh + offset(log(time))", "cens ~ tsize + pnodes + horTh", "time", None),
    ("gbsg2", "binomial", "cens ~ age + tsize + menostat", None, None, "pnodes"),
    ("gbsg2", "poisson", "cens ~ tsize + horTh + offset(log(time))", "cens ~ tsize + horTh", "time", "pnodes"),
    ("brca", "binomial", "E ~ age_at_index + ajcc_pathologic_t_T2 + prior_malignancy_yes + treatment_or_therapy_yes", None, None, None),
]
cases = []
for table, family, ours, theirs, offset, weights in models:
    frame = data[table]
    options = {}
    if offset:
        options["offset"] = np.log(frame[offset])
    if weights:
        options["freq_weights"] = frame[weights].to_numpy(dtype=float)
    model = smf.glm(theirs or ours, frame, family=families[family], **options)
    fit = model.fit(tol=1e-15, maxiter=100, tol_criterion="params")
    case = {
        "table": table, "family": family, "formula": ours, "weights": weights,
        "names": [n.replace("np.", "").replace(", Treatment('II')", "") for n in model.exog_names],
        "deviance": fit.deviance, "nullDeviance": fit.null_deviance, "rows": int(model.exog.shape[0]),
        "residualDegrees": float(fit.df_resid),
    }
    if family == "gaussian":
        ols = smf.ols(theirs or ours, frame).fit()
        fit_for_tests, case["logLikelihood"], case["aic"], case["bic"] = ols, ols.llf, ols.aic, ols.bic
        case["rSquared"] = ols.rsquared if ols.model.k_constant else None
    else:
        fit_for_tests, case["logLikelihood"], case["aic"] = fit, fit.llf, fit.aic
        case["bic"] = fit.bic_llf
        case["nullLogLikelihood"] = fit.llnull
        case["mcFadden"] = fit.pseudo_rsquared(kind="mcf")
    interval = fit_for_tests.conf_int()
    case |= {
        "estimate": fit_for_tests.params.tolist(), "standardError": fit_for_tests.bse.tolist(),
        "statistic": fit_for_tests.tvalues.tolist(), "p": fit_for_tests.pvalues.tolist(),
        "low": interval[0].tolist(), "high": interval[1].tolist(),
    }
    if "Intercept" in model.exog_names and not weights:
        case["vif"] = [variance_inflation_factor(model.exog, i) for i in range(1, model.exog.shape[1])]
    cases.append(case)
json.dump({"versions": {m.__name__: m.__version__ for m in (statsmodels, scipy, np, pd)}, "cases": cases}, sys.stdout, indent=1)
