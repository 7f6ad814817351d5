// Which features a forest goes by.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/sliced.h"
#include "core/learn/forest.h"

namespace floodlight {

/// `forest.feature_importances_`: by how much the questions about each feature lower Gini's impurity, weighted by the
/// samples that are asked; for each tree shares that sum to 1, then their mean over the trees that ask anything. Zeros where
/// no tree does. Bit for bit scikit-learn's. O(nodes). Favours features with many values; tells nothing of other images.
std::vector<double> impurity_importances(const Forest& forest);

/// `sklearn.inspection.permutation_importance(forest, samples, labels, n_repeats=repeats, random_state=seed)`.
struct PermutationImportances {
  double accuracy = 0;        ///< the share of the samples to which the forest gives their own class
  std::vector<double> means;  ///< by how much that share falls when a feature's values are shuffled, for each feature
  std::vector<double> deviations;  ///< their standard deviations over the repeats
};

/// Shuffles the values of one feature after the other among the samples. The samples may be those of the training: then it
/// tells what the forest goes by, not what serves on other images. Bit for bit scikit-learn's; both arguments must outlive
/// the work, and have the same number of features. O(features * repeats * samples * trees * depth).
Sliced<PermutationImportances> permutation_importances_in_slices(const Forest& forest, const TrainingSet& samples,
                                                                 int repeats = 5, std::uint32_t seed = 0);
PermutationImportances permutation_importances(const Forest& forest, const TrainingSet& samples, int repeats = 5,
                                               std::uint32_t seed = 0);

}  // namespace floodlight
