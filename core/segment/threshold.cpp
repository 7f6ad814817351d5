// Cutoffs that a histogram suggests, summed in scikit-image's order and types.
#include "core/segment/threshold.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "core/base/pairwise_sum.h"
#include "core/base/radix_sort.h"
#include "core/segment/histogram.h"

namespace floodlight {
namespace {

/// A histogram with its counts in single precision, as scikit-image's criteria take them.
struct Bins {
  std::vector<float> centres;
  std::vector<float> counts;
};

std::vector<float> running_sum(const std::vector<float>& terms) {
  std::vector<float> sums(terms.size());
  float sum = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) sums[i] = sum += terms[i];
  return sums;
}

std::vector<float> running_sum_from_right(const std::vector<float>& terms) {
  std::vector<float> sums(terms.size());
  float sum = 0;
  for (std::size_t i = terms.size(); i-- > 0;) sums[i] = sum += terms[i];
  return sums;
}

std::vector<float> products(const std::vector<float>& a, const std::vector<float>& b) {
  std::vector<float> result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = a[i] * b[i];
  return result;
}

/// Where the first of the largest values stands. As numpy's argmax, a NaN counts as larger than everything.
template <typename T>
std::size_t first_largest(const std::vector<T>& values) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) return i;
    if (values[i] > values[best]) best = i;
  }
  return best;
}

double otsu(const Bins& bins) {
  const std::size_t n = bins.counts.size();
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

double yen(const Bins& bins) {
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

Result<double> isodata(const Bins& bins) {
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

double triangle(const Bins& bins) {
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

Result<double> minimum(const Bins& bins) {
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

/// numpy refuses as well to make bins that have no width; of values near the largest float32 the edges are infinite.
Result<void> has_proper_bins(const Histogram& histogram) {
  const std::vector<float>& edges = histogram.edges;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    if (edges[i] < edges[i + 1]) continue;
    if (!std::isfinite(edges.back() - edges.front())) break;
    return fail("The values are too close together for " + std::to_string(histogram.counts.size()) +
                " bins in float32; take fewer bins, another method, or set the cutoff by hand.");
  }
  if (std::isfinite(edges.back() - edges.front())) return {};
  return fail("The values span more than float32 can hold; set the cutoff by hand, or divide the image first.");
}

Result<double> finite_only(double cutoff) {
  if (std::isfinite(cutoff)) return cutoff;
  return fail(
      "The values are too large for this method in float32; set the cutoff by hand, or divide the image first.");
}

double mean_of(FloatView image) {
  return pairwise_sum<double>(std::span<const float>(image.pixels())) / static_cast<double>(image.size());
}

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

double li(FloatView image) {
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

}  // namespace

Result<double> threshold(FloatView image, ThresholdMethod method, int bins) {
  if (image.empty()) return fail("An image without pixels has no cutoff; open one with at least one pixel.");
  if (bins < 1) return fail("A histogram needs at least 1 bin.");
  const auto [smallest, largest] = std::ranges::minmax(image.pixels());
  if (smallest == largest) return static_cast<double>(smallest);
  if (method == ThresholdMethod::mean) return finite_only(mean_of(image));
  if (method == ThresholdMethod::li) return finite_only(li(image));
  return threshold(histogram(image, bins), method);
}

Result<double> threshold(const Histogram& histogram, ThresholdMethod method) {
  assert(method != ThresholdMethod::mean && method != ThresholdMethod::li);
  if (histogram.counts.size() == 1) return static_cast<double>(histogram.centres.front());
  if (const auto proper = has_proper_bins(histogram); !proper) return std::unexpected(proper.error());
  const Bins single{.centres = histogram.centres,
                    .counts = std::vector<float>(histogram.counts.begin(), histogram.counts.end())};
  switch (method) {
    case ThresholdMethod::yen:
      return finite_only(yen(single));
    case ThresholdMethod::triangle:
      return finite_only(triangle(single));
    case ThresholdMethod::isodata:
      return isodata(single).and_then(finite_only);
    case ThresholdMethod::minimum:
      return minimum(single).and_then(finite_only);
    default:
      return finite_only(otsu(single));
  }
}

Mask above(FloatView image, double cutoff) {
  Mask mask(image.rows(), image.cols());
  const std::span<const float> values = image.pixels();
  const std::span<std::uint8_t> out = mask.pixels();
  for (std::size_t i = 0; i < values.size(); ++i) out[i] = static_cast<double>(values[i]) > cutoff ? 1 : 0;
  return mask;
}

}  // namespace floodlight
