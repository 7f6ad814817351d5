// Painted images and pixel classifiers for the tests; the same numbers on every machine.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>

#include "core/learn/pixel_classifier.h"
#include "core/pipeline/recipe.h"
#include "tests/core/random_inputs.h"

namespace floodlight::testing {

/// Some pixels painted with 1 where the image is bright and with 2 where it is dark, with some mistakes; of three classes
/// the last is painted anywhere.
inline PaintImage any_paint(FloatView image, Dice& dice, int classes = 2) {
  const auto [low, high] = std::ranges::minmax(image.pixels());
  PaintImage paint(image.rows(), image.cols());
  for (int i = roll(dice, 60, 300); i > 0; --i) {
    const Pixel pixel{roll(dice, 0, image.rows() - 1), roll(dice, 0, image.cols() - 1)};
    const bool bright = image[pixel] > low + (high - low) / 3;
    int label = bright != (roll(dice, 0, 19) == 0) ? 1 : 2;
    if (classes > 2 && roll(dice, 0, 4) == 0) label = 3;
    paint[pixel] = static_cast<std::uint8_t>(label);
  }
  return paint;
}

/// A classifier that has learnt from one image of blobs.
inline PixelClassifier any_classifier(Dice& dice, const FeatureChoice& features = {},
                                      const ForestSettings& settings = {.trees = 5}, int classes = 2) {
  while (true) {
    const Image<float> image = blobs(dice, 40, 50, 8);
    TrainingSet set;
    if (!append_painted_image(set, image, any_paint(image, dice, classes), features)) std::abort();
    auto made = train_classifier(set, features, settings, {{.image = "a.tif", .paint = "a_paint.tif"}});
    if (made) return std::move(*made);
  }
}

/// A recipe whose mask comes from such a classifier.
inline Recipe classifier_recipe(PixelClassifier classifier) {
  Recipe recipe;
  recipe.mask_from = &mask_sources::classifier;
  recipe.classifier = std::make_shared<const PixelClassifier>(std::move(classifier));
  recipe.window = 5;
  recipe.min_distance = 2;
  recipe.exclude_border = false;
  return recipe;
}

}  // namespace floodlight::testing
