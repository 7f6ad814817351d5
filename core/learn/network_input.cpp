// From an image's values to the network's scale.
#include "core/learn/network_input.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/base/exact_math.h"
#include "core/base/pairwise_sum.h"

namespace floodlight {
namespace {

constexpr std::size_t pixels_of_a_slice = 30'000;

int rows_of_a_slice(FloatView image) {
  return static_cast<int>(std::max<std::size_t>(1, pixels_of_a_slice / static_cast<std::size_t>(image.cols())));
}

/// A whole number that is larger where the value is.
std::uint32_t key_of(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}
float value_of(std::uint32_t key) { return std::bit_cast<float>((key & 0x80000000U) != 0 ? key & 0x7FFFFFFFU : ~key); }

/// How often each half of a key occurs.
using Counts = std::vector<std::uint32_t>;
constexpr std::size_t halves = 1 << 16;

/// Where the value of a rank is: which half of a key, and its rank among those with the same.
struct Place {
  std::uint32_t half = 0;
  std::size_t rank = 0;
};
Place place_of(const Counts& counts, std::size_t rank) {
  std::uint32_t half = 0;
  while (rank >= counts[half]) rank -= counts[half++];
  return {.half = half, .rank = rank};
}

void count_upper_halves(std::span<const float> pixels, Counts& counts) {
  for (const float value : pixels) ++counts[key_of(value) >> 16];
}
void count_lower_halves(std::span<const float> pixels, std::uint32_t upper, Counts& counts) {
  for (const float value : pixels) {
    const std::uint32_t key = key_of(value);
    if (key >> 16 == upper) ++counts[key & 0xFFFFU];
  }
}

/// Values by their place in ascending order, in two passes over the halves of their keys.
Sliced<std::array<float, 2>> values_at_in_slices(FloatView image, std::array<std::size_t, 2> ranks) {
  constexpr std::size_t step = 4 * pixels_of_a_slice;
  const std::span<const float> pixels = image.pixels();
  Counts upper(halves);
  for (std::size_t i = 0; i < pixels.size(); i += step) {
    count_upper_halves(pixels.subspan(i, std::min(step, pixels.size() - i)), upper);
    co_yield Pause{};
  }
  std::array<float, 2> values{};
  for (std::size_t k = 0; k < ranks.size(); ++k) {
    const Place place = place_of(upper, ranks[k]);
    Counts lower(halves);
    for (std::size_t i = 0; i < pixels.size(); i += step) {
      count_lower_halves(pixels.subspan(i, std::min(step, pixels.size() - i)), place.half, lower);
      co_yield Pause{};
    }
    values[k] = value_of(place.half << 16 | place_of(lower, place.rank).half);
  }
  co_return values;
}

/// The sum of `term` of every pixel of a row.
template <typename Term>
double sum_of_row(std::span<const float> row, std::vector<double>& terms, Term term) {
  terms.resize(row.size());
  std::ranges::transform(row, terms.begin(), term);
  return pairwise_sum<double>(std::span<const double>(terms));
}

std::span<const float> row_of(const Image<float>& image, int row) {
  return {image.view().row(row), static_cast<std::size_t>(image.cols())};
}

void take_logarithms(FloatView image, const InputScale& scale, int row, Image<float>& to) {
  for (int col = 0; col < image.cols(); ++col) {
    const double above = std::max(static_cast<double>(image[row, col]) - scale.low, 0.0);
    to[row, col] = static_cast<float>(exact_log(1 + above / scale.spread));
  }
}

}  // namespace

Sliced<NetworkInput> network_input_in_slices(FloatView image) {
  NetworkInput made{.image = Image<float>(image.rows(), image.cols()), .scale = {}};
  if (image.empty()) co_return made;
  const std::size_t last = image.size() - 1;
  const auto [low, rather_low] = co_await values_at_in_slices(image, {last / 100, last / 20});
  made.scale.low = static_cast<double>(low);
  made.scale.spread = 4 * std::max(static_cast<double>(rather_low) - static_cast<double>(low), 1.0);
  const auto pixels = static_cast<double>(image.size());
  const int step = rows_of_a_slice(image);
  std::vector<double> sums(static_cast<std::size_t>(image.rows()));
  std::vector<double> terms;
  for (int row = 0; row < image.rows(); ++row) {
    take_logarithms(image, made.scale, row, made.image);
    sums[static_cast<std::size_t>(row)] =
        sum_of_row(row_of(made.image, row), terms, [](float x) { return static_cast<double>(x); });
    if (row % step == 0) co_yield Pause{};
  }
  made.scale.mean = pairwise_sum<double>(std::span<const double>(sums)) / pixels;
  const double mean = made.scale.mean;
  for (int row = 0; row < image.rows(); ++row) {
    for (int col = 0; col < image.cols(); ++col)
      made.image[row, col] = static_cast<float>(static_cast<double>(made.image[row, col]) - mean);
    sums[static_cast<std::size_t>(row)] = sum_of_row(
        row_of(made.image, row), terms, [](float x) { return static_cast<double>(x) * static_cast<double>(x); });
    if (row % step == 0) co_yield Pause{};
  }
  const double deviation = std::sqrt(pairwise_sum<double>(std::span<const double>(sums)) / pixels);
  if (deviation > 0) made.scale.deviation = deviation;
  for (int row = 0; row < image.rows(); ++row) {
    for (int col = 0; col < image.cols(); ++col)
      made.image[row, col] = static_cast<float>(static_cast<double>(made.image[row, col]) / made.scale.deviation);
    if (row % (4 * step) == 0) co_yield Pause{};
  }
  co_return made;
}

NetworkInput network_input(FloatView image) { return network_input_in_slices(image).finish(); }

}  // namespace floodlight
