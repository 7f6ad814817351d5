// Binning as numpy bins a float32 image.
#include "core/segment/histogram.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <span>

#include "core/base/extremes.h"

namespace floodlight {

namespace {

/// The bin of a value as numpy finds it: by its share of the range, corrected by one against the edges. Where the edges
/// coincide because the range is a few units in the last place, this decides.
std::size_t numpy_bin(float value, const Histogram& result) {
  const std::size_t n = result.counts.size();
  const float smallest = result.edges.front();
  const float range = result.edges.back() - smallest;
  const auto scale = static_cast<float>(n);
  const float position = (value - smallest) / range * scale;
  const std::size_t i = position < scale ? static_cast<std::size_t>(position) : n - 1;
  if (value < result.edges[i]) return i - 1;
  return i + 1 < n && value >= result.edges[i + 1] ? i + 1 : i;
}

/// The same bins without a division: a multiplication says which edge is nearest, and the value lies on one side of it.
class BinsByEdge {
 public:
  explicit BinsByEdge(const Histogram& result)
      : smallest_(result.edges.front()),
        bins_per_unit_(static_cast<float>(result.counts.size()) / (result.edges.back() - smallest_)),
        edges_(result.edges),
        counts_(copies * result.edges.size()) {
    // Also the maximum belongs into the last bin, on whose outer edge it lies.
    edges_.back() = std::numeric_limits<float>::infinity();
  }

  /// Whether these are numpy's bins for every value from the first edge to the last. Both ways to a bin, and the nearest
  /// edge too, never fall while the value grows (subtraction, multiplication, division and rounding do not): what holds for
  /// the first and the last value of each bin holds for all between. O(bins).
  [[nodiscard]] bool are_exact(const Histogram& result) const {
    const std::size_t n = result.counts.size();
    for (std::size_t i = 0; i < n; ++i) {
      const float first = result.edges[i];
      const float last = i + 1 < n ? std::nextafter(result.edges[i + 1], first) : result.edges[n];
      if (!(first <= last) || numpy_bin(first, result) != i || numpy_bin(last, result) != i) return false;
      if (nearest_edge(first) < i || nearest_edge(last) > i + 1) return false;
    }
    return true;
  }

  void count(std::span<const float> values) {
    std::array<std::uint32_t, block> nearest;
    const auto last_edge = static_cast<std::uint32_t>(edges_.size() - 1);
    for (std::size_t start = 0; start < values.size(); start += block) {
      const std::span<const float> here = values.subspan(start, std::min(block, values.size() - start));
      // Whatever stands in the image, nothing but the counters is touched: NaN is counted beyond the last bin.
      for (std::size_t i = 0; i < here.size(); ++i) nearest[i] = std::min(nearest_edge(here[i]), last_edge);
      for (std::size_t i = 0; i < here.size(); ++i) {
        const std::size_t edge = nearest[i];
        const std::size_t bin = edge - (here[i] < edges_[edge] ? 1 : 0);
        ++counts_[bin * copies + i % copies];
      }
    }
  }

  void add_to(std::vector<std::int64_t>& counts) const {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      for (std::size_t copy = 0; copy < copies; ++copy) counts[i] += counts_[i * copies + copy];
    }
  }

 private:
  static constexpr std::size_t block = 256;
  /// Neighbours are alike, and an addition would wait for the one before it: so they have counters of their own.
  static constexpr std::size_t copies = 4;

  /// The number of the edge next to a value. Adding 2^23 rounds to a whole number, which then stands in the last bits.
  [[nodiscard]] std::uint32_t nearest_edge(float value) const {
    constexpr float whole = 8388608.0F;
    return std::bit_cast<std::uint32_t>((value - smallest_) * bins_per_unit_ + whole) -
           std::bit_cast<std::uint32_t>(whole);
  }

  float smallest_;
  float bins_per_unit_;
  std::vector<float> edges_;
  std::vector<std::uint32_t> counts_;
};

}  // namespace

Histogram histogram(FloatView image, int bins) { return histogram_in_slices(image, bins).finish(); }

Sliced<Histogram> histogram_in_slices(FloatView image, int bins) {
  assert(!image.empty() && bins > 0);
  constexpr std::size_t pixels_per_slice = 262'144;
  const auto [smallest, largest] = extremes(image.pixels());
  Histogram result;
  if (smallest == largest) {
    result.edges = {smallest, largest};
    result.centres = {smallest};
    result.counts = {static_cast<std::int64_t>(image.size())};
    co_return result;
  }

  const auto n = static_cast<std::size_t>(bins);
  const float step = (largest - smallest) / static_cast<float>(bins);
  result.edges.resize(n + 1);
  for (std::size_t i = 0; i < n; ++i) result.edges[i] = static_cast<float>(i) * step + smallest;
  result.edges[n] = largest;
  result.centres.resize(n);
  for (std::size_t i = 0; i < n; ++i) result.centres[i] = (result.edges[i] + result.edges[i + 1]) / 2;

  result.counts.resize(n);
  BinsByEdge by_edge(result);
  const bool exact = by_edge.are_exact(result);
  for (std::size_t start = 0; start < image.size(); start += pixels_per_slice) {
    co_yield Pause{};
    const auto values = image.pixels().subspan(start, std::min(pixels_per_slice, image.size() - start));
    if (exact) {
      by_edge.count(values);
    } else {
      for (const float value : values) ++result.counts[numpy_bin(value, result)];
    }
  }
  by_edge.add_to(result.counts);
  co_return result;
}

}  // namespace floodlight
