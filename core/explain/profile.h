// The values along a straight line.
#pragma once

#include <vector>

#include "core/base/image.h"

namespace floodlight {

/// The pixels of the line from one pixel to another, both included: one for each step along its longer side, the other
/// coordinate rounded to the nearest (halves away from zero). O(length).
std::vector<Pixel> line_pixels(Pixel from, Pixel to);

/// The values at these pixels, which lie in the image.
std::vector<float> values_along(FloatView image, const std::vector<Pixel>& line);

}  // namespace floodlight
