// Why a forest answers as it does at one pixel: its way down every tree, all votes, and which painted pixels are most like it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/learn/features.h"
#include "core/learn/forest.h"

namespace floodlight {

/// A question on the way: "value <= threshold?".
struct PathStep {
  std::size_t node = 0;  ///< where it is asked
  std::size_t feature = 0;
  float value = 0;  ///< the sample's
  double threshold = 0;
  bool left = false;  ///< yes: on to the left child
  friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// A sample's way down one tree.
struct TreePath {
  std::vector<PathStep> steps;  ///< from the root on
  std::size_t leaf = 0;         ///< the node where it ends
  std::vector<double> shares;   ///< of each class there: what the tree adds to the probabilities
  std::size_t vote = 0;         ///< the class of the largest share; of equals the lower one
};
TreePath tree_path(const Forest& forest, std::size_t tree, std::span<const float> sample);

/// What all trees say of a sample.
struct ForestVotes {
  std::vector<TreePath> trees;
  std::vector<std::size_t> votes;     ///< how many trees vote for each class
  std::vector<double> probabilities;  ///< as `class_probabilities` has them: the means of the shares
  std::size_t winner = 0;             ///< the most probable class, which is not always the one with most votes
  double uncertainty = 0;
};
ForestVotes forest_votes(const Forest& forest, std::span<const float> sample);

/// The leaf of every training sample in every tree, so that samples can be compared quickly.
struct LeafTable {
  std::size_t samples = 0;
  std::vector<std::uint32_t> leaves;  ///< sample by sample, a leaf for each tree
};
Sliced<LeafTable> leaf_table_in_slices(const Forest& forest, const TrainingSet& set);
LeafTable leaf_table(const Forest& forest, const TrainingSet& set);

/// A training sample and in how many trees it shares the leaf of another sample: Breiman's proximity.
struct SimilarSample {
  std::size_t sample = 0;
  int shared = 0;
  friend bool operator==(const SimilarSample&, const SimilarSample&) = default;
};
/// The training samples most like a sample, at most `most` of them: those that share most leaves first, equals in their own
/// order; none that shares no leaf. O(training samples * trees).
std::vector<SimilarSample> similar_samples(const Forest& forest, const LeafTable& table, std::span<const float> sample,
                                           std::size_t most);

/// The pixels of an image whose way down a tree passes a node. The arguments must outlive the work.
Sliced<Mask> pixels_passing_in_slices(const ScaleSpace& space, const Forest& forest, std::size_t tree,
                                      std::size_t node);
Mask pixels_passing(const ScaleSpace& space, const Forest& forest, std::size_t tree, std::size_t node);

/// How one feature's values are spread among the training samples of one class.
struct FeatureSpread {
  float lowest = 0;
  float lower_quartile = 0;
  float median = 0;
  float upper_quartile = 0;
  float highest = 0;
  friend bool operator==(const FeatureSpread&, const FeatureSpread&) = default;
};
/// For each feature, the spread in each of the forest's classes; the quartiles are values that occur (the smallest that at
/// least a quarter, half, three quarters of the samples do not exceed). O(samples * features log samples).
std::vector<std::vector<FeatureSpread>> feature_spreads(const TrainingSet& set, std::span<const std::uint8_t> classes);

}  // namespace floodlight
