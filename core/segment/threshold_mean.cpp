#include "core/segment/threshold_mean.h"

#include <span>

#include "core/base/pairwise_sum.h"

namespace floodlight {

double threshold_mean(FloatView image) {
  return pairwise_sum<double>(std::span<const float>(image.pixels())) / static_cast<double>(image.size());
}

namespace {

constexpr std::string_view imagej[] = {
    "resetMinAndMax();\nsetAutoThreshold(\"Mean dark\");\ngetThreshold(threshold, highest);\n"};

}  // namespace

constinit const ThresholdRow thresholds::mean = {
    .name = "mean",
    .label = "Mean",
    .find = by_values<&threshold_mean>,
    .notebook = found_by_algorithm,
    .python = "skimage.filters.threshold_mean({image}.astype(\"float64\"))",
    .imagej = imagej,
    .imagej_differs = imagej_histogram,
    .tried_title = "{label}",
    .tried = as_it_is,
};

}  // namespace floodlight
