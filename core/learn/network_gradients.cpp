// The layers of a network, backwards: from the derivative by a layer's result to those by its input and its weights.
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "core/base/exact_math.h"
#include "core/base/four_singles.h"
#include "core/learn/network_layers.h"
#include "core/learn/score_powers.h"

namespace floodlight {
namespace {

/// One row of the kernels (three numbers) of `outputs` maps over one input map: three sums each, kept in registers.
template <int outputs>
void kernel_rows_back(ConstMaps in, ConstMaps gradient, int input, int first, int kernel_row, float* to,
                      std::ptrdiff_t stride) {
  std::array<std::array<Four, 3>, outputs> sums{};
  for (int row = 0; row < gradient.rows; ++row) {
    const float* const x = in.row(input, row + kernel_row - 1) - 1;
    const float* const g = gradient.row(first, row);
    for (int col = 0; col < gradient.cols; col += lanes) {
      const Four a = load(x + col);
      const Four b = load(x + col + 1);
      const Four c = load(x + col + 2);
      for (std::size_t o = 0; o < outputs; ++o) {
        const Four by = load(g + static_cast<std::ptrdiff_t>(o) * gradient.plane + col);
        sums[o][0] += by * a;
        sums[o][1] += by * b;
        sums[o][2] += by * c;
      }
    }
  }
  for (std::size_t o = 0; o < outputs; ++o) {
    for (std::size_t k = 0; k < 3; ++k)
      to[static_cast<std::ptrdiff_t>(o) * stride + static_cast<std::ptrdiff_t>(k)] += total(sums[o][k]);
  }
}

void bias_back(ConstMaps gradient, std::span<float> bias_gradient) {
  for (int o = 0; o < gradient.count; ++o) {
    Four sum{};
    for (int row = 0; row < gradient.rows; ++row) {
      const float* const g = gradient.row(o, row);
      for (int col = 0; col < gradient.cols; col += lanes) sum += load(g + col);
    }
    bias_gradient[static_cast<std::size_t>(o)] += total(sum);
  }
}

}  // namespace

void convolve_back(ConstMaps gradient, std::span<const float> kernels, Maps in_gradient) {
  // A pixel of the input reaches its neighbours by the kernel's numbers on the other side: the same convolution, turned.
  const auto inputs = static_cast<std::size_t>(in_gradient.count);
  const auto outputs = static_cast<std::size_t>(gradient.count);
  std::vector<float> turned(kernels.size());
  for (std::size_t o = 0; o < outputs; ++o) {
    for (std::size_t i = 0; i < inputs; ++i) {
      for (std::size_t k = 0; k < kernel_size; ++k)
        turned[(i * outputs + o) * kernel_size + k] = kernels[(o * inputs + i) * kernel_size + kernel_size - 1 - k];
    }
  }
  const std::vector<float> no_bias(inputs);
  convolve(gradient, turned, no_bias, in_gradient, Rectify::no, in_gradient.all());
}

void convolve_weights_back(ConstMaps in, ConstMaps gradient, std::span<float> kernels_gradient,
                           std::span<float> bias_gradient) {
  assert(in.rows == gradient.rows && in.cols == gradient.cols);
  const std::ptrdiff_t stride = static_cast<std::ptrdiff_t>(in.count) * kernel_size;
  for (int i = 0; i < in.count; ++i) {
    for (int kernel_row = 0; kernel_row < 3; ++kernel_row) {
      float* const to = kernels_gradient.data() + std::ptrdiff_t{i} * kernel_size + kernel_row * 3;
      const auto some = [&]<int outputs>(int first) {
        kernel_rows_back<outputs>(in, gradient, i, first, kernel_row, to + first * stride, stride);
        return first + outputs;
      };
      int first = 0;
      while (gradient.count - first >= 4) first = some.template operator()<4>(first);
      if (gradient.count - first == 3) some.template operator()<3>(first);
      if (gradient.count - first == 2) some.template operator()<2>(first);
      if (gradient.count - first == 1) some.template operator()<1>(first);
    }
  }
  bias_back(gradient, bias_gradient);
}

void rectify_back(ConstMaps out, Maps gradient) {
  for (int map = 0; map < out.count; ++map) {
    for (int row = 0; row < out.rows; ++row) {
      const float* const y = out.row(map, row);
      float* const g = gradient.row(map, row);
      for (int col = 0; col < out.cols; col += lanes) store(load(y + col) > 0 ? load(g + col) : Four{}, g + col);
    }
  }
}

void max_pool_back(ConstMaps in, ConstMaps gradient, Maps in_gradient) {
  for (int map = 0; map < gradient.count; ++map) {
    for (int row = 0; row < gradient.rows; ++row) {
      const float* const g = gradient.row(map, row);
      for (int col = 0; col < gradient.cols; ++col) {
        const std::ptrdiff_t twice = std::ptrdiff_t{2} * col;
        const float* const upper = in.row(map, 2 * row) + twice;
        const std::array<std::ptrdiff_t, 4> places = {0, 1, in.pitch, in.pitch + 1};
        std::ptrdiff_t best = 0;
        for (const std::ptrdiff_t place : places) best = upper[place] > upper[best] ? place : best;
        // Both have the same size and therefore the same pitch.
        in_gradient.row(map, 2 * row)[twice + best] += g[col];
      }
    }
  }
}

void upsample_back(ConstMaps gradient, Maps in_gradient) {
  for (int map = 0; map < in_gradient.count; ++map) {
    for (int row = 0; row < in_gradient.rows; ++row) {
      const float* const upper = gradient.row(map, 2 * row);
      const float* const lower = gradient.row(map, 2 * row + 1);
      float* const to = in_gradient.row(map, row);
      for (int col = 0; col < in_gradient.cols; ++col) {
        const int twice = 2 * col;
        to[col] = (upper[twice] + upper[twice + 1]) + (lower[twice] + lower[twice + 1]);
      }
    }
  }
}

void combine_back(ConstMaps gradient, std::span<const float> weights, Maps in_gradient) {
  const auto inputs = static_cast<std::size_t>(in_gradient.count);
  for (int row = 0; row < gradient.rows; ++row) {
    for (std::size_t i = 0; i < inputs; ++i) {
      float* const to = in_gradient.row(static_cast<int>(i), row);
      for (int col = 0; col < gradient.cols; col += lanes) {
        Four sum{};
        for (int o = 0; o < gradient.count; ++o)
          sum += load(gradient.row(o, row) + col) * weights[static_cast<std::size_t>(o) * inputs + i];
        store(sum, to + col);
      }
    }
  }
}

void combine_weights_back(ConstMaps in, ConstMaps gradient, std::span<float> weights_gradient,
                          std::span<float> bias_gradient) {
  for (int o = 0; o < gradient.count; ++o) {
    for (int i = 0; i < in.count; ++i) {
      Four sum{};
      for (int row = 0; row < gradient.rows; ++row) {
        const float* const g = gradient.row(o, row);
        const float* const x = in.row(i, row);
        for (int col = 0; col < gradient.cols; col += lanes) sum += load(g + col) * load(x + col);
      }
      weights_gradient[static_cast<std::size_t>(o * in.count + i)] += total(sum);
    }
  }
  bias_back(gradient, bias_gradient);
}

double cross_entropy(ConstMaps scores, ImageView<const std::uint8_t> classes, float scale, Maps gradient) {
  assert(scores.count <= most_network_classes && scores.rows == classes.rows() && scores.cols == classes.cols());
  const auto count = static_cast<std::size_t>(scores.count);
  double loss = 0;
  ScorePowers powers;
  for (int row = 0; row < scores.rows; ++row) {
    for (int col = 0; col < scores.cols; ++col) {
      const int place = col % pixels_of_powers;
      if (place == 0) powers.take(scores, row, col, std::min(pixels_of_powers, scores.cols - col));
      const auto at = static_cast<std::size_t>(place);
      if (!powers.finite[at]) {
        loss = std::numeric_limits<double>::quiet_NaN();
        for (int k = 0; k < scores.count; ++k) gradient.row(k, row)[col] = 0;
        continue;
      }
      double sum = 0;
      for (std::size_t k = 0; k < count; ++k) sum += powers.of[k][at];
      const std::size_t truth = classes[row, col];
      const auto score = static_cast<double>(scores.row(static_cast<int>(truth), row)[col]);
      loss += exact_log(sum) - (score - powers.highest[at]);
      for (std::size_t k = 0; k < count; ++k) {
        const double residual = powers.of[k][at] / sum - (k == truth ? 1.0 : 0.0);
        gradient.row(static_cast<int>(k), row)[col] = static_cast<float>(residual) * scale;
      }
    }
  }
  return loss;
}

}  // namespace floodlight
