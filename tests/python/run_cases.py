"""Runs exported Python with the scikit-image that is installed, and compares with what Floodlight gives.

    python3 run_cases.py FOLDER      FOLDER as floodlight_python_cases writes it

Prints a line for each test: "ok NAME" or "not ok NAME: reason".
"""

import contextlib
import io
import json
import os
import runpy
import shutil
import sys
import traceback
import warnings
from pathlib import Path

os.environ["MPLBACKEND"] = "Agg"

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import scipy.ndimage
import skimage
import skimage.color
import skimage.feature
import skimage.measure
import skimage.morphology
import skimage.segmentation
import tifffile


def differing_labels(found, expected):
    """Why two label images are not the same, or nothing."""
    if found.shape != expected.shape or found.dtype != np.uint32:
        return f"{found.dtype} {found.shape} instead of uint32 {expected.shape}"
    pixels = np.argwhere(found != expected)
    if len(pixels) == 0:
        return None
    row, col = pixels[0]
    return (
        f"{len(pixels)} of {expected.size} label pixels differ, the first at row {row}, column {col}: "
        f"{found[row, col]} instead of {expected[row, col]}"
    )


def differing_tables(found, expected):
    """Why the table lacks something of what is expected, or nothing."""
    if len(found) != len(expected):
        return f"{len(found)} rows of measurements instead of {len(expected)}"
    for column in expected.columns:
        pair = (table[column].to_numpy("float64") for table in (found, expected))
        # A length that is 0 is the root of what rounding leaves, which differs.
        wrong = ~np.isclose(*pair, rtol=1e-9, atol=1e-7)
        if wrong.any():
            row = int(np.argmax(wrong))
            return f"{column} of row {row} is {found[column].iloc[row]} instead of {expected[column].iloc[row]}"
    return None


def same(name, folder, result_folder, stem, measurements):
    reason = differing_labels(
        tifffile.imread(result_folder / f"{stem}_labeled.tif"), tifffile.imread(folder / "expected" / f"{stem}.tif")
    )
    expected = pd.read_csv(folder / "expected" / f"{stem}.csv")
    if reason is None:
        reason = differing_tables(measurements, expected)
    assert reason is None, f"{stem}: {reason}"


def run(program, *arguments):
    """A program as if it were called from the command line; gives what it printed."""
    printed = io.StringIO()
    saved = sys.argv
    sys.argv = [str(program), *map(str, arguments)]
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(str(program), run_name="__main__")
    finally:
        sys.argv = saved
    return printed.getvalue()


def script(folder, work, by_argument):
    if by_argument:
        shutil.copytree(folder / "images", work / "elsewhere")
        run(folder / "script.py", work / "elsewhere" / "a.tif")
    else:
        run(folder / "script.py")
    same("script", folder, work, "a", pd.read_csv(work / "a_measurements.csv"))


def loop(folder, work, by_argument):
    output = work / "labels"
    if by_argument:
        output = work / "results" / "today"
        run(folder / "loop.py", folder / "images", output)
    else:
        run(folder / "loop.py")
    table = pd.read_csv(output / "measurements.csv")
    assert list(dict.fromkeys(table["file"])) == sorted(set(table["file"]))
    for stem in ("a", "b"):
        same("loop", folder, output, stem, table[table["file"] == f"{stem}.tif"])


def notebook(folder, work, with_figures):
    book = nbformat.read(folder / "notebook.ipynb", as_version=4)
    nbformat.validate(book)
    saved = sys.modules.get("matplotlib.pyplot")
    if not with_figures:
        sys.modules["matplotlib.pyplot"] = None
    try:
        names = {}
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in book.cells:
                if cell.cell_type == "code":
                    exec(compile(cell.source, f"cell {cell.id}", "exec"), names)
        figures = plt.get_fignums()
        assert bool(figures) == with_figures, f"{len(figures)} figures"
        for number in figures:
            plt.figure(number).canvas.draw()
    finally:
        sys.modules["matplotlib.pyplot"] = saved
        plt.close("all")
    same("notebook", folder, work, "a", pd.read_csv(work / "a_measurements.csv"))


def refusal(program, *arguments):
    try:
        run(program, *arguments)
    except SystemExit as exit:
        return str(exit)
    raise AssertionError("it ran")


def old_versions_are_refused(folder, work):
    for module, version in ((skimage, "0.25.1"), (skimage, "0.24.0rc1"), (np, "1.26.4")):
        current = module.__version__
        module.__version__ = version
        try:
            for program in ("script.py", "loop.py"):
                said = refusal(folder / program)
                assert "needs scikit-image 0.25.2 or later" in said and version in said, said
        finally:
            module.__version__ = current
    assert not any(work.glob("*_labeled.tif"))


def results_among_the_images_are_refused(folder, work):
    for output in (folder / "images", folder / "images" / "labels"):
        said = refusal(folder / "loop.py", folder / "images", output)
        assert "would take the labels for images" in said, said
    assert sorted(path.name for path in (folder / "images").iterdir()) == ["a.tif", "b.tif"]


def a_folder_without_images_is_refused(folder, work):
    (work / "empty").mkdir()
    assert "There is no *.tif in" in refusal(folder / "loop.py", work / "empty", work / "out")


def layout(folder, work, program):
    """Typed, and as the programs do it: the pixels that the app reads, bit for bit."""
    names = {"np": np, "tifffile": tifffile, "image_path": folder / "image.tif"}
    exec(compile((folder / program).read_text(), str(folder / program), "exec"), names)
    found = names["raw_image"]
    expected = tifffile.imread(folder / "expected.tif")
    assert found.dtype == np.float32 and found.shape == expected.shape, f"{found.dtype} {found.shape}"
    assert found.tobytes() == expected.tobytes(), f"{np.count_nonzero(found != expected)} pixels differ"


def bad_files_do_not_stop_the_loop(folder, work):
    (work / "mixed").mkdir()
    good = (folder / "images" / "a.tif").read_bytes()
    (work / "mixed" / "a.tif").write_bytes(good)
    (work / "mixed" / "cut.tif").write_bytes(good[: len(good) // 2])
    (work / "mixed" / "z.tif").write_bytes(good)
    (work / "mixed" / "._a.tif").write_bytes(bytes.fromhex("00051607 00020000") + b"Mac OS X" + bytes(74))
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors):
        said = refusal(folder / "loop.py", work / "mixed", work / "out")
    assert "1 of 3 images failed" in said, said
    assert "cut.tif: " in errors.getvalue() and "a.tif: " not in errors.getvalue(), errors.getvalue()
    table = pd.read_csv(work / "out" / "measurements.csv")
    assert list(dict.fromkeys(table["file"])) == ["a.tif", "z.tif"]
    assert sorted(path.name for path in (work / "out").iterdir()) == [
        "a_labeled.tif",
        "measurements.csv",
        "z_labeled.tif",
    ]


def pixels_that_lie_behind_the_end_are_refused(folder, work):
    """Strips that the file does not hold are no zeros."""
    tifffile.imwrite(work / "whole.tif", np.full((64, 64), 7, "uint16"), rowsperstrip=8, compression="zlib")
    whole = (work / "whole.tif").read_bytes()
    with tifffile.TiffFile(work / "whole.tif") as tif:
        end = tif.pages[0].dataoffsets[-1]
        assert tif.pages[0].offset < end  # the directory survives the cut
    (work / "cut.tif").write_bytes(whole[:end])
    try:
        run(folder / "script.py", work / "cut.tif")
    except ValueError as problem:
        assert "cut off" in str(problem), problem
        return
    raise AssertionError("it ran")


def wrong_results_are_noticed(folder, work):
    run(folder / "script.py")
    expected = tifffile.imread(folder / "expected" / "a.tif")
    good = pd.read_csv(work / "a_measurements.csv")
    same("", folder, work, "a", good)
    wrong = expected.copy()
    wrong[5, 7] += 1
    assert "1 of" in differing_labels(wrong, expected)
    assert differing_labels(expected.astype("uint16"), expected) is not None
    assert differing_labels(expected[1:], expected) is not None
    bad = good.copy()
    bad.loc[1, "perimeter"] += 1e-3
    assert "perimeter of row 1" in differing_tables(bad, good)
    tifffile.imwrite(work / "a_labeled.tif", wrong)
    try:
        same("", folder, work, "a", good)
    except AssertionError:
        return
    raise RuntimeError("a wrong label image passed")


def main():
    top = Path(sys.argv[1]).resolve()
    failed = 0
    print(f"# scikit-image {skimage.__version__}, numpy {np.__version__}, scipy {scipy.__version__}", flush=True)

    def check(name, folder, test, *arguments):
        nonlocal failed
        work = top / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        # The programs name images/a.tif, images and painted, as seen from where they run.
        for part in ("images", "painted"):
            if (folder / part).exists():
                (work / part).symlink_to(folder / part)
        os.chdir(work)
        try:
            with warnings.catch_warnings():
                for deprecation in (DeprecationWarning, FutureWarning):
                    warnings.simplefilter("error", deprecation)
                warnings.filterwarnings("ignore", message="FigureCanvasAgg is non-interactive")
                test(folder, work, *arguments)
            print(f"ok {name}", flush=True)
        except (Exception, SystemExit) as error:
            failed += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            print(f"not ok {name}: {reason} ({where.filename}, line {where.lineno}: {where.line})", flush=True)

    cases = sorted(top.glob("case_*"))
    for test in (
        wrong_results_are_noticed,
        old_versions_are_refused,
        results_among_the_images_are_refused,
        a_folder_without_images_is_refused,
        bad_files_do_not_stop_the_loop,
        pixels_that_lie_behind_the_end_are_refused,
    ):
        check(test.__name__, cases[0], test)
    for number, folder in enumerate(cases):
        check(f"{folder.name} script", folder, script, number % 2 == 1)
        check(f"{folder.name} loop", folder, loop, number % 2 == 1)
        check(f"{folder.name} notebook", folder, notebook, number % 8 == 0)
    for folder in sorted(top.glob("layout_*")):
        for program in ("typed.py", "program.py"):
            check(f"{folder.name} {program}", folder, layout, program)
    print("# done")
    sys.exit(1 if failed else 0)


main()
