// The shapes that repairs lay on every pixel of a mask.
#pragma once

#include <cstdint>

#include "core/base/image.h"
#include "core/base/option.h"

namespace floodlight {

enum class FootprintShape : std::uint8_t { disk, diamond, square };

/// `skimage.morphology.disk(radius)`, `diamond(radius)`, or a square of ones of side 2 * radius + 1.
/// The default cross of `binary_closing` is disk(1) = diamond(1).
struct Footprint {
  FootprintShape shape = FootprintShape::disk;
  int radius = 1;
};

/// The footprint as an image of (2 * radius + 1)^2 zeros and ones.
Mask footprint_image(Footprint footprint);

/// The options of a repair with a footprint, and the footprint that values of them mean.
extern const Option footprint_shape;
extern const Option footprint_radius;
Footprint footprint_of(const OptionValues& values);
OptionValues values_of(Footprint footprint);

}  // namespace floodlight
