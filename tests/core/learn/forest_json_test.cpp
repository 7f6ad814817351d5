// Forests that are written read back the same, and everything else is refused with a sentence.
#include "core/learn/forest_json.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/learn/training_sets.h"

namespace floodlight::test {
namespace {

using testing::Dice;
using testing::roll;

std::string refusal(std::string_view text) {
  const Result<Json> json = parse_json(text);
  if (!json) return json.error().message;
  const Result<Forest> forest = forest_from_json(*json);
  return forest ? "accepted" : forest.error().message;
}

constexpr std::string_view small_forest =
    R"({"features": 3, "classes": [1, 2], "trees": [{"feature": [2, -1, 0, -1, -1], "threshold": [0.1, -7], "counts": [3, 0, 0, 1, 2, 2]}, {"feature": [-1], "threshold": [], "counts": [5, 3]}]})";

/// The small forest with one piece of its text replaced.
std::string with(std::string_view piece, std::string_view other) {
  std::string text(small_forest);
  const std::size_t at = text.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  return text.replace(at, piece.size(), other);
}

TEST(ForestJson, ListsNodesDepthFirst) {
  const Forest forest = forest_from_json(parse_json(small_forest).value()).value();
  EXPECT_EQ(forest.features, 3U);
  EXPECT_EQ(forest.classes, (std::vector<std::uint8_t>{1, 2}));
  ASSERT_EQ(forest.trees.size(), 2U);
  const DecisionTree& tree = forest.trees[0];
  EXPECT_EQ(
      tree.nodes,
      (std::vector<TreeNode>{
          {.feature = 2, .threshold = 0.1, .right = 2}, {}, {.feature = 0, .threshold = -7, .right = 4}, {}, {}}));
  EXPECT_EQ(tree.counts, (std::vector<std::uint32_t>{5, 3, 3, 0, 2, 3, 0, 1, 2, 2}));
  EXPECT_EQ(forest.trees[1].nodes.size(), 1U);
  EXPECT_EQ(write_json(forest_to_json(forest)), small_forest);
}

TEST(ForestJson, EveryForestReadsBackTheSameToTheLastBit) {
  Dice dice(9);
  for (int round = 0; round < 20; ++round) {
    const int classes = roll(dice, 2, 8);
    const TrainingSet set = random_set(dice, roll(dice, 10, 200), roll(dice, 1, 25), classes);
    const ForestSettings settings{.trees = 5, .max_depth = round % 2 == 0 ? std::nullopt : std::optional(3)};
    const Forest forest = train_forest(set, settings).value();
    const std::string text = write_json(forest_to_json(forest));
    const Result<Forest> read = forest_from_json(parse_json(text).value());
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ(*read, forest);
  }
  Forest forest = forest_from_json(parse_json(small_forest).value()).value();
  for (const double threshold : {0x1.fffffffffffffp-3, 5e-324, -1.7976931348623157e308, 1.0 / 3, 123456789.0625}) {
    forest.trees[0].nodes[0].threshold = threshold;
    EXPECT_EQ(forest_from_json(parse_json(write_json(forest_to_json(forest))).value()).value(), forest);
  }
}

TEST(ForestJson, SaysWhatIsWrong) {
  EXPECT_EQ(refusal(small_forest), "accepted");
  EXPECT_EQ(refusal("[]"), "The forest is []; it must be an object.");
  EXPECT_EQ(refusal(with(R"("features": 3, )", "")), "The forest has no \"features\".");
  EXPECT_EQ(refusal(with("{", R"({"depth": 3, )")), "The forest has a member \"depth\", which none has.");
  EXPECT_EQ(refusal(with("{", R"({"features": 3, )")), "The forest has a member twice.");
  for (const char* number : {"0", "1001", "2.5", "\"3\"", "null", "-3"}) {
    EXPECT_EQ(
        refusal(with(R"("features": 3)", std::string(R"("features": )") + number)),
        std::string("The forest's number of features is ") + number + "; it must be a whole number from 1 to 1000.");
  }
  for (const char* classes : {"[1]", "3", "[1, 2, 3, 4, 5, 6, 7, 8, 9]"}) {
    EXPECT_EQ(refusal(with("[1, 2]", classes)),
              std::string("The forest's classes are ") + classes + "; they must be a list of 2 to 8 numbers.");
  }
  for (const char* classes : {"[2, 1]", "[1, 1]", "[1, 256]", "[-1, 2]", "[1, 1.5]", "[1, \"2\"]"}) {
    EXPECT_EQ(refusal(with("[1, 2]", classes)), std::string("The forest's classes are ") + classes +
                                                    "; they must be whole numbers from 0 to 255, ascending.");
  }
  EXPECT_EQ(refusal(R"({"features": 3, "classes": [1, 2], "trees": []})"),
            "The forest's trees must be a list of 1 to 1000 trees.");
  EXPECT_EQ(refusal(R"({"features": 3, "classes": [1, 2], "trees": [7]})"),
            "Tree 1 of the forest is 7; it must be an object.");
  EXPECT_EQ(refusal(with(R"("threshold": [], )", "")), "Tree 2 of the forest has no \"threshold\".");
  EXPECT_EQ(refusal(with("[-1]", "-1")), "Tree 2 of the forest has a \"feature\" that is no list.");
  EXPECT_EQ(refusal(with("[-1]", "[]")), "Tree 2 of the forest ends before its last leaf.");
  EXPECT_EQ(refusal(with("[-1]", "[-1, -1]")), "Tree 2 of the forest has nodes after its last leaf.");
  EXPECT_EQ(refusal(with("0, -1, -1]", "0, -1]")), "Tree 1 of the forest ends before its last leaf.");
  EXPECT_EQ(refusal(with("0, -1, -1]", "-1, -1, -1]")), "Tree 1 of the forest has nodes after its last leaf.");
  for (const std::string& feature : std::vector<std::string>{"3", "-2", "0.5", "\"2\"", "1e+300"}) {
    EXPECT_EQ(refusal(with("[2, -1", "[" + feature + ", -1")),
              "Tree 1 of the forest asks for feature " + feature +
                  "; it must be a whole number from 0 to 2, or -1 for a leaf.");
  }
  EXPECT_EQ(refusal(with("[0.1, -7]", "[0.1]")),
            "Tree 1 of the forest must have a list of 2 thresholds, one for each question.");
  EXPECT_EQ(refusal(with("0.1, -7]", "0.1, null]")),
            "Tree 1 of the forest has the threshold null; it must be a number.");
  EXPECT_EQ(refusal(with("[5, 3]", "[5, 3, 0]")),
            "Tree 2 of the forest must have a list of 2 counts, one for each class of its 1 leaves.");
  for (const std::string& count : std::vector<std::string>{"-1", "0.5", "1000001", "\"5\"", "1e+300"}) {
    EXPECT_EQ(refusal(with("[5, 3]", "[" + count + ", 3]")),
              "Tree 2 of the forest has the count " + count + "; it must be a whole number from 0 to 1000000.");
  }
  EXPECT_EQ(refusal(with("[5, 3]", "[0, 0]")), "Tree 2 of the forest has a leaf that no sample reached.");
  EXPECT_EQ(refusal(with("[5, 3]", "[600000, 400001]")),
            "Tree 2 of the forest has more samples than a forest learns from.");
  EXPECT_EQ(refusal(with("3, 0, 0, 1, 2, 2", "900000, 0, 0, 1, 200000, 2")),
            "Tree 1 of the forest has more samples than a forest learns from.");
}

TEST(ForestJson, QuotesWhatItRefusesBriefly) {
  const std::string message = refusal("[\"" + std::string(37, 'x') + "\xC3\xA4\xC3\xA4\xC3\xA4\"]");
  EXPECT_EQ(message, "The forest is [\"" + std::string(37, 'x') + "...; it must be an object.");
}

TEST(ForestJson, NoBrokenTextIsAccepted) {
  // Every text with one character fewer, and every text with one digit changed, is refused or is another forest.
  const Forest original = forest_from_json(parse_json(small_forest).value()).value();
  for (std::size_t i = 0; i < small_forest.size(); ++i) {
    for (const char c : {'\0', '0', '9', '-', ','}) {
      std::string text(small_forest);
      if (c == '\0') {
        text.erase(i, 1);
      } else {
        text[i] = c;
      }
      const Result<Json> json = parse_json(text);
      if (!json) continue;
      const Result<Forest> forest = forest_from_json(*json);
      if (!forest) {
        EXPECT_TRUE(forest.error().message.ends_with(".")) << forest.error().message;
        continue;
      }
      for (const DecisionTree& tree : forest->trees) {
        for (std::size_t n = 0; n < tree.nodes.size(); ++n) {
          if (tree.nodes[n].is_leaf()) continue;
          EXPECT_LT(static_cast<std::size_t>(tree.nodes[n].feature), forest->features);
          EXPECT_GT(tree.nodes[n].right, n + 1);
          EXPECT_LT(tree.nodes[n].right, tree.nodes.size());
        }
      }
    }
  }
}

}  // namespace
}  // namespace floodlight::test
