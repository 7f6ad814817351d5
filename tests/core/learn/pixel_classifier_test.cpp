// Classifiers that are trained, written and read back; everything else is refused with a sentence.
#include "core/learn/pixel_classifier.h"

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/learn/pixel_classifier_json.h"
#include "tests/core/learn/classifiers.h"

namespace floodlight {
namespace {

using testing::any_classifier;
using testing::any_paint;
using testing::blobs;
using testing::Dice;
using testing::roll;

std::string training_refusal(FloatView image, PaintView paint) {
  TrainingSet set;
  if (const auto added = append_painted_image(set, image, paint, {}); !added) return added.error().message;
  const auto trained = train_classifier(set, {}, {}, {{.image = "a.tif", .paint = "b.tif"}});
  return trained ? "accepted" : trained.error().message;
}

TEST(PixelClassifier, LearnsTheForestOfItsPaint) {
  Dice dice(5);
  TrainingSet set;
  for (int i = 0; i < 2; ++i) {
    const Image<float> image = blobs(dice, 40, 50, 8);
    const PaintImage paint = any_paint(image, dice);
    ASSERT_TRUE(append_painted_image(set, image, paint, {}));
    const ScaleSpace space = scale_space(image, {}).value();
    const TrainingSet alone = training_set_in_slices(space, paint).finish();
    EXPECT_TRUE(std::ranges::equal(alone.labels, std::span(set.labels).last(alone.size())));
    EXPECT_TRUE(std::ranges::equal(alone.values, std::span(set.values).last(alone.values.size())));
  }
  const ForestSettings settings{.trees = 7, .max_depth = 4, .seed = 3};
  const PixelClassifier classifier = train_classifier(set, {}, settings, {}).value();
  EXPECT_EQ(classifier.forest, train_forest(set, settings).value());
  EXPECT_EQ(classifier.classes,
            (std::vector<PixelClass>{{.label = 1, .name = "nuclei"}, {.label = 2, .name = "background"}}));
  EXPECT_EQ(classifier.nuclei, 1);
  EXPECT_EQ(classifier.settings, settings);
}

TEST(PixelClassifier, NamesThreeClasses) {
  Dice dice(6);
  const PixelClassifier classifier = any_classifier(dice, {}, {.trees = 2}, 3);
  ASSERT_EQ(classifier.classes.size(), 3U);
  EXPECT_EQ(classifier.classes[0].name, "nuclei");
  EXPECT_EQ(classifier.classes[1].name, "class 2");
  EXPECT_EQ(classifier.classes[2].name, "class 3");
}

TEST(PixelClassifier, SaysWhyPaintCannotBeLearntFrom) {
  Dice dice(7);
  Image<float> image = blobs(dice, 20, 30, 4);
  PaintImage paint(20, 30);
  EXPECT_EQ(training_refusal(image, PaintImage(20, 31)),
            "The paint has 20 x 31 pixels and the image has 20 x 30 pixels; paint must be of its image's size.");
  EXPECT_EQ(training_refusal(image, paint),
            "No pixel is painted: all values of the paint are 0; paint some pixels of each class.");
  paint[3, 4] = 1;
  EXPECT_EQ(training_refusal(image, paint), "Only one class is painted; paint some pixels of another one, too.");
  paint[3, 5] = 3;
  EXPECT_EQ(training_refusal(image, paint), "accepted");
  paint[3, 4] = 2;
  EXPECT_EQ(training_refusal(image, paint),
            "No pixel is painted with 1, which stands for the nuclei; the lowest class that is painted is 2.");
  image[0, 0] = std::numeric_limits<float>::infinity();
  EXPECT_EQ(training_refusal(image, paint),
            "1 pixel is NaN or infinite, from which nothing can be learnt; paint another image.");
  LabelImage labels(2, 2);
  labels[1, 1] = 255;
  EXPECT_EQ((paint_of_labels(labels).value()[1, 1]), 255);
  labels[1, 1] = 256;
  EXPECT_EQ(paint_of_labels(labels).error().message,
            "The paint holds the value 256; a class is a whole number from 1 to 255, and 0 is not painted.");
}

TEST(PixelClassifier, ReadsBackTheSameToTheLastBit) {
  Dice dice(8);
  for (int round = 0; round < 12; ++round) {
    const int kinds = roll(dice, 1, 7);
    const FeatureChoice choice{.intensity = (kinds & 1) != 0,
                               .edges = (kinds & 2) != 0,
                               .texture = (kinds & 4) != 0,
                               .sigmas = round % 2 == 0 ? std::vector<double>{0.7, 1.0 / 0.3} : std::vector{2.0}};
    PixelClassifier classifier =
        any_classifier(dice, choice,
                       {.trees = roll(dice, 1, 9),
                        .max_depth = round % 3 == 0 ? std::nullopt : std::optional(roll(dice, 1, 9)),
                        .seed = static_cast<std::uint32_t>(dice())},
                       roll(dice, 2, 3));
    classifier.nuclei = classifier.classes.back().label;
    const std::string text = write_json(classifier_to_json(classifier));
    const auto read = classifier_from_json(parse_json(text).value());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, classifier);
  }
}

constexpr std::string_view small =
    R"({"classes": [{"label": 1, "name": "nuclei"}, {"label": 2, "name": "background"}], "nuclei": 1, )"
    R"("features": {"intensity": true, "edges": false, "texture": false, "sigmas": [1, 2]}, )"
    R"("settings": {"trees": 1, "max_depth": null, "random_state": 4}, )"
    R"("painted": [{"image": "a.tif", "paint": "a_paint.tif"}], )"
    R"("forest": {"features": 2, "classes": [1, 2], "trees": [{"feature": [1, -1, -1], "threshold": [50.5], "counts": [0, 4, 5, 0]}]}})";

std::string refusal(std::string_view piece, std::string_view other) {
  std::string text(small);
  const std::size_t at = text.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  const auto json = parse_json(text.replace(at, piece.size(), other));
  if (!json) return json.error().message;
  const auto read = classifier_from_json(*json);
  return read ? "accepted" : read.error().message;
}

TEST(PixelClassifier, IsWrittenAsItReads) {
  const auto read = classifier_from_json(parse_json(small).value());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(write_json(classifier_to_json(*read)), small);
}

TEST(PixelClassifier, SaysWhatIsWrongWithJson) {
  EXPECT_EQ(refusal("\"nuclei\": 1, ", ""), "The classifier has no \"nuclei\".");
  EXPECT_EQ(refusal("{\"classes\"", "{\"colour\": 1, \"classes\""),
            "The classifier has a member \"colour\", which none has.");
  EXPECT_EQ(
      refusal("[{\"label\": 1, \"name\": \"nuclei\"}, ", "["),
      "The classifier's list of classes is [{\"label\": 2, \"name\": \"background\"}]; it must be a list of 2 to 8 "
      "classes.");
  for (const std::string label : {"0", "256", "1.5", "\"1\"", "null"}) {
    EXPECT_EQ(refusal("\"label\": 1", "\"label\": " + label),
              "The classifier's class label is " + label + "; it must be a whole number from 1 to 255.");
  }
  EXPECT_EQ(refusal("\"name\": \"nuclei\"", "\"name\": \"\""),
            "The classifier's class name is \"\"; it must be a text of 1 to 100 characters.");
  EXPECT_EQ(refusal("\"nuclei\": 1", "\"nuclei\": 3"),
            "The classifier's class of nuclei is 3; it must be the label of one of its classes.");
  EXPECT_EQ(refusal("\"edges\": false", "\"edges\": 0"), "The classifier's edges is 0; it must be true or false.");
  EXPECT_EQ(refusal("\"intensity\": true", "\"intensity\": false"),
            "No kind of feature is chosen; choose intensity, edges or texture, or several of them.");
  EXPECT_EQ(refusal("\"sigmas\": [1, 2]", "\"sigmas\": []"),
            "The classifier's list of sigmas is []; it must be a list of 1 to 16 numbers.");
  EXPECT_EQ(refusal("\"sigmas\": [1, 2]", "\"sigmas\": [2, 1]"),
            "The classifier's list of sigmas is [2, 1]; it must be ascending, each once.");
  EXPECT_EQ(refusal("\"sigmas\": [1, 2]", "\"sigmas\": [1, 1e300]"),
            "A feature's sigma is 1e+300; it must be from 0.1 to 20 pixels.");
  EXPECT_EQ(refusal("\"sigmas\": [1, 2]", "\"sigmas\": [1, null]"),
            "The classifier's sigma is null; it must be a number.");
  EXPECT_EQ(refusal("\"trees\": 1,", "\"trees\": 1001,"),
            "The classifier's number of trees is 1001; it must be a whole number from 1 to 1000.");
  EXPECT_EQ(refusal("\"max_depth\": null", "\"max_depth\": 0"),
            "The classifier's max_depth is 0; it must be a whole number from 1 to 1000, or null for none.");
  EXPECT_EQ(refusal("\"random_state\": 4", "\"random_state\": 4294967296"),
            "The classifier's random_state is 4294967296; it must be a whole number from 0 to 4294967295.");
  EXPECT_EQ(refusal("[{\"image\": \"a.tif\", \"paint\": \"a_paint.tif\"}]", "[]"),
            "The classifier's list of painted images is []; it must be a list of 1 to 1000 images and their paint.");
  EXPECT_EQ(refusal("\"paint\": \"a_paint.tif\"", "\"paint\": 7"),
            "The classifier's paint is 7; it must be a text of 1 to 4096 characters.");
}

TEST(PixelClassifier, RefusesAForestThatIsNotItsOwn) {
  EXPECT_EQ(refusal("\"features\": 2", "\"features\": 3"),
            "The forest asks for 3 features, and the classifier computes 2; both must be the same.");
  EXPECT_EQ(refusal("\"trees\": 1,", "\"trees\": 2,"),
            "The forest has 1 trees, and the classifier's settings say 2; both must be the same.");
  EXPECT_EQ(refusal("\"classes\": [1, 2]", "\"classes\": [1, 3]"),
            "The forest's classes are others than the classifier's; both must be the same, in one order.");
  // Nodes that would go round in a circle, or nowhere, are no tree when they are listed depth first.
  EXPECT_EQ(refusal("[1, -1, -1]", "[1, 1, 1]"), "Tree 1 of the forest ends before its last leaf.");
  EXPECT_EQ(refusal("[1, -1, -1]", "[1, 2, -1]"),
            "Tree 1 of the forest asks for feature 2; it must be a whole number from 0 to 1, or -1 for a leaf.");
  EXPECT_EQ(refusal("[50.5]", "[null]"), "Tree 1 of the forest has the threshold null; it must be a number.");
  EXPECT_EQ(refusal("[0, 4, 5, 0]", "[0, 4, 5]"),
            "Tree 1 of the forest must have a list of 4 counts, one for each class of its 2 leaves.");
  EXPECT_EQ(refusal("[50.5]", "[1e999]").substr(0, 27), "This is not valid JSON: lin");
}

}  // namespace
}  // namespace floodlight
