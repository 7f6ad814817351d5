// What to do with an image: everything that varies in the pipeline, as one plain value. Its default is the lab's pipeline.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/base/json.h"
#include "core/segment/morphology.h"
#include "core/segment/physical_shape.h"

namespace floodlight {

/// Which of several values a pixel of the file holds becomes the intensity.
enum class Channel : std::uint8_t { automatic, first, second, third, fourth };
enum class FilterMethod : std::uint8_t { none, mean, gaussian, median };
/// A value set by hand, or a method of core/threshold.h, in that order.
enum class CutoffMethod : std::uint8_t { manual, otsu, li, yen, triangle, isodata, mean, minimum };
enum class RefinementOperation : std::uint8_t {
  remove_small_objects,
  remove_small_holes,
  fill_holes,
  clear_border,
  erosion,
  dilation,
  opening,
  closing
};
enum class SeedMethod : std::uint8_t { peaks, every_maximum, by_hand };
enum class FloodedImage : std::uint8_t { distance, intensity };

/// "None" for those numbers of a recipe that may be left out (their Parameter says `optional`).
inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// One repair of the mask; `max_size` or the footprint matter as the operation needs them.
struct Refinement {
  RefinementOperation operation = RefinementOperation::closing;
  int max_size = 10;
  Footprint footprint;
};

/// Whether the operation looks at its footprint, else at sizes or the border.
constexpr bool has_footprint(RefinementOperation operation) { return operation >= RefinementOperation::erosion; }

struct Recipe {
  // input
  int page = 0;
  Channel channel = Channel::automatic;
  bool nonfinite_as_zero = false;
  // filter
  FilterMethod filter = FilterMethod::gaussian;
  int filter_size = 3;
  double sigma = 1;
  // threshold
  CutoffMethod cutoff = CutoffMethod::otsu;
  double cutoff_value = 100;
  int bins = 256;
  // refine, in this order
  std::vector<Refinement> refinements = {{RefinementOperation::remove_small_objects, 10, {}},
                                         {RefinementOperation::closing, 10, {FootprintShape::disk, 1}}};
  // seeds
  SeedMethod seeds = SeedMethod::peaks;
  int window = 25;
  int min_distance = 10;
  bool exclude_border = true;
  double threshold_abs = no_value;
  std::vector<Pixel> seeds_by_hand;
  // watershed
  FloodedImage flooded = FloodedImage::distance;
  Connectivity connectivity = Connectivity::four;
  bool line = false;
  double compactness = 0;
  // measure
  double pixel_size_um = no_value;    ///< a pixel's width
  double pixel_height_um = no_value;  ///< its height where that is another
};

/// Both sides of a pixel; not known where the recipe says no size.
PixelSize pixel_size(const Recipe& recipe);
/// Gives a recipe the pixel size of another.
void take_pixel_size(Recipe& to, const Recipe& from);

/// Equal when they do the same: compared as their JSON, so that "none" equals "none".
bool operator==(const Recipe& a, const Recipe& b);

inline constexpr int recipe_version = 1;

/// The recipe as JSON: one object a step, one member a parameter that matters for the chosen method.
Json recipe_to_json(const Recipe& recipe);

/// Reads what `recipe_to_json` writes; what is left out keeps its default. Refuses unknown parameters, wrong types and
/// values out of range, naming the parameter, the value and what is allowed.
Result<Recipe> recipe_from_json(const Json& json);
Result<Recipe> recipe_from_text(std::string_view text);

}  // namespace floodlight
