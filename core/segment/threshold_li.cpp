#include "core/segment/threshold_li.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/base/radix_sort.h"

namespace floodlight {
namespace {

/// The values in ascending order, counted from the smallest, with a running sum at the start of every block: a round of
/// Li's search asks for the sum of all values up to some cutoff without visiting every pixel.
class SortedValues {
 public:
  explicit SortedValues(FloatView image) {
    keys_.reserve(image.size());
    for (const float value : image.pixels()) keys_.push_back(ordered_bits(value));
    std::vector<std::uint32_t> scratch;
    radix_sort(keys_, scratch);
    smallest_ = static_cast<double>(from_ordered_bits(keys_.front()));
    double sum = 0;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (i % block == 0) sums_.push_back(sum);
      sum += value(i);
    }
  }

  [[nodiscard]] std::size_t size() const { return keys_.size(); }
  [[nodiscard]] double smallest() const { return smallest_; }
  [[nodiscard]] double value(std::size_t i) const {
    return static_cast<double>(from_ordered_bits(keys_[i])) - smallest_;
  }
  [[nodiscard]] double smallest_step() const {
    double step = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < size(); ++i) {
      if (const double difference = value(i) - value(i - 1); difference > 0) step = std::min(step, difference);
    }
    return step;
  }
  [[nodiscard]] std::size_t count_up_to(double cutoff) const {
    const auto up_to = [&](std::uint32_t key) {
      return static_cast<double>(from_ordered_bits(key)) - smallest_ <= cutoff;
    };
    return static_cast<std::size_t>(std::ranges::partition_point(keys_, up_to) - keys_.begin());
  }
  [[nodiscard]] double sum_of_first(std::size_t count) const {
    if (count == 0) return 0;
    const std::size_t whole = (count - 1) / block;
    double sum = sums_[whole];
    for (std::size_t i = whole * block; i < count; ++i) sum += value(i);
    return sum;
  }

 private:
  static constexpr std::size_t block = 1024;
  std::vector<std::uint32_t> keys_;
  std::vector<double> sums_;
  double smallest_ = 0;
};

}  // namespace

double threshold_li(FloatView image) {
  constexpr int most_rounds = 10000;
  const SortedValues values(image);
  const std::size_t n = values.size();
  const double total = values.sum_of_first(n);
  const double tolerance = values.smallest_step() / 2;
  double current = -2 * tolerance;
  double next = total / static_cast<double>(n);
  for (int round = 0; std::abs(next - current) > tolerance && round < most_rounds; ++round) {
    current = next;
    const std::size_t back = values.count_up_to(current);
    const double sum_back = values.sum_of_first(back);
    const double mean_back = sum_back / static_cast<double>(back);
    const double mean_fore = (total - sum_back) / static_cast<double>(n - back);
    if (mean_back == 0) break;
    next = (mean_back - mean_fore) / (std::log(mean_back) - std::log(mean_fore));
  }
  return next + values.smallest();
}

namespace {

constexpr std::string_view imagej[] = {
    "resetMinAndMax();\nsetAutoThreshold(\"Li dark\");\ngetThreshold(threshold, highest);\n"};

}  // namespace

constinit const ThresholdRow thresholds::li = {
    .name = "li",
    .label = "Li",
    .find = by_values<&threshold_li>,
    .notebook = found_by_algorithm,
    .python = "skimage.filters.threshold_li({image}.astype(\"float64\"))",
    .imagej = imagej,
    .imagej_differs = imagej_histogram,
    .tried_title = "{label}",
    .tried = as_it_is,
};

}  // namespace floodlight
