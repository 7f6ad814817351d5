// The ways to choose a cutoff that there are, a row each, and the mask that a cutoff makes.
#pragma once

#include <span>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/threshold_row.h"

namespace floodlight {

/// All of them, in the order in which they are offered; the first is by hand.
std::span<const ThresholdRow* const> all_thresholds();

/// The cutoff of `skimage.filters.threshold_<name>` on a float32 image with finite values. The value is exact in
/// scikit-image's own type (single for the histogram methods, double for li and mean, which are taken on
/// `image.astype("float64")`). A constant image gives its value, also where scikit-image raises. Refuses where
/// scikit-image raises otherwise (minimum without two maxima, isodata without a solution, a range that is too fine in
/// single precision for so many bins), values so large that the cutoff is no finite number, and an empty image.
/// O(pixels + bins); li also sorts: O(pixels log).
Result<Cutoff> threshold(FloatView image, const Chosen<ThresholdRow>& method);

/// `image > cutoff`, strictly. The comparison is made in double, which is exact for single-precision cutoffs too.
Mask above(FloatView image, double cutoff);
/// The same with each pixel's own cutoff, where these differ.
Mask above(FloatView image, const Cutoff& cutoff);

namespace thresholds {
/// A value set by hand.
extern const ThresholdRow manual;
}  // namespace thresholds
extern const Option cutoff_value;

}  // namespace floodlight
