"""Reference values for SurvivalTests from lifelines: python survival_lifelines.py > survival_lifelines.json

Packages: lifelines 0.30.3 (its own copies of GBSG2 and of the lung data), pandas."""
import json
import lifelines
from lifelines import CoxPHFitter, KaplanMeierFitter, NelsonAalenFitter
from lifelines.datasets import load_gbsg2, load_lung
from lifelines.statistics import logrank_test, multivariate_logrank_test

gbsg, lung = load_gbsg2(), load_lung()
yes, no = gbsg[gbsg.horTh == "yes"], gbsg[gbsg.horTh == "no"]
tests = {
    name: float(logrank_test(yes.time, no.time, yes.cens, no.cens, weightings=weight).test_statistic)
    for name, weight in [("logRank", None), ("wilcoxon", "wilcoxon"), ("taroneWare", "tarone-ware")]
}
institutions = lung.dropna(subset=["inst"])
km = KaplanMeierFitter().fit(yes.time, yes.cens)
limits = km.confidence_interval_
times = [float(t) for t in km.event_table.index[km.event_table.observed > 0]]
frame = lung.dropna(subset=["inst", "ph.ecog"])[["time", "status", "age", "sex", "ph.ecog"]]
cox = CoxPHFitter().fit(frame, "time", "status", fit_options={"precision": 1e-12})
print(json.dumps({
    "versions": {"lifelines": lifelines.__version__},
    "tests": tests,
    "institutions": float(multivariate_logrank_test(institutions.time, institutions.inst, institutions.status).test_statistic),
    "yes": {
        "time": times,
        "survival": [float(km.survival_function_.loc[t].iloc[0]) for t in times],
        "lower": [float(limits.loc[t].iloc[0]) for t in times],
        "upper": [float(limits.loc[t].iloc[1]) for t in times],
        "median": float(km.median_survival_time_),
    },
    "lung": {
        "beta": [float(v) for v in cox.params_], "se": [float(v) for v in cox.standard_errors_],
        "loglik": float(cox.log_likelihood_), "concordance": float(cox.concordance_index_),
    },
}))
