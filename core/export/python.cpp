#include "core/export/python.h"

#include <algorithm>
#include <cmath>

#include "core/base/json.h"
#include "core/pipeline/parameters.h"
#include "core/pipeline/recipe_options.h"
#include "core/segment/repairs.h"
#include "core/segment/row.h"

namespace floodlight {
namespace {

std::string call_of(std::string_view key, const Recipe& recipe) {
  return std::string(current_choice(recipe_parameter(key), recipe).python);
}

std::string keyword(std::string_view key, const Recipe& recipe) {
  const auto& p = recipe_parameter(key);
  const double value = p.get(recipe);
  const std::string text = p.kind == ParameterKind::toggle   ? (value != 0 ? "True" : "False")
                           : p.kind == ParameterKind::choice ? std::string(current_choice(p, recipe).python)
                                                             : shortest(value);
  return std::string(p.python) + "=" + text;
}

std::string ones(int side) { return "np.ones((" + std::to_string(side) + ", " + std::to_string(side) + "))"; }

// The sum in Floodlight's order: in double, from red to blue.
std::string luminance(const std::string& rgb, bool planar) {
  const auto plane = [&](const std::string& index) {
    return rgb + (planar ? "[" + index + "]" : "[..., " + index + "]");
  };
  return "0.2125 * " + plane("0") + " + 0.7154 * " + plane("1") + " + 0.0721 * " + plane("2");
}

std::string page_key(const Recipe& recipe) { return keyword("input.page", recipe); }

/// What reads the page at hand with all its channels.
std::string read_page(const Recipe& recipe, const TiffPage& page) {
  if (page.kept == PagesKept::stack && recipe.page > 0) {
    // tifffile gives such a stack as one array; a page has no key.
    const std::string channels = page.samples > 1 ? ", " + std::to_string(page.samples) : "";
    return "tifffile.imread(image_path).reshape(-1, " + std::to_string(page.rows) + ", " + std::to_string(page.cols) +
           channels + ")[" + std::to_string(recipe.page) + "]";
  }
  const bool keyed = recipe.page != 0 || page.kept != PagesKept::alone;
  return "tifffile.imread(image_path" + (keyed ? ", " + page_key(recipe) : std::string()) + ")";
}

std::string raw_lines(const Recipe& recipe, PythonFor what, const TiffPage& page) {
  const bool automatic = recipe.channel == Channel::automatic;
  std::string text;
  if (what == PythonFor::program) {
    text = "raw_image = load_image(image_path)";
  } else if (automatic && page.rgb) {
    text = "rgb = " + read_page(recipe, page) + ".astype(\"float64\")\nraw_image = (" + luminance("rgb", page.planar) +
           ").astype(\"float32\")";
  } else {
    text = "raw_image = " + read_page(recipe, page);
    if (page.samples > 1) {
      const std::string channel = automatic ? "0" : call_of("input.channel", recipe);
      text += page.planar ? "[" + channel + "]" : "[..., " + channel + "]";
    }
    text += ".astype(\"float32\")";
  }
  if (recipe.nonfinite_as_zero) text += "\nraw_image = np.nan_to_num(raw_image, nan=0, posinf=0, neginf=0)";
  return text;
}

std::string refine_lines(const Recipe& recipe, PythonFor what) {
  std::string text;
  std::string mask = "binary_mask";
  for (const auto& r : recipe.refinements) {
    const bool own_function = what == PythonFor::program && !r->python_program.empty();
    const std::string result = "binary_mask" + std::string(r->python_suffix);
    if (!text.empty()) text += "\n";
    text +=
        result + " = " + row_text(own_function ? r->python_program : r->python, r, FilledFor::python, {{"mask", mask}});
    mask = result;
  }
  return text.empty() ? "# binary_mask stays as it is" : text;
}

std::string seed_lines(const Recipe& recipe) {
  std::string coordinates;
  const std::string call = "skimage.feature.peak_local_max(distance_transform, ";
  switch (recipe.seeds) {
    case SeedMethod::peaks:
      coordinates = call + "footprint=" + ones(recipe.window) + ", " + keyword("seeds.min_distance", recipe);
      if (!recipe.exclude_border) coordinates += ", " + keyword("seeds.exclude_border", recipe);
      if (!std::isnan(recipe.threshold_abs)) coordinates += ", " + keyword("seeds.threshold_abs", recipe);
      coordinates += ")";
      break;
    case SeedMethod::every_maximum:
      coordinates = call + "min_distance=1, exclude_border=False)";
      break;
    case SeedMethod::by_hand:
      coordinates = "np.array([";
      for (std::size_t i = 0; i < recipe.seeds_by_hand.size(); ++i) {
        const Pixel p = recipe.seeds_by_hand[i];
        coordinates += (i > 0 ? ", [" : "[") + std::to_string(p.row) + ", " + std::to_string(p.col) + "]";
      }
      coordinates += "], dtype=int).reshape(-1, 2)";
      break;
  }
  return "local_maxima_coords = " + coordinates +
         "\nlocal_maxima_image = np.zeros(binary_mask.shape, dtype=bool)"
         "\nlocal_maxima_image[tuple(local_maxima_coords.T)] = True"
         "\nseeds = skimage.measure.label(local_maxima_image)";
}

std::string watershed_lines(const Recipe& recipe) {
  std::string text = "labeled_ws_image = skimage.segmentation.watershed(-" + call_of("watershed.flooded", recipe) +
                     ", seeds, mask=" + python_refined_mask(recipe);
  if (recipe.connectivity != Connectivity::four) text += ", " + keyword("watershed.neighbours", recipe);
  if (recipe.line) text += ", " + keyword("watershed.line", recipe);
  if (recipe.compactness > 0) text += ", " + keyword("watershed.compactness", recipe);
  return text + ")";
}

std::string measure_lines(const Recipe& recipe) {
  std::string text =
      "seg_summary_refined = pd.DataFrame(skimage.measure.regionprops_table(\n"
      "    labeled_ws_image, intensity_image=raw_image.astype(\"float64\"), properties=(\"label\", \"area\",\n"
      "    \"centroid\", \"bbox\", \"intensity_mean\", \"intensity_max\", \"perimeter\", \"eccentricity\", "
      "\"solidity\",\n"
      "    \"axis_major_length\", \"axis_minor_length\", \"orientation\", \"equivalent_diameter_area\")))";
  if (std::isnan(recipe.pixel_size_um)) return text;
  if (!pixel_size(recipe).square()) {
    // A perimeter in micrometres is defined for square pixels only.
    return text + "\npixel_size_um = (" + shortest(recipe.pixel_height_um) + ", " + shortest(recipe.pixel_size_um) +
           ")  # height, width"
           "\nsummary_um = pd.DataFrame(skimage.measure.regionprops_table(\n"
           "    labeled_ws_image, spacing=pixel_size_um, properties=(\"area\", \"axis_major_length\",\n"
           "    \"axis_minor_length\", \"equivalent_diameter_area\", \"eccentricity\", "
           "\"orientation\"))).add_suffix(\"_um\")"
           "\nseg_summary_refined = seg_summary_refined.join(summary_um.rename(columns={\"area_um\": \"area_um2\"}))";
  }
  return text + "\npixel_size_um = " + shortest(recipe.pixel_size_um) +
         "\nseg_summary_refined[\"area_um2\"] = seg_summary_refined[\"area\"] * pixel_size_um**2"
         "\nfor length in (\"perimeter\", \"axis_major_length\", \"axis_minor_length\", "
         "\"equivalent_diameter_area\"):"
         "\n    seg_summary_refined[length + \"_um\"] = seg_summary_refined[length] * pixel_size_um";
}

std::string load_function(const Recipe& recipe) {
  const bool automatic = recipe.channel == Channel::automatic;
  const std::string page = std::to_string(recipe.page);
  const std::string channel = automatic ? "0" : call_of("input.channel", recipe);
  const std::string which = automatic ? "an RGB image's luminance, else its first channel" : "channel " + channel;
  std::string text = R"(def load_image(image_path):
    """Page )" + page +
                     R"( of a TIFF as float32, values kept; )" + which + R"(."""
    with tifffile.TiffFile(image_path) as tif:
)";
  const std::string whole =
      R"(        if max(map(sum, zip(page.dataoffsets, page.databytecounts))) > tif.filehandle.size:
            raise ValueError(f"{image_path} is cut off; copy or export it again.")
)";
  if (recipe.page == 0) {
    text += R"(        page = tif.pages[0]
)" + whole +
            R"(        image = page.asarray()
)";
  } else {
    text += R"(        stack = len(tif.pages) == 1 and (tif.is_imagej or tif.is_stk or tif.is_shaped)
        page = tif.pages[0 if stack else )" +
            page + R"(]
)" + whole + R"(        if stack:  # one directory stands for all pages, which follow each other without gaps
            offset = page.dataoffsets[0] + )" +
            page + R"( * page.nbytes
            image = np.fromfile(image_path, tif.byteorder + page.dtype.char, page.size, offset=offset)
            image = image.reshape(page.shape)
        else:
            image = page.asarray()
)";
  }
  text += R"(    if image.ndim == 3 and page.axes.startswith("S"):
        image = np.moveaxis(image, 0, -1)  # channels last
)";
  if (automatic) {
    text += R"(    if image.ndim == 3 and page.photometric == tifffile.PHOTOMETRIC.RGB and image.shape[-1] >= 3:
        image = image.astype("float64")
        image = )" +
            luminance("image", false) + "\n";
  }
  text += R"(    if image.ndim == 3:
        image = image[..., )" +
          channel + R"(]
    image = image.astype("float32")
)";
  if (!recipe.nonfinite_as_zero) {
    text += R"(    if not np.isfinite(image).all():
        raise ValueError(f"{image_path} holds values that are NaN or infinite.")
)";
  }
  return text + "    return image\n";
}

}  // namespace

std::string python_lines(const Recipe& recipe, Stage stage, PythonFor what, const TiffPage& page) {
  if (const MaskStep* own = own_step(recipe, stage))
    return own->python(recipe, "filtered_image", what == PythonFor::program);
  switch (stage) {
    case Stage::raw:
      return raw_lines(recipe, what, page);
    case Stage::components:
      return "labeled_image = skimage.measure.label(binary_mask)";
    case Stage::refined:
      return refine_lines(recipe, what);
    case Stage::distance:
      return "distance_transform = scipy.ndimage.distance_transform_edt(" + python_refined_mask(recipe) + ")";
    case Stage::seeds:
      return seed_lines(recipe);
    case Stage::labels:
      return watershed_lines(recipe);
    case Stage::filtered:
    case Stage::mask:
    case Stage::measurements:
      break;
  }
  return measure_lines(recipe);
}

std::string python_raw_threshold(const Recipe& recipe) {
  return recipe.mask_from->step(Stage::mask)->python(recipe, "raw_image", false);
}

std::string python_refined_mask(const Recipe& recipe) {
  std::string name = "binary_mask";
  if (!recipe.refinements.empty()) name += recipe.refinements.back()->python_suffix;
  return name;
}

std::string python_functions(const Recipe& recipe) {
  std::string text = load_function(recipe);
  if (const MaskProgram* own = recipe.mask_from->program) text += "\n\n" + own->functions(recipe);
  for (const RepairRow* row : all_repairs()) {
    const bool used = std::ranges::contains(recipe.refinements, row, &Refinement::row);
    if (used && !row->python_function.empty()) text += "\n\n" + std::string(row->python_function);
  }
  return text;
}

}  // namespace floodlight
