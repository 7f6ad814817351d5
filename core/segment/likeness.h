// Whether an image is one of intensities, or a result that somebody took for one.
#pragma once

#include <cstdint>

#include "core/base/image.h"

namespace floodlight {

enum class Likeness : std::uint8_t {
  intensities,
  mask,   ///< 0 and one other value, in at least 8 pixels
  labels  ///< whole numbers from 0, each in about one piece of at least 8 pixels on average
};

/// What the values look like. An image of one value is one of intensities. O(pixels).
Likeness looks_like(FloatView image);

}  // namespace floodlight
