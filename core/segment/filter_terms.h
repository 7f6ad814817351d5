// What a filter does at one pixel, written out: which values it takes, by what it multiplies them, what comes out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/segment/filter.h"

namespace floodlight {

/// One place under the footprint.
struct FilterTerm {
  Pixel place;         ///< may lie outside the image
  Pixel source;        ///< where the value comes from: the place itself or, outside, the nearest pixel of the edge
  double value = 0;    ///< of the source
  double weight = 1;   ///< not yet divided by the divisor
  double product = 0;  ///< value * weight
  [[nodiscard]] bool outside() const { return place != source; }
};

/// All terms of one output pixel. A kernel that is convolved is written turned, as it lies over the image.
struct FilterTerms {
  int rows = 0;  ///< of the footprint
  int cols = 0;
  std::vector<FilterTerm> terms;  ///< rows x cols, row by row
  double sum = 0;                 ///< of the products
  double divisor = 1;
  double result =
      0;  ///< sum / divisor, within 1e-6 relative of the filter's own value, which rounds between its passes
};

/// The terms of `mean(image, size)` at a pixel of the image: weights 1, divisor size * size. O(size * size).
FilterTerms mean_terms(FloatView image, int size, Pixel pixel);

/// The terms of `gaussian(image, sigma)` as its one kernel in two dimensions, of side 2 * floor(4 * sigma + 0.5) + 1; the
/// weights are products of `gaussian_weights` and sum to 1, the divisor is 1. O(side * side).
FilterTerms gaussian_terms(FloatView image, double sigma, Pixel pixel);

/// The same as it is computed, in two passes of one dimension each.
struct GaussianPasses {
  FilterTerms down;    ///< side x 1: the first pass at the pixel itself, down its column
  FilterTerms across;  ///< 1 x side: the second; its values are results of the first, in single precision
};
/// `across.result` equals the filter's value to the bit once rounded to single. O(side * side).
GaussianPasses gaussian_passes(FloatView image, double sigma, Pixel pixel);

/// The terms of `convolve(image, kernel)`. O(rows * cols).
FilterTerms convolve_terms(FloatView image, const Kernel& kernel, Pixel pixel);

/// What the median sorts.
struct MedianTerms {
  int size = 0;
  std::vector<FilterTerm> window;  ///< size x size, row by row, weights 1
  std::vector<FilterTerm> sorted;  ///< ascending by value, equal values in raster order
  std::size_t middle = 0;          ///< place of the median among the sorted
  float result = 0;                ///< exactly the filter's value
};
/// The neighbourhood of `median(image, size)` at a pixel, and the same sorted. O(size * size log size).
MedianTerms median_terms(FloatView image, int size, Pixel pixel);

/// Kernels to start an experiment from.
enum class KernelPreset : std::uint8_t { identity, box, gaussian, sharpen, sobel, laplacian };
/// A preset of side 3, or of `size` (odd, up to 7) where it can be: identity and box of any; gaussian as whole numbers
/// (side 5 is the lecture's, with the total 273; side 3 is 1 2 1 / 2 4 2 / 1 2 1 with 16); sharpen, sobel (brighter to
/// the right is positive when the kernel lies over the image as `convolve` applies it) and laplacian always of side 3.
Kernel preset_kernel(KernelPreset preset, int size = 3);

}  // namespace floodlight
