// Values that share a level become its lowest whole number.
#include "core/explain/requantise.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

#include "core/base/radix_sort.h"

namespace floodlight {

Image<float> requantise(FloatView image, int bits, double maximum) {
  assert(bits >= 1 && bits <= 16 && maximum > 0);
  const double levels = 1U << static_cast<unsigned>(bits);
  const double range = maximum + 1;
  Image<float> out(image.rows(), image.cols());
  std::ranges::transform(image.pixels(), out.pixels().begin(), [&](float value) {
    const double level = std::floor(std::clamp(static_cast<double>(value), 0.0, maximum) * levels / range);
    return static_cast<float>(std::ceil(level * range / levels));
  });
  return out;
}

std::int64_t count_distinct(FloatView image) {
  std::vector<std::uint32_t> keys;
  keys.reserve(image.size());
  // Adding zero makes a negative zero the ordinary one.
  for (const float value : image.pixels()) keys.push_back(ordered_bits(value + 0.0F));
  std::vector<std::uint32_t> scratch;
  radix_sort(keys, scratch);
  return std::unique(keys.begin(), keys.end()) - keys.begin();
}

}  // namespace floodlight
