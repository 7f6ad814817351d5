// The mean of a square neighbourhood.
#pragma once

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/filter_row.h"

namespace floodlight {

/// `scipy.ndimage.uniform_filter(image, size, mode="nearest")`: running sums in double, each pass rounded to single.
/// size odd. O(pixels) whatever the size.
Image<float> mean(FloatView image, int size);
Sliced<Image<float>> mean_in_slices(FloatView image, int size);

/// The terms of `mean(image, size)` at a pixel of the image: weights 1, divisor size * size. O(size * size).
FilterTerms mean_terms(FloatView image, int size, Pixel pixel);

/// The side of the square that mean and median look at.
extern const Option window_size;

namespace filters {
extern const FilterRow mean;
}  // namespace filters

}  // namespace floodlight
