// Convolution with a kernel of one's own.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/segment/filter_terms.h"

namespace floodlight {

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

/// The terms of `convolve(image, kernel)`. O(rows * cols).
FilterTerms convolve_terms(FloatView image, const Kernel& kernel, Pixel pixel);

/// Kernels to start an experiment from.
enum class KernelPreset : std::uint8_t { identity, box, gaussian, sharpen, sobel, laplacian };
/// A preset of side 3, or of `size` (odd, up to 7) where it can be: identity and box of any; gaussian as whole numbers
/// (side 5 is the lecture's, with the total 273; side 3 is 1 2 1 / 2 4 2 / 1 2 1 with 16); sharpen, sobel (brighter to
/// the right is positive when the kernel lies over the image as `convolve` applies it) and laplacian always of side 3.
Kernel preset_kernel(KernelPreset preset, int size = 3);

}  // namespace floodlight
