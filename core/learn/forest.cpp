// A forest: its checks, its trees' seeds, and what it answers for one sample.
#include "core/learn/forest.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "core/learn/numpy_random.h"
#include "core/learn/tree_growth.h"

namespace floodlight {
namespace {

std::vector<std::uint8_t> classes_of(const TrainingSet& set) {
  std::vector<std::uint8_t> classes = set.labels;
  std::ranges::sort(classes);
  const auto repeated = std::ranges::unique(classes);
  classes.erase(repeated.begin(), repeated.end());
  return classes;
}

Result<void> check_settings(const ForestSettings& settings) {
  if (settings.trees < 1 || settings.trees > most_trees) {
    return fail("A forest of " + std::to_string(settings.trees) + " trees is not possible; it must have 1 to " +
                std::to_string(most_trees) + ".");
  }
  if (settings.max_depth && (*settings.max_depth < 1 || *settings.max_depth > largest_max_depth)) {
    return fail("The depth of a tree is limited to " + std::to_string(*settings.max_depth) +
                "; the limit must be 1 to " + std::to_string(largest_max_depth) + ", or none.");
  }
  return {};
}

}  // namespace

Result<void> check_training(const TrainingSet& set, const ForestSettings& settings) {
  if (auto checked = check_settings(settings); !checked) return checked;
  if (set.features == 0) return fail("There are no features to learn from; at least one is needed.");
  if (set.features > most_features) {
    return fail(std::to_string(set.features) + " features are too many to learn from; at most " +
                std::to_string(most_features) + " are possible.");
  }
  if (set.values.size() != set.size() * set.features) {
    return fail(std::to_string(set.size()) + " samples of " + std::to_string(set.features) + " features need " +
                std::to_string(set.size() * set.features) + " values; there are " + std::to_string(set.values.size()) +
                ".");
  }
  if (set.size() > most_training_samples) {
    return fail(std::to_string(set.size()) + " pixels are painted; a forest learns from at most " +
                std::to_string(most_training_samples) + ".");
  }
  const std::size_t classes = classes_of(set).size();
  if (classes == 0) return fail("No pixel is painted; paint some pixels of each class.");
  if (classes == 1) return fail("Only one class is painted; paint some pixels of another one, too.");
  if (classes > most_classes) {
    return fail(std::to_string(classes) + " classes are painted; at most " + std::to_string(most_classes) +
                " are possible.");
  }
  if (!std::ranges::all_of(set.values, [](float v) { return std::isfinite(v); }))
    return fail("A feature of a painted pixel is NaN or infinite; a forest learns from finite numbers only.");
  return {};
}

Sliced<Result<Forest>> train_forest_in_slices(const TrainingSet& set, ForestSettings settings) {
  if (auto checked = check_training(set, settings); !checked) co_return std::unexpected(checked.error());
  Forest forest{.features = set.features, .classes = classes_of(set), .trees = {}};
  co_yield Pause{};
  const TrainingColumns columns = co_await training_columns_in_slices(set, forest.classes);
  constexpr int unlimited = std::numeric_limits<int>::max();
  NumpyRandom seeds(settings.seed);
  for (int i = 0; i < settings.trees; ++i) {
    const std::uint32_t seed = seeds.below(std::numeric_limits<std::int32_t>::max());
    forest.trees.push_back(co_await grow_tree_in_slices(columns, seed, settings.max_depth.value_or(unlimited)));
    co_yield Pause{};
  }
  co_return forest;
}

Result<Forest> train_forest(const TrainingSet& set, const ForestSettings& settings) {
  return train_forest_in_slices(set, settings).finish();
}

std::size_t leaf_of(const DecisionTree& tree, std::span<const float> sample) {
  std::size_t at = 0;
  while (!tree.nodes[at].is_leaf()) {
    const TreeNode& node = tree.nodes[at];
    const auto value = static_cast<double>(sample[static_cast<std::size_t>(node.feature)]);
    at = value <= node.threshold ? at + 1 : node.right;
  }
  return at;
}

std::vector<double> leaf_shares(const Forest& forest, const DecisionTree& tree, std::size_t leaf) {
  const std::span<const std::uint32_t> counts = forest.counts(tree, leaf);
  double all = 0;
  for (const std::uint32_t count : counts) all += count;
  std::vector<double> shares;
  for (const std::uint32_t count : counts) shares.push_back(count / all);
  return shares;
}

void class_probabilities(const Forest& forest, std::span<const float> sample, std::span<double> probabilities) {
  std::ranges::fill(probabilities, 0.0);
  for (const DecisionTree& tree : forest.trees) {
    const std::vector<double> shares = leaf_shares(forest, tree, leaf_of(tree, sample));
    for (std::size_t k = 0; k < shares.size(); ++k) probabilities[k] += shares[k];
  }
  for (double& p : probabilities) p /= static_cast<double>(forest.trees.size());
}

std::size_t most_probable(std::span<const double> probabilities) {
  return static_cast<std::size_t>(std::ranges::max_element(probabilities) - probabilities.begin());
}

double uncertainty(std::span<const double> probabilities) {
  double first = 0;
  double second = 0;
  for (const double p : probabilities) {
    second = std::max(second, std::min(first, p));
    first = std::max(first, p);
  }
  return 1 - (first - second);
}

}  // namespace floodlight
