"""Golden values for the text reader: what pandas reads from the same text (NumPy for the statistics).

Run from the repository root with ../shared present: python test/golden/csv-golden.py > test/golden/csv-golden.json
Only statistics and a few values of the real files are kept, none of the files themselves.
"""

import io
import json
import os

import numpy as np
import pandas

SHARED = os.path.join("..", "shared", "data")
PICKED = [0, 1, 2, 777, -1]


def facts(values):
    column = np.asarray(values, dtype=np.float32).astype(np.float64)
    return {
        "count": int(column.size),
        "nan": int(np.isnan(column).sum()),
        "sum": float(np.nansum(column)),
        "sumOfSquares": float(np.nansum(column**2)),
        "picked": [None if np.isnan(column[i]) else float(column[i]) for i in PICKED],
    }


def generated():
    """The text comes from a rule that the test repeats: x = ((i * 7919) % 20011 - 10005) / 3 ** (i % 5)."""
    rows = []
    for i in range(3000):
        x = ((i * 7919) % 20011 - 10005) / 3 ** (i % 5)
        rows.append("%d;%s;%s" % (i, repr(x).replace(".", ","), "" if i % 97 == 5 else ("%.6e" % (x / 7)).replace(".", ",")))
    text = "n;a;b\r\n" + "\r\n".join(rows) + "\r\n"
    frame = pandas.read_csv(io.StringIO(text), sep=";", decimal=",")
    return {"a": facts(frame["a"]), "b": facts(frame["b"])}


def real():
    adi = pandas.read_csv(
        os.path.join(SHARED, "adi_limerick", "Data_ADXL356C", "1800_HIR_GS_BaLo_WA_11lb.Wfm.csv.gz"),
        sep=";", header=None, usecols=[0, 1, 2, 3], names=list(range(7)),
    )
    femto = pandas.read_csv(os.path.join(SHARED, "femto", "Learning_set", "Bearing3_2", "acc_00082.csv"), header=None)
    return {"adi": [facts(adi[c]) for c in (1, 2, 3)], "femto": [facts(femto[c]) for c in (4, 5)]}


print(json.dumps({"pandas": pandas.__version__, "generated": generated(), "real": real()}, indent=1))
