// Binning as numpy bins a float32 image.
#include "core/segment/histogram.h"

#include <algorithm>
#include <span>

namespace floodlight {

namespace {

/// Adds the values to the counts of the bins they fall into.
void count_values(std::span<const float> values, Histogram& result) {
  const std::size_t n = result.counts.size();
  const float* edges = result.edges.data();
  std::int64_t* counts = result.counts.data();
  const float smallest = result.edges.front();
  const float range = result.edges.back() - smallest;
  const auto scale = static_cast<float>(n);
  for (const float value : values) {
    // numpy's own way, which decides where edges coincide because the range is a few units in the last place.
    const float position = (value - smallest) / range * scale;
    std::size_t i = position < scale ? static_cast<std::size_t>(position) : n - 1;
    if (value < edges[i]) {
      --i;
    } else if (i + 1 < n && value >= edges[i + 1]) {
      ++i;
    }
    ++counts[i];
  }
}

}  // namespace

Histogram histogram(FloatView image, int bins) { return histogram_in_slices(image, bins).finish(); }

Sliced<Histogram> histogram_in_slices(FloatView image, int bins) {
  assert(!image.empty() && bins > 0);
  constexpr std::size_t pixels_per_slice = 262'144;
  const auto [smallest, largest] = std::ranges::minmax(image.pixels());
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
  for (std::size_t start = 0; start < image.size(); start += pixels_per_slice) {
    co_yield Pause{};
    count_values(image.pixels().subspan(start, std::min(pixels_per_slice, image.size() - start)), result);
  }
  co_return result;
}

}  // namespace floodlight
