"""Design matrices by patsy, for formulas over a small table. Run: python design.py > design.json (pip install patsy pandas)."""
import json

import numpy as np
import pandas as pd
import patsy

table = pd.DataFrame({
    "x": [1.0, 2.5, -3.0, 4.0, 0.5, 7.0, 2.0, 9.0, 1.5, 6.0, 3.5, 8.0],
    "z": [0.1, 0.7, 1.3, 2.9, 3.1, 0.2, 5.5, 1.1, 0.9, 2.2, 4.4, 3.3],
    "stage": ["I", "II", "III", "I", "II", "III", "I", "II", "III", "I", "II", "III"],
    "arm": ["no", "yes", "no", "no", "yes", "yes", "yes", "no", "no", "yes", "no", "yes"],
    "grade": [1, 2, 3, 3, 2, 1, 1, 2, 3, 2, 1, 3],
})

# Ours, then what patsy is given where the spelling differs.
formulas = [
    ("~ x", None), ("~ x + z - 1", None), ("~ 0 + x", None), ("~ stage", None), ("~ stage - 1", None),
    ("~ x + C(stage) + z", None), ("~ arm * stage", None), ("~ arm:stage", None), ("~ arm:stage - 1", None),
    ("~ 0 + arm + stage", None), ("~ x:stage", None), ("~ x:stage + x", None), ("~ stage / x", None),
    ("~ (x + z + arm)**2", None), ("~ (arm + stage) * x - x", None), ("~ arm + arm:stage", None),
    ("~ stage:x + arm:stage:x + arm", None), ("~ x * z * arm - 1", None), ("~ x + x:z + I(x ** 2) + z", None),
    ("~ log(z) + sqrt(z) * arm", "~ np.log(z) + np.sqrt(z) * arm"),
    ("~ C(stage, ref='II') + x", "~ C(stage, Treatment('II')) + x"),
    ("~ C(grade, levels=[1, 2, 3])", "~ C(grade)"),
    ("~ C(grade, ref=3, levels=[1, 2, 3]) * x", "~ C(grade, Treatment(3)) * x"),
    ("~ I(stage == 'II') + I((x > 2) * z / 2 - 1)", "~ I(1.0*(stage == 'II')) + I((x > 2) * z / 2 - 1)"),
]
cases = []
for ours, theirs in formulas:
    matrix = patsy.dmatrix(theirs or ours, table)
    names = [name.replace("np.", "").replace("I(1.0 * (stage == 'II'))", "I(stage == 'II')")
             .replace(", Treatment('II')", "").replace(", Treatment(3)", "") for name in matrix.design_info.column_names]
    cases.append({"formula": ours, "columns": names, "rows": np.asarray(matrix).tolist()})
json.dump({"versions": {"patsy": patsy.__version__}, "table": table.to_dict("list"), "cases": cases}, __import__("sys").stdout)
