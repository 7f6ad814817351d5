// What lies beyond the edge of an image.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/base/image.h"

namespace floodlight {

/// What stands for a pixel outside the image, by scipy's names for its `mode`.
enum class Border : std::uint8_t {
  nearest,  ///< the edge pixel, again and again: a a a | a b c | c c c
  reflect   ///< the image mirrored, the edge pixel first: c b a | a b c | c b a
};

/// Where a place in a row or column of `count` pixels is taken from.
inline int source_of(int place, int count, Border border) {
  if (border == Border::nearest) return std::clamp(place, 0, count - 1);
  const int period = 2 * count;
  const int in_period = (place % period + period) % period;
  return in_period < count ? in_period : period - 1 - in_period;
}

}  // namespace floodlight
