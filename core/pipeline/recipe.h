// What to do with an image: everything that varies in the pipeline, as one plain value. Its default is the lab's pipeline.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/base/json.h"
#include "core/learn/pixel_classifier.h"
#include "core/learn/trained_network.h"
#include "core/pipeline/mask_source.h"
#include "core/segment/filter_row.h"
#include "core/segment/gaussian.h"
#include "core/segment/morphology.h"
#include "core/segment/physical_shape.h"
#include "core/segment/repairs.h"
#include "core/segment/small_regions.h"
#include "core/segment/threshold_otsu.h"
#include "core/segment/threshold_row.h"

namespace floodlight {

/// Which of several values a pixel of the file holds becomes the intensity.
enum class Channel : std::uint8_t { automatic, first, second, third, fourth };
enum class SeedMethod : std::uint8_t { peaks, every_maximum, by_hand };
enum class FloodedImage : std::uint8_t { distance, intensity };

/// "None" for those numbers of a recipe that may be left out (their Parameter says `optional`).
inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

struct Recipe {
  // input
  int page = 0;
  Channel channel = Channel::automatic;
  bool nonfinite_as_zero = false;
  /// Which way leads from the raw image to the mask; what follows is common to all. The classic one takes a filter and a
  /// threshold, the others a classifier or a network, which never change once they are trained, so that recipes share them.
  const MaskSource* mask_from = &mask_sources::classic;
  Chosen<FilterRow> filter = filters::gaussian;
  Chosen<ThresholdRow> threshold = thresholds::otsu;
  std::shared_ptr<const PixelClassifier> classifier;
  std::shared_ptr<const TrainedNetwork> network;
  double background_below = 0.15;  ///< a network's mask is where background is less probable than this
  // refine, in this order
  std::vector<Refinement> refinements = {repairs::remove_small_objects, repairs::closing};
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

/// Equal when they do the same: compared as their JSON would be, so that "none" equals "none".
bool operator==(const Recipe& a, const Recipe& b);

inline constexpr int recipe_version = 1;

/// The recipe as JSON: one object a step, one member a parameter that matters for the chosen method. A classifier or a
/// network stands in "mask", as `classifier_to_json` and `network_to_json` write them.
Json recipe_to_json(const Recipe& recipe);

/// Reads what `recipe_to_json` writes; what is left out keeps its default. Refuses unknown parameters, wrong types and
/// values out of range, naming the parameter, the value and what is allowed; and a way to the mask without what it has to have learnt.
Result<Recipe> recipe_from_json(const Json& json);
Result<Recipe> recipe_from_text(std::string_view text);

}  // namespace floodlight
