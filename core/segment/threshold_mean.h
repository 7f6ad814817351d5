// The mean of all pixels as a cutoff.
#pragma once

#include "core/base/image.h"
#include "core/segment/threshold_row.h"

namespace floodlight {

/// `skimage.filters.threshold_mean(image.astype("float64"))`: in double, since numpy's sums in single depend on its
/// version. O(pixels).
double threshold_mean(FloatView image);

namespace thresholds {
extern const ThresholdRow mean;
}  // namespace thresholds

}  // namespace floodlight
