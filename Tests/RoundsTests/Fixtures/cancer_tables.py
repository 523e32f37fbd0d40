"""The real tables that the reference values are made from: the other scripts import it.

GBSG2 (German breast cancer study) and NCCTG lung from lifelines, ten mean features of Wisconsin breast images (WDBC) from
scikit-learn.
"""
from lifelines.datasets import load_gbsg2, load_lung
from sklearn.datasets import load_breast_cancer


def tables():
    wdbc = load_breast_cancer(as_frame=True).frame
    kept = [c for c in wdbc.columns if c.startswith("mean ")]
    small = wdbc[kept].copy()
    small.columns = [c[5:].replace(" ", "_") for c in kept]
    small["malignant"] = 1 - wdbc["target"]
    return {"gbsg2": load_gbsg2(), "lung": load_lung(), "wdbc": small}
