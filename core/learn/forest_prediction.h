// What a forest says of every pixel of an image.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/base/sliced.h"
#include "core/learn/features.h"
#include "core/learn/forest.h"

namespace floodlight {

/// A forest laid out to answer for many samples at a time, with the same bits as `class_probabilities`. The forest need not
/// outlive it.
class BlockForest {
 public:
  static constexpr int block = 64;            ///< samples that are asked at once
  static constexpr std::size_t stride = 256;  ///< from one feature of a sample to its next

  explicit BlockForest(const Forest& forest);

  /// 1 for every feature that some tree asks for.
  [[nodiscard]] std::span<const std::uint8_t> used_features() const { return used_; }
  [[nodiscard]] std::size_t classes() const { return classes_; }

  /// The probabilities of at most a block of samples, sample by sample. Feature k of sample i is `values[k * stride + i]`;
  /// whole blocks are read. O(questions) or O(trees * depth) a sample, whichever is less.
  void probabilities(const float* values, int count, std::span<double> result) const;

 private:
  /// A question about a single: x <= threshold in double is x <= the next single not above the threshold.
  struct Question {
    float threshold;
    std::uint32_t offset;  ///< of the feature's values
  };
  /// A question of a small tree, which is put to every sample, children before their parents. An answer is the place of
  /// a leaf; that of a child that is a question itself lies on a stack.
  struct Choice {
    Question question;
    bool asks_left;
    bool asks_right;
    std::uint8_t left;  ///< the leaf, where the child is one
    std::uint8_t right;
  };
  /// A node of a large tree, down which every sample goes its own way.
  struct Node {
    Question question;
    std::array<std::uint32_t, 2> children;  ///< where the answer is no, and yes; a leaf's are itself
  };
  struct Tree {
    bool small;
    std::uint32_t begin;  ///< of its choices, or of its nodes
    std::uint32_t end;
    std::uint32_t shares;  ///< where those of its first leaf begin, or of its first node
  };
  using Leaves = std::array<std::uint8_t, block>;
  using Sums = std::array<double, static_cast<std::size_t>(block) * most_classes>;

  Question question_of(const TreeNode& node);
  void add_small(const Forest& forest, const DecisionTree& tree);
  void add_large(const Forest& forest, const DecisionTree& tree);
  void add_leaf(const Forest& forest, const DecisionTree& tree, std::size_t leaf);
  void choose(const Tree& tree, const float* values, Leaves& leaves) const;
  void add_chosen(std::span<const Tree> trees, std::span<const Leaves> leaves, Sums& sums) const;
  void add_descended(const Tree& tree, const float* values, Sums& sums) const;

  std::vector<Tree> trees_;
  std::vector<Choice> choices_;
  std::vector<Node> nodes_;
  std::vector<double> shares_;  ///< `width_` for each leaf of a small tree and each node of a large one
  std::vector<std::uint8_t> used_;
  std::size_t classes_;
  std::size_t width_;  ///< classes, rounded up to an even number
};

/// `predict_proba` of samples one after the other: for each of them one number a class. O(samples * trees * depth).
std::vector<double> sample_probabilities(const Forest& forest, std::span<const float> samples);

/// A forest's answer for an image.
struct Prediction {
  std::vector<std::uint8_t> classes;        ///< the labels, ascending
  std::vector<Image<float>> probabilities;  ///< one image a class, rounded to single
  Image<std::uint8_t> segmentation;         ///< the label of the most probable class; of equals the lower one
  friend bool operator==(const Prediction&, const Prediction&) = default;
};

/// Rows from `begin` to before `end`.
struct RowSpan {
  int begin = 0;
  int end = 0;
  friend bool operator==(const RowSpan&, const RowSpan&) = default;
};

/// All rows of an image, beginning with those that matter first: what is in view, then what lies below, then above.
std::vector<RowSpan> rows_beginning_with(RowSpan in_view, int rows);

/// Answers nothing yet: probability 0 and label 0 everywhere.
Prediction empty_prediction(const Forest& forest, int rows, int cols);

/// Fills the given rows, in the given order, of a prediction of the image's size and the forest's classes; rows that are not
/// reached yet keep what they were. Gives the number of pixels. All arguments must outlive the work. The features are
/// derived a stretch of pixels at a time, and only those that the trees ask for. Memory: a few KB.
Sliced<std::size_t> predict_rows_in_slices(const ScaleSpace& space, const Forest& forest, std::vector<RowSpan> order,
                                           Prediction& into);

/// The whole image from top to bottom.
Sliced<Prediction> predict_in_slices(const ScaleSpace& space, const Forest& forest);
Prediction predict(const ScaleSpace& space, const Forest& forest);

/// 1 - (highest - second highest probability) at every pixel, from the single-precision probabilities.
Image<float> uncertainty_image(const Prediction& prediction);

/// Where the prediction is this label: 1, elsewhere 0.
Mask mask_of_class(const Prediction& prediction, std::uint8_t label);

}  // namespace floodlight
