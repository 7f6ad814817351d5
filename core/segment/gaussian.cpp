// Sums in double in scipy's order, rounded to single after each pass.
#include "core/segment/gaussian.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <type_traits>

#include "core/base/exact_math.h"
#include "core/base/pairwise_sum.h"
#include "core/base/two_doubles.h"
#include "core/segment/padded_row.h"

namespace floodlight {
namespace {

constexpr int block = 8;  ///< output pixels whose sums stay in registers together

/// About half a millisecond, in products added up.
constexpr std::size_t work_per_slice = 1U << 20U;

int round_up(int n) { return (n + block - 1) / block * block; }

/// `out[i] = x[i] * w[0] + sum over j = radius..1 of (x[i - j * step] + x[i + j * step]) * w[j]`, in this order.
/// Reads up to a whole block beyond `count`. A radius that the compiler knows is that many steps without a loop.
template <typename Radius>
void weigh_symmetrically(const double* x, std::ptrdiff_t step, const double* w, Radius radius, float* out, int count) {
  for (int first = 0; first < count; first += block) {
    const double* centre = x + first;
    std::array<Pair, block / 2> sums;
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] = load(centre + 2 * k) * w[0];
    const double* before = centre - radius * step;
    const double* after = centre + radius * step;
    for (int j = radius; j > 0; --j, before += step, after -= step) {
      for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += (load(before + 2 * k) + load(after + 2 * k)) * w[j];
    }
    std::array<float, block> result;
    for (std::size_t k = 0; k < sums.size(); k += 2) store(rounded(sums[k], sums[k + 1]), result.data() + 2 * k);
    if (count - first >= block) {
      std::memcpy(out + first, result.data(), sizeof result);
    } else {
      std::copy_n(result.begin(), count - first, out + first);
    }
  }
}

/// Of sigma 1, the usual one.
using UsualRadius = std::integral_constant<int, 4>;

void weigh(const double* x, std::ptrdiff_t step, const double* w, int radius, float* out, int count) {
  if (radius == UsualRadius::value) {
    weigh_symmetrically(x, step, w, UsualRadius(), out, count);
  } else {
    weigh_symmetrically(x, step, w, radius, out, count);
  }
}

constexpr int tile_rows = 64;
constexpr int tile_cols = 64;

/// The pass down the columns for one tile, through a copy whose rows lie close together: rows of an image whose width
/// is a power of two would drive each other out of the cache. `band` holds the rows from `top` on.
void weigh_down(FloatView image, int top, int left, const double* w, int radius, Border border,
                std::vector<double>& scratch, ImageView<float> band) {
  const int height = std::min(tile_rows, image.rows() - top);
  const int width = std::min(tile_cols, image.cols() - left);
  scratch.resize(static_cast<std::size_t>(tile_rows + 2 * radius) * tile_cols);
  for (int r = 0; r < height + 2 * radius; ++r) {
    copy_row(image, top - radius + r, left, tile_cols, border,
             scratch.data() + static_cast<std::ptrdiff_t>(r) * tile_cols);
  }
  for (int r = 0; r < height; ++r) {
    const double* x = scratch.data() + static_cast<std::ptrdiff_t>(r + radius) * tile_cols;
    weigh(x, tile_cols, w, radius, band.row(r) + left, width);
  }
}

void weigh_along(FloatView band, int row, const double* w, int radius, Border border, std::vector<double>& scratch,
                 float* out) {
  const int padded = round_up(band.cols()) + 2 * radius;
  scratch.resize(static_cast<std::size_t>(padded));
  copy_row(band, row, -radius, padded, border, scratch.data());
  weigh(scratch.data() + radius, 1, w, radius, out, band.cols());
}

}  // namespace

std::vector<double> gaussian_weights(double sigma) {
  assert(sigma >= 0);
  const int radius = gaussian_reach(sigma);
  if (radius == 0) return {1.0};
  const double c = -0.5 / (sigma * sigma);
  std::vector<double> weights;
  weights.reserve(2 * static_cast<std::size_t>(radius) + 1);
  for (int k = -radius; k <= radius; ++k) weights.push_back(exact_exp(c * (static_cast<double>(k) * k)));
  const double sum = pairwise_sum<double>(std::span<const double>(weights));
  for (double& w : weights) w /= sum;
  return weights;
}

int gaussian_reach(double sigma) { return sigma <= 1e-15 ? 0 : static_cast<int>(4 * sigma + 0.5); }

Image<float> gaussian(FloatView image, double sigma, Border border) {
  return gaussian_in_slices(image, sigma, border).finish();
}

Sliced<Image<float>> gaussian_in_slices(FloatView image, double sigma, Border border) {
  const std::vector<double> weights = gaussian_weights(sigma);
  const int radius = static_cast<int>(weights.size() / 2);
  if (radius == 0 || image.empty()) {
    co_return Image<float>(image.rows(), image.cols(), {image.pixels().begin(), image.pixels().end()});
  }
  const double* half = weights.data() + radius;

  Image<float> out(image.rows(), image.cols());
  Image<float> band(std::min(tile_rows, image.rows()), image.cols());
  std::vector<double> scratch;
  std::size_t work = 0;
  const auto taps = static_cast<std::size_t>(radius) + 1;
  for (int top = 0; top < image.rows(); top += tile_rows) {
    for (int left = 0; left < image.cols(); left += tile_cols) {
      weigh_down(image, top, left, half, radius, border, scratch, band);
      work += static_cast<std::size_t>(tile_rows) * tile_cols * taps;
      if (work >= work_per_slice) {
        work = 0;
        co_yield Pause{};
      }
    }
    for (int row = 0; row < std::min(tile_rows, image.rows() - top); ++row) {
      weigh_along(band, row, half, radius, border, scratch, out.view().row(top + row));
      work += static_cast<std::size_t>(image.cols()) * taps;
      if (work >= work_per_slice) {
        work = 0;
        co_yield Pause{};
      }
    }
  }
  co_return out;
}

constinit const Option gaussian_sigma = {
    .key = "filter.sigma",
    .label = "Sigma",
    .kind = ParameterKind::real,
    .minimum = 0.1,
    .maximum = 20,
    .step = 0.1,
    .initial = 1,
    .unit = "px",
    .help = "Width of the bell of weights. Larger blurs more; the kernel reaches 4 sigma to each side.",
    .python = "sigma",
};

namespace {

constexpr const Option* own_options[] = {&gaussian_sigma};

Sliced<Image<float>> apply(FloatView image, const OptionValues& values) {
  return gaussian_in_slices(image, values[gaussian_sigma]);
}

int reach(const OptionValues& values) { return gaussian_reach(values[gaussian_sigma]); }

constexpr OptionValue sigmas[] = {
    {&gaussian_sigma, 0.5}, {&gaussian_sigma, 1}, {&gaussian_sigma, 2}, {&gaussian_sigma, 4}, {&gaussian_sigma, 8}};
constexpr Setting tried[] = {{&sigmas[0], 1}, {&sigmas[1], 1}, {&sigmas[2], 1}, {&sigmas[3], 1}};

constexpr std::string_view imagej[] = {"run(\"Gaussian Blur...\", \"sigma={sigma}\");\n"};

constexpr RowPitfall pitfalls[] = {
    {.text = "Sigma is not the kernel's size: sigma 1 takes 9 x 9 weights.",
     .action = "Sigma 1",
     .setting = {&sigmas[1], 1}},
    {.text = "More blur is not better: touching nuclei melt together and outlines move.",
     .action = "Sigma 8",
     .setting = {&sigmas[4], 1}},
};

}  // namespace

constinit const FilterRow filters::gaussian = {
    .name = "gaussian",
    .label = "Gaussian",
    .options = own_options,
    .decides = &gaussian_sigma,
    .apply = apply,
    .reach = reach,
    .terms = filtered_by_gaussian,
    .at_pixel = "{raw} becomes {result}: {side} x {side} values, weighted by their distance.",
    .in_diagnosis = "the Gaussian filter with sigma {sigma}",
    .in_paper = "filtered",
    .notebook =
        "Each pixel becomes a weighted mean of its neighbours. The weights fall off like a bell whose width is "
        "sigma: noise averages out, and what is near counts most.",
    .python = "skimage.filters.gaussian(raw_image, sigma={sigma})",
    .imagej = imagej,
    .imagej_differs = "Gaussian Blur cuts off and rounds its weights differently.",
    .tried_title = "Gaussian, sigma {sigma}",
    .tried = tried,
    .pitfalls = pitfalls,
};

}  // namespace floodlight
