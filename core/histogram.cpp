// Binning as numpy bins a float32 image.
#include "core/histogram.h"

#include <algorithm>

namespace floodlight {

Histogram histogram(FloatView image, int bins) {
  assert(!image.empty() && bins > 0);
  const auto [smallest, largest] = std::ranges::minmax(image.pixels());
  Histogram result;
  if (smallest == largest) {
    result.edges = {smallest, largest};
    result.centres = {smallest};
    result.counts = {static_cast<std::int64_t>(image.size())};
    return result;
  }

  const auto n = static_cast<std::size_t>(bins);
  const float range = largest - smallest;
  const float step = range / static_cast<float>(bins);
  result.edges.resize(n + 1);
  for (std::size_t i = 0; i < n; ++i) result.edges[i] = static_cast<float>(i) * step + smallest;
  result.edges[n] = largest;
  result.centres.resize(n);
  for (std::size_t i = 0; i < n; ++i) result.centres[i] = (result.edges[i] + result.edges[i + 1]) / 2;

  result.counts.resize(n);
  const float* edges = result.edges.data();
  std::int64_t* counts = result.counts.data();
  const auto scale = static_cast<float>(bins);
  for (const float value : image.pixels()) {
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
  return result;
}

}  // namespace floodlight
