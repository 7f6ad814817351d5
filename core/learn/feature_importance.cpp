// Importances of features, in scikit-learn's order of operations.
#include "core/learn/feature_importance.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <span>

#include "core/base/pairwise_sum.h"
#include "core/learn/forest_prediction.h"
#include "core/learn/numpy_random.h"

namespace floodlight {
namespace {

/// How many samples reached a node, and Gini's impurity there.
struct NodeImpurity {
  double samples = 0;
  double impurity = 0;
  [[nodiscard]] double weighted() const { return samples * impurity; }
};

NodeImpurity impurity_of(std::span<const std::uint32_t> counts) {
  double all = 0;
  double squares = 0;
  for (const std::uint32_t count : counts) {
    all += count;
    squares += static_cast<double>(count) * count;
  }
  return {.samples = all, .impurity = 1.0 - squares / (all * all)};
}

std::vector<double> importances_of(const Forest& forest, const DecisionTree& tree) {
  std::vector<double> importances(forest.features);
  const auto at = [&](std::size_t node) { return impurity_of(forest.counts(tree, node)).weighted(); };
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    const TreeNode& node = tree.nodes[i];
    if (!node.is_leaf()) importances[static_cast<std::size_t>(node.feature)] += at(i) - at(i + 1) - at(node.right);
  }
  const double samples = impurity_of(forest.counts(tree, 0)).samples;
  for (double& importance : importances) importance /= samples;
  const double sum = pairwise_sum<double>(std::span<const double>(importances));
  if (sum > 0) {
    for (double& importance : importances) importance /= sum;
  }
  return importances;
}

double mean_of(std::span<const double> numbers) {
  return pairwise_sum<double>(numbers) / static_cast<double>(numbers.size());
}

double deviation_of(std::span<const double> numbers) {
  const double mean = mean_of(numbers);
  std::vector<double> squares;
  for (const double number : numbers) squares.push_back((number - mean) * (number - mean));
  return std::sqrt(mean_of(squares));
}

/// A block of samples, laid out for `BlockForest`.
class Accuracy {
 public:
  Accuracy(const Forest& forest, const TrainingSet& samples)
      : forest_(forest), blocks_(forest), samples_(samples), values_(forest.features * BlockForest::stride) {}

  /// How many of a block of samples from `first` on get their own class, when `feature` has `column`'s values.
  std::size_t right_of_block(std::size_t first, std::size_t feature, std::span<const float> column) {
    const std::size_t count = std::min<std::size_t>(BlockForest::block, samples_.size() - first);
    for (std::size_t i = 0; i < count; ++i) {
      const std::span<const float> sample = samples_.sample(first + i);
      for (std::size_t k = 0; k < sample.size(); ++k) values_[k * BlockForest::stride + i] = sample[k];
      values_[feature * BlockForest::stride + i] = column[first + i];
    }
    std::array<double, static_cast<std::size_t>(BlockForest::block) * most_classes> found;
    blocks_.probabilities(values_.data(), static_cast<int>(count), found);
    std::size_t right = 0;
    const std::size_t classes = forest_.classes.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t winner = most_probable(std::span(found).subspan(i * classes, classes));
      right += forest_.classes[winner] == samples_.labels[first + i] ? 1U : 0U;
    }
    return right;
  }

  std::vector<float> column(std::size_t feature) const {
    std::vector<float> values;
    for (std::size_t i = 0; i < samples_.size(); ++i) values.push_back(samples_.sample(i)[feature]);
    return values;
  }

 private:
  const Forest& forest_;
  BlockForest blocks_;
  const TrainingSet& samples_;
  std::vector<float> values_;
};

/// The accuracy when one feature has other values.
Sliced<double> accuracy_in_slices(Accuracy& of, std::size_t samples, std::size_t feature,
                                  std::span<const float> column) {
  constexpr std::size_t blocks_per_slice = 32;
  std::size_t right = 0;
  std::size_t blocks = 0;
  for (std::size_t first = 0; first < samples; first += BlockForest::block) {
    right += of.right_of_block(first, feature, column);
    if (++blocks % blocks_per_slice == 0) co_yield Pause{};
  }
  co_return static_cast<double>(right) / static_cast<double>(samples);
}

}  // namespace

std::vector<double> impurity_importances(const Forest& forest) {
  std::vector<double> sums(forest.features);
  double trees = 0;
  for (const DecisionTree& tree : forest.trees) {
    if (tree.nodes.size() == 1) continue;
    const std::vector<double> of_tree = importances_of(forest, tree);
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += of_tree[k];
    ++trees;
  }
  if (trees == 0) return sums;
  for (double& sum : sums) sum /= trees;
  const double all = pairwise_sum<double>(std::span<const double>(sums));
  for (double& sum : sums) sum /= all;
  return sums;
}

Sliced<PermutationImportances> permutation_importances_in_slices(const Forest& forest, const TrainingSet& samples,
                                                                 int repeats, std::uint32_t seed) {
  assert(samples.features == forest.features && samples.size() > 0 && repeats > 0);
  Accuracy accuracy(forest, samples);
  PermutationImportances result;
  std::vector<float> column = accuracy.column(0);
  result.accuracy = co_await accuracy_in_slices(accuracy, samples.size(), 0, column);
  const std::uint32_t seed_of_columns = NumpyRandom(seed).below(std::uint32_t{1} << 31U);
  for (std::size_t feature = 0; feature < forest.features; ++feature) {
    // Every feature is shuffled alike, and each repeat shuffles what the one before has left.
    NumpyRandom random(seed_of_columns);
    std::vector<std::uint32_t> places(samples.size());
    std::iota(places.begin(), places.end(), 0U);
    column = accuracy.column(feature);
    std::vector<double> losses;
    for (int repeat = 0; repeat < repeats; ++repeat) {
      random.shuffle(std::span(places));
      const std::vector<float> before = column;
      for (std::size_t i = 0; i < places.size(); ++i) column[i] = before[places[i]];
      losses.push_back(result.accuracy - co_await accuracy_in_slices(accuracy, samples.size(), feature, column));
      co_yield Pause{};
    }
    result.means.push_back(mean_of(losses));
    result.deviations.push_back(deviation_of(losses));
  }
  co_return result;
}

PermutationImportances permutation_importances(const Forest& forest, const TrainingSet& samples, int repeats,
                                               std::uint32_t seed) {
  return permutation_importances_in_slices(forest, samples, repeats, seed).finish();
}

}  // namespace floodlight
