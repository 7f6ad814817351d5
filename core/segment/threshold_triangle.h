// The cutoff at the histogram's corner: farthest from the line between its peak and its end.
#pragma once

#include "core/segment/threshold_row.h"

namespace floodlight {

/// `skimage.filters.threshold_triangle`, in double. O(bins). Source: Zack, Rogers and Latt, Automatic measurement of sister
/// chromatid exchange frequency, 1977.
double threshold_triangle(const Histogram& histogram);

namespace thresholds {
extern const ThresholdRow triangle;
}  // namespace thresholds

}  // namespace floodlight
