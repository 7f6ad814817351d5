// Importances against scikit-learn's, and what they must be by definition.
#include "core/learn/feature_importance.h"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/learn/training_sets.h"

namespace floodlight::test {
namespace {

// scikit-learn 1.2.1: RandomForestClassifier(20, max_depth=10, random_state=0), feature_importances_, and
// permutation_importance(n_repeats=5, random_state=3).

TEST(FeatureImportance, ByImpurityIsScikitLearnsToTheBit) {
  EXPECT_EQ(impurity_importances(train_forest(formula_set(300, 6, 2), {}).value()),
            (std::vector<double>{0x1.766aaafc8285ep-3, 0x1.49ad98120f8aep-2, 0x1.3618e664a44b6p-3, 0x1.f64abbea1734dp-4,
                                 0x1.b3599bb16c4ebp-4, 0x1.d69e2559f0aedp-4}));
  EXPECT_EQ(
      impurity_importances(train_forest(formula_set(200, 12, 3), {}).value()),
      (std::vector<double>{0x1.1217cb72f59ebp-3, 0x1.0b7002e6398d5p-2, 0x1.f7c46d38f2713p-4, 0x1.ed8b69d625315p-5,
                           0x1.ac340dc2920b0p-5, 0x1.c6a242f7c1986p-5, 0x1.f68a4364f08aap-5, 0x1.671763dc76fadp-5,
                           0x1.dc710e266a1adp-5, 0x1.3d949259d3941p-5, 0x1.8a212dd2aa3c9p-5, 0x1.0536d835d7f97p-4}));
}

TEST(FeatureImportance, ByPermutationIsScikitLearnsToTheBit) {
  const TrainingSet two = formula_set(300, 6, 2);
  const PermutationImportances of_two = permutation_importances(train_forest(two, {}).value(), two, 5, 3);
  EXPECT_EQ(of_two.accuracy, 0.9966666666666667);
  EXPECT_EQ(of_two.means, (std::vector<double>{0.11066666666666669, 0.3206666666666667, 0.05666666666666673,
                                               0.014000000000000012, 0.02200000000000002, 0.012000000000000033}));
  EXPECT_EQ(of_two.deviations,
            (std::vector<double>{0.013727506854649341, 0.02559513842726995, 0.005163977794943213, 0.004898979485566361,
                                 0.0033993463423951857, 0.004521553322083511}));
  const TrainingSet three = formula_set(200, 12, 3);
  const PermutationImportances of_three = permutation_importances(train_forest(three, {}).value(), three, 5, 3);
  EXPECT_EQ(of_three.accuracy, 1);
  EXPECT_EQ(of_three.means, (std::vector<double>{0.08299999999999996, 0.383, 0.08099999999999999, 0.0020000000000000018,
                                                 0.0, 0.0010000000000000009, 0.0040000000000000036,
                                                 0.0010000000000000009, 0.0010000000000000009, 0.0010000000000000009,
                                                 0.0040000000000000036, 0.008000000000000007}));
}

TEST(FeatureImportance, OfWhatNoTreeAsksForIsZero) {
  testing::Dice dice(2);
  TrainingSet set{.features = 3, .values = {}, .labels = {}};
  for (int i = 0; i < 200; ++i) {
    const int label = i % 2;
    set.labels.push_back(static_cast<std::uint8_t>(label));
    set.values.insert(set.values.end(), {5.0F, static_cast<float>(label), 7.0F});
  }
  const Forest forest = train_forest(set, {}).value();
  EXPECT_EQ(impurity_importances(forest), (std::vector<double>{0, 1, 0}));
  const PermutationImportances permuted = permutation_importances(forest, set);
  EXPECT_EQ(permuted.accuracy, 1);
  EXPECT_EQ(permuted.means[0], 0);
  EXPECT_GT(permuted.means[1], 0.3);
  EXPECT_EQ(permuted.means[2], 0);

  // Two samples that cannot be told apart: no tree has a question.
  const Forest leaves = train_forest({.features = 2, .values = {1, 1, 1, 1}, .labels = {1, 2}}, {}).value();
  EXPECT_EQ(impurity_importances(leaves), (std::vector<double>{0, 0}));
}

TEST(FeatureImportance, ByImpurityHasTheSumOne) {
  testing::Dice dice(6);
  for (int round = 0; round < 10; ++round) {
    const std::vector<double> importances = impurity_importances(train_forest(random_set(dice, 120, 9, 3), {}).value());
    EXPECT_NEAR(std::accumulate(importances.begin(), importances.end(), 0.0), 1, 1e-14);
  }
}

}  // namespace
}  // namespace floodlight::test
