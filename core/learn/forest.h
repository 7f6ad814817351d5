// Random forests: scikit-learn's RandomForestClassifier, tree for tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "core/base/sliced.h"

namespace floodlight {

/// What a forest learns from: samples (painted pixels), each described by the same number of features.
struct TrainingSet {
  std::size_t features = 0;
  std::vector<float> values;         ///< sample by sample
  std::vector<std::uint8_t> labels;  ///< the class of each sample, any numbers
  [[nodiscard]] std::size_t size() const { return labels.size(); }
  [[nodiscard]] std::span<const float> sample(std::size_t i) const {
    return std::span(values).subspan(i * features, features);
  }
  friend bool operator==(const TrainingSet&, const TrainingSet&) = default;
};

struct ForestSettings {
  int trees = 20;
  std::optional<int> max_depth = 10;  ///< splits above a leaf; none: until every leaf is pure
  std::uint32_t seed = 0;
  friend bool operator==(const ForestSettings&, const ForestSettings&) = default;
};

constexpr int most_trees = 1000;
constexpr int largest_max_depth = 1000;
constexpr std::size_t most_classes = 8;
constexpr std::size_t most_features = 1000;
constexpr std::size_t most_training_samples = 1'000'000;

/// A question, or a leaf. The left child is the next node: it gets the samples for which the answer is yes.
struct TreeNode {
  std::int32_t feature = -1;  ///< of the question "value of the feature <= threshold?", asked in double; -1: a leaf
  double threshold = 0;
  std::uint32_t right = 0;  ///< the place of the right child
  [[nodiscard]] bool is_leaf() const { return feature < 0; }
  friend bool operator==(const TreeNode&, const TreeNode&) = default;
};

struct DecisionTree {
  std::vector<TreeNode> nodes;        ///< depth first, left first; the root is node 0
  std::vector<std::uint32_t> counts;  ///< for each node the bootstrapped samples of each class that reached it
  friend bool operator==(const DecisionTree&, const DecisionTree&) = default;
};

struct Forest {
  std::size_t features = 0;
  std::vector<std::uint8_t> classes;  ///< the labels, ascending; everything else counts classes from 0 in this order
  std::vector<DecisionTree> trees;
  /// How many samples of each class reached a node.
  [[nodiscard]] std::span<const std::uint32_t> counts(const DecisionTree& tree, std::size_t node) const {
    return std::span(tree.counts).subspan(node * classes.size(), classes.size());
  }
  friend bool operator==(const Forest&, const Forest&) = default;
};

/// `RandomForestClassifier(n_estimators=trees, max_depth=max_depth, random_state=seed).fit(samples, labels)` of
/// scikit-learn 1.9 on amd64: the same bootstraps, draws, cuts, thresholds and counts. The order of the samples matters.
/// Refuses fewer than 2 classes or more than 8, values that are no numbers, and settings out of range. The set must outlive
/// the work. O(trees * samples * depth * sqrt(features) * log samples). Breiman 2001, Random forests.
Sliced<Result<Forest>> train_forest_in_slices(const TrainingSet& set, ForestSettings settings);
Result<Forest> train_forest(const TrainingSet& set, const ForestSettings& settings);

/// Says what speaks against training with these settings on this set.
Result<void> check_training(const TrainingSet& set, const ForestSettings& settings);

/// The leaf that a sample reaches. O(depth).
std::size_t leaf_of(const DecisionTree& tree, std::span<const float> sample);

/// What a tree answers at a leaf: the share of each class among the samples that reached it in training.
std::vector<double> leaf_shares(const Forest& forest, const DecisionTree& tree, std::size_t leaf);

/// `predict_proba` of one sample: each tree's shares at its leaf, summed in the order of the trees, then divided by their
/// number. `probabilities` has room for one number a class.
void class_probabilities(const Forest& forest, std::span<const float> sample, std::span<double> probabilities);

/// The place of the most probable class; of equals the first, which is the lower class.
std::size_t most_probable(std::span<const double> probabilities);

/// 1 - (highest - second highest): 0 where the forest is sure, 1 at a tie.
double uncertainty(std::span<const double> probabilities);

}  // namespace floodlight
