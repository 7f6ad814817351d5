// The cutoff in the valley between two hills of the histogram.
#pragma once

#include "core/segment/threshold_row.h"

namespace floodlight {

/// `skimage.filters.threshold_minimum`: the histogram is smoothed until two maxima are left. Refuses where that does not
/// happen. O(bins) a round, at most 10,000 rounds. Source: Prewitt and Mendelsohn, The analysis of cell images, 1966.
Result<double> threshold_minimum(const Histogram& histogram);

namespace thresholds {
extern const ThresholdRow minimum;
}  // namespace thresholds

}  // namespace floodlight
