#include "core/segment/threshold_yen.h"

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "core/base/pairwise_sum.h"
#include "core/segment/histogram_sums.h"

namespace floodlight {

double threshold_yen(const Histogram& histogram) {
  const SingleBins bins(histogram);
  const std::size_t n = bins.counts.size();
  const auto total = pairwise_sum<float>(std::span<const float>(bins.counts));
  std::vector<float> share(n);
  for (std::size_t i = 0; i < n; ++i) share[i] = bins.counts[i] / total;
  const std::vector<float> squares = products(share, share);
  const std::vector<float> p1 = running_sum(share);
  const std::vector<float> squares1 = running_sum(squares);
  const std::vector<float> squares2 = running_sum_from_right(squares);
  std::vector<float> criterion(n - 1);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const float spread = p1[i] * (1 - p1[i]);
    const float quotient = 1 / (squares1[i] * squares2[i + 1]) * (spread * spread);
    criterion[i] = static_cast<float>(std::log(static_cast<double>(quotient)));
  }
  return static_cast<double>(bins.centres[first_largest(criterion)]);
}

namespace {

constexpr const Option* own_options[] = {&histogram_bins};

constexpr std::string_view imagej[] = {
    "resetMinAndMax();\nsetAutoThreshold(\"Yen dark\");\ngetThreshold(threshold, highest);\n"};

}  // namespace

constinit const ThresholdRow thresholds::yen = {
    .name = "yen",
    .label = "Yen",
    .options = own_options,
    .find = by_histogram<&threshold_yen>,
    .notebook = found_by_algorithm,
    .python = "skimage.filters.threshold_yen({image}{, bins})",
    .needs_two_values = true,
    .imagej = imagej,
    .imagej_differs = imagej_histogram,
    .tried_title = "{label}",
    .tried = as_it_is,
};

}  // namespace floodlight
