// How far each foreground pixel is from the nearest background pixel.
#pragma once

#include <cstdint>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

/// The exact squares of `scipy.ndimage.distance_transform_edt(mask)`, in pixels squared; background is 0. The outside of
/// the image is not background. A mask without background measures to the point (-1, 0), as scipy does. O(pixels).
Image<std::int32_t> distance_squared(MaskView mask);
Sliced<Image<std::int32_t>> distance_squared_in_slices(MaskView mask);

/// The distances themselves, in pixels: the square roots in double, or rounded once to single.
Image<double> distance(ImageView<const std::int32_t> squared);
Image<float> distance_single(ImageView<const std::int32_t> squared);

}  // namespace floodlight
