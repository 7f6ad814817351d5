// Whether an image is one of intensities, or a result that somebody took for one.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"

namespace floodlight {

enum class Likeness : std::uint8_t {
  intensities,
  mask,    ///< 0 and one other value, in at least 8 pixels
  labels,  ///< whole numbers from 0, each in about one piece of at least 8 pixels on average
  classes  ///< 2 to 6 numbers, one by one from 0 or 1, in large areas: what a pixel classifier saves, as ilastik's 1 and 2
};

/// What the values look like. An image of one value is one of intensities. O(pixels).
Likeness looks_like(FloatView image);

/// The values of an image that has 2 to 6 of them, whole numbers from 0 to 65535 that lie in large areas: nine of ten pixels equal
/// the next one in their row. Ascending; none of any other image. O(pixels).
std::vector<float> values_of_classes(FloatView image);

}  // namespace floodlight
