#include "core/segment/threshold_otsu.h"

#include <cstddef>
#include <vector>

#include "core/segment/histogram_sums.h"

namespace floodlight {

double threshold_otsu(const Histogram& histogram) {
  const SingleBins bins(histogram);
  const std::size_t n = bins.counts.size();
  if (n == 1) return static_cast<double>(bins.centres.front());
  const std::vector<float> weighted = products(bins.counts, bins.centres);
  const std::vector<float> weight1 = running_sum(bins.counts);
  const std::vector<float> weight2 = running_sum_from_right(bins.counts);
  const std::vector<float> sum1 = running_sum(weighted);
  const std::vector<float> sum2 = running_sum_from_right(weighted);
  std::vector<float> variance(n - 1);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const float difference = sum1[i] / weight1[i] - sum2[i + 1] / weight2[i + 1];
    variance[i] = weight1[i] * weight2[i + 1] * (difference * difference);
  }
  return static_cast<double>(bins.centres[first_largest(variance)]);
}

namespace {

constexpr const Option* own_options[] = {&histogram_bins};

constexpr std::string_view imagej[] = {
    "resetMinAndMax();\nsetAutoThreshold(\"Otsu dark\");\ngetThreshold(threshold, highest);\n"};

constexpr RowPitfall pitfalls[] = {
    {.text = "Otsu always answers, also where there is nothing to find.",
     .action = "On an empty field",
     .sample = "case_empty",
     .chooses = false},
    {.text = "Bright debris pulls Otsu up, and the nuclei fall below it.",
     .action = "On bright debris",
     .sample = "case_debris",
     .chooses = false},
};

}  // namespace

constinit const ThresholdRow thresholds::otsu = {
    .name = "otsu",
    .label = "Otsu",
    .options = own_options,
    .find = by_histogram<&threshold_otsu>,
    .notebook = found_by_algorithm,
    .python = "skimage.filters.threshold_otsu({image}{, bins})",
    .imagej = imagej,
    .imagej_differs = imagej_histogram,
    .tried_title = "{label}",
    .tried = as_it_is,
    .pitfalls = pitfalls,
};

}  // namespace floodlight
