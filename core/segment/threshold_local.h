// A cutoff for each pixel: the weighted mean of the values around it.
#pragma once

#include "core/base/image.h"
#include "core/segment/threshold_row.h"

namespace floodlight {

/// `skimage.filters.threshold_local(image, block_size, offset=offset)` of a float32 image: the Gaussian with sigma
/// (block_size - 1) / 6 of the image mirrored at its edges, less the offset, in single precision. block_size odd.
/// O(pixels * block_size).
Image<float> threshold_local(FloatView image, int block_size, double offset = 0);

/// The block's side, and what is taken away from its mean.
extern const Option block_size;
extern const Option block_offset;

namespace thresholds {
extern const ThresholdRow local;
}  // namespace thresholds

}  // namespace floodlight
