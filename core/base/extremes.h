// The smallest and the largest of many numbers.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "core/base/four_singles.h"

namespace floodlight {

/// `std::ranges::minmax(values)`, to the sign of a zero: of equal ones the first is the smallest and the last the largest.
/// Sixteen values at a time, since a comparison waits for the one before it. The values are not empty and hold no NaN. O(n).
inline std::ranges::minmax_result<float> extremes(std::span<const float> values) {
  constexpr std::size_t parts = 4;
  constexpr std::size_t at_a_time = parts * lanes;
  float smallest = values.front();
  float largest = values.front();
  std::size_t done = 0;
  if (values.size() >= at_a_time) {
    std::array<Four, parts> low;
    for (std::size_t k = 0; k < parts; ++k) low[k] = load(values.data() + k * lanes);
    std::array<Four, parts> high = low;
    for (; done + at_a_time <= values.size(); done += at_a_time) {
      for (std::size_t k = 0; k < parts; ++k) {
        const Four here = load(values.data() + done + k * lanes);
        low[k] = smaller(low[k], here);
        high[k] = larger(high[k], here);
      }
    }
    const Four lowest = smaller(smaller(low[0], low[1]), smaller(low[2], low[3]));
    const Four highest = larger(larger(high[0], high[1]), larger(high[2], high[3]));
    for (int i = 0; i < lanes; ++i) {
      smallest = std::min(smallest, lowest[i]);
      largest = std::max(largest, highest[i]);
    }
  }
  for (; done < values.size(); ++done) {
    smallest = std::min(smallest, values[done]);
    largest = std::max(largest, values[done]);
  }
  // -0 and 0 are equal, and only the image's order says which of them it is.
  if (smallest == 0) smallest = *std::ranges::find(values, smallest);
  if (largest == 0) largest = *std::find(values.rbegin(), values.rend(), largest);
  return {smallest, largest};
}

}  // namespace floodlight
