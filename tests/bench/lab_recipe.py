"""The lab's recipe with scikit-image, timed: lab_recipe.py FOLDER ROUNDS prints JSON. Called by lab_recipe.mjs."""

import json
import pathlib
import sys
import time
import warnings

import numpy as np
import scipy.ndimage
import skimage
import tifffile
from skimage import feature, filters, measure, morphology, segmentation

warnings.simplefilter("ignore")
folder, rounds = pathlib.Path(sys.argv[1]), int(sys.argv[2])
images = [tifffile.imread(path).astype("float32") for path in sorted(folder.glob("*.tif"))]


def run():
    stages = {}
    last = start = time.perf_counter()

    def done(stage):
        nonlocal last
        now = time.perf_counter()
        stages[stage] = stages.get(stage, 0) + 1000 * (now - last)
        last = now

    nuclei = 0
    for raw in images:
        filtered = filters.gaussian(raw, sigma=1)
        done("filtered")
        mask = filtered > filters.threshold_otsu(filtered)
        done("mask")
        measure.label(mask)
        done("components")
        refined = morphology.binary_closing(morphology.remove_small_objects(mask, min_size=11))
        done("refined")
        distance = scipy.ndimage.distance_transform_edt(refined)
        done("distance")
        peaks = feature.peak_local_max(distance, footprint=np.ones((25, 25)), min_distance=10)
        seed_image = np.zeros(refined.shape, dtype=bool)
        seed_image[tuple(peaks.T)] = True
        seeds = measure.label(seed_image)
        done("seeds")
        labels = segmentation.watershed(-distance, seeds, mask=refined)
        done("labels")
        measure.regionprops_table(labels, raw.astype("float64"), properties=(
            "label", "area", "centroid", "bbox", "mean_intensity", "max_intensity", "perimeter", "eccentricity",
            "solidity", "major_axis_length", "minor_axis_length", "orientation", "equivalent_diameter"))
        nuclei += len(np.unique(labels)) - 1
        done("measurements")
    return {"total": 1000 * (time.perf_counter() - start), "stages": stages, "nuclei": nuclei}


best = min((run() for _ in range(rounds)), key=lambda result: result["total"])
print(json.dumps({"version": skimage.__version__, **best}))
