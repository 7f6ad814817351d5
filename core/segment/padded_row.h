// A row of an image and what lies beyond its ends, in double precision.
#pragma once

#include <algorithm>

#include "core/base/image.h"
#include "core/base/two_doubles.h"
#include "core/segment/border.h"

namespace floodlight {

/// Copies the columns from `left` on of one row as doubles; the row, too, may lie outside.
inline void copy_row(FloatView image, int row, int left, int count, Border border, double* out) {
  const float* source = image.row(source_of(row, image.rows(), border));
  const int inside = std::min(count, image.cols() - left);
  int i = 0;
  for (; i < count && left + i < 0; ++i)
    out[i] = static_cast<double>(source[source_of(left + i, image.cols(), border)]);
  if (i < inside) {
    widen(source + left + i, inside - i, out + i);
    i = inside;
  }
  for (; i < count; ++i) out[i] = static_cast<double>(source[source_of(left + i, image.cols(), border)]);
}

}  // namespace floodlight
