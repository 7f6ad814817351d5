#include "core/export/python_export.h"

#include "core/base/foreign_text.h"
#include "core/base/json.h"
#include "core/base/version.h"
#include "core/export/python.h"
#include "core/export/python_program.h"
#include "core/files/output_name.h"

namespace floodlight {

namespace python_program {

std::string imports(const Recipe& recipe) {
  const MaskProgram* own = recipe.mask_from->program;
  return R"(import numpy as np
import pandas as pd
import scipy.ndimage
import skimage
import tifffile
from packaging.version import Version
)" + (own == nullptr ? std::string() : std::string(own->imports));
}

std::string set_up(const Recipe& recipe) {
  const MaskProgram* own = recipe.mask_from->program;
  return own == nullptr ? std::string() : own->set_up(recipe);
}

std::string version_check(std::string_view exception) {
  return R"(skimage_version = Version(skimage.__version__).release
if skimage_version < (0, 25, 2) or Version(np.__version__).release < (2,):
    raise )" +
         std::string(exception) + R"((
        f"This needs scikit-image 0.25.2 or later with numpy 2 or later; here are scikit-image "
        f"{skimage.__version__} and numpy {np.__version__}. Upgrade with: pip install --upgrade scikit-image numpy"
    )
)";
}

std::string indented(std::string_view lines) {
  std::string result;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] != '\n' && (i == 0 || lines[i - 1] == '\n')) result += "    ";
    result += lines[i];
  }
  return result;
}

}  // namespace python_program

namespace {

using namespace python_program;

std::string lines(const Recipe& recipe, Stage stage) { return python_lines(recipe, stage, PythonFor::program) + "\n"; }

/// From the file to the table, in the order in which data flows; a comment begins each step.
std::string steps(const Recipe& recipe, bool compare) {
  std::string text = "# Load\n" + lines(recipe, Stage::raw);
  for (const MaskStep& step : recipe.mask_from->steps)
    text += "\n# " + std::string(step.title) + "\n" + lines(recipe, step.stage);
  if (compare) {
    text += "\n# Label: nuclei that touch still count as one\n" + lines(recipe, Stage::components) + "print(f\"" +
            (recipe.mask_from->has_cutoff ? "Threshold {threshold}: " : "") +
            "{labeled_image.max()} objects before the watershed\")\n";
  }
  return text + "\n# Refine\n" + lines(recipe, Stage::refined) + "\n# Distance transform\n" +
         lines(recipe, Stage::distance) + "\n# Seeds\n" + lines(recipe, Stage::seeds) + "\n# Watershed\n" +
         lines(recipe, Stage::labels) + "\n# Measure\n" + lines(recipe, Stage::measurements);
}

std::string recipe_comment(const Recipe& recipe) {
  return "\n# The recipe, as Floodlight opens it:\n# " + write_json(recipe_to_json(recipe)) + "\n\n\n";
}

std::string needs(const Recipe& recipe) {
  const MaskProgram* own = recipe.mask_from->program;
  const std::string package = own == nullptr ? "" : std::string(own->package);
  return "Needs scikit-image 0.25.2 or later, numpy 2 or later, pandas" +
         (package.empty() ? " and tifffile" : ", tifffile and " + package) + R"(:
    pip install --upgrade scikit-image numpy pandas tifffile)" +
         (package.empty() ? "" : " " + package) + R"(
"""
)";
}

/// What comes before the first image, and an empty line.
std::string once(const Recipe& recipe) {
  const std::string text = set_up(recipe);
  return text.empty() ? text : text + "\n";
}

/// The name of a result: an f-string in which the stem stands for every `{stem}`.
std::string name_of_result(std::string_view pattern) {
  constexpr std::string_view place = "{stem}";
  std::string text = "f\"";
  while (true) {
    const std::size_t at = pattern.find(place);
    const std::string part = python_string(pattern.substr(0, at), true);
    text += part.substr(1, part.size() - 2);
    if (at == std::string_view::npos) return text + "\"";
    text += "{image_path.stem}";
    pattern.remove_prefix(at + place.size());
  }
}

}  // namespace

std::string python_script(const Recipe& recipe, std::string_view image_name) {
  return R"("""The nuclei of one image: its labels and measurements, as Floodlight )" + std::string(version()) +
         R"( computes them.

    python SCRIPT.py [IMAGE.tif]

Saves {stem}_labeled.tif (uint32) and {stem}_measurements.csv in the current folder.
)" + needs(recipe) +
         R"(
import sys
from pathlib import Path

)" + imports(recipe) +
         "\nimage_path = Path(" + python_string(image_name) + R"()
if len(sys.argv) > 1:
    image_path = Path(sys.argv[1])

)" + version_check("SystemExit") +
         recipe_comment(recipe) + python_functions(recipe) + "\n\n" + once(recipe) + steps(recipe, true) + R"(
# Save
output_filepath = Path()" +
         name_of_result(default_output_pattern) + R"()
tifffile.imwrite(output_filepath, labeled_ws_image.astype("uint32"))
seg_summary_refined.to_csv(f"{image_path.stem}_measurements.csv", index=False)
print(f"{len(seg_summary_refined)} nuclei: {output_filepath}")
)";
}

std::string python_loop(const Recipe& recipe, std::string_view pattern) {
  return R"("""The nuclei of all images of a folder: their labels and measurements, as Floodlight )" +
         std::string(version()) + R"( computes them.

    python SCRIPT.py [INPUT_FOLDER [OUTPUT_FOLDER]]

Saves a label image (uint32) for each *.tif, and measurements.csv for all of them.
)" + needs(recipe) +
         R"(
import sys
from pathlib import Path

)" + imports(recipe) +
         R"(
input_dir = Path("images")
output_dir = Path("labels")  # not in input_dir: the next run would take the labels for images
if len(sys.argv) > 1:
    input_dir = Path(sys.argv[1])
if len(sys.argv) > 2:
    output_dir = Path(sys.argv[2])

)" + version_check("SystemExit") +
         recipe_comment(recipe) + python_functions(recipe) + R"(

def segment(image_path):
    """The label image of one file, and a table with a row for each nucleus."""
)" + indented(steps(recipe, false)) +
         R"(    return labeled_ws_image, seg_summary_refined


if output_dir.resolve().is_relative_to(input_dir.resolve()):
    raise SystemExit(f"{output_dir} lies in {input_dir}: the next run would take the labels for images.")
output_dir.mkdir(parents=True, exist_ok=True)
)" + once(recipe) +
         R"(seg_summaries = []
failures = 0
for image_path in sorted(input_dir.glob("*.tif")):
    if image_path.name.startswith("."):
        continue  # what a Mac leaves beside its files is no image
    try:
        labeled_ws_image, seg_summary_refined = segment(image_path)
    except Exception as problem:  # a bad file must not stop the others
        print(f"{image_path.name}: {problem}", file=sys.stderr)
        failures += 1
        continue
    output_filepath = output_dir / )" +
         name_of_result(pattern) + R"(
    tifffile.imwrite(output_filepath, labeled_ws_image.astype("uint32"))
    print(f"{image_path.name}: {len(seg_summary_refined)} nuclei: {output_filepath}")
    seg_summary_refined.insert(0, "file", image_path.name)
    seg_summaries.append(seg_summary_refined)
if seg_summaries:
    pd.concat(seg_summaries).to_csv(output_dir / "measurements.csv", index=False)
elif not failures:
    raise SystemExit(f"There is no *.tif in {input_dir}.")
if failures:
    raise SystemExit(f"{failures} of {failures + len(seg_summaries)} images failed; the others are done.")
)";
}

}  // namespace floodlight
