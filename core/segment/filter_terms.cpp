// The terms of each filter at one pixel, summed in the filter's own order.
#include "core/segment/filter_terms.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace floodlight {
namespace {

/// The places under a footprint around a pixel, with their values and the weight 1.
std::vector<FilterTerm> lay_over(FloatView image, int rows, int cols, Pixel pixel) {
  assert(image.contains(pixel));
  assert(rows > 0 && rows % 2 == 1 && cols > 0 && cols % 2 == 1);
  std::vector<FilterTerm> terms;
  terms.reserve(static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols));
  for (int r = pixel.row - rows / 2; r <= pixel.row + rows / 2; ++r) {
    for (int c = pixel.col - cols / 2; c <= pixel.col + cols / 2; ++c) {
      const Pixel source{.row = std::clamp(r, 0, image.rows() - 1), .col = std::clamp(c, 0, image.cols() - 1)};
      const auto value = static_cast<double>(image[source]);
      terms.push_back({.place = {.row = r, .col = c}, .source = source, .value = value, .weight = 1, .product = value});
    }
  }
  return terms;
}

void weigh(FilterTerm& term, double weight) {
  term.weight = weight;
  term.product = term.value * weight;
}

/// The products summed row by row and divided.
FilterTerms sum_up(int rows, int cols, std::vector<FilterTerm> terms, double divisor) {
  FilterTerms result{.rows = rows, .cols = cols, .terms = std::move(terms), .sum = 0, .divisor = divisor, .result = 0};
  for (const FilterTerm& term : result.terms) {
    // A weight of zero keeps even an infinite value out, as in `convolve`.
    if (term.weight != 0) result.sum += term.product;
  }
  result.result = result.sum / divisor;
  return result;
}

/// One pass of the Gaussian, summed as `gaussian` does: the middle, then the pairs around it from the farthest inwards.
FilterTerms sum_up_pass(int rows, int cols, std::vector<FilterTerm> terms, const std::vector<double>& weights) {
  for (std::size_t i = 0; i < terms.size(); ++i) weigh(terms[i], weights[i]);
  const std::size_t radius = terms.size() / 2;
  double sum = terms[radius].product;
  for (std::size_t j = radius; j > 0; --j) {
    sum += (terms[radius - j].value + terms[radius + j].value) * weights[radius + j];
  }
  return {.rows = rows, .cols = cols, .terms = std::move(terms), .sum = sum, .divisor = 1, .result = sum};
}

FilterTerms pass_down(FloatView image, const std::vector<double>& weights, Pixel pixel) {
  const auto side = static_cast<int>(weights.size());
  return sum_up_pass(side, 1, lay_over(image, side, 1, pixel), weights);
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

FilterTerms mean_terms(FloatView image, int size, Pixel pixel) {
  return sum_up(size, size, lay_over(image, size, size, pixel), static_cast<double>(size) * size);
}

FilterTerms gaussian_terms(FloatView image, double sigma, Pixel pixel) {
  const std::vector<double> weights = gaussian_weights(sigma);
  const auto side = static_cast<int>(weights.size());
  std::vector<FilterTerm> terms = lay_over(image, side, side, pixel);
  auto term = terms.begin();
  for (const double down : weights) {
    for (const double across : weights) weigh(*term++, down * across);
  }
  return sum_up(side, side, std::move(terms), 1);
}

GaussianPasses gaussian_passes(FloatView image, double sigma, Pixel pixel) {
  const std::vector<double> weights = gaussian_weights(sigma);
  const auto side = static_cast<int>(weights.size());
  std::vector<FilterTerm> across = lay_over(image, 1, side, pixel);
  for (FilterTerm& term : across) {
    term.value = static_cast<double>(static_cast<float>(pass_down(image, weights, term.source).result));
  }
  return {.down = pass_down(image, weights, pixel), .across = sum_up_pass(1, side, std::move(across), weights)};
}

FilterTerms convolve_terms(FloatView image, const Kernel& kernel, Pixel pixel) {
  std::vector<FilterTerm> terms = lay_over(image, kernel.rows, kernel.cols, pixel);
  assert(kernel.weights.size() == terms.size());
  auto weight = kernel.weights.rbegin();
  for (FilterTerm& term : terms) weigh(term, *weight++);
  return sum_up(kernel.rows, kernel.cols, std::move(terms), kernel.divisor);
}

MedianTerms median_terms(FloatView image, int size, Pixel pixel) {
  MedianTerms result;
  result.size = size;
  result.window = lay_over(image, size, size, pixel);
  result.sorted = result.window;
  std::ranges::stable_sort(result.sorted, {}, &FilterTerm::value);
  result.middle = result.sorted.size() / 2;
  result.result = static_cast<float>(result.sorted[result.middle].value);
  return result;
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
