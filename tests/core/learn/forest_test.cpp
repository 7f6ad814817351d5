// Forests against scikit-learn's own, node by node, and against a forest grown in the plainest way.
#include "core/learn/forest.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <numeric>
#include <string>

#include <gtest/gtest.h>

#include "core/learn/numpy_random.h"
#include "tests/core/learn/training_sets.h"
#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using testing::Dice;
using testing::roll;

double number(const Json& json) { return *json.number(); }
std::size_t whole(const Json& json, std::string_view name) {
  return static_cast<std::size_t>(number(member(json, name)));
}

class ForestShared : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::optional<std::string> path = shared_path("parity/learn/forests.json");
    if (!path) {
      std::puts("NOT TESTED: there is no parity/learn/forests.json in ../shared (or where FLOODLIGHT_SHARED points)");
      GTEST_SKIP();
    }
    reference_ = read_json(*path);
    const std::vector<std::byte> bytes = read_bytes(shared_path("parity/learn/samples.f32").value());
    samples_.resize(bytes.size() / sizeof(float));
    std::memcpy(samples_.data(), bytes.data(), samples_.size() * sizeof(float));
  }

  [[nodiscard]] TrainingSet training_set(const Json& entry) const {
    TrainingSet set{.features = whole(entry, "features"), .values = {}, .labels = {}};
    const auto first = samples_.begin() + static_cast<std::ptrdiff_t>(whole(entry, "x_at"));
    set.values.assign(first, first + static_cast<std::ptrdiff_t>(set.features * whole(entry, "samples")));
    for (const Json& label : *member(entry, "y").array())
      set.labels.push_back(static_cast<std::uint8_t>(number(label)));
    return set;
  }

  Json reference_;
  std::vector<float> samples_;
};

void expect_nodes(const Forest& forest, const Json::Array& trees, const std::string& name) {
  ASSERT_EQ(forest.trees.size(), trees.size()) << name;
  for (std::size_t t = 0; t < trees.size(); ++t) {
    const Json::Array& nodes = *trees[t].array();
    ASSERT_EQ(forest.trees[t].nodes.size(), nodes.size()) << name << ", tree " << t;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const Json::Array& node = *nodes[i].array();
      ASSERT_EQ(forest.trees[t].nodes[i].feature, number(node[0])) << name << ", tree " << t << ", node " << i;
      ASSERT_EQ(forest.trees[t].nodes[i].threshold, number(node[1])) << name << ", tree " << t << ", node " << i;
      const auto counts = forest.counts(forest.trees[t], i);
      for (std::size_t k = 0; k < counts.size(); ++k)
        ASSERT_EQ(counts[k], number((*node[2].array())[k])) << name << ", tree " << t << ", node " << i;
    }
  }
}

TEST_F(ForestShared, EveryTreeIsScikitLearnsNodeByNode) {
  const Json::Array& sets = *member(reference_, "sets").array();
  ASSERT_EQ(sets.size(), 40U);
  std::size_t with_nodes = 0;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const std::string name = "set " + std::to_string(i);
    const Json& depth = member(sets[i], "max_depth");
    const ForestSettings settings{
        .trees = static_cast<int>(whole(sets[i], "trees")),
        .max_depth = depth.is_null() ? std::nullopt : std::optional(static_cast<int>(number(depth))),
        .seed = static_cast<std::uint32_t>(whole(sets[i], "random_state"))};
    const Result<Forest> trained = train_forest(training_set(sets[i]), settings);
    ASSERT_TRUE(trained.has_value()) << name << ": " << trained.error().message;
    ASSERT_EQ(trained->classes.size(), whole(sets[i], "classes")) << name;
    if (const Json* nodes = sets[i].find("nodes")) {
      ++with_nodes;
      expect_nodes(*trained, *nodes->array(), name);
    }
    EXPECT_EQ(nodes_in_all(*trained), whole(sets[i], "nodes_in_all")) << name;
    EXPECT_EQ(digest(*trained), *member(sets[i], "sha256").string()) << name;

    const Json::Array& probes = *member(sets[i], "probe").array();
    const Json::Array& expected = *member(sets[i], "probabilities").array();
    ASSERT_EQ(probes.size(), 16U);
    for (std::size_t p = 0; p < probes.size(); ++p) {
      std::vector<float> sample;
      for (const Json& value : *probes[p].array()) sample.push_back(static_cast<float>(number(value)));
      std::vector<double> probabilities(trained->classes.size());
      class_probabilities(*trained, sample, probabilities);
      for (std::size_t k = 0; k < probabilities.size(); ++k)
        EXPECT_EQ(probabilities[k], number((*expected[p].array())[k])) << name << ", probe " << p;
    }
  }
  EXPECT_EQ(with_nodes, 12U);
}

TEST(Forest, OfNumbersThatAFormulaMakesIsScikitLearnsToo) {
  // Digests by scikit-learn 1.2.1, whose trees 1.9.0 grows as well.
  const Forest two = train_forest(formula_set(300, 6, 2), {}).value();
  EXPECT_EQ(nodes_in_all(two), 1580U);
  EXPECT_EQ(digest(two), "a7c126be6d3eeb78dbf648377a2f3290e39648ef71d39b07146c43cc2a1f7a3c");
  const Forest three = train_forest(formula_set(200, 12, 3), {}).value();
  EXPECT_EQ(nodes_in_all(three), 1522U);
  EXPECT_EQ(digest(three), "1314a6409b2efe3c8c13ac55ba36b34e3d04d873b3faff7f454d2cfbbe91d4df");
}

// ---- a forest grown plainly

/// One tree as the definition has it, with lists copied where the program keeps stretches of arrays.
class PlainTree {
 public:
  PlainTree(const TrainingSet& set, std::size_t classes, std::uint32_t seed, int max_depth)
      : set_(set), classes_(classes), max_depth_(max_depth), weights_(set.size()), features_(set.features) {
    NumpyRandom bootstrap(seed);
    for (std::size_t i = 0; i < set.size(); ++i) weights_[bootstrap.below(static_cast<std::uint32_t>(set.size()))] += 1;
    state_ = NumpyRandom(seed).below(2147483647);
    if (state_ == 0) state_ = 1;
    std::iota(features_.begin(), features_.end(), std::size_t{0});
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (weights_[i] > 0) all.push_back(i);
    }
    grow(all, 0, {});
  }
  DecisionTree tree;

 private:
  double count(const std::vector<std::size_t>& samples, std::size_t label) const {
    double sum = 0;
    for (const std::size_t i : samples) sum += set_.labels[i] == label ? weights_[i] : 0;
    return sum;
  }
  double all(const std::vector<std::size_t>& samples) const {
    double sum = 0;
    for (const std::size_t i : samples) sum += weights_[i];
    return sum;
  }
  double impurity(const std::vector<std::size_t>& samples) const {
    double squares = 0;
    for (std::size_t k = 0; k < classes_; ++k) squares += count(samples, k) * count(samples, k);
    return 1 - squares / (all(samples) * all(samples));
  }
  float value(std::size_t sample, std::size_t feature) const { return set_.values[sample * set_.features + feature]; }
  std::size_t draw(std::size_t bound) {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 17U;
    state_ ^= state_ << 5U;
    return (state_ % 2147483648U) % bound;
  }

  /// `constants` are the features known constant from above, in the order in which they became known.
  void grow(const std::vector<std::size_t>& samples, int depth, std::vector<std::size_t> constants) {
    const std::size_t place = tree.nodes.size();
    tree.nodes.emplace_back();
    for (std::size_t k = 0; k < classes_; ++k) tree.counts.push_back(static_cast<std::uint32_t>(count(samples, k)));
    if (depth >= max_depth_ || samples.size() < 2 || impurity(samples) < 1e-12) return;

    const auto most = static_cast<std::size_t>(std::sqrt(static_cast<double>(set_.features)));
    const std::size_t known = constants.size();
    std::size_t end = features_.size();
    std::size_t visited = 0;
    std::size_t found = 0;
    std::size_t drawn = 0;
    double best = -std::numeric_limits<double>::infinity();
    std::size_t best_feature = 0;
    double best_threshold = 0;
    while (end > known + found && (visited < most || visited <= found + drawn)) {
      ++visited;
      std::size_t j = drawn + draw(end - found - drawn);
      if (j < known) {
        std::swap(features_[drawn++], features_[j]);
        continue;
      }
      j += found;
      const std::size_t feature = features_[j];
      std::vector<std::size_t> sorted = samples;
      std::ranges::sort(sorted, [&](std::size_t a, std::size_t b) { return value(a, feature) < value(b, feature); });
      if (value(sorted.back(), feature) <= value(sorted.front(), feature) + 1e-7F) {
        std::swap(features_[j], features_[known + found]);
        ++found;
        continue;
      }
      --end;
      std::swap(features_[j], features_[end]);
      for (std::size_t i = 1; i < sorted.size(); ++i) {
        const float low = value(sorted[i - 1], feature);
        const float high = value(sorted[i], feature);
        if (high <= low + 1e-7F) continue;
        const std::vector<std::size_t> left(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(i));
        const std::vector<std::size_t> right(sorted.begin() + static_cast<std::ptrdiff_t>(i), sorted.end());
        const double merit = -all(right) * impurity(right) - all(left) * impurity(left);
        if (merit <= best) continue;
        best = merit;
        best_feature = feature;
        best_threshold = static_cast<double>(low) / 2 + static_cast<double>(high) / 2;
      }
    }
    std::ranges::copy(constants, features_.begin());
    for (std::size_t i = 0; i < found; ++i) constants.push_back(features_[known + i]);
    if (std::isinf(best)) return;
    std::vector<std::size_t> left;
    std::vector<std::size_t> right;
    for (const std::size_t i : samples)
      (static_cast<double>(value(i, best_feature)) <= best_threshold ? left : right).push_back(i);
    tree.nodes[place].feature = static_cast<std::int32_t>(best_feature);
    tree.nodes[place].threshold = best_threshold;
    grow(left, depth + 1, constants);
    tree.nodes[place].right = static_cast<std::uint32_t>(tree.nodes.size());
    grow(right, depth + 1, constants);
  }

  const TrainingSet& set_;
  std::size_t classes_;
  int max_depth_;
  std::vector<double> weights_;
  std::vector<std::size_t> features_;
  std::uint32_t state_ = 0;
};

TEST(Forest, GrowsAsTheDefinitionWrittenPlainly) {
  Dice dice(5);
  for (int round = 0; round < 60; ++round) {
    const int classes = roll(dice, 2, 8);
    const TrainingSet set = random_set(dice, roll(dice, classes, 60), roll(dice, 1, 30), classes);
    const ForestSettings settings{.trees = 4,
                                  .max_depth = round % 3 == 0 ? std::nullopt : std::optional(roll(dice, 1, 6)),
                                  .seed = static_cast<std::uint32_t>(dice())};
    const Forest forest = train_forest(set, settings).value();
    NumpyRandom seeds(settings.seed);
    for (const DecisionTree& tree : forest.trees) {
      const PlainTree plain(set, forest.classes.size(), seeds.below(2147483647), settings.max_depth.value_or(1 << 30));
      ASSERT_EQ(tree, plain.tree) << "round " << round;
    }
  }
}

TEST(Forest, TheOrderOfSamplesMattersAndTheNamesOfClassesDoNot) {
  Dice dice(8);
  TrainingSet set = random_set(dice, 200, 12, 2);
  const Forest forest = train_forest(set, {}).value();
  EXPECT_EQ(forest, train_forest(set, {}).value());
  TrainingSet renamed = set;
  for (std::uint8_t& label : renamed.labels) label = static_cast<std::uint8_t>(label == 0 ? 3 : 200);
  Forest named = train_forest(renamed, {}).value();
  EXPECT_EQ(named.classes, (std::vector<std::uint8_t>{3, 200}));
  named.classes = forest.classes;
  EXPECT_EQ(named, forest);
  TrainingSet turned = set;
  std::ranges::reverse(turned.labels);
  for (std::size_t i = 0; i < set.size(); ++i)
    std::ranges::copy(set.sample(set.size() - 1 - i), turned.values.begin() + static_cast<std::ptrdiff_t>(12 * i));
  EXPECT_NE(train_forest(turned, {}).value(), forest);
  EXPECT_NE(train_forest(set, {.seed = 1}).value(), forest);
}

TEST(Forest, TiesGoToTheLowerClassAndAreWhollyUncertain) {
  EXPECT_EQ(most_probable(std::vector<double>{0.5, 0.5}), 0U);
  EXPECT_EQ(most_probable(std::vector<double>{0.2, 0.4, 0.4}), 1U);
  EXPECT_EQ(uncertainty(std::vector<double>{0.5, 0.5}), 1);
  EXPECT_EQ(uncertainty(std::vector<double>{0, 1, 0}), 0);
  EXPECT_EQ(uncertainty(std::vector<double>{0.25, 0.5, 0.25}), 0.75);
  EXPECT_EQ(uncertainty(std::vector<double>{0.75, 0.25}), 0.5);
}

TEST(Forest, SaysWhatItCannotLearnFrom) {
  const TrainingSet good{.features = 1, .values = {1, 2, 3}, .labels = {1, 2, 2}};
  const auto refusal = [](const TrainingSet& set, const ForestSettings& settings = {}) {
    const Result<Forest> result = train_forest(set, settings);
    return result ? std::string() : result.error().message;
  };
  EXPECT_EQ(refusal(good), "");
  EXPECT_EQ(refusal({.features = 1, .values = {}, .labels = {}}),
            "No pixel is painted; paint some pixels of each class.");
  EXPECT_EQ(refusal({.features = 1, .values = {1, 2}, .labels = {1, 1}}),
            "Only one class is painted; paint some pixels of another one, too.");
  EXPECT_EQ(refusal({.features = 1, .values = std::vector<float>(9), .labels = {0, 1, 2, 3, 4, 5, 6, 7, 8}}),
            "9 classes are painted; at most 8 are possible.");
  EXPECT_EQ(refusal({.features = 2, .values = {1, 2, 3}, .labels = {1, 2}}),
            "2 samples of 2 features need 4 values; there are 3.");
  EXPECT_EQ(refusal({.features = 0, .values = {}, .labels = {1, 2}}),
            "There are no features to learn from; at least one is needed.");
  for (const float bad : {std::nanf(""), HUGE_VALF}) {
    EXPECT_EQ(refusal({.features = 1, .values = {1, bad}, .labels = {1, 2}}),
              "A feature of a painted pixel is NaN or infinite; a forest learns from finite numbers only.");
  }
  EXPECT_EQ(refusal(good, {.trees = 0}), "A forest of 0 trees is not possible; it must have 1 to 1000.");
  EXPECT_EQ(refusal(good, {.max_depth = 0}),
            "The depth of a tree is limited to 0; the limit must be 1 to 1000, or none.");
}

TEST(NumpyRandom, DrawsAndShufflesAsNumpyDoes) {
  // RandomState(42).randint(0, 10, 10), RandomState(0).randint(2**31 - 1), and arange(10) after RandomState(3).shuffle.
  NumpyRandom random(42);
  std::vector<std::uint32_t> drawn;
  for (int i = 0; i < 10; ++i) drawn.push_back(random.below(10));
  EXPECT_EQ(drawn, (std::vector<std::uint32_t>{6, 3, 7, 4, 6, 9, 2, 6, 7, 4}));
  EXPECT_EQ(NumpyRandom(0).below(2147483647), 209652396U);
  std::vector<int> items(10);
  std::iota(items.begin(), items.end(), 0);
  NumpyRandom(3).shuffle(std::span(items));
  EXPECT_EQ(items, (std::vector<int>{5, 4, 1, 2, 9, 6, 7, 0, 3, 8}));
}

}  // namespace
}  // namespace floodlight::test
