// A forest asked about every pixel of an image, a block of pixels at a time.
#include "core/learn/forest_prediction.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace floodlight {
namespace {

using Doubles = double __attribute__((vector_size(16)));
using Floats = float __attribute__((vector_size(64)));
using Bits = bool __attribute__((ext_vector_type(16)));

/// As many pixels in a row as are derived at a time: their features stay in the first cache.
constexpr int segment = static_cast<int>(BlockForest::stride);

/// The largest single that is not above the threshold.
float round_down(double threshold) {
  const auto nearest = static_cast<float>(std::clamp(threshold, -std::numeric_limits<double>::max(),
                                                     static_cast<double>(std::numeric_limits<float>::max())));
  if (static_cast<double>(nearest) <= threshold) return nearest;
  return std::nextafter(nearest, -std::numeric_limits<float>::infinity());
}

/// A bit for each of 64 values: whether it is at most the threshold.
std::uint64_t at_most(const float* values, float threshold) {
  std::uint64_t result = 0;
  for (unsigned first = 0; first < BlockForest::block; first += 16) {
    Floats sixteen;
    std::memcpy(&sixteen, values + first, sizeof sixteen);
    const Bits yes = __builtin_convertvector(sixteen <= threshold, Bits);
    result |= std::uint64_t{__builtin_bit_cast(std::uint16_t, yes)} << first;
  }
  return result;
}

template <typename Visit>
void for_each(std::uint64_t samples, Visit visit) {
  for (; samples != 0; samples &= samples - 1) visit(static_cast<std::size_t>(std::countr_zero(samples)));
}

void add_pair(double* to, const double* pair) {
  Doubles sum;
  Doubles more;
  std::memcpy(&sum, to, sizeof sum);
  std::memcpy(&more, pair, sizeof more);
  sum += more;
  std::memcpy(to, &sum, sizeof sum);
}

}  // namespace

BlockForest::BlockForest(const Forest& forest)
    : used_(forest.features), classes_(forest.classes.size()), width_((classes_ + 1) / 2 * 2) {
  for (const DecisionTree& tree : forest.trees) {
    const auto root = static_cast<std::uint32_t>(nodes_.size());
    roots_.push_back(root);
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
      const TreeNode& node = tree.nodes[i];
      const auto place = root + static_cast<std::uint32_t>(i);
      if (node.is_leaf()) {
        nodes_.push_back({.threshold = 0, .offset = 0, .children = {place, place}});
        shares_.resize(place * width_);
        const std::vector<double> shares = leaf_shares(forest, tree, i);
        shares_.insert(shares_.end(), shares.begin(), shares.end());
        continue;
      }
      used_[static_cast<std::size_t>(node.feature)] = 1;
      nodes_.push_back({.threshold = round_down(node.threshold),
                        .offset = static_cast<std::uint32_t>(static_cast<std::size_t>(node.feature) * stride),
                        .children = {root + node.right, place + 1}});
    }
  }
  shares_.resize(nodes_.size() * width_);
}

/// Samples that have left the block, and the node where each is.
struct BlockForest::Stragglers {
  static constexpr std::size_t abreast = 8;
  std::array<std::uint32_t, block + abreast> node;
  std::array<std::uint32_t, block + abreast> sample;
  std::size_t count = 0;

  void add(std::uint64_t samples, std::uint32_t at) {
    for_each(samples, [&](std::size_t i) {
      node[count] = at;
      sample[count++] = static_cast<std::uint32_t>(i);
    });
  }
};

void BlockForest::add_shares_to_one(std::uint32_t leaf, std::size_t sample, Sums& sums) const {
  const double* shares = shares_.data() + leaf * width_;
  for (std::size_t k = 0; k < width_; k += 2) add_pair(sums.data() + sample * width_ + k, shares + k);
}

void BlockForest::add_shares(std::uint32_t leaf, std::uint64_t samples, Sums& sums) const {
  const double* shares = shares_.data() + leaf * width_;
  if (width_ == 2) {
    for_each(samples, [&](std::size_t i) { add_pair(sums.data() + 2 * i, shares); });
  } else {
    for_each(samples, [&](std::size_t i) { add_shares_to_one(leaf, i, sums); });
  }
}

void BlockForest::descend_side_by_side(Stragglers& stragglers, const float* values, Sums& sums) const {
  constexpr std::size_t abreast = Stragglers::abreast;
  const Node* const nodes = nodes_.data();
  for (std::size_t i = 0; i < abreast; ++i) {  // a whole group of harmless ones to spare
    stragglers.node[stragglers.count + i] = stragglers.node[0];
    stragglers.sample[stragglers.count + i] = 0;
  }
  for (std::size_t first = 0; first < stragglers.count; first += abreast) {
    std::array<std::uint32_t, abreast> at;
    std::array<const float*, abreast> of;
    for (std::size_t i = 0; i < abreast; ++i) {
      at[i] = stragglers.node[first + i];
      of[i] = values + stragglers.sample[first + i];
    }
    for (std::uint32_t moved = 1; moved != 0;) {
      moved = 0;
      for (std::size_t i = 0; i < abreast; ++i) {
        const Node& node = nodes[at[i]];
        const std::uint32_t next = node.children[of[i][node.offset] <= node.threshold ? 1 : 0];
        moved |= next ^ at[i];
        at[i] = next;
      }
    }
    const std::size_t last = std::min(abreast, stragglers.count - first);
    for (std::size_t i = 0; i < last; ++i) add_shares_to_one(at[i], stragglers.sample[first + i], sums);
  }
}

void BlockForest::descend(std::uint32_t root, std::uint64_t samples, const float* values, Sums& sums) const {
  struct Waiting {
    std::uint64_t samples;
    std::uint32_t node;
  };
  constexpr int few = 12;
  std::array<Waiting, block> waiting;  // each has a sample at least
  std::size_t count = 0;
  Stragglers stragglers;
  std::uint32_t at = root;
  for (;;) {
    const Node node = nodes_[at];
    if (node.children[0] == at) {
      add_shares(at, samples, sums);
    } else if (std::popcount(samples) < few) {
      stragglers.add(samples, at);
    } else {
      const std::uint64_t yes = at_most(values + node.offset, node.threshold) & samples;
      const std::uint64_t no = samples & ~yes;
      if (yes != 0 && no != 0) waiting[count++] = {.samples = no, .node = node.children[0]};
      samples = yes != 0 ? yes : no;
      at = node.children[yes != 0 ? 1 : 0];
      continue;
    }
    if (count == 0) break;
    --count;
    samples = waiting[count].samples;
    at = waiting[count].node;
  }
  if (stragglers.count > 0) descend_side_by_side(stragglers, values, sums);
}

void BlockForest::probabilities(const float* values, int count, std::span<double> result) const {
  assert(count > 0 && count <= block);
  Sums sums;
  std::fill_n(sums.begin(), static_cast<std::size_t>(count) * width_, 0.0);
  const std::uint64_t all = ~std::uint64_t{0} >> static_cast<unsigned>(block - count);
  for (const std::uint32_t root : roots_) descend(root, all, values, sums);
  const auto trees = static_cast<double>(roots_.size());
  if (width_ == classes_) {
    const std::size_t all_sums = static_cast<std::size_t>(count) * width_;
    for (std::size_t i = 0; i < all_sums; ++i) result[i] = sums[i] / trees;
    return;
  }
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
  constexpr std::size_t pixels_per_slice = 1U << 12U;
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
        work += static_cast<std::size_t>(count);
        if (work < pixels_per_slice) continue;
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
