// What softmax and loss have in common: the powers of the scores of some pixels of a row.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include "core/base/exact_math.h"
#include "core/learn/network_layers.h"

namespace floodlight {

constexpr int pixels_of_powers = 64;

struct ScorePowers {
  std::array<double, pixels_of_powers> highest;                               ///< score of each pixel
  std::array<std::array<double, pixels_of_powers>, most_network_classes> of;  ///< exp(score - highest) of each class
  std::array<bool, pixels_of_powers> finite;                                  ///< whether all scores are

  void take(ConstMaps scores, int row, int first, int count) {
    const auto pixels = static_cast<std::size_t>(count);
    for (std::size_t i = 0; i < pixels; ++i) {
      highest[i] = static_cast<double>(scores.row(0, row)[first + static_cast<int>(i)]);
      finite[i] = std::isfinite(highest[i]);
    }
    for (int k = 1; k < scores.count; ++k) {
      for (std::size_t i = 0; i < pixels; ++i) {
        const auto score = static_cast<double>(scores.row(k, row)[first + static_cast<int>(i)]);
        highest[i] = std::max(highest[i], score);
        finite[i] = finite[i] && std::isfinite(score);
      }
    }
    for (int k = 0; k < scores.count; ++k) {
      std::array<double, pixels_of_powers>& powers = of[static_cast<std::size_t>(k)];
      for (std::size_t i = 0; i < pixels; ++i) {
        const auto score = static_cast<double>(scores.row(k, row)[first + static_cast<int>(i)]);
        powers[i] = finite[i] ? score - highest[i] : 0;
      }
      exact_exp_of_each(std::span(powers).first(pixels));
    }
  }
};

}  // namespace floodlight
