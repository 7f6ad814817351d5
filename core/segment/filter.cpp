// Gaussian, mean and free convolution: sums in double in scipy's order, rounded to single after each pass.
#include "core/segment/filter.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/exact_math.h"
#include "core/base/pairwise_sum.h"

namespace floodlight {
namespace {

// Two doubles fill one register of WebAssembly and of SSE2; the compiler turns plain loops over a block of sums into
// code that keeps storing and reloading them.
using Pair = double __attribute__((vector_size(16)));
using FloatPair = float __attribute__((vector_size(8)));

constexpr int block = 8;  ///< output pixels whose sums stay in registers together

/// About half a millisecond, in products added up.
constexpr std::size_t work_per_slice = 1U << 20U;

Pair load(const double* from) {
  Pair pair;
  std::memcpy(&pair, from, sizeof pair);
  return pair;
}

int round_up(int n) { return (n + block - 1) / block * block; }

/// `out[i] = x[i] * w[0] + sum over j = radius..1 of (x[i - j * step] + x[i + j * step]) * w[j]`, in this order.
/// Reads up to a whole block beyond `count`.
void weigh_symmetrically(const double* x, std::ptrdiff_t step, const double* w, int radius, float* out, int count) {
  for (int first = 0; first < count; first += block) {
    const double* centre = x + first;
    std::array<Pair, block / 2> sums;
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] = load(centre + 2 * k) * w[0];
    const double* before = centre - radius * step;
    const double* after = centre + radius * step;
    for (int j = radius; j > 0; --j, before += step, after -= step) {
      for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += (load(before + 2 * k) + load(after + 2 * k)) * w[j];
    }
    std::array<float, block> rounded;
    for (std::size_t k = 0; k < sums.size(); ++k) {
      const FloatPair pair = __builtin_convertvector(sums[k], FloatPair);
      std::memcpy(rounded.data() + 2 * k, &pair, sizeof pair);
    }
    std::memcpy(out + first, rounded.data(), sizeof(float) * static_cast<std::size_t>(std::min(block, count - first)));
  }
}

/// Copies the columns from `left` on of one row as doubles; the edge pixels repeat outside.
void copy_clamped(FloatView image, int row, int left, int count, double* out) {
  const float* source = image.row(std::clamp(row, 0, image.rows() - 1));
  int i = 0;
  for (; i < count && left + i < 0; ++i) out[i] = static_cast<double>(source[0]);
  const int inside = std::min(count, image.cols() - left);
  for (; i < inside; ++i) out[i] = static_cast<double>(source[left + i]);
  for (; i < count; ++i) out[i] = static_cast<double>(source[image.cols() - 1]);
}

constexpr int tile_rows = 64;
constexpr int tile_cols = 32;

/// The pass down the columns for one tile, through a copy whose rows lie close together: rows of an image whose width
/// is a power of two would drive each other out of the cache. `band` holds the rows from `top` on.
void weigh_down(FloatView image, int top, int left, const double* w, int radius, std::vector<double>& scratch,
                ImageView<float> band) {
  const int height = std::min(tile_rows, image.rows() - top);
  const int width = std::min(tile_cols, image.cols() - left);
  scratch.resize(static_cast<std::size_t>(tile_rows + 2 * radius) * tile_cols);
  for (int r = 0; r < height + 2 * radius; ++r) {
    copy_clamped(image, top - radius + r, left, tile_cols, scratch.data() + static_cast<std::ptrdiff_t>(r) * tile_cols);
  }
  for (int r = 0; r < height; ++r) {
    const double* x = scratch.data() + static_cast<std::ptrdiff_t>(r + radius) * tile_cols;
    weigh_symmetrically(x, tile_cols, w, radius, band.row(r) + left, width);
  }
}

void weigh_along(FloatView band, int row, const double* w, int radius, std::vector<double>& scratch, float* out) {
  const int padded = round_up(band.cols()) + 2 * radius;
  scratch.resize(static_cast<std::size_t>(padded));
  copy_clamped(band, row, -radius, padded, scratch.data());
  weigh_symmetrically(scratch.data() + radius, 1, w, radius, out, band.cols());
}

/// One step of the running sums down the columns: `sums` already holds the window of row `row - 1`.
void mean_down(FloatView image, int row, int size, std::vector<double>& sums, float* out) {
  const int half = size / 2;
  const int last = image.rows() - 1;
  const auto cols = static_cast<std::size_t>(image.cols());
  if (row == 0) {
    std::ranges::fill(sums, 0.0);
    for (int k = -half; k <= half; ++k) {
      const float* source = image.row(std::clamp(k, 0, last));
      for (std::size_t c = 0; c < cols; ++c) sums[c] += static_cast<double>(source[c]);
    }
  } else {
    const float* entering = image.row(std::min(row + half, last));
    const float* leaving = image.row(std::max(row - half - 1, 0));
    for (std::size_t c = 0; c < cols; ++c)
      sums[c] += static_cast<double>(entering[c]) - static_cast<double>(leaving[c]);
  }
  const double divisor = size;
  for (std::size_t c = 0; c < cols; ++c) out[c] = static_cast<float>(sums[c] / divisor);
}

/// The running sum along one row, in place.
void mean_along(ImageView<float> image, int row, int size, std::vector<double>& scratch) {
  const int half = size / 2;
  scratch.resize(static_cast<std::size_t>(image.cols() + 2 * half));
  copy_clamped(image, row, -half, image.cols() + 2 * half, scratch.data());
  const double divisor = size;
  double sum = 0;
  for (int k = 0; k < size; ++k) sum += scratch[static_cast<std::size_t>(k)];
  float* out = image.row(row);
  out[0] = static_cast<float>(sum / divisor);
  for (int c = 1; c < image.cols(); ++c) {
    sum += scratch[static_cast<std::size_t>(c + size - 1)] - scratch[static_cast<std::size_t>(c - 1)];
    out[c] = static_cast<float>(sum / divisor);
  }
}

Image<float> copy_of(FloatView image) {
  return {image.rows(), image.cols(), std::vector<float>(image.pixels().begin(), image.pixels().end())};
}

}  // namespace

std::vector<double> gaussian_weights(double sigma) {
  assert(sigma >= 0);
  if (sigma <= 1e-15) return {1.0};
  const int radius = static_cast<int>(4 * sigma + 0.5);
  const double c = -0.5 / (sigma * sigma);
  std::vector<double> weights;
  weights.reserve(2 * static_cast<std::size_t>(radius) + 1);
  for (int k = -radius; k <= radius; ++k) weights.push_back(exact_exp(c * (static_cast<double>(k) * k)));
  const double sum = pairwise_sum<double>(std::span<const double>(weights));
  for (double& w : weights) w /= sum;
  return weights;
}

Image<float> gaussian(FloatView image, double sigma) { return gaussian_in_slices(image, sigma).finish(); }

Sliced<Image<float>> gaussian_in_slices(FloatView image, double sigma) {
  const std::vector<double> weights = gaussian_weights(sigma);
  const int radius = static_cast<int>(weights.size() / 2);
  if (radius == 0 || image.empty()) co_return copy_of(image);
  const double* half = weights.data() + radius;

  Image<float> out(image.rows(), image.cols());
  Image<float> band(std::min(tile_rows, image.rows()), image.cols());
  std::vector<double> scratch;
  std::size_t work = 0;
  const auto taps = static_cast<std::size_t>(radius) + 1;
  for (int top = 0; top < image.rows(); top += tile_rows) {
    for (int left = 0; left < image.cols(); left += tile_cols) {
      weigh_down(image, top, left, half, radius, scratch, band);
      work += static_cast<std::size_t>(tile_rows) * tile_cols * taps;
      if (work >= work_per_slice) {
        work = 0;
        co_yield Pause{};
      }
    }
    for (int row = 0; row < std::min(tile_rows, image.rows() - top); ++row) {
      weigh_along(band, row, half, radius, scratch, out.view().row(top + row));
      work += static_cast<std::size_t>(image.cols()) * taps;
      if (work >= work_per_slice) {
        work = 0;
        co_yield Pause{};
      }
    }
  }
  co_return out;
}

Image<float> mean(FloatView image, int size) { return mean_in_slices(image, size).finish(); }

Sliced<Image<float>> mean_in_slices(FloatView image, int size) {
  assert(size > 0 && size % 2 == 1);
  Image<float> out(image.rows(), image.cols());
  if (image.empty()) co_return out;
  constexpr std::size_t pixels_per_slice = 1U << 17U;
  std::vector<double> sums(static_cast<std::size_t>(image.cols()));
  std::vector<double> scratch;
  std::size_t work = 0;
  for (int row = 0; row < image.rows(); ++row) {
    mean_down(image, row, size, sums, out.view().row(row));
    mean_along(out, row, size, scratch);
    work += static_cast<std::size_t>(image.cols());
    if (work >= pixels_per_slice) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return out;
}

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
      copy_clamped(image, row + i, -half_cols, padded, source.data());
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

}  // namespace floodlight
