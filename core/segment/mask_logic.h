// Masks turned into masks pixel by pixel.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/base/image.h"

namespace floodlight {

/// What is foreground becomes background, and the reverse.
inline Mask inverted(MaskView mask) {
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(mask.pixels(), out.pixels().begin(),
                         [](std::uint8_t v) { return static_cast<std::uint8_t>(v == 0 ? 1 : 0); });
  return out;
}

/// The same mask, whatever non-zero value stood for foreground.
inline Mask as_zeros_and_ones(MaskView mask) {
  Mask out(mask.rows(), mask.cols());
  std::ranges::transform(mask.pixels(), out.pixels().begin(),
                         [](std::uint8_t v) { return static_cast<std::uint8_t>(v != 0 ? 1 : 0); });
  return out;
}

}  // namespace floodlight
