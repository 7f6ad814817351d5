// The difference of two Gaussians: what is about as large as the narrower one stays, noise and background go.
#pragma once

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/filter_row.h"

namespace floodlight {

/// `skimage.filters.difference_of_gaussians(image, low_sigma, high_sigma)` of a float32 image: `gaussian` with the smaller
/// sigma minus `gaussian` with the larger one, in single precision; values lie around 0. Sigmas in pixels, the larger one
/// not below the smaller one. O(pixels * high_sigma). Source: Marr and Hildreth, Theory of edge detection, 1980.
Image<float> difference_of_gaussians(FloatView image, double low_sigma, double high_sigma);

/// The widths of the two bells.
extern const Option low_sigma;
extern const Option high_sigma;

namespace filters {
extern const FilterRow difference_of_gaussians;
}  // namespace filters

}  // namespace floodlight
