// Images with their truth for the tests of networks; the same numbers on every machine.
#pragma once

#include <cstdlib>

#include "core/learn/network_training.h"
#include "tests/core/random_inputs.h"

namespace floodlight::testing {

/// Discs of several sizes with their labels; later ones lie over earlier ones.
inline TruthImage discs(Dice& dice, int rows, int cols, bool rim) {
  Image<float> image(rows, cols);
  LabelImage truth(rows, cols);
  for (float& value : image.pixels()) value = static_cast<float>(roll(dice, 90, 130));
  for (int i = 1; i <= rows * cols / 900; ++i) {
    const Pixel centre{roll(dice, 0, rows - 1), roll(dice, 0, cols - 1)};
    const int radius = roll(dice, 6, 13);
    const auto light = static_cast<float>(roll(dice, 100, 700));
    for (int row = 0; row < rows; ++row) {
      for (int col = 0; col < cols; ++col) {
        if (squared_distance(centre, {row, col}) > radius * radius) continue;
        image[row, col] += light;
        truth[row, col] = i;
      }
    }
  }
  return truth_image(image, truth, rim);
}

/// A training that has all its images, which are such discs.
inline NetworkTraining any_training(const TrainingSettings& settings) {
  NetworkTraining training(settings);
  Dice dice(31);
  for (int i = 0; i < settings.images; ++i) {
    if (!training.add(discs(dice, 100 + 8 * i, 90, settings.shape.rim))) std::abort();
  }
  return training;
}

}  // namespace floodlight::testing
