#include "core/segment/threshold_minimum.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/segment/histogram_sums.h"

namespace floodlight {
namespace {

/// scipy's `uniform_filter1d(counts, 3)`: a running sum in double over a line that is mirrored at its ends.
void smooth(std::vector<float>& counts, std::vector<float>& scratch) {
  const std::size_t n = counts.size();
  scratch.resize(n + 2);
  std::ranges::copy(counts, scratch.begin() + 1);
  scratch.front() = counts.front();
  scratch.back() = counts.back();
  double sum = 0;
  for (std::size_t k = 0; k < 3; ++k) sum += static_cast<double>(scratch[k]);
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) sum += static_cast<double>(scratch[i + 2]) - static_cast<double>(scratch[i - 1]);
    counts[i] = static_cast<float>(sum / 3);
  }
}

std::vector<std::size_t> maxima(const std::vector<float>& counts) {
  std::vector<std::size_t> found;
  bool rising = true;
  for (std::size_t i = 0; i + 1 < counts.size(); ++i) {
    if (rising && counts[i + 1] < counts[i]) {
      rising = false;
      found.push_back(i);
    } else if (!rising && counts[i + 1] > counts[i]) {
      rising = true;
    }
  }
  return found;
}

}  // namespace

Result<double> threshold_minimum(const Histogram& histogram) {
  const SingleBins bins(histogram);
  constexpr int most_rounds = 10000;
  std::vector<float> counts = bins.counts;
  std::vector<float> scratch;
  std::vector<std::size_t> peaks;
  int round = 0;
  for (; round < most_rounds; ++round) {
    smooth(counts, scratch);
    peaks = maxima(counts);
    if (peaks.size() < 3) break;
  }
  if (peaks.size() != 2 || round >= most_rounds - 1) {
    return fail(
        "Minimum finds no cutoff here: it needs a histogram with two hills, and smoothing this one leaves fewer. "
        "Choose another method, or set the cutoff by hand.");
  }
  const auto from = counts.begin() + static_cast<std::ptrdiff_t>(peaks[0]);
  const auto to = counts.begin() + static_cast<std::ptrdiff_t>(peaks[1]) + 1;
  return static_cast<double>(bins.centres[static_cast<std::size_t>(std::min_element(from, to) - counts.begin())]);
}

namespace {

constexpr const Option* own_options[] = {&histogram_bins};

constexpr std::string_view imagej[] = {
    "resetMinAndMax();\nsetAutoThreshold(\"Minimum dark\");\ngetThreshold(threshold, highest);\n"};

}  // namespace

constinit const ThresholdRow thresholds::minimum = {
    .name = "minimum",
    .label = "Minimum",
    .options = own_options,
    .find = by_histogram<&threshold_minimum>,
    .notebook = found_by_algorithm,
    .python = "skimage.filters.threshold_minimum({image}{, bins})",
    .needs_two_values = true,
    .imagej = imagej,
    .imagej_differs = imagej_histogram,
    .tried_title = "{label}",
    .tried = as_it_is,
};

}  // namespace floodlight
