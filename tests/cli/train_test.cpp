// `floodlight train`: painted images become a recipe, or a sentence says why not.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/learn/pixel_classifier.h"
#include "core/pipeline/pipeline.h"
#include "tests/cli/run_cli.h"
#include "tests/core/files/tiff_fixtures.h"

namespace floodlight {
namespace {

class CliTrain : public Cli {
 protected:
  CliTrain() { save("paint.tif", *encode_label_tiff(paint(), LabelDepth::u16)); }

  /// A stroke through each nucleus of `cells.tif`, and one beside them.
  static LabelImage paint() {
    LabelImage labels(60, 80);
    for (int col = 20; col < 30; ++col) labels[25, col] = 1;
    for (int col = 5; col < 75; ++col) labels[50, col] = 2;
    return labels;
  }
  static PixelClassifier classifier(const ForestSettings& settings, int images) {
    TrainingSet set;
    std::vector<PaintedFile> painted;
    for (int i = 0; i < images; ++i) {
      painted.push_back({.image = "cells.tif", .paint = "paint.tif"});
      EXPECT_TRUE(append_painted_image(set, two_nuclei(), paint_of_labels(paint()).value(), {}));
    }
    return train_classifier(set, {}, settings, painted).value();
  }
  void expect_refused(const std::string& arguments, int status, const std::string& sentence) const {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, status) << arguments;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err.substr(0, outcome.err.find('\n')), "floodlight: " + sentence);
  }
};

TEST_F(CliTrain, PrintsTheRecipeWithTheForest) {
  const Outcome outcome = run("train cells.tif paint.tif");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  const auto recipe = recipe_from_text(outcome.out);
  ASSERT_TRUE(recipe) << recipe.error().message;
  ASSERT_NE(recipe->classifier, nullptr);
  EXPECT_EQ(*recipe->classifier, classifier({}, 1));
  const auto two =
      recipe_from_text(run("train cells.tif paint.tif cells.tif paint.tif --trees 7 --seed 4294967295").out);
  ASSERT_TRUE(two) << two.error().message;
  EXPECT_EQ(*two->classifier, classifier({.trees = 7, .seed = 4294967295}, 2));
}

TEST_F(CliTrain, SegmentRunsTheRecipe) {
  save("r.json", test::bytes_of_text(run("train cells.tif paint.tif").out));
  const Outcome outcome = run("segment --recipe r.json --stages cells.tif");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("cells.tif: 2 nuclei, ")) << outcome.out;
  Recipe recipe;
  recipe.mask_from = &mask_sources::classifier;
  recipe.classifier = std::make_shared<const PixelClassifier>(classifier({}, 1));
  Pipeline pipeline;
  pipeline.set_recipe(recipe);
  pipeline.set_image(two_nuclei());
  pipeline.finish();
  EXPECT_EQ(labels("cells_labeled.tif"), pipeline.values().labels);
  EXPECT_EQ(image("cells_filtered.tif").pixels, pipeline.values().filtered);
}

TEST_F(CliTrain, SaysWhatIsWrongWithTheOrder) {
  expect_refused("train", 2, "train needs an image and its paint: floodlight train cells.tif cells_paint.tif");
  expect_refused("train cells.tif paint.tif cells.tif", 2,
                 "train needs an image and its paint, always two files; cells.tif is alone.");
  expect_refused("train cells.tif paint.tif --trees 0", 2, "--trees is 0; it must be a whole number from 1 to 1000.");
  expect_refused("train cells.tif paint.tif --seed -1", 2,
                 "--seed is -1; it must be a whole number from 0 to 4294967295.");
}

TEST_F(CliTrain, SaysWhatIsWrongWithThePaint) {
  const auto paint_of = [&](const LabelImage& labels) { save("bad.tif", *encode_label_tiff(labels)); };
  const std::string start = "bad.tif, the paint of cells.tif: ";
  paint_of(LabelImage(60, 81));
  expect_refused(
      "train cells.tif bad.tif", 1,
      start + "The paint has 60 x 81 pixels and the image has 60 x 80 pixels; paint must be of its image's size.");
  paint_of(LabelImage(60, 80));
  expect_refused("train cells.tif bad.tif", 1,
                 start + "No pixel is painted: all values of the paint are 0; paint some pixels of each class.");
  LabelImage labels(60, 80);
  labels[3, 3] = 1;
  paint_of(labels);
  expect_refused("train cells.tif bad.tif", 1,
                 "bad.tif: Only one class is painted; paint some pixels of another one, too.");
  labels[3, 4] = 300;
  paint_of(labels);
  expect_refused(
      "train cells.tif bad.tif", 1,
      start + "The paint holds the value 300; a class is a whole number from 1 to 255, and 0 is not painted.");
  expect_refused("train cells.tif missing.tif", 1, "missing.tif cannot be read: No such file or directory.");
  save("not.tif", test::bytes_of_text("no image"));
  EXPECT_EQ(run("train cells.tif not.tif").status, 1);
}

}  // namespace
}  // namespace floodlight
