"""Writes rows.json, from the folder that `floodlight samples --out FOLDER` has written: python3 rows.py FOLDER > rows.json"""
import hashlib
import json
import pathlib
import sys

import numpy
import scipy
import skimage
import tifffile
from skimage.filters import difference_of_gaussians, threshold_local

SAMPLES = ("lecture_grid", "small_field", "case_20_photons", "case_uneven")
SIGMAS = ((0.1, 0.1), (0.5, 2), (1, 10), (2, 20), (3, 3))
BLOCKS = ((3, 0), (9, 0), (51, -2.3), (101, 0), (201, 5), (501, 0))  # side, offset


def digest(array):
    little = numpy.ascontiguousarray(array.astype("<f4"))
    return {"dtype": "float32", "shape": list(array.shape), "sha256": hashlib.sha256(little.tobytes()).hexdigest()}


def references(image):
    for low, high in SIGMAS:
        yield f"difference_of_gaussians_{low:g}_{high:g}", difference_of_gaussians(image, low, high)
    for side, offset in BLOCKS:
        yield f"threshold_local_{side}_{offset:g}", threshold_local(image, side, offset=offset)


images = {}
for name in SAMPLES:
    pixels = tifffile.imread(pathlib.Path(sys.argv[1]) / f"{name}.tif").astype("float32")
    images[name] = {entry: digest(array) for entry, array in references(pixels)}
versions = {"scikit-image": skimage.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__}
print(json.dumps({**versions, "images": images}, indent=1))
