// A forest's answer taken apart is the forest's answer.
#include "core/learn/forest_terms.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "core/learn/forest_prediction.h"
#include "core/learn/paint.h"
#include "tests/core/learn/training_sets.h"

namespace floodlight::test {
namespace {

using testing::blobs;
using testing::Dice;
using testing::roll;

std::vector<float> random_sample(Dice& dice, std::size_t features) {
  std::vector<float> sample;
  for (std::size_t k = 0; k < features; ++k) sample.push_back(static_cast<float>(roll(dice, 0, 1200)) / 100);
  return sample;
}

TEST(ForestTerms, TheWayDownEachTreeIsTheOneThatIsTaken) {
  Dice dice(1);
  for (int round = 0; round < 20; ++round) {
    const int classes = roll(dice, 2, 5);
    const Forest forest = train_forest(random_set(dice, 150, roll(dice, 1, 15), classes),
                                       {.trees = 7, .max_depth = std::nullopt, .seed = 4})
                              .value();
    const std::vector<float> sample = random_sample(dice, forest.features);
    const ForestVotes votes = forest_votes(forest, sample);
    ASSERT_EQ(votes.trees.size(), 7U);
    std::vector<double> sums(forest.classes.size());
    std::vector<std::size_t> counted(forest.classes.size());
    for (std::size_t t = 0; t < votes.trees.size(); ++t) {
      const TreePath& path = votes.trees[t];
      const DecisionTree& tree = forest.trees[t];
      std::size_t at = 0;
      for (const PathStep& step : path.steps) {
        ASSERT_EQ(step.node, at);
        ASSERT_FALSE(tree.nodes[at].is_leaf());
        EXPECT_EQ(step.feature, static_cast<std::size_t>(tree.nodes[at].feature));
        EXPECT_EQ(step.value, sample[step.feature]);
        EXPECT_EQ(step.threshold, tree.nodes[at].threshold);
        EXPECT_EQ(step.left, static_cast<double>(step.value) <= step.threshold);
        at = step.left ? at + 1 : tree.nodes[at].right;
      }
      EXPECT_EQ(path.leaf, at);
      EXPECT_TRUE(tree.nodes[at].is_leaf());
      EXPECT_NEAR(std::accumulate(path.shares.begin(), path.shares.end(), 0.0), 1, 1e-15);
      for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += path.shares[k];
      ++counted[path.vote];
    }
    EXPECT_EQ(votes.votes, counted);
    for (std::size_t k = 0; k < sums.size(); ++k) EXPECT_EQ(votes.probabilities[k], sums[k] / 7);
    EXPECT_EQ(votes.winner, most_probable(votes.probabilities));
    EXPECT_EQ(votes.uncertainty, uncertainty(votes.probabilities));
  }
}

TEST(ForestTerms, TheMostSimilarSamplesShareMostLeaves) {
  Dice dice(2);
  const TrainingSet set = random_set(dice, 300, 8, 3);
  const Forest forest = train_forest(set, {}).value();
  const LeafTable table = leaf_table(forest, set);
  for (int round = 0; round < 20; ++round) {
    const std::vector<float> sample = random_sample(dice, forest.features);
    std::vector<SimilarSample> expected;
    for (std::size_t i = 0; i < set.size(); ++i) {
      int shared = 0;
      for (const DecisionTree& tree : forest.trees) shared += leaf_of(tree, sample) == leaf_of(tree, set.sample(i));
      if (shared > 0) expected.push_back({.sample = i, .shared = shared});
    }
    std::ranges::stable_sort(expected, std::greater<>(), &SimilarSample::shared);
    EXPECT_EQ(similar_samples(forest, table, sample, 1000), expected);
    const std::vector<SimilarSample> few = similar_samples(forest, table, sample, 5);
    ASSERT_EQ(few.size(), std::min<std::size_t>(5, expected.size()));
    EXPECT_TRUE(std::equal(few.begin(), few.end(), expected.begin()));
  }
  // A sample of the set shares every leaf with itself.
  const auto own = similar_samples(forest, table, set.sample(17), 1000);
  EXPECT_EQ(std::ranges::find(own, 17U, &SimilarSample::sample)->shared, 20);
}

TEST(ForestTerms, ThePixelsThatPassANodeAreThoseWhoseWayDoes) {
  Dice dice(3);
  const Image<float> image = blobs(dice, 25, 300, 8);
  const ScaleSpace space = scale_space(image, {}).value();
  const Paint paint = {{.label = 1, .radius = 2, .path = {{5, 5}, {9, 250}}},
                       {.label = 2, .radius = 3, .path = {{20, 10}, {18, 290}}}};
  const TrainingSet set = training_set_in_slices(space, paint_image(paint, 25, 300)).finish();
  const Forest forest = train_forest(set, {.trees = 2}).value();
  const DecisionTree& tree = forest.trees[1];
  ASSERT_GT(tree.nodes.size(), 4U);
  // How often each node is passed, pixel by pixel.
  std::vector<Image<std::uint8_t>> expected(tree.nodes.size(), Mask(25, 300));
  std::vector<float> values(forest.features);
  for (int r = 0; r < 25; ++r) {
    for (int c = 0; c < 300; ++c) {
      features_at(space, {r, c}, values);
      const TreePath path = tree_path(forest, 1, values);
      for (const PathStep& step : path.steps) expected[step.node][r, c] = 1;
      expected[path.leaf][r, c] = 1;
    }
  }
  for (std::size_t node = 0; node < tree.nodes.size(); ++node)
    EXPECT_EQ(pixels_passing(space, forest, 1, node), expected[node]) << node;
}

TEST(ForestTerms, SpreadsAreThoseOfSortedValues) {
  const TrainingSet set{
      .features = 2, .values = {5, 50, 1, 10, 4, 40, 2, 20, 3, 30, 9, 90}, .labels = {1, 1, 1, 1, 1, 2}};
  const auto spreads = feature_spreads(set, std::vector<std::uint8_t>{1, 2});
  ASSERT_EQ(spreads.size(), 2U);
  EXPECT_EQ(spreads[0][0], (FeatureSpread{1, 2, 3, 4, 5}));
  EXPECT_EQ(spreads[1][0], (FeatureSpread{10, 20, 30, 40, 50}));
  EXPECT_EQ(spreads[0][1], (FeatureSpread{9, 9, 9, 9, 9}));
  EXPECT_EQ(feature_spreads(set, std::vector<std::uint8_t>{3})[0][0], FeatureSpread{});
}

}  // namespace
}  // namespace floodlight::test
