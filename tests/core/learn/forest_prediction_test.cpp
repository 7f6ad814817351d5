// What is answered for a whole image is what is answered for each of its pixels alone.
#include "core/learn/forest_prediction.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using testing::blobs;
using testing::Dice;
using testing::roll;

/// A forest that has learned random labels of random pixels: its trees are as large as trees can be.
Forest overfitted(const ScaleSpace& space, Dice& dice, int samples, int classes, const ForestSettings& settings) {
  TrainingSet set{.features = features_of(space.choice).size(), .values = {}, .labels = {}};
  std::vector<float> values(set.features);
  for (int i = 0; i < samples; ++i) {
    features_at(space, {roll(dice, 0, space.rows() - 1), roll(dice, 0, space.cols() - 1)}, values);
    set.values.insert(set.values.end(), values.begin(), values.end());
    set.labels.push_back(static_cast<std::uint8_t>(10 + (i < classes ? i : roll(dice, 0, classes - 1))));
  }
  return train_forest(set, settings).value();
}

void expect_pixel(const Prediction& prediction, const Forest& forest, const ScaleSpace& space, Pixel at) {
  std::vector<float> values(forest.features);
  std::vector<double> probabilities(forest.classes.size());
  features_at(space, at, values);
  class_probabilities(forest, values, probabilities);
  for (std::size_t k = 0; k < probabilities.size(); ++k)
    ASSERT_EQ(prediction.probabilities[k][at], static_cast<float>(probabilities[k])) << at.row << ", " << at.col;
  ASSERT_EQ(prediction.segmentation[at], forest.classes[most_probable(probabilities)]) << at.row << ", " << at.col;
}

TEST(ForestPrediction, OfAnImageIsThatOfEveryPixelAlone) {
  Dice dice(3);
  for (const Pixel shape : {Pixel{2, 2}, Pixel{3, 64}, Pixel{5, 63}, Pixel{4, 65}, Pixel{7, 311}, Pixel{40, 50}}) {
    for (const int classes : {2, 3, 4, 8}) {
      const Image<float> image = blobs(dice, shape.row, shape.col, 4);
      const ScaleSpace space = scale_space(image, {.sigmas = {0.5, 2}}).value();
      const ForestSettings settings{.trees = roll(dice, 1, 12),
                                    .max_depth = classes == 3 ? std::optional(4) : std::nullopt,
                                    .seed = static_cast<std::uint32_t>(classes)};
      const Forest forest = overfitted(space, dice, roll(dice, classes, 300), classes, settings);
      const Prediction prediction = predict(space, forest);
      EXPECT_EQ(prediction.classes, forest.classes);
      for (int r = 0; r < shape.row; ++r) {
        for (int c = 0; c < shape.col; ++c) expect_pixel(prediction, forest, space, {r, c});
      }
    }
  }
}

TEST(ForestPrediction, OfABlockHasTheBitsOfEachSample) {
  Dice dice(11);
  const ScaleSpace space = scale_space(blobs(dice, 60, 60, 3), {}).value();
  for (const int classes : {2, 5}) {
    // Small trees, large ones, single leaves, in no order.
    Forest forest = overfitted(space, dice, 2000, classes, {.trees = 5, .max_depth = std::nullopt});
    const Forest small = overfitted(space, dice, 300, classes, {.trees = 40});
    EXPECT_GT(forest.trees[0].nodes.size(), 500U);
    EXPECT_LT(small.trees[0].nodes.size(), 300U);
    forest.trees.insert(forest.trees.begin() + 2, small.trees.begin(), small.trees.end());
    DecisionTree leaf{.nodes = {{}}, .counts = std::vector<std::uint32_t>(static_cast<std::size_t>(classes), 3)};
    forest.trees.push_back(leaf);
    forest.trees.insert(forest.trees.begin(), leaf);
    const BlockForest blocks(forest);
    for (const int count : {1, 2, 11, 63, 64}) {
      std::vector<float> values(forest.features * BlockForest::stride);
      for (float& value : values) value = static_cast<float>(roll(dice, -50, 250));
      std::vector<double> found(static_cast<std::size_t>(count * classes));
      blocks.probabilities(values.data(), count, found);
      for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        std::vector<float> sample;
        for (std::size_t k = 0; k < forest.features; ++k) sample.push_back(values[k * BlockForest::stride + i]);
        std::vector<double> expected(static_cast<std::size_t>(classes));
        class_probabilities(forest, sample, expected);
        for (std::size_t k = 0; k < expected.size(); ++k) ASSERT_EQ(found[i * expected.size() + k], expected[k]);
      }
    }
  }
}

/// A tree that goes on to one side only, as deep as it has questions.
Forest ladder(int questions, bool to_the_left) {
  Forest forest{.features = 1, .classes = {1, 2}, .trees = {{}}};
  DecisionTree& tree = forest.trees.front();
  for (int i = 0; i < questions; ++i) {
    const auto place = static_cast<std::uint32_t>(tree.nodes.size());
    if (to_the_left) {
      tree.nodes.push_back(
          {.feature = 0, .threshold = static_cast<double>(-i), .right = static_cast<std::uint32_t>(2 * questions - i)});
    } else {
      tree.nodes.push_back({.feature = 0, .threshold = static_cast<double>(i), .right = place + 2});
      tree.nodes.emplace_back();
    }
  }
  while (tree.nodes.size() < 2 * static_cast<std::size_t>(questions) + 1) tree.nodes.emplace_back();
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    tree.counts.push_back(static_cast<std::uint32_t>(i % 7 + 1));
    tree.counts.push_back(static_cast<std::uint32_t>(i % 3 + 1));
  }
  return forest;
}

TEST(ForestPrediction, OfTreesAsLopsidedAsCanBe) {
  for (const int questions : {1, 2, 199, 200, 201, 255, 256, 1000}) {
    for (const bool to_the_left : {false, true}) {
      const Forest forest = ladder(questions, to_the_left);
      std::vector<float> samples;
      for (int i = -questions - 2; i < questions + 2; ++i) samples.push_back(static_cast<float>(i) + 0.5F);
      const std::vector<double> found = sample_probabilities(forest, samples);
      for (std::size_t i = 0; i < samples.size(); ++i) {
        std::vector<double> alone(2);
        class_probabilities(forest, std::span(samples).subspan(i, 1), alone);
        ASSERT_EQ(found[2 * i], alone[0]) << questions << ", " << samples[i];
      }
    }
  }
}

TEST(ForestPrediction, OfManySamplesIsThatOfEachAlone) {
  Dice dice(12);
  const ScaleSpace space = scale_space(blobs(dice, 30, 30, 3), {}).value();
  const Forest forest = overfitted(space, dice, 300, 3, {.trees = 5});
  for (const std::size_t count : {0U, 1U, 64U, 200U}) {
    std::vector<float> samples(count * forest.features);
    for (float& value : samples) value = static_cast<float>(roll(dice, 0, 250));
    const std::vector<double> found = sample_probabilities(forest, samples);
    ASSERT_EQ(found.size(), count * 3);
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<double> alone(3);
      class_probabilities(forest, std::span(samples).subspan(i * forest.features, forest.features), alone);
      for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(found[i * 3 + k], alone[k]);
    }
  }
}

/// One question with the given threshold: class 1 where the answer is yes.
Forest stump(double threshold) {
  return {
      .features = 1,
      .classes = {1, 2},
      .trees = {{.nodes = {{.feature = 0, .threshold = threshold, .right = 2}, {}, {}}, .counts = {3, 3, 3, 0, 0, 3}}}};
}

TEST(ForestPrediction, ThresholdsBetweenSinglesAreComparedAsDoubles) {
  constexpr float one = 1;
  const float after = std::nextafter(one, 2.0F);
  const double middle = (static_cast<double>(one) + static_cast<double>(after)) / 2;
  const double huge = std::numeric_limits<double>::max();
  constexpr float infinity = std::numeric_limits<float>::infinity();
  for (const double threshold : {middle, std::nextafter(middle, 2.0), std::nextafter(middle, 0.0), 1.0, -1.0, 0.0,
                                 static_cast<double>(after), 1e-60, -1e-60, huge, -huge, 1e39, -1e39}) {
    const Forest forest = stump(threshold);
    const BlockForest blocks(forest);
    std::vector<float> values(BlockForest::stride);
    const std::vector<float> probes = {one,
                                       after,
                                       -one,
                                       0.0F,
                                       -0.0F,
                                       1e-45F,
                                       -1e-45F,
                                       std::numeric_limits<float>::max(),
                                       std::numeric_limits<float>::lowest(),
                                       infinity,
                                       -infinity,
                                       std::nanf("")};
    for (std::size_t i = 0; i < BlockForest::block; ++i) values[i] = probes[i % probes.size()];
    std::vector<double> found(2 * static_cast<std::size_t>(BlockForest::block));
    blocks.probabilities(values.data(), BlockForest::block, found);
    for (std::size_t i = 0; i < BlockForest::block; ++i) {
      const bool yes = static_cast<double>(values[i]) <= threshold;
      EXPECT_EQ(found[2 * i], yes ? 1 : 0) << values[i] << " <= " << threshold;
      std::vector<double> alone(2);
      class_probabilities(forest, std::span(values).subspan(i, 1), alone);
      EXPECT_EQ(alone[0], yes ? 1 : 0) << values[i] << " <= " << threshold;
    }
  }
}

TEST(ForestPrediction, BeginsWithTheRowsInViewAndLeavesTheRestForLater) {
  using Order = std::vector<RowSpan>;
  EXPECT_EQ(rows_beginning_with({3, 5}, 10), (Order{{3, 5}, {5, 10}, {0, 3}}));
  EXPECT_EQ(rows_beginning_with({-4, 5}, 10), (Order{{0, 5}, {5, 10}}));
  EXPECT_EQ(rows_beginning_with({8, 99}, 10), (Order{{8, 10}, {0, 8}}));
  EXPECT_EQ(rows_beginning_with({20, 30}, 10), (Order{{0, 10}}));
  EXPECT_EQ(rows_beginning_with({0, 0}, 10), (Order{{0, 10}}));

  Dice dice(4);
  const ScaleSpace space = scale_space(blobs(dice, 90, 300, 9), {}).value();
  const Forest forest = overfitted(space, dice, 300, 2, {});
  const Prediction whole = predict(space, forest);
  Prediction stepwise = empty_prediction(forest, 90, 300);
  Sliced<std::size_t> work = predict_rows_in_slices(space, forest, rows_beginning_with({40, 60}, 90), stepwise);
  // After each slice, rows are whole, begun at one place, or untouched.
  int slices = 0;
  bool view_first = false;
  while (work.advance()) {
    ++slices;
    if (stepwise.segmentation[59, 299] != 0 && stepwise.segmentation[0, 0] == 0) view_first = true;
    if (stepwise.segmentation[0, 0] != 0) {
      EXPECT_NE((stepwise.segmentation[59, 299]), 0);
    }
  }
  EXPECT_TRUE(view_first);
  EXPECT_GT(slices, 5);
  EXPECT_EQ(work.take(), 27000U);
  EXPECT_EQ(stepwise, whole);
}

TEST(ForestPrediction, GivesUncertaintyAndMask) {
  Prediction prediction{
      .classes = {1, 4}, .probabilities = {Image<float>(1, 3), Image<float>(1, 3)}, .segmentation = {}};
  prediction.probabilities[0] = {1, 3, {1.0F, 0.5F, 0.25F}};
  prediction.probabilities[1] = {1, 3, {0.0F, 0.5F, 0.75F}};
  prediction.segmentation = {1, 3, {1, 1, 4}};
  EXPECT_EQ(uncertainty_image(prediction), (Image<float>(1, 3, {0.0F, 1.0F, 0.5F})));
  EXPECT_EQ(mask_of_class(prediction, 4), (Mask(1, 3, {0, 0, 1})));
  EXPECT_EQ(mask_of_class(prediction, 1), (Mask(1, 3, {1, 1, 0})));
}

}  // namespace
}  // namespace floodlight::test
