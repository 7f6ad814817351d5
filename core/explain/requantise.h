// Fewer bits: what is lost when values share a level.
#pragma once

#include <cstdint>

#include "core/base/image.h"

namespace floodlight {

/// The image with 2^bits levels from 0 to `maximum`: level = floor(value * 2^bits / (maximum + 1)), and each value becomes
/// the lowest whole number of its level (level * (maximum + 1) / 2^bits, rounded up). Values outside are clipped. With as
/// many bits as the maximum has, whole numbers stay as they are. bits 1 to 16. O(pixels).
Image<float> requantise(FloatView image, int bits, double maximum);

/// How many different values there are. O(pixels log pixels).
std::int64_t count_distinct(FloatView image);

}  // namespace floodlight
