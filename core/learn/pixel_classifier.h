// A pixel classifier: which features of a pixel it looks at, the forest that has learnt from paint what they mean, and which
// of the classes is the nuclei.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/learn/features.h"
#include "core/learn/forest.h"
#include "core/learn/paint.h"

namespace floodlight {

/// A class: what it is painted with, and what it is called.
struct PixelClass {
  std::uint8_t label = 1;
  std::string name;
  friend bool operator==(const PixelClass&, const PixelClass&) = default;
};

/// An image that was painted, and its paint: a label TIFF of its size in which 0 is not painted.
struct PaintedFile {
  std::string image;
  std::string paint;
  friend bool operator==(const PaintedFile&, const PaintedFile&) = default;
};

struct PixelClassifier {
  std::vector<PixelClass> classes;   ///< those of the forest, in its order
  std::uint8_t nuclei = 1;           ///< the label of the class that becomes the mask
  FeatureChoice features;            ///< sigmas ascending
  ForestSettings settings;           ///< that the forest was trained with
  std::vector<PaintedFile> painted;  ///< what it was trained on, in the order of the samples
  Forest forest;
  friend bool operator==(const PixelClassifier&, const PixelClassifier&) = default;
};

/// What nuclei are painted with, as in ilastik where they are the first class.
constexpr std::uint8_t label_of_nuclei = 1;
constexpr std::uint8_t label_of_background = 2;  ///< where there are only two classes
constexpr std::size_t most_painted_files = 1000;
constexpr std::size_t longest_class_name = 100;
constexpr std::size_t longest_file_name = 4096;

/// Labels as paint. Refuses values above 255, which no class has.
Result<PaintImage> paint_of_labels(LabelView labels);

/// Adds the features of an image's painted pixels to a training set, in raster order. Refuses paint of another size or of no
/// pixel, pixels that are NaN or infinite, and what `check_features` refuses. O(pixels * sum of sigmas).
Result<void> append_painted_image(TrainingSet& set, FloatView image, PaintView paint, const FeatureChoice& features);

/// Trains the classifier whose forest `train_forest` gives; the nuclei are the class `label_of_nuclei`, which must be
/// painted. Where there are two classes the other one is called background.
Sliced<Result<PixelClassifier>> train_classifier_in_slices(TrainingSet set, FeatureChoice features,
                                                           ForestSettings settings, std::vector<PaintedFile> painted);
Result<PixelClassifier> train_classifier(TrainingSet set, const FeatureChoice& features, const ForestSettings& settings,
                                         std::vector<PaintedFile> painted);

/// A classifier that has learnt nothing yet: it says which features are computed and how a forest would be trained, and
/// gives no mask.
PixelClassifier untrained_classifier(FeatureChoice features = {}, ForestSettings settings = {});
[[nodiscard]] inline bool is_trained(const PixelClassifier& classifier) { return !classifier.forest.trees.empty(); }

}  // namespace floodlight
