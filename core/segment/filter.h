// Filters: each pixel replaced by a number made from its neighbours. Outside the image the edge pixel repeats.
#pragma once

#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"

namespace floodlight {

/// The weights of one pass of `gaussian`, 2 * floor(4 * sigma + 0.5) + 1 of them, summing to 1.
std::vector<double> gaussian_weights(double sigma);

/// `skimage.filters.gaussian(image, sigma)` of a float32 image: two passes, down the columns, then along the rows, each
/// summed in double in scipy's order and rounded to single. sigma in pixels, 0 leaves the image as it is.
/// O(pixels * sigma). Bit for bit scikit-image's.
Image<float> gaussian(FloatView image, double sigma);
Sliced<Image<float>> gaussian_in_slices(FloatView image, double sigma);

/// `scipy.ndimage.uniform_filter(image, size, mode="nearest")`: running sums in double, each pass rounded to single.
/// size odd. O(pixels) whatever the size.
Image<float> mean(FloatView image, int size);
Sliced<Image<float>> mean_in_slices(FloatView image, int size);

/// `skimage.filters.median(image, ones((size, size)))`: the middle one of the sorted neighbourhood. size odd.
/// O(pixels * size).
Image<float> median(FloatView image, int size);
Sliced<Image<float>> median_in_slices(FloatView image, int size);

/// A kernel of odd height and width; every sum of products is divided by `divisor`.
struct Kernel {
  int rows = 0;
  int cols = 0;
  std::vector<double> weights;  ///< rows x cols, row-major
  double divisor = 1;
};

/// `scipy.ndimage.convolve(image, weights, mode="nearest") / divisor`: sums and division in double, rounded to single
/// once. A convolution, so an asymmetric kernel is applied turned by 180 degrees. O(pixels * rows * cols).
Image<float> convolve(FloatView image, const Kernel& kernel);
Sliced<Image<float>> convolve_in_slices(FloatView image, Kernel kernel);

}  // namespace floodlight
