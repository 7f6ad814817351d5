// Yen's cutoff: the one at which both classes are told apart by the most information.
#pragma once

#include "core/segment/threshold_row.h"

namespace floodlight {

/// `skimage.filters.threshold_yen`, all in single but the logarithm. O(bins). Source: Yen, Chang and Chang, A new criterion
/// for automatic multilevel thresholding, 1995.
double threshold_yen(const Histogram& histogram);

namespace thresholds {
extern const ThresholdRow yen;
}  // namespace thresholds

}  // namespace floodlight
