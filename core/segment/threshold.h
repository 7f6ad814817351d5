// Cutoffs that a histogram suggests, and the mask that a cutoff makes.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/segment/histogram.h"

namespace floodlight {

enum class ThresholdMethod : std::uint8_t { otsu, li, yen, triangle, isodata, mean, minimum };

/// The cutoff of `skimage.filters.threshold_<method>` on a float32 image with finite values; `bins` does not matter to
/// li and mean. The value is exact in scikit-image's own type (single for the histogram methods, double for li and
/// mean, which are taken on `image.astype("float64")`). A constant image gives its value, also where scikit-image
/// raises. Refuses where scikit-image raises otherwise (minimum without two maxima, isodata without a solution, a range
/// that is too fine in single precision for so many bins), and values so large that the cutoff is no finite number.
/// O(pixels + bins); li also sorts: O(pixels log).
Result<double> threshold(FloatView image, ThresholdMethod method, int bins = 256);

/// The same from the image's histogram, for the methods that look at nothing else: all but li and mean. O(bins).
Result<double> threshold(const Histogram& histogram, ThresholdMethod method);

/// `image > cutoff`, strictly. The comparison is made in double, which is exact for single-precision cutoffs too.
Mask above(FloatView image, double cutoff);

}  // namespace floodlight
