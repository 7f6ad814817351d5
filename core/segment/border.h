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

/// Copies the columns from `left` on of one row as doubles; the row, too, may lie outside.
inline void copy_row(FloatView image, int row, int left, int count, Border border, double* out) {
  const float* source = image.row(source_of(row, image.rows(), border));
  const int inside = std::min(count, image.cols() - left);
  int i = 0;
  for (; i < count && left + i < 0; ++i)
    out[i] = static_cast<double>(source[source_of(left + i, image.cols(), border)]);
  for (; i < inside; ++i) out[i] = static_cast<double>(source[left + i]);
  for (; i < count; ++i) out[i] = static_cast<double>(source[source_of(left + i, image.cols(), border)]);
}

}  // namespace floodlight
