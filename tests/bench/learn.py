"""Features and forests with scikit-image and scikit-learn, timed: learn.py FOLDER ROUNDS IMAGES prints JSON."""

import json
import os
import pathlib
import sys
import time
import warnings

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import numpy as np
import skimage
import sklearn
import tifffile
from skimage.feature import multiscale_basic_features
from sklearn.ensemble import RandomForestClassifier

warnings.simplefilter("ignore")
folder, rounds, count = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
images = [(tifffile.imread(path).astype("float32"), tifffile.imread(folder / "ground_truth" / path.name) > 0)
          for path in sorted(folder.glob("*.tif"))[:count]]


def run():
    sums = {"features": 0, "fit": 0, "predict": 0}
    for image, truth in images:
        start = time.process_time()
        features = multiscale_basic_features(image, num_workers=1)
        derived = time.process_time()
        rows = features.reshape(-1, features.shape[-1])
        samples, classes = rows[::181], truth.ravel()[::181]
        ready = time.process_time()
        forest = RandomForestClassifier(20, max_depth=10, random_state=0, n_jobs=None).fit(samples, classes)
        fitted = time.process_time()
        forest.predict_proba(rows)
        predicted = time.process_time()
        sums["features"] += 1000 * (derived - start)
        sums["fit"] += 1000 * (fitted - ready)
        sums["predict"] += 1000 * (predicted - fitted)
    return sums


runs = [run() for _ in range(rounds)]
best = {key: min(r[key] for r in runs) for key in runs[0]}
print(json.dumps({"versions": f"scikit-image {skimage.__version__}, scikit-learn {sklearn.__version__}", **best}))
