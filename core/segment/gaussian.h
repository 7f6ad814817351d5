// The Gaussian filter: a mean whose weights fall off like a bell.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/border.h"
#include "core/segment/filter_row.h"

namespace floodlight {

/// The weights of one pass of `gaussian`, 2 * floor(4 * sigma + 0.5) + 1 of them, summing to 1.
std::vector<double> gaussian_weights(double sigma);
/// How far they reach to each side: floor(4 * sigma + 0.5).
int gaussian_reach(double sigma);

/// `skimage.filters.gaussian(image, sigma, mode=border)` of a float32 image: two passes, down the columns, then along the
/// rows, each summed in double in scipy's order and rounded to single. sigma in pixels, 0 leaves the image as it is.
/// O(pixels * sigma). Bit for bit scikit-image's.
Image<float> gaussian(FloatView image, double sigma, Border border = Border::nearest);
Sliced<Image<float>> gaussian_in_slices(FloatView image, double sigma, Border border = Border::nearest);

/// The terms of `gaussian(image, sigma)` as its one kernel in two dimensions, of side 2 * gaussian_reach + 1; the weights
/// are products of `gaussian_weights` and sum to 1, the divisor is 1. O(side * side).
FilterTerms gaussian_terms(FloatView image, double sigma, Pixel pixel, Border border = Border::nearest);

/// The same as it is computed, in two passes of one dimension each.
struct GaussianPasses {
  FilterTerms down;    ///< side x 1: the first pass at the pixel itself, down its column
  FilterTerms across;  ///< 1 x side: the second; its values are results of the first, in single precision
};
/// `across.result` equals the filter's value to the bit once rounded to single. O(side * side).
GaussianPasses gaussian_passes(FloatView image, double sigma, Pixel pixel, Border border = Border::nearest);

/// What is shown of a Gaussian at a pixel: its kernel while that can be read, else its two passes. `start` begins the
/// first sentence: "The" in "The sum of 81 products is 92.4".
TermsAtPixel gaussian_at_pixel(FloatView image, double sigma, Pixel pixel, std::string_view start,
                               Border border = Border::nearest);
/// The same of the row's sigma, with what the lecture's kernel of whole numbers makes of sigma 1.
TermsAtPixel filtered_by_gaussian(FloatView image, const OptionValues& values, Pixel pixel);

/// The width of the bell.
extern const Option gaussian_sigma;

namespace filters {
extern const FilterRow gaussian;
}  // namespace filters

}  // namespace floodlight
