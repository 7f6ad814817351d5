// Otsu's cutoff: the two classes that it makes lie as far apart as can be.
#pragma once

#include "core/segment/threshold_row.h"

namespace floodlight {

/// `skimage.filters.threshold_otsu`: the centre of the bin at which the variance between the classes is largest, all in
/// single. That of a histogram of one bin is its centre. O(bins). Source: Otsu, A threshold selection method from gray-level histograms, 1979.
double threshold_otsu(const Histogram& histogram);

namespace thresholds {
extern const ThresholdRow otsu;
}  // namespace thresholds

}  // namespace floodlight
