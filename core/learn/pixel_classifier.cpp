// From painted images to a classifier.
#include "core/learn/pixel_classifier.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/words.h"

namespace floodlight {
namespace {

std::string size_of(int rows, int cols) { return std::to_string(rows) + " x " + std::to_string(cols) + " pixels"; }

std::string name_of_class(std::uint8_t label, std::size_t classes) {
  if (label == label_of_nuclei) return "nuclei";
  return classes == 2 ? "background" : "class " + std::to_string(label);
}

}  // namespace

Result<PaintImage> paint_of_labels(LabelView labels) {
  PaintImage paint(labels.rows(), labels.cols());
  for (std::size_t i = 0; i < paint.size(); ++i) {
    const Label label = labels.pixels()[i];
    if (label > 255) {
      return fail("The paint holds the value " + std::to_string(label) +
                  "; a class is a whole number from 1 to 255, and 0 is not painted.");
    }
    paint.pixels()[i] = static_cast<std::uint8_t>(label);
  }
  return paint;
}

Result<void> append_painted_image(TrainingSet& set, FloatView image, PaintView paint, const FeatureChoice& features) {
  if (paint.rows() != image.rows() || paint.cols() != image.cols()) {
    return fail("The paint has " + size_of(paint.rows(), paint.cols()) + " and the image has " +
                size_of(image.rows(), image.cols()) + "; paint must be of its image's size.");
  }
  if (std::ranges::all_of(paint.pixels(), [](std::uint8_t label) { return label == 0; }))
    return fail("No pixel is painted: all values of the paint are 0; paint some pixels of each class.");
  const auto bad = std::ranges::count_if(image.pixels(), [](float v) { return !std::isfinite(v); });
  if (bad > 0) {
    return fail(counted(bad, "pixel is", "pixels are") +
                " NaN or infinite, from which nothing can be learnt; paint another image.");
  }
  auto space = scale_space(image, features);
  if (!space) return std::unexpected(std::move(space.error()));
  append_samples(set, *space, paint);
  return {};
}

Sliced<Result<PixelClassifier>> train_classifier_in_slices(TrainingSet set, FeatureChoice features,
                                                           ForestSettings settings, std::vector<PaintedFile> painted) {
  auto forest = co_await train_forest_in_slices(set, settings);
  if (!forest) co_return std::unexpected(std::move(forest.error()));
  const auto& labels = forest->classes;
  if (!std::ranges::contains(labels, label_of_nuclei)) {
    co_return fail("No pixel is painted with " + std::to_string(label_of_nuclei) +
                   ", which stands for the nuclei; the lowest class that is painted is " +
                   std::to_string(labels.front()) + ".");
  }
  PixelClassifier classifier = untrained_classifier(std::move(features), settings);
  classifier.painted = std::move(painted);
  for (const std::uint8_t label : labels) {
    classifier.classes.push_back({.label = label, .name = name_of_class(label, labels.size())});
  }
  classifier.forest = std::move(*forest);
  co_return classifier;
}

Result<PixelClassifier> train_classifier(TrainingSet set, const FeatureChoice& features, const ForestSettings& settings,
                                         std::vector<PaintedFile> painted) {
  return train_classifier_in_slices(std::move(set), features, settings, std::move(painted)).finish();
}

PixelClassifier untrained_classifier(FeatureChoice features, ForestSettings settings) {
  return {.classes = {},
          .nuclei = label_of_nuclei,
          .features = std::move(features),
          .settings = settings,
          .painted = {},
          .forest = {}};
}

}  // namespace floodlight
