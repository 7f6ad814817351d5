#include "core/segment/threshold_triangle.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/segment/histogram_sums.h"

namespace floodlight {

double threshold_triangle(const Histogram& histogram) {
  const SingleBins bins(histogram);
  std::vector<float> counts = bins.counts;
  const auto occupied = [](float count) { return count > 0; };
  std::size_t peak = first_largest(counts);
  std::size_t first = static_cast<std::size_t>(std::ranges::find_if(counts, occupied) - counts.begin());
  const std::size_t last =
      counts.size() - 1 -
      static_cast<std::size_t>(std::find_if(counts.rbegin(), counts.rend(), occupied) - counts.rbegin());
  const bool mirrored = peak - first < last - peak;
  if (mirrored) {
    std::ranges::reverse(counts);
    first = counts.size() - 1 - last;
    peak = counts.size() - 1 - peak;
  }
  const auto height = static_cast<double>(counts[peak]);
  const auto width = static_cast<double>(peak - first);
  const double norm = std::sqrt(height * height + width * width);
  std::vector<double> length(peak - first);
  for (std::size_t x = 0; x < length.size(); ++x) {
    length[x] = height / norm * static_cast<double>(x) - width / norm * static_cast<double>(counts[first + x]);
  }
  const std::size_t level = first + first_largest(length);
  return static_cast<double>(bins.centres[mirrored ? counts.size() - 1 - level : level]);
}

namespace {

constexpr const Option* own_options[] = {&histogram_bins};

constexpr std::string_view imagej[] = {
    "resetMinAndMax();\nsetAutoThreshold(\"Triangle dark\");\ngetThreshold(threshold, highest);\n"};

}  // namespace

constinit const ThresholdRow thresholds::triangle = {
    .name = "triangle",
    .label = "Triangle",
    .options = own_options,
    .find = by_histogram<&threshold_triangle>,
    .notebook = found_by_algorithm,
    .python = "skimage.filters.threshold_triangle({image}{, bins})",
    .needs_two_values = true,
    .imagej = imagej,
    .imagej_differs = imagej_histogram,
    .tried_title = "{label}",
    .tried = as_it_is,
};

}  // namespace floodlight
