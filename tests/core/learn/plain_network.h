// A U-Net written down plainly, in double precision and with nothing shared with the core's: what the core's is compared with.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/learn/feature_maps.h"
#include "core/learn/unet.h"

namespace floodlight::testing {

/// Maps in double, map by map.
struct PlainMaps {
  int count = 0;
  int rows = 0;
  int cols = 0;
  std::vector<double> values = {};
  PlainMaps(int maps, int r, int c)
      : count(maps), rows(r), cols(c), values(static_cast<std::size_t>(maps) * static_cast<std::size_t>(r * c)) {}
  double& at(int map, int row, int col) { return values[static_cast<std::size_t>((map * rows + row) * cols + col)]; }
  [[nodiscard]] double at(int map, int row, int col) const {
    return values[static_cast<std::size_t>((map * rows + row) * cols + col)];
  }
  /// 0 outside.
  [[nodiscard]] double padded(int map, int row, int col) const {
    return row < 0 || row >= rows || col < 0 || col >= cols ? 0 : at(map, row, col);
  }
};

template <typename Weights>
PlainMaps plain_convolution(const PlainMaps& in, const Weights& weights, std::size_t first, int outputs) {
  PlainMaps out(outputs, in.rows, in.cols);
  for (int o = 0; o < outputs; ++o) {
    for (int row = 0; row < in.rows; ++row) {
      for (int col = 0; col < in.cols; ++col) {
        double sum = weights[first + static_cast<std::size_t>(outputs * in.count * 9 + o)];
        for (int i = 0; i < in.count; ++i) {
          for (int k = 0; k < 9; ++k)
            sum += weights[first + static_cast<std::size_t>((o * in.count + i) * 9 + k)] *
                   in.padded(i, row + k / 3 - 1, col + k % 3 - 1);
        }
        out.at(o, row, col) = sum;
      }
    }
  }
  return out;
}

inline PlainMaps plain_relu(PlainMaps maps) {
  for (double& value : maps.values) value = std::max(value, 0.0);
  return maps;
}

inline PlainMaps plain_pool(const PlainMaps& in) {
  PlainMaps out(in.count, in.rows / 2, in.cols / 2);
  for (int m = 0; m < out.count; ++m) {
    for (int row = 0; row < out.rows; ++row) {
      for (int col = 0; col < out.cols; ++col) {
        double best = in.at(m, 2 * row, 2 * col);
        for (int k = 1; k < 4; ++k) best = std::max(best, in.at(m, 2 * row + k / 2, 2 * col + k % 2));
        out.at(m, row, col) = best;
      }
    }
  }
  return out;
}

/// Twice the sides, then the skip's maps, if there are any.
inline PlainMaps plain_join(const PlainMaps& below, const PlainMaps* skip) {
  PlainMaps out(below.count + (skip != nullptr ? skip->count : 0), 2 * below.rows, 2 * below.cols);
  for (int m = 0; m < out.count; ++m) {
    for (int row = 0; row < out.rows; ++row) {
      for (int col = 0; col < out.cols; ++col)
        out.at(m, row, col) = m < below.count ? below.at(m, row / 2, col / 2) : skip->at(m - below.count, row, col);
    }
  }
  return out;
}

/// The scores of a network with these weights, which are ordered as `UNet` says.
template <typename Weights>
PlainMaps plain_unet(const UNetShape& shape, const Weights& weights, const PlainMaps& input) {
  std::size_t first = 0;
  const auto convolve_next = [&](const PlainMaps& in, int outputs) {
    PlainMaps out = plain_relu(plain_convolution(in, weights, first, outputs));
    first += static_cast<std::size_t>((in.count * 9 + 1) * outputs);
    return out;
  };
  std::vector<PlainMaps> seen;
  for (std::size_t level = 0; level < shape.widths.size(); ++level)
    seen.push_back(convolve_next(level == 0 ? input : plain_pool(seen.back()), shape.widths[level]));
  PlainMaps at = seen.back();
  for (std::size_t level = shape.widths.size() - 1; level-- > 0;)
    at = convolve_next(plain_join(at, shape.skips ? &seen[level] : nullptr), shape.widths[level]);
  PlainMaps scores(shape.classes(), at.rows, at.cols);
  for (int k = 0; k < scores.count; ++k) {
    for (int row = 0; row < at.rows; ++row) {
      for (int col = 0; col < at.cols; ++col) {
        double sum = weights[first + static_cast<std::size_t>(scores.count * at.count + k)];
        for (int i = 0; i < at.count; ++i)
          sum += weights[first + static_cast<std::size_t>(k * at.count + i)] * at.at(i, row, col);
        scores.at(k, row, col) = sum;
      }
    }
  }
  return scores;
}

/// The sum over all pixels of minus the logarithm of the probability of its class.
inline double plain_cross_entropy(const PlainMaps& scores, ImageView<const std::uint8_t> classes) {
  double loss = 0;
  for (int row = 0; row < scores.rows; ++row) {
    for (int col = 0; col < scores.cols; ++col) {
      double sum = 0;
      for (int k = 0; k < scores.count; ++k) sum += std::exp(scores.at(k, row, col));
      loss -= std::log(std::exp(scores.at(classes[row, col], row, col)) / sum);
    }
  }
  return loss;
}

inline PlainMaps plain(ConstMaps maps) {
  PlainMaps out(maps.count, maps.rows, maps.cols);
  for (int m = 0; m < maps.count; ++m) {
    for (int row = 0; row < maps.rows; ++row) {
      for (int col = 0; col < maps.cols; ++col) out.at(m, row, col) = static_cast<double>(maps.row(m, row)[col]);
    }
  }
  return out;
}

}  // namespace floodlight::testing
