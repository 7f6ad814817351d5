// How one decision tree grows: the part of scikit-learn's that a forest uses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/sliced.h"
#include "core/learn/forest.h"

namespace floodlight {

/// A training set by features, as growing trees read it. All trees of a forest share it.
struct TrainingColumns {
  std::size_t samples = 0;
  std::size_t features = 0;
  std::size_t classes = 0;
  std::vector<float> values;         ///< feature by feature
  std::vector<std::uint32_t> order;  ///< feature by feature, the samples by ascending value
  std::vector<std::uint8_t> labels;  ///< the place of each sample's class among the classes
};

/// Sorts every feature once. O(samples * features).
Sliced<TrainingColumns> training_columns_in_slices(const TrainingSet& set, const std::vector<std::uint8_t>& classes);

/// One tree of a forest, from its own seed: its bootstrap, then node after node, depth first, the best cut (by Gini's
/// impurity) of a few features drawn at random. The columns must outlive the work.
Sliced<DecisionTree> grow_tree_in_slices(const TrainingColumns& columns, std::uint32_t seed, int max_depth);

}  // namespace floodlight
