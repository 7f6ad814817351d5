// A forest's answer at one pixel, taken apart.
#include "core/learn/forest_terms.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace floodlight {
namespace {

/// The questions from the root to a node, with the answers that lead there.
std::vector<PathStep> way_to(const DecisionTree& tree, std::size_t node) {
  std::vector<PathStep> steps;
  std::size_t at = 0;
  while (at != node) {
    const TreeNode& question = tree.nodes[at];
    // Depth first, left first: the left subtree holds the nodes before the right child.
    const bool left = node < question.right;
    steps.push_back({.node = at,
                     .feature = static_cast<std::size_t>(question.feature),
                     .value = 0,
                     .threshold = question.threshold,
                     .left = left});
    at = left ? at + 1 : question.right;
  }
  return steps;
}

/// Takes from the mask the pixels of a stretch of a row whose answer is another.
void keep_those_who_answer(const PathStep& step, const float* values, int count, std::uint8_t* mask) {
  for (int i = 0; i < count; ++i) {
    const bool yes = static_cast<double>(values[i]) <= step.threshold;
    mask[i] = static_cast<std::uint8_t>(mask[i] != 0 && yes == step.left ? 1 : 0);
  }
}

FeatureSpread spread_of(std::vector<float>& values) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  const auto at = [&](std::size_t quarters) { return values[(values.size() * quarters + 3) / 4 - 1]; };
  return {.lowest = values.front(),
          .lower_quartile = at(1),
          .median = at(2),
          .upper_quartile = at(3),
          .highest = values.back()};
}

}  // namespace

TreePath tree_path(const Forest& forest, std::size_t tree, std::span<const float> sample) {
  const DecisionTree& grown = forest.trees[tree];
  TreePath path;
  path.leaf = leaf_of(grown, sample);
  path.steps = way_to(grown, path.leaf);
  for (PathStep& step : path.steps) step.value = sample[step.feature];
  path.shares = leaf_shares(forest, grown, path.leaf);
  path.vote = most_probable(path.shares);
  return path;
}

ForestVotes forest_votes(const Forest& forest, std::span<const float> sample) {
  ForestVotes result;
  result.votes.resize(forest.classes.size());
  for (std::size_t tree = 0; tree < forest.trees.size(); ++tree) {
    result.trees.push_back(tree_path(forest, tree, sample));
    ++result.votes[result.trees.back().vote];
  }
  result.probabilities.resize(forest.classes.size());
  class_probabilities(forest, sample, result.probabilities);
  result.winner = most_probable(result.probabilities);
  result.uncertainty = uncertainty(result.probabilities);
  return result;
}

Sliced<LeafTable> leaf_table_in_slices(const Forest& forest, const TrainingSet& set) {
  constexpr std::size_t leaves_per_slice = 8192;
  LeafTable table{.samples = set.size(), .leaves = {}};
  table.leaves.reserve(set.size() * forest.trees.size());
  std::size_t work = 0;
  for (std::size_t i = 0; i < set.size(); ++i) {
    for (const DecisionTree& tree : forest.trees)
      table.leaves.push_back(static_cast<std::uint32_t>(leaf_of(tree, set.sample(i))));
    work += forest.trees.size();
    if (work < leaves_per_slice) continue;
    work = 0;
    co_yield Pause{};
  }
  co_return table;
}

LeafTable leaf_table(const Forest& forest, const TrainingSet& set) {
  return leaf_table_in_slices(forest, set).finish();
}

std::vector<SimilarSample> similar_samples(const Forest& forest, const LeafTable& table, std::span<const float> sample,
                                           std::size_t most) {
  const std::size_t trees = forest.trees.size();
  std::vector<std::uint32_t> leaves;
  for (const DecisionTree& tree : forest.trees) leaves.push_back(static_cast<std::uint32_t>(leaf_of(tree, sample)));
  std::vector<SimilarSample> similar;
  for (std::size_t i = 0; i < table.samples; ++i) {
    int shared = 0;
    for (std::size_t t = 0; t < trees; ++t) shared += table.leaves[i * trees + t] == leaves[t] ? 1 : 0;
    if (shared > 0) similar.push_back({.sample = i, .shared = shared});
  }
  const auto before = [](const SimilarSample& a, const SimilarSample& b) {
    return a.shared != b.shared ? a.shared > b.shared : a.sample < b.sample;
  };
  const std::size_t kept = std::min(most, similar.size());
  std::ranges::partial_sort(similar, similar.begin() + static_cast<std::ptrdiff_t>(kept), before);
  similar.resize(kept);
  return similar;
}

Sliced<Mask> pixels_passing_in_slices(const ScaleSpace& space, const Forest& forest, std::size_t tree,
                                      std::size_t node) {
  assert(tree < forest.trees.size() && node < forest.trees[tree].nodes.size());
  constexpr int stretch = 256;
  constexpr std::size_t pixels_per_slice = 1U << 14U;
  const std::vector<PathStep> steps = way_to(forest.trees[tree], node);
  std::vector<std::uint8_t> wanted(forest.features);
  for (const PathStep& step : steps) wanted[step.feature] = 1;
  std::vector<float> values(forest.features * stretch);
  Mask mask(space.rows(), space.cols());
  std::ranges::fill(mask.pixels(), std::uint8_t{1});
  std::size_t work = 0;
  for (int row = 0; row < space.rows(); ++row) {
    for (int col = 0; col < space.cols(); col += stretch) {
      const int count = std::min(stretch, space.cols() - col);
      features_along(space, wanted, row, col, count, values.data(), stretch);
      for (const PathStep& step : steps)
        keep_those_who_answer(step, values.data() + step.feature * stretch, count, mask.view().row(row) + col);
      work += static_cast<std::size_t>(count);
      if (work < pixels_per_slice) continue;
      work = 0;
      co_yield Pause{};
    }
  }
  co_return mask;
}

Mask pixels_passing(const ScaleSpace& space, const Forest& forest, std::size_t tree, std::size_t node) {
  return pixels_passing_in_slices(space, forest, tree, node).finish();
}

std::vector<std::vector<FeatureSpread>> feature_spreads(const TrainingSet& set, std::span<const std::uint8_t> classes) {
  std::vector<std::vector<FeatureSpread>> result(set.features);
  for (std::size_t f = 0; f < set.features; ++f) {
    for (const std::uint8_t label : classes) {
      std::vector<float> values;
      for (std::size_t i = 0; i < set.size(); ++i) {
        if (set.labels[i] == label) values.push_back(set.sample(i)[f]);
      }
      result[f].push_back(spread_of(values));
    }
  }
  return result;
}

}  // namespace floodlight
