// The layers of a network, forwards.
#include "core/learn/network_layers.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>

#include "core/base/exact_math.h"
#include "core/base/four_singles.h"
#include "core/learn/score_powers.h"

namespace floodlight {
namespace {

constexpr int at_once = FeatureMaps::columns_at_once;
static_assert(at_once == 2 * lanes);

/// A row of `outputs` maps from `first` on, eight columns at a time; their sums stay in registers.
template <int outputs>
void convolve_row(ConstMaps in, const float* kernels, const float* bias, Maps out, int first, int row, int left,
                  int right, Rectify rectify) {
  const std::ptrdiff_t stride = static_cast<std::ptrdiff_t>(in.count) * kernel_size;
  const float* const of_first = kernels + first * stride;
  for (int col = left; col < right; col += at_once) {
    std::array<Four, outputs> one;
    std::array<Four, outputs> other;
    for (std::size_t o = 0; o < outputs; ++o) one[o] = other[o] = Four{} + bias[static_cast<std::size_t>(first) + o];
    const float* kernel = of_first;
    const float* above = in.row(0, row - 1) + col - 1;
    for (int i = 0; i < in.count; ++i, kernel += kernel_size, above += in.plane) {
      const float* x = above;
      for (int k = 0; k < kernel_size; k += 3, x += in.pitch) {
        for (int shift = 0; shift < 3; ++shift) {
          const Four a = load(x + shift);
          const Four b = load(x + shift + lanes);
          for (std::size_t o = 0; o < outputs; ++o) {
            const float weight = kernel[static_cast<std::ptrdiff_t>(o) * stride + k + shift];
            one[o] += a * weight;
            other[o] += b * weight;
          }
        }
      }
    }
    for (std::size_t o = 0; o < outputs; ++o) {
      float* const to = out.row(first + static_cast<int>(o), row) + col;
      store(rectify == Rectify::yes ? rectified(one[o]) : one[o], to);
      store(rectify == Rectify::yes ? rectified(other[o]) : other[o], to + lanes);
    }
  }
  // What was written beyond the map is what a kernel sees there: zeros.
  for (int o = first; o < first + outputs; ++o) {
    float* const to = out.row(o, row);
    for (int col = out.cols; col < out.cols + at_once; ++col) to[col] = 0;
  }
}

}  // namespace

void convolve(ConstMaps in, std::span<const float> kernels, std::span<const float> bias, Maps out, Rectify rectify,
              const MapWindow& window) {
  assert(in.rows == out.rows && in.cols == out.cols);
  assert(std::ssize(kernels) == std::ptrdiff_t{1} * in.count * out.count * kernel_size &&
         std::ssize(bias) == out.count);
  for (int row = window.top; row < window.bottom; ++row) {
    const auto some = [&]<int outputs>(int first) {
      convolve_row<outputs>(in, kernels.data(), bias.data(), out, first, row, window.left, window.right, rectify);
      return first + outputs;
    };
    int first = 0;
    while (out.count - first >= 4) first = some.template operator()<4>(first);
    if (out.count - first == 3) some.template operator()<3>(first);
    if (out.count - first == 2) some.template operator()<2>(first);
    if (out.count - first == 1) some.template operator()<1>(first);
  }
}

void max_pool(ConstMaps in, Maps out, const MapWindow& window) {
  assert(in.rows == 2 * out.rows && in.cols == 2 * out.cols && in.count == out.count);
  for (int map = 0; map < out.count; ++map) {
    for (int row = window.top; row < window.bottom; ++row) {
      const float* const upper = in.row(map, 2 * row);
      const float* const lower = in.row(map, 2 * row + 1);
      float* const to = out.row(map, row);
      for (int col = window.left; col < window.right; ++col) {
        const int twice = 2 * col;
        to[col] = std::max(std::max(upper[twice], upper[twice + 1]), std::max(lower[twice], lower[twice + 1]));
      }
    }
  }
}

void upsample(ConstMaps in, Maps out, const MapWindow& window) {
  assert(out.rows == 2 * in.rows && out.cols == 2 * in.cols && in.count == out.count);
  for (int map = 0; map < out.count; ++map) {
    for (int row = window.top; row < window.bottom; ++row) {
      const float* const from = in.row(map, row / 2);
      float* const to = out.row(map, row);
      for (int col = window.left; col < window.right; ++col) to[col] = from[col / 2];
    }
  }
}

void combine(ConstMaps in, std::span<const float> weights, std::span<const float> bias, Maps out,
             const MapWindow& window) {
  assert(in.rows == out.rows && in.cols == out.cols);
  for (int row = window.top; row < window.bottom; ++row) {
    for (int o = 0; o < out.count; ++o) {
      const auto weights_of = weights.subspan(static_cast<std::size_t>(o) * static_cast<std::size_t>(in.count));
      float* const to = out.row(o, row);
      for (int col = window.left; col < window.right; col += lanes) {
        Four sum = Four{} + bias[static_cast<std::size_t>(o)];
        for (int i = 0; i < in.count; ++i) sum += load(in.row(i, row) + col) * weights_of[static_cast<std::size_t>(i)];
        store(sum, to + col);
      }
      for (int col = out.cols; col < out.cols + at_once; ++col) to[col] = 0;
    }
  }
}

void softmax(std::span<float> scores) {
  assert(scores.size() <= most_network_classes);
  if (!std::ranges::all_of(scores, [](float score) { return std::isfinite(score); })) {
    std::ranges::fill(scores, std::numeric_limits<float>::quiet_NaN());
    return;
  }
  const auto highest = static_cast<double>(*std::ranges::max_element(scores));
  std::array<double, most_network_classes> e{};
  double sum = 0;
  for (std::size_t k = 0; k < scores.size(); ++k) {
    e[k] = exact_exp(static_cast<double>(scores[k]) - highest);
    sum += e[k];
  }
  for (std::size_t k = 0; k < scores.size(); ++k) scores[k] = static_cast<float>(e[k] / sum);
}

void softmax_along(ConstMaps scores, int row, int first, int last, std::span<float* const> to) {
  const auto classes = static_cast<std::size_t>(scores.count);
  assert(classes <= most_network_classes && to.size() == classes);
  for (int begin = first; begin < last; begin += pixels_of_powers) {
    const int count = std::min(pixels_of_powers, last - begin);
    ScorePowers powers;
    powers.take(scores, row, begin, count);
    for (int i = 0; i < count; ++i) {
      const auto at = static_cast<std::size_t>(i);
      double sum = 0;
      for (std::size_t k = 0; k < classes; ++k) sum += powers.of[k][at];
      for (std::size_t k = 0; k < classes; ++k) {
        to[k][begin - first + i] =
            powers.finite[at] ? static_cast<float>(powers.of[k][at] / sum) : std::numeric_limits<float>::quiet_NaN();
      }
    }
  }
}

}  // namespace floodlight
