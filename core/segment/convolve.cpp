// Free convolution with kernels of one's own: sums in double in raster order, rounded to single once.
#include "core/segment/convolve.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/segment/padded_row.h"

namespace floodlight {
namespace {

/// The rows from `first` to before `last` of the convolved image.
void convolve_rows(FloatView image, const Kernel& kernel, ImageView<float> out, int first, int last) {
  const int half_rows = kernel.rows / 2;
  const int half_cols = kernel.cols / 2;
  const int padded = image.cols() + 2 * half_cols;
  const auto cols = static_cast<std::size_t>(image.cols());
  std::vector<double> source(static_cast<std::size_t>(padded));
  std::vector<double> sums(cols);
  for (int row = first; row < last; ++row) {
    std::ranges::fill(sums, 0.0);
    // The kernel is walked from its last weight to its first, so that the image is summed in raster order.
    const double* weight = kernel.weights.data() + kernel.weights.size();
    for (int i = -half_rows; i <= half_rows; ++i) {
      copy_row(image, row + i, -half_cols, padded, Border::nearest, source.data());
      for (int j = 0; j < kernel.cols; ++j) {
        const double w = *--weight;
        if (w == 0) continue;
        const double* x = source.data() + j;
        for (std::size_t c = 0; c < cols; ++c) sums[c] += x[c] * w;
      }
    }
    float* target = out.row(row);
    for (std::size_t c = 0; c < cols; ++c) target[c] = static_cast<float>(sums[c] / kernel.divisor);
  }
}

Kernel square_kernel(int side, std::vector<double> weights, double divisor) {
  return {.rows = side, .cols = side, .weights = std::move(weights), .divisor = divisor};
}

Kernel whole_number_gaussian(int side) {
  switch (side) {
    case 1:
      return square_kernel(1, {1}, 1);
    case 3:
      return square_kernel(3, {1, 2, 1, 2, 4, 2, 1, 2, 1}, 16);
    case 5:
      return square_kernel(5, {1, 4, 7, 4, 1, 4, 16, 26, 16, 4, 7, 26, 41, 26, 7, 4, 16, 26, 16, 4, 1, 4, 7, 4, 1},
                           273);
    default:
      // Thousandths of the bell curve of sigma 1, rounded.
      return square_kernel(7, {0, 0,  1,  2,   1,  0,  0,  //
                               0, 3,  13, 22,  13, 3,  0,  //
                               1, 13, 59, 97,  59, 13, 1,  //
                               2, 22, 97, 159, 97, 22, 2,  //
                               1, 13, 59, 97,  59, 13, 1,  //
                               0, 3,  13, 22,  13, 3,  0,  //
                               0, 0,  1,  2,   1,  0,  0},
                           1003);
  }
}

}  // namespace

Sliced<Image<float>> convolve_in_slices(FloatView image, Kernel kernel) {
  assert(kernel.rows % 2 == 1 && kernel.cols % 2 == 1);
  assert(kernel.weights.size() == static_cast<std::size_t>(kernel.rows) * static_cast<std::size_t>(kernel.cols));
  Image<float> out(image.rows(), image.cols());
  constexpr std::size_t products_of_a_slice = 500'000;
  const std::size_t of_a_row = kernel.weights.size() * static_cast<std::size_t>(std::max(1, image.cols()));
  const int rows = static_cast<int>(products_of_a_slice / of_a_row) + 1;
  for (int first = 0; first < image.rows(); first += rows) {
    convolve_rows(image, kernel, out, first, std::min(image.rows(), first + rows));
    co_yield Pause{};
  }
  co_return out;
}

Image<float> convolve(FloatView image, const Kernel& kernel) { return convolve_in_slices(image, kernel).finish(); }

FilterTerms convolve_terms(FloatView image, const Kernel& kernel, Pixel pixel) {
  std::vector<FilterTerm> terms = lay_over(image, kernel.rows, kernel.cols, pixel);
  assert(kernel.weights.size() == terms.size());
  auto weight = kernel.weights.rbegin();
  for (FilterTerm& term : terms) weigh(term, *weight++);
  return sum_up(kernel.rows, kernel.cols, std::move(terms), kernel.divisor);
}

Kernel preset_kernel(KernelPreset preset, int size) {
  assert(size >= 1 && size <= 7 && size % 2 == 1);
  const auto area = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
  switch (preset) {
    case KernelPreset::box:
      return square_kernel(size, std::vector<double>(area, 1), static_cast<double>(area));
    case KernelPreset::gaussian:
      return whole_number_gaussian(size);
    case KernelPreset::sharpen:
      return square_kernel(3, {0, -1, 0, -1, 5, -1, 0, -1, 0}, 1);
    case KernelPreset::sobel:
      return square_kernel(3, {1, 0, -1, 2, 0, -2, 1, 0, -1}, 1);
    case KernelPreset::laplacian:
      return square_kernel(3, {0, 1, 0, 1, -4, 1, 0, 1, 0}, 1);
    default: {
      std::vector<double> weights(area);
      weights[area / 2] = 1;
      return square_kernel(size, std::move(weights), 1);
    }
  }
}

}  // namespace floodlight
