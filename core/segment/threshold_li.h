// Li's cutoff: the one that loses the least information about the image.
#pragma once

#include "core/base/image.h"
#include "core/segment/threshold_row.h"

namespace floodlight {

/// `skimage.filters.threshold_li(image.astype("float64"))`, in double. O(pixels log). Source: Li and Tam, An iterative
/// algorithm for minimum cross entropy thresholding, 1998.
double threshold_li(FloatView image);

namespace thresholds {
extern const ThresholdRow li;
}  // namespace thresholds

}  // namespace floodlight
