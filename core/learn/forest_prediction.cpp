// A forest asked about every pixel of an image, a block of pixels at a time.
#include "core/learn/forest_prediction.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace floodlight {
namespace {

using Doubles = double __attribute__((vector_size(16)));
using Floats = float __attribute__((vector_size(64)));
using Shorts = short __attribute__((vector_size(32)));
using Bytes = unsigned char __attribute__((vector_size(16)));
constexpr std::size_t lanes = 16;

/// A tree of so many questions is asked all of them; down a larger one every sample goes its own way.
constexpr std::size_t most_choices = 200;

/// As many pixels in a row as are derived at a time: their features stay in the first cache.
constexpr int segment = static_cast<int>(BlockForest::stride);

/// The largest single that is not above the threshold.
float round_down(double threshold) {
  using Single = std::numeric_limits<float>;
  if (threshold >= static_cast<double>(Single::max())) return Single::max();
  if (threshold < static_cast<double>(Single::lowest())) return -Single::infinity();
  const auto nearest = static_cast<float>(threshold);
  return static_cast<double>(nearest) <= threshold ? nearest : std::nextafter(nearest, -Single::infinity());
}

/// A byte of ones for each of 64 values that is at most the threshold, and of zeros for the others. Not inlined: where the
/// compiler sees what becomes of the bytes, its code for WebAssembly takes them apart one by one.
[[gnu::noinline]] void at_most(const float* values, float threshold, std::uint8_t* answers) {
  for (std::size_t i = 0; i < BlockForest::block; i += lanes) {
    Floats sixteen;
    std::memcpy(&sixteen, values + i, sizeof sixteen);
    const auto yes = __builtin_convertvector(__builtin_convertvector(sixteen <= threshold, Shorts), Bytes);
    std::memcpy(answers + i, &yes, sizeof yes);
  }
}

Bytes load(const std::uint8_t* from) {
  Bytes bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  return bytes;
}

Doubles load(const double* from) {
  Doubles pair;
  std::memcpy(&pair, from, sizeof pair);
  return pair;
}

void store(Doubles pair, double* to) { std::memcpy(to, &pair, sizeof pair); }

}  // namespace

BlockForest::BlockForest(const Forest& forest)
    : used_(forest.features), classes_(forest.classes.size()), width_((classes_ + 1) / 2 * 2) {
  for (const DecisionTree& tree : forest.trees) {
    // A tree has one leaf more than it has questions.
    if (tree.nodes.size() / 2 <= most_choices) {
      add_small(forest, tree);
    } else {
      add_large(forest, tree);
    }
  }
}

BlockForest::Question BlockForest::question_of(const TreeNode& node) {
  used_[static_cast<std::size_t>(node.feature)] = 1;
  return {.threshold = round_down(node.threshold),
          .offset = static_cast<std::uint32_t>(static_cast<std::size_t>(node.feature) * stride)};
}

void BlockForest::add_leaf(const Forest& forest, const DecisionTree& tree, std::size_t leaf) {
  const std::vector<double> shares = leaf_shares(forest, tree, leaf);
  shares_.insert(shares_.end(), shares.begin(), shares.end());
  shares_.resize(shares_.size() + width_ - classes_);
}

void BlockForest::add_small(const Forest& forest, const DecisionTree& tree) {
  Tree small{.small = true,
             .begin = static_cast<std::uint32_t>(choices_.size()),
             .end = 0,
             .shares = static_cast<std::uint32_t>(shares_.size())};
  std::vector<std::uint8_t> leaf_at(tree.nodes.size());
  std::uint8_t leaves = 0;
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    if (!tree.nodes[i].is_leaf()) continue;
    leaf_at[i] = leaves++;
    add_leaf(forest, tree, i);
  }
  const auto asks = [&](std::size_t i) { return !tree.nodes[i].is_leaf(); };
  // Depth first: a node after its left subtree and its right one, which is the order in which a stack serves it.
  std::vector<std::pair<std::size_t, bool>> waiting;
  if (asks(0)) waiting.emplace_back(0, false);
  while (!waiting.empty()) {
    auto& [i, children_done] = waiting.back();
    const std::size_t left = i + 1;
    const std::size_t right = tree.nodes[i].right;
    if (!std::exchange(children_done, true)) {
      if (asks(right)) waiting.emplace_back(right, false);
      if (asks(left)) waiting.emplace_back(left, false);
      continue;
    }
    choices_.push_back({.question = question_of(tree.nodes[i]),
                        .asks_left = asks(left),
                        .asks_right = asks(right),
                        .left = leaf_at[left],
                        .right = leaf_at[right]});
    waiting.pop_back();
  }
  small.end = static_cast<std::uint32_t>(choices_.size());
  trees_.push_back(small);
}

void BlockForest::add_large(const Forest& forest, const DecisionTree& tree) {
  const auto root = static_cast<std::uint32_t>(nodes_.size());
  trees_.push_back({.small = false,
                    .begin = root,
                    .end = root + static_cast<std::uint32_t>(tree.nodes.size()),
                    .shares = static_cast<std::uint32_t>(shares_.size())});
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    const TreeNode& node = tree.nodes[i];
    const auto place = root + static_cast<std::uint32_t>(i);
    if (node.is_leaf()) {
      nodes_.push_back({.question = {.threshold = 0, .offset = 0}, .children = {place, place}});
      add_leaf(forest, tree, i);
    } else {
      nodes_.push_back({.question = question_of(node), .children = {root + node.right, place + 1}});
      shares_.resize(shares_.size() + width_);
    }
  }
}

void BlockForest::choose(const Tree& tree, const float* values, Leaves& leaves) const {
  // What waits on the stack has a question of its own at least, and so has what is chosen against it.
  std::array<Leaves, most_choices / 2 + 2> stack;
  std::size_t height = 0;
  leaves.fill(0);
  for (std::uint32_t c = tree.begin; c < tree.end; ++c) {
    const Choice choice = choices_[c];
    height -= (choice.asks_left ? 1U : 0U) + (choice.asks_right ? 1U : 0U);
    // The answers replace those of the children; the right child's, if it has any, lie above the left child's.
    Leaves& answers = stack[height];
    const Leaves& of_right = stack[height + (choice.asks_left ? 1U : 0U)];
    ++height;
    Leaves yes_to_left;
    at_most(values + choice.question.offset, choice.question.threshold, yes_to_left.data());
    for (std::size_t i = 0; i < block; i += lanes) {
      const Bytes yes = load(yes_to_left.data() + i);
      const Bytes left = choice.asks_left ? load(answers.data() + i) : Bytes{} + choice.left;
      const Bytes right = choice.asks_right ? load(of_right.data() + i) : Bytes{} + choice.right;
      const Bytes chosen = (left & yes) | (right & ~yes);
      std::memcpy(answers.data() + i, &chosen, sizeof chosen);
    }
  }
  if (height > 0) leaves = stack[0];
}

void BlockForest::add_chosen(std::span<const Tree> trees, std::span<const Leaves> leaves, Sums& sums) const {
  constexpr std::size_t abreast = 4;  // sums that do not wait for each other
  for (std::size_t k = 0; k < width_; k += 2) {
    for (std::size_t first = 0; first < block; first += abreast) {
      std::array<Doubles, abreast> sum;
      for (std::size_t i = 0; i < abreast; ++i) sum[i] = load(sums.data() + (first + i) * width_ + k);
      for (std::size_t t = 0; t < trees.size(); ++t) {
        const double* shares = shares_.data() + trees[t].shares + k;
        for (std::size_t i = 0; i < abreast; ++i) sum[i] += load(shares + leaves[t][first + i] * width_);
      }
      for (std::size_t i = 0; i < abreast; ++i) store(sum[i], sums.data() + (first + i) * width_ + k);
    }
  }
}

void BlockForest::add_descended(const Tree& tree, const float* values, Sums& sums) const {
  constexpr std::size_t abreast = 8;  // ways whose steps do not wait for each other
  const Node* const nodes = nodes_.data();
  for (std::size_t first = 0; first < block; first += abreast) {
    std::array<std::uint32_t, abreast> at;
    at.fill(tree.begin);
    for (std::uint32_t moved = 1; moved != 0;) {
      moved = 0;
      for (std::size_t i = 0; i < abreast; ++i) {
        const Node& node = nodes[at[i]];
        const bool yes = values[node.question.offset + first + i] <= node.question.threshold;
        const std::uint32_t next = node.children[yes ? 1 : 0];
        moved |= next ^ at[i];
        at[i] = next;
      }
    }
    for (std::size_t i = 0; i < abreast; ++i) {
      const double* shares = shares_.data() + tree.shares + (at[i] - tree.begin) * width_;
      double* sum = sums.data() + (first + i) * width_;
      for (std::size_t k = 0; k < width_; ++k) sum[k] += shares[k];
    }
  }
}

void BlockForest::probabilities(const float* values, int count, std::span<double> result) const {
  assert(count > 0 && count <= block);
  constexpr std::size_t most_together = 32;
  std::array<Leaves, most_together> leaves;
  Sums sums;
  std::fill_n(sums.begin(), static_cast<std::size_t>(block) * width_, 0.0);
  // Shares are added in the order of the trees: small ones, as many as follow each other, then a large one ...
  for (std::size_t t = 0; t < trees_.size();) {
    std::size_t together = 0;
    for (; t + together < trees_.size() && together < most_together && trees_[t + together].small; ++together)
      choose(trees_[t + together], values, leaves[together]);
    add_chosen(std::span(trees_).subspan(t, together), leaves, sums);
    t += together;
    if (t < trees_.size() && !trees_[t].small) add_descended(trees_[t++], values, sums);
  }
  const auto trees = static_cast<double>(trees_.size());
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    for (std::size_t k = 0; k < classes_; ++k) result[i * classes_ + k] = sums[i * width_ + k] / trees;
  }
}

std::vector<double> sample_probabilities(const Forest& forest, std::span<const float> samples) {
  const BlockForest blocks(forest);
  const std::size_t count = samples.size() / forest.features;
  std::vector<float> values(forest.features * BlockForest::stride);
  std::vector<double> result(count * forest.classes.size());
  for (std::size_t first = 0; first < count; first += BlockForest::block) {
    const std::size_t here = std::min<std::size_t>(BlockForest::block, count - first);
    const float* from = samples.data() + first * forest.features;
    for (std::size_t i = 0; i < here; ++i) {
      for (std::size_t k = 0; k < forest.features; ++k) values[k * BlockForest::stride + i] = *from++;
    }
    blocks.probabilities(values.data(), static_cast<int>(here),
                         std::span(result).subspan(first * forest.classes.size(), here * forest.classes.size()));
  }
  return result;
}

std::vector<RowSpan> rows_beginning_with(RowSpan in_view, int rows) {
  const int begin = std::clamp(in_view.begin, 0, rows);
  const int end = std::clamp(in_view.end, begin, rows);
  std::vector<RowSpan> order;
  for (const RowSpan span : {RowSpan{begin, end}, RowSpan{end, rows}, RowSpan{0, begin}}) {
    if (span.begin < span.end) order.push_back(span);
  }
  return order;
}

Prediction empty_prediction(const Forest& forest, int rows, int cols) {
  return {.classes = forest.classes,
          .probabilities = std::vector<Image<float>>(forest.classes.size(), Image<float>(rows, cols)),
          .segmentation = Image<std::uint8_t>(rows, cols)};
}

namespace {

/// The pixels of a row from column `first` on, whose features lie in `values`.
void predict_stretch(const BlockForest& forest, std::span<const float> values, int row, int first, int count,
                     Prediction& into) {
  std::array<double, static_cast<std::size_t>(BlockForest::block) * most_classes> found;
  std::array<std::uint8_t, BlockForest::block> winners;
  const std::size_t classes = forest.classes();
  for (int at = 0; at < count; at += BlockForest::block) {
    const auto samples = static_cast<std::size_t>(std::min(BlockForest::block, count - at));
    forest.probabilities(values.data() + at, static_cast<int>(samples), found);
    for (std::size_t k = 0; k < classes; ++k) {
      float* plane = into.probabilities[k].view().row(row) + first + at;
      for (std::size_t i = 0; i < samples; ++i) plane[i] = static_cast<float>(found[i * classes + k]);
    }
    // As `most_probable` has it, for all of them at once.
    winners.fill(0);
    for (std::size_t k = 1; k < classes; ++k) {
      for (std::size_t i = 0; i < samples; ++i) {
        const double* of_pixel = found.data() + i * classes;
        if (of_pixel[k] > of_pixel[winners[i]]) winners[i] = static_cast<std::uint8_t>(k);
      }
    }
    std::uint8_t* labels = into.segmentation.view().row(row) + first + at;
    for (std::size_t i = 0; i < samples; ++i) labels[i] = into.classes[winners[i]];
  }
}

}  // namespace

Sliced<std::size_t> predict_rows_in_slices(const ScaleSpace& space, const Forest& forest, std::vector<RowSpan> order,
                                           Prediction& into) {
  constexpr std::size_t work_per_slice = 1U << 18U;  // about half a millisecond, in trees asked
  const std::size_t of_a_pixel = forest.trees.size() + 40;
  const BlockForest blocks(forest);
  std::vector<float> values(forest.features * segment);
  std::size_t predicted = 0;
  std::size_t work = 0;
  for (const RowSpan rows : order) {
    for (int row = rows.begin; row < rows.end; ++row) {
      for (int col = 0; col < space.cols(); col += segment) {
        const int count = std::min(segment, space.cols() - col);
        features_along(space, blocks.used_features(), row, col, count, values.data(), segment);
        predict_stretch(blocks, values, row, col, count, into);
        predicted += static_cast<std::size_t>(count);
        work += static_cast<std::size_t>(count) * of_a_pixel;
        if (work < work_per_slice) continue;
        work = 0;
        co_yield Pause{};
      }
    }
  }
  co_return predicted;
}

Sliced<Prediction> predict_in_slices(const ScaleSpace& space, const Forest& forest) {
  Prediction prediction = empty_prediction(forest, 0, 0);
  for (Image<float>& plane : prediction.probabilities) {
    co_yield Pause{};  // new memory takes its time
    plane = Image<float>(space.rows(), space.cols());
  }
  co_yield Pause{};
  prediction.segmentation = Image<std::uint8_t>(space.rows(), space.cols());
  co_await predict_rows_in_slices(space, forest, {{.begin = 0, .end = space.rows()}}, prediction);
  co_return prediction;
}

Prediction predict(const ScaleSpace& space, const Forest& forest) { return predict_in_slices(space, forest).finish(); }

Image<float> uncertainty_image(const Prediction& prediction) {
  Image<float> result(prediction.segmentation.rows(), prediction.segmentation.cols());
  std::array<double, most_classes> of_pixel{};
  for (std::size_t i = 0; i < result.size(); ++i) {
    for (std::size_t k = 0; k < prediction.probabilities.size(); ++k)
      of_pixel[k] = static_cast<double>(prediction.probabilities[k].pixels()[i]);
    result.pixels()[i] = static_cast<float>(uncertainty(std::span(of_pixel).first(prediction.probabilities.size())));
  }
  return result;
}

Mask mask_of_class(const Prediction& prediction, std::uint8_t label) {
  Mask mask(prediction.segmentation.rows(), prediction.segmentation.cols());
  std::ranges::transform(prediction.segmentation.pixels(), mask.pixels().begin(),
                         [label](std::uint8_t l) { return static_cast<std::uint8_t>(l == label ? 1 : 0); });
  return mask;
}

}  // namespace floodlight
