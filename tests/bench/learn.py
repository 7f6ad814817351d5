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
images = [tifffile.imread(path).astype("float32") for path in sorted(folder.glob("*.tif"))[:count]]


def run():
    sums = {"features": 0, "fit": 0, "predict": 0}
    for image in images:
        times = [time.perf_counter()]
        features = multiscale_basic_features(image, num_workers=1)
        times.append(time.perf_counter())
        rows = features.reshape(-1, features.shape[-1])
        labels = image.ravel() > np.median(image)
        samples, classes = rows[::181], labels[::181]
        start = time.perf_counter()
        forest = RandomForestClassifier(20, max_depth=10, random_state=0, n_jobs=None).fit(samples, classes)
        fitted = time.perf_counter()
        forest.predict_proba(rows)
        predicted = time.perf_counter()
        sums["features"] += 1000 * (times[1] - times[0])
        sums["fit"] += 1000 * (fitted - start)
        sums["predict"] += 1000 * (predicted - fitted)
    return sums


runs = [run() for _ in range(rounds)]
best = {key: min(r[key] for r in runs) for key in runs[0]}
print(json.dumps({"versions": f"scikit-image {skimage.__version__}, scikit-learn {sklearn.__version__}", **best}))
