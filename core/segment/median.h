// The median of a square neighbourhood.
#pragma once

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/filter_row.h"

namespace floodlight {

/// `skimage.filters.median(image, ones((size, size)))`: the middle one of the sorted neighbourhood. size odd.
/// O(pixels * size).
Image<float> median(FloatView image, int size);
Sliced<Image<float>> median_in_slices(FloatView image, int size);

/// The neighbourhood of `median(image, size)` at a pixel, and the same sorted. O(size * size log size).
MedianTerms median_terms(FloatView image, int size, Pixel pixel);

namespace filters {
/// Its size is the mean's `window_size`.
extern const FilterRow median;
}  // namespace filters

}  // namespace floodlight
