// The recipe as a Jupyter notebook: the script in cells, with a paragraph before each step.
#include <cmath>
#include <initializer_list>
#include <string>

#include "core/base/foreign_text.h"
#include "core/base/json.h"
#include "core/base/version.h"
#include "core/export/python.h"
#include "core/export/python_export.h"
#include "core/export/python_program.h"
#include "core/pipeline/parameters.h"
#include "core/pipeline/recipe_options.h"

namespace floodlight {
namespace {

using namespace python_program;

/// The text as notebooks hold it: a list of lines, each but the last with its line end.
Json source(std::string_view text) {
  Json::Array list;
  while (text.ends_with('\n')) text.remove_suffix(1);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    list.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return list;
}

class Notebook {
 public:
  using Parts = std::initializer_list<std::string_view>;
  void say(std::string_view id, Parts text) { add(id, "markdown", text); }
  void code(std::string_view id, Parts text) { add(id, "code", text); }
  [[nodiscard]] Json::Array take() { return std::move(cells_); }

 private:
  void add(std::string_view id, std::string_view type, Parts parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    Json::Object cell;
    cell.emplace_back("cell_type", type);
    if (type == "code") cell.emplace_back("execution_count", nullptr);
    cell.emplace_back("id", id);
    cell.emplace_back("metadata", Json::Object{});
    if (type == "code") cell.emplace_back("outputs", Json::Array{});
    cell.emplace_back("source", source(text));
    cells_.emplace_back(std::move(cell));
  }
  Json::Array cells_;
};

std::string lines(const Recipe& recipe, Stage stage) { return python_lines(recipe, stage, PythonFor::program) + "\n"; }

/// Two of the variables side by side, each under its name.
std::string pictures(const std::string& left, const std::string& right) {
  return "double_image_plotter(" + left + ", " + right + ", \"" + left + "\", \"" + right + "\")\n";
}

std::string overlay(const std::string& labels) {
  return R"(overlay = skimage.color.label2rgb(
    )" + labels +
         R"(, image=skimage.exposure.rescale_intensity(raw_image, out_range=(0, 1)), bg_label=0)
double_image_plotter(raw_image, overlay, "raw_image", ")" +
         labels + R"( over raw_image")
)";
}

constexpr std::string_view plotter = R"(

def double_image_plotter(left, right, left_title, right_title):
    """Two images side by side, where matplotlib is installed."""
    if plt is None:
        return
    figure, axes = plt.subplots(1, 2, figsize=(12, 6))
    for axis, image, title in zip(axes, (left, right), (left_title, right_title)):
        axis.imshow(image, cmap="gray")
        axis.set_title(title)
        axis.axis("off")
    plt.show()
)";

std::string about(const Recipe& recipe, Stage stage) { return own_step(recipe, stage)->notebook(recipe); }

std::string title_of(const Recipe& recipe, Stage stage) { return std::string(recipe.mask_from->step(stage)->title); }

std::string about_refining(const Recipe& recipe) {
  if (recipe.refinements.empty()) return "This recipe leaves the mask as it is.";
  std::string text = "Repairs of the mask, in this order:\n";
  for (const auto& r : recipe.refinements) {
    text += "\n- " + std::string(r->label);
  }
  return text;
}

std::string_view about_seeds(const Recipe& recipe) {
  switch (recipe.seeds) {
    case SeedMethod::peaks:
      return "The summits of the distance transform lie in the middle of the nuclei. The window and the minimum "
             "distance say which summits count.";
    case SeedMethod::every_maximum:
      return "Every local maximum of the distance transform becomes a seed. Ragged outlines have several, so that a "
             "nucleus may be split.";
    case SeedMethod::by_hand:
      break;
  }
  return "The seeds were set by hand: (row, column) of each. They belong to this one image.";
}

}  // namespace

std::string notebook(const Recipe& recipe, std::string_view image_name) {
  Notebook book;
  book.say("title",
           {"# From an image to labelled nuclei\n\n"
            "Every nucleus gets its own whole number, and is measured. The steps and their parameters are those of a "
            "Floodlight recipe, and the labels are the same, pixel for pixel, with scikit-image 0.25.2 or later."});
  book.say("set-up", {"## 0 Set-up\n\nThe packages, a check of their versions, and the functions used below."});
  book.code("set-up-code", {"from pathlib import Path\n\n", imports(recipe), R"(
try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None  # everything is computed, and nothing is drawn

)",
                            version_check("ImportError"), "\n\n", python_functions(recipe), plotter});
  book.say("load",
           {"## 1 Load\n\nAn image is a grid of numbers. They are read as float32, in the camera's own units, so "
            "that every number below can be compared with them."});
  book.code("load-code", {"image_path = Path(", python_string(image_name), ")\n", lines(recipe, Stage::raw),
                          "print(raw_image.shape, raw_image.dtype, raw_image.min(), raw_image.max())\n"});
  book.say("filter", {"## 2 ", title_of(recipe, Stage::filtered), "\n\n", about(recipe, Stage::filtered)});
  book.code("filter-code", {lines(recipe, Stage::filtered), pictures("raw_image", "filtered_image")});
  book.say("threshold", {"## 3 ", title_of(recipe, Stage::mask), "\n\n", about(recipe, Stage::mask)});
  book.code("threshold-code",
            {set_up(recipe), lines(recipe, Stage::mask), "print(", recipe.mask_from->has_cutoff ? "threshold, " : "",
             "binary_mask.min(), binary_mask.max())\n", pictures("filtered_image", "binary_mask")});
  book.say("label",
           {"## 4 Label\n\nPixels that are connected, also over corners, get the same number. Nuclei that touch "
            "still share one."});
  book.code("label-code", {lines(recipe, Stage::components), R"(seg_summary = pd.DataFrame(
    skimage.measure.regionprops_table(labeled_image, properties=("label", "area")))
print(len(seg_summary), "objects")
)",
                           overlay("labeled_image")});
  book.say("refine", {"## 5 Refine\n\n", about_refining(recipe)});
  book.code("refine-code", {lines(recipe, Stage::refined), pictures("binary_mask", python_refined_mask(recipe))});
  book.say(
      "distance",
      {"### Distance transform\n\nHow far is each foreground pixel from the nearest background pixel? It turns the "
       "mask into mountains, one for each nucleus."});
  book.code("distance-code", {lines(recipe, Stage::distance), pictures("binary_mask", "distance_transform")});
  book.say("seeds", {"### Seeds\n\n", own_step(recipe, Stage::seeds) != nullptr ? about(recipe, Stage::seeds)
                                                                                : std::string(about_seeds(recipe))});
  book.code("seeds-code", {lines(recipe, Stage::seeds), "print(seeds.max(), \"seeds\")\n"});
  book.say("watershed", {"### Watershed\n\nThe ", floods_intensity(recipe) ? "filtered image" : "distance transform",
                         " is turned upside down and flooded from the seeds. Where two floods meet, two nuclei part."});
  book.code("watershed-code", {lines(recipe, Stage::labels), overlay("labeled_ws_image")});
  book.say("measure",
           {"### Measure\n\nOne row for each nucleus; lengths in pixels",
            std::isnan(recipe.pixel_size_um) ? "." : ", and in micrometres in the columns that end in `_um`."});
  book.code("measure-code", {lines(recipe, Stage::measurements), "seg_summary_refined\n"});
  book.say("save",
           {"### Save\n\nAs 32-bit unsigned whole numbers: uint8 would end at 255 nuclei. For many images, put these "
            "steps into a loop over `input_dir.glob(\"*.tif\")`, name each result after its image, and save it in "
            "another folder than the one that is read."});
  book.code("save-code", {R"(output_filepath = Path(f"{image_path.stem}_labeled.tif")
tifffile.imwrite(output_filepath, labeled_ws_image.astype("uint32"))
seg_summary_refined.to_csv(f"{image_path.stem}_measurements.csv", index=False)
print(len(seg_summary_refined), "nuclei:", output_filepath)
)"});
  Json::Object kernel;
  kernel.emplace_back("display_name", "Python 3");
  kernel.emplace_back("language", "python");
  kernel.emplace_back("name", "python3");
  Json::Object metadata;
  metadata.emplace_back("kernelspec", std::move(kernel));
  metadata.emplace_back("floodlight", recipe_to_json(recipe));
  metadata.emplace_back("floodlight_version", std::string(version()));
  Json::Object top;
  top.emplace_back("cells", book.take());
  top.emplace_back("metadata", std::move(metadata));
  top.emplace_back("nbformat", 4);
  top.emplace_back("nbformat_minor", 5);
  return write_json(std::move(top), 1) + "\n";
}

}  // namespace floodlight
