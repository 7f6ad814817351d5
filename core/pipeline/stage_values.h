// What the stages of the pipeline hold.
#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/image.h"
#include "core/learn/features.h"
#include "core/learn/forest_prediction.h"
#include "core/learn/network_prediction.h"
#include "core/learn/trained_network.h"
#include "core/segment/histogram.h"
#include "core/segment/label.h"
#include "core/segment/measure.h"
#include "core/segment/threshold_row.h"

namespace floodlight {

/// A cutoff, where it came from, and what it selects.
struct Thresholded {
  Histogram histogram;
  Cutoff cutoff;               ///< NaN where the mask is not what lies above a cutoff
  std::int64_t above = 0;      ///< pixels of the mask
  std::int64_t equal = 0;      ///< pixels that equal their cutoff, which are not above it
  std::optional<double> otsu;  ///< what Otsu would choose from the histogram, whichever method was used
  Mask mask;
};

/// Every stage's value. All images have the input's shape.
struct StageValues {
  Image<float> raw;
  Image<float> filtered;  ///< where a classifier makes the mask, the raw image smoothed at its smallest sigma; where
                          ///< a network does, what it sees (`network_input`)
  ScaleSpace features;    ///< what a classifier looks at; empty without one
  Prediction prediction;  ///< of a classifier's forest; empty without one
  NetworkPrediction network;                         ///< a network's; empty without one
  std::shared_ptr<const TrainedNetwork> network_of;  ///< which network's; null: it has to be computed
  Image<float> network_nuclei;                       ///< of that, how probable nuclei are (`nuclei_probability`)
  Image<float> interior_distance;        ///< what a network's own seeds are the summits of; empty where they are others
  Image<std::int32_t> interior_heights;  ///< the same as whole numbers in the same order: `height_as_whole`
  Thresholded thresholded;               ///< of the filtered image: the pipeline's mask
  Thresholded raw_thresholded;  ///< of the raw image with the same method, as the lecture first does; feeds nothing
  Components components;        ///< of the unrefined mask, 8 neighbours
  std::vector<std::int64_t> component_sizes;    ///< in pixels; entry 0 is the background's
  std::vector<std::uint32_t> component_firsts;  ///< each one's first pixel, by its place in raster order
  Mask refined;
  std::int64_t refined_added = 0;    ///< pixels that the refinements made foreground ...
  std::int64_t refined_removed = 0;  ///< ... and background
  Image<std::int32_t> distance_squared;
  Image<float> distance;
  float highest_distance = 0;
  std::vector<Pixel> peaks;  ///< highest first
  Components seeds;
  LabelImage labels;
  Label nuclei = 0;  ///< how many different labels there are
  std::vector<RegionProperties> measurements;
};

/// A number from 0 up as a whole number, so that of any two the larger has the larger one: its bits.
[[nodiscard]] constexpr std::int32_t height_as_whole(float height) { return std::bit_cast<std::int32_t>(height); }
[[nodiscard]] constexpr float height_of_whole(std::int32_t whole) { return std::bit_cast<float>(whole); }

/// What seeds are the summits of, as whole numbers: squared distances, or of a network's own seeds `interior_heights`.
[[nodiscard]] inline ImageView<const std::int32_t> seed_heights(const StageValues& values) {
  return values.interior_heights.empty() ? values.distance_squared.view() : values.interior_heights.view();
}
/// The same at one pixel as the distance that it stands for, in pixels.
[[nodiscard]] inline float seed_height(const StageValues& values, Pixel pixel) {
  return values.interior_heights.empty() ? values.distance[pixel] : values.interior_distance[pixel];
}

/// What a stage's computation did to its value; `aside`: only to a part of it that no later stage reads.
enum class StageChange : std::uint8_t { none, aside, value };

/// Puts the next value in the place of the current one, and says whether it is another.
template <typename T>
StageChange replace(T& current, T next) {
  if (current == next) return StageChange::none;
  current = std::move(next);
  return StageChange::value;
}

/// How many pixels are NaN or infinite. O(pixels).
std::int64_t count_nonfinite(FloatView image);

}  // namespace floodlight
