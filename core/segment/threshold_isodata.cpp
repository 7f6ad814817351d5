#include "core/segment/threshold_isodata.h"

#include <cstddef>
#include <vector>

#include "core/segment/histogram_sums.h"

namespace floodlight {

Result<double> threshold_isodata(const Histogram& histogram) {
  const SingleBins bins(histogram);
  const std::size_t n = bins.counts.size();
  const std::vector<float> below = running_sum(bins.counts);
  const std::vector<float> sums = running_sum(products(bins.counts, bins.centres));
  const float width = bins.centres[1] - bins.centres[0];
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const float low = sums[i] / below[i];
    const float high = (sums[n - 1] - sums[i]) / (below[n - 1] - below[i]);
    const float distance = (low + high) / 2 - bins.centres[i];
    if (distance >= 0 && distance < width) return static_cast<double>(bins.centres[i]);
  }
  return fail(
      "Isodata finds no cutoff here: no value lies halfway between the mean below it and the mean above it. Choose "
      "another method, or set the cutoff by hand.");
}

namespace {

constexpr const Option* own_options[] = {&histogram_bins};

constexpr std::string_view imagej[] = {
    "resetMinAndMax();\nsetAutoThreshold(\"IsoData dark\");\ngetThreshold(threshold, highest);\n"};

}  // namespace

constinit const ThresholdRow thresholds::isodata = {
    .name = "isodata",
    .label = "Isodata",
    .options = own_options,
    .find = by_histogram<&threshold_isodata>,
    .notebook = found_by_algorithm,
    .python = "skimage.filters.threshold_isodata({image}{, bins})",
    .needs_two_values = true,
    .imagej = imagej,
    .imagej_differs = imagej_histogram,
    .tried_title = "{label}",
    .tried = as_it_is,
};

}  // namespace floodlight
