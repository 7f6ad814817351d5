// Growing a tree exactly as scikit-learn's depth-first builder and best splitter do, random numbers included.
#include "core/learn/tree_growth.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "core/base/radix_sort.h"
#include "core/learn/numpy_random.h"

namespace floodlight {
namespace {

/// Values this close count as equal, whatever the unit.
constexpr float tie = 1e-7F;

/// About half a millisecond, in samples looked at.
constexpr std::size_t work_per_slice = 1U << 16U;

/// The splitter's own generator: a xorshift of 32 bits, of which 31 are used.
class SplitterRandom {
 public:
  explicit SplitterRandom(std::uint32_t seed) : state_(seed == 0 ? 1 : seed) {}
  std::uint32_t below(std::uint32_t bound) {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 17U;
    state_ ^= state_ << 5U;
    return (state_ & 0x7FFFFFFFU) % bound;
  }

 private:
  std::uint32_t state_;
};

/// How many samples of each class there are, their number and the sum of the squares: whole numbers, so every sum is exact.
struct ClassSums {
  std::array<double, most_classes> of_class{};
  double all = 0;
  double squares = 0;

  void add(std::size_t label, double weight) {
    double& count = of_class[label];
    squares += weight * (2 * count + weight);
    count += weight;
    all += weight;
  }
  /// Gini's impurity.
  [[nodiscard]] double impurity() const { return 1.0 - squares / (all * all); }
};

/// A place between two values of a feature, and how good it is to cut there.
struct Cut {
  double merit = -std::numeric_limits<double>::infinity();
  double threshold = 0;
};

struct Split {
  std::size_t feature = 0;
  Cut cut;
};

/// What a feature's draw at a node came to; nothing: all its values there are equal.
using Candidate = std::optional<Cut>;

/// The features, in the order in which draws have left them: first those known constant from the nodes above (of them
/// first those drawn here), then those found constant here, then those not drawn yet, last those drawn and cut.
class FeatureDraws {
 public:
  explicit FeatureDraws(std::size_t features) : features_(features), constants_(features) {
    std::iota(features_.begin(), features_.end(), std::size_t{0});
  }

  void begin(std::size_t known_constants) {
    known_ = total_ = known_constants;
    end_ = features_.size();
    visited_ = found_ = drawn_ = 0;
  }

  /// A feature that is not known to be constant, or nothing when enough have been looked at: as many as `most`, and on
  /// while all of them were constant.
  std::optional<std::size_t> next(std::size_t most, SplitterRandom& random) {
    while (end_ > total_ && (visited_ < most || visited_ <= found_ + drawn_)) {
      ++visited_;
      at_ = drawn_ + random.below(static_cast<std::uint32_t>(end_ - found_ - drawn_));
      if (at_ < known_) {
        std::swap(features_[drawn_++], features_[at_]);
        continue;
      }
      at_ += found_;
      return features_[at_];
    }
    return std::nullopt;
  }
  void was_constant() {
    std::swap(features_[at_], features_[total_++]);
    ++found_;
  }
  void was_cut() { std::swap(features_[--end_], features_[at_]); }

  /// Restores the order of the constants known before, and gives how many are known now, for the nodes below.
  std::size_t finish() {
    const auto at = [](auto& list, std::size_t i) { return list.begin() + static_cast<std::ptrdiff_t>(i); };
    std::copy_n(constants_.begin(), known_, features_.begin());
    std::copy_n(at(features_, known_), found_, at(constants_, known_));
    return total_;
  }

 private:
  std::vector<std::size_t> features_;
  std::vector<std::size_t> constants_;
  std::size_t known_ = 0;
  std::size_t total_ = 0;  ///< constants, known and found
  std::size_t end_ = 0;    ///< from here on: drawn and cut
  std::size_t visited_ = 0;
  std::size_t found_ = 0;
  std::size_t drawn_ = 0;
  std::size_t at_ = 0;
};

/// A node that waits to be grown: a stretch of the tree's samples.
struct Waiting {
  std::size_t begin = 0;
  std::size_t end = 0;
  int depth = 0;
  std::size_t known_constants = 0;
  std::optional<std::size_t> right_of;  ///< the parent whose right child this is
  ClassSums sums;
};

class Grower {
 public:
  Grower(const TrainingColumns& columns, std::uint32_t seed)
      : columns_(columns), weights_(columns.samples), node_of_(columns.samples) {
    NumpyRandom bootstrap(seed);
    for (std::size_t i = 0; i < columns.samples; ++i)
      ++weights_[bootstrap.below(static_cast<std::uint32_t>(columns.samples))];
    for (std::uint32_t i = 0; i < columns.samples; ++i) {
      if (weights_[i] > 0) samples_.push_back(i);
    }
  }

  [[nodiscard]] Waiting root() const {
    Waiting node;
    node.end = samples_.size();
    for (const std::uint32_t i : samples_) node.sums.add(columns_.labels[i], weights_[i]);
    return node;
  }

  /// Puts the samples of a node in order by a feature, and finds the best cut between two of them.
  Candidate best_cut(const Waiting& node, std::size_t feature) {
    sort(node, feature);
    if (sorted_.back().value <= sorted_.front().value + tie) return std::nullopt;
    Cut best;
    ClassSums left;
    ClassSums right = node.sums;
    for (std::size_t i = 0; i + 1 < sorted_.size(); ++i) {
      const double weight = weights_[sorted_[i].sample];
      const std::size_t label = columns_.labels[sorted_[i].sample];
      left.add(label, weight);
      right.add(label, -weight);
      if (sorted_[i + 1].value <= sorted_[i].value + tie) continue;
      const double merit = -right.all * right.impurity() - left.all * left.impurity();
      if (merit > best.merit) best = {.merit = merit, .threshold = between(sorted_[i].value, sorted_[i + 1].value)};
    }
    return best;
  }

  /// Moves the node's samples for which the answer is yes to the front. Gives where the others begin, and their sums.
  std::size_t part(const Waiting& node, const Split& split, ClassSums& left, ClassSums& right) {
    const float* values = column(split.feature);
    others_.clear();
    std::size_t middle = node.begin;
    for (std::size_t i = node.begin; i < node.end; ++i) {
      const std::uint32_t sample = samples_[i];
      const bool yes = static_cast<double>(values[sample]) <= split.cut.threshold;
      (yes ? left : right).add(columns_.labels[sample], weights_[sample]);
      if (yes) {
        samples_[middle++] = sample;
      } else {
        others_.push_back(sample);
      }
    }
    std::ranges::copy(others_, samples_.begin() + static_cast<std::ptrdiff_t>(middle));
    return middle;
  }

 private:
  struct Sorted {
    float value;
    std::uint32_t sample;
  };

  static double between(float low, float high) {
    const double middle = static_cast<double>(low) / 2.0 + static_cast<double>(high) / 2.0;
    return middle == static_cast<double>(high) ? static_cast<double>(low) : middle;
  }

  [[nodiscard]] const float* column(std::size_t feature) const {
    return columns_.values.data() + feature * columns_.samples;
  }

  /// Equal values may come in any order: a cut is never between them, and sums of whole numbers do not depend on it.
  void sort(const Waiting& node, std::size_t feature) {
    const std::size_t count = node.end - node.begin;
    const float* values = column(feature);
    sorted_.resize(count + 1);  // one to spare for what is written before it is known to belong here
    constexpr std::size_t few = 8;
    if (count * few < columns_.samples) {
      keys_.clear();
      for (std::size_t i = node.begin; i < node.end; ++i)
        keys_.push_back(std::uint64_t{ordered_bits(values[samples_[i]])} << 32U | samples_[i]);
      std::ranges::sort(keys_);
      for (std::size_t i = 0; i < count; ++i) {
        const auto sample = static_cast<std::uint32_t>(keys_[i]);
        sorted_[i] = {.value = values[sample], .sample = sample};
      }
    } else {
      // Many of all samples are here: picking them from all in order costs less than sorting.
      if (marked_ != node.begin || marked_end_ != node.end) mark(node);
      const std::uint32_t* order = columns_.order.data() + feature * columns_.samples;
      std::size_t found = 0;
      for (std::size_t i = 0; i < columns_.samples; ++i) {
        const std::uint32_t sample = order[i];
        sorted_[found] = {.value = values[sample], .sample = sample};
        found += node_of_[sample];
      }
    }
    sorted_.pop_back();
  }

  void mark(const Waiting& node) {
    std::ranges::fill(node_of_, std::uint8_t{0});
    for (std::size_t i = node.begin; i < node.end; ++i) node_of_[samples_[i]] = 1;
    marked_ = node.begin;
    marked_end_ = node.end;
  }

  const TrainingColumns& columns_;
  std::vector<std::uint32_t> weights_;  ///< how often the bootstrap drew each sample
  std::vector<std::uint32_t> samples_;  ///< those drawn at all; a node has a stretch of them
  std::vector<std::uint8_t> node_of_;   ///< 1 for the samples of the node that was marked last
  std::size_t marked_ = 1;              ///< its stretch; at first one that no node has
  std::size_t marked_end_ = 0;
  std::vector<Sorted> sorted_;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> others_;
};

/// Whether a split is kept: rounding may make one that changes nothing look as if it did harm.
bool improves(const ClassSums& node, const ClassSums& left, const ClassSums& right, double all) {
  const double gain = (node.all / all) * (node.impurity() - (right.all / node.all * right.impurity()) -
                                          (left.all / node.all * left.impurity()));
  return gain + std::numeric_limits<double>::epsilon() >= 0;
}

void add_node(DecisionTree& tree, const Waiting& node, std::size_t classes) {
  if (node.right_of) tree.nodes[*node.right_of].right = static_cast<std::uint32_t>(tree.nodes.size());
  tree.nodes.emplace_back();
  for (std::size_t k = 0; k < classes; ++k) tree.counts.push_back(static_cast<std::uint32_t>(node.sums.of_class[k]));
}

/// Among how many features a split is chosen: the root of their number, rounded down.
std::size_t features_a_split(std::size_t features) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(std::sqrt(static_cast<double>(features))));
}

}  // namespace

Sliced<TrainingColumns> training_columns_in_slices(const TrainingSet& set, const std::vector<std::uint8_t>& classes) {
  TrainingColumns columns{.samples = set.size(),
                          .features = set.features,
                          .classes = classes.size(),
                          .values = std::vector<float>(set.values.size()),
                          .order = {},
                          .labels = {}};
  for (const std::uint8_t label : set.labels)
    columns.labels.push_back(static_cast<std::uint8_t>(std::ranges::lower_bound(classes, label) - classes.begin()));
  columns.order.reserve(set.values.size());
  std::vector<std::uint64_t> keys(set.size());
  std::vector<std::uint64_t> scratch;
  std::size_t work = 0;
  for (std::size_t f = 0; f < set.features; ++f) {
    for (std::size_t i = 0; i < set.size(); ++i) {
      const float value = set.values[i * set.features + f];
      columns.values[f * set.size() + i] = value;
      keys[i] = std::uint64_t{ordered_bits(value)} << 32U | i;
    }
    radix_sort(keys, scratch, 32);
    for (const std::uint64_t key : keys) columns.order.push_back(static_cast<std::uint32_t>(key));
    work += set.size();
    if (work >= work_per_slice / 2) {
      work = 0;
      co_yield Pause{};
    }
  }
  co_return columns;
}

Sliced<DecisionTree> grow_tree_in_slices(const TrainingColumns& columns, std::uint32_t seed, int max_depth) {
  Grower grower(columns, seed);
  FeatureDraws draws(columns.features);
  // scikit-learn makes this generator from the tree's seed anew: the bootstrap's draws do not count.
  SplitterRandom random(NumpyRandom(seed).below(std::numeric_limits<std::int32_t>::max()));
  const std::size_t a_split = features_a_split(columns.features);
  DecisionTree tree;
  std::vector<Waiting> stack{grower.root()};
  const double all = stack.front().sums.all;
  std::size_t work = columns.samples;
  while (!stack.empty()) {
    const Waiting node = std::move(stack.back());
    stack.pop_back();
    const std::size_t place = tree.nodes.size();
    add_node(tree, node, columns.classes);
    if (node.depth >= max_depth || node.end - node.begin < 2 ||
        node.sums.impurity() <= std::numeric_limits<double>::epsilon())
      continue;

    draws.begin(node.known_constants);
    Split best;
    while (const std::optional<std::size_t> feature = draws.next(a_split, random)) {
      const Candidate cut = grower.best_cut(node, *feature);
      if (cut) {
        draws.was_cut();
        if (cut->merit > best.cut.merit) best = {.feature = *feature, .cut = *cut};
      } else {
        draws.was_constant();
      }
      work += node.end - node.begin;
      if (work >= work_per_slice) {
        work = 0;
        co_yield Pause{};
      }
    }
    const std::size_t constants = draws.finish();
    if (best.cut.merit == -std::numeric_limits<double>::infinity()) continue;

    Waiting left;
    left.depth = node.depth + 1;
    left.known_constants = constants;
    Waiting right = left;
    const std::size_t middle = grower.part(node, best, left.sums, right.sums);
    if (!improves(node.sums, left.sums, right.sums, all)) continue;
    left.begin = node.begin;
    left.end = right.begin = middle;
    right.end = node.end;
    right.right_of = place;
    tree.nodes[place].feature = static_cast<std::int32_t>(best.feature);
    tree.nodes[place].threshold = best.cut.threshold;
    stack.push_back(right);
    stack.push_back(left);
  }
  co_return tree;
}

}  // namespace floodlight
