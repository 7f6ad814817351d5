// The cutoff halfway between the means below and above it.
#pragma once

#include "core/segment/threshold_row.h"

namespace floodlight {

/// `skimage.filters.threshold_isodata`: the first such bin. Refuses where there is none. O(bins). Source: Ridler and
/// Calvard, Picture thresholding using an iterative selection method, 1978.
Result<double> threshold_isodata(const Histogram& histogram);

namespace thresholds {
extern const ThresholdRow isodata;
}  // namespace thresholds

}  // namespace floodlight
