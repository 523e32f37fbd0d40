"""The real tables that the statistics are tested on, as JSON columns (missing values are null).

GBSG2 (German breast cancer study) and NCCTG lung from lifelines (MIT), ten mean features of Wisconsin breast images (WDBC)
from scikit-learn (BSD). Run: python cancer_tables.py > cancer_tables.json (pip install lifelines scikit-learn).
"""
import json
import sys

import lifelines
import numpy as np
import sklearn
from lifelines.datasets import load_gbsg2, load_lung
from sklearn.datasets import load_breast_cancer


def columns(frame):
    out = {}
    for name in frame.columns:
        values = frame[name].tolist()
        out[name.replace(".", "_").replace(" ", "_")] = [
            None if isinstance(v, float) and np.isnan(v) else int(v) if isinstance(v, float) and v == int(v) else v for v in values
        ]
    return out


def tables():
    wdbc = load_breast_cancer(as_frame=True).frame
    kept = [c for c in wdbc.columns if c.startswith("mean ")]
    small = wdbc[kept].copy()
    small.columns = [c[5:].replace(" ", "_") for c in kept]
    small["malignant"] = 1 - wdbc["target"]
    return {"gbsg2": load_gbsg2(), "lung": load_lung(), "wdbc": small}


if __name__ == "__main__":
    json.dump(
        {"versions": {"lifelines": lifelines.__version__, "scikit-learn": sklearn.__version__},
         "tables": {name: columns(frame) for name, frame in tables().items()}},
        sys.stdout, separators=(",", ":"))
