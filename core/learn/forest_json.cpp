// Forests to JSON and back, every number checked on the way in.
#include "core/learn/forest_json.h"

#include <string>
#include <utility>

#include "core/learn/json_checks.h"

namespace floodlight {
namespace {

Result<std::vector<std::uint8_t>> read_classes(const Json& json) {
  const Json::Array* list = json.array();
  if (list == nullptr || list->size() < 2 || list->size() > most_classes) {
    return fail("The forest's classes are " + quoted(json) + "; they must be a list of 2 to " +
                std::to_string(most_classes) + " numbers.");
  }
  std::vector<std::uint8_t> classes;
  for (const Json& element : *list) {
    const auto label = whole_number(element, 0, 255);
    if (!label || (!classes.empty() && *label <= classes.back())) {
      return fail("The forest's classes are " + quoted(json) +
                  "; they must be whole numbers from 0 to 255, ascending.");
    }
    classes.push_back(static_cast<std::uint8_t>(*label));
  }
  return classes;
}

/// Reads one tree; its name begins every sentence.
class TreeReader {
 public:
  TreeReader(const Json& json, std::string name, std::size_t features, std::size_t classes)
      : json_(json), name_(std::move(name)), features_(features), classes_(classes) {}

  Result<DecisionTree> read() {
    if (auto checked = check_members(json_, name_, {"feature", "threshold", "counts"}); !checked)
      return std::unexpected(checked.error());
    for (auto read : {&TreeReader::read_nodes, &TreeReader::read_thresholds, &TreeReader::read_counts}) {
      if (auto done = (this->*read)(); !done) return std::unexpected(done.error());
    }
    return std::move(tree_);
  }

 private:
  [[nodiscard]] std::unexpected<Error> wrong(const std::string& what) const { return fail(name_ + " " + what); }

  /// The nodes, and which is the right child of which: what waits for its right child is a stack.
  Result<void> read_nodes() {
    const Json::Array* list = json_.find("feature")->array();
    if (list == nullptr) return wrong("has a \"feature\" that is no list.");
    if (list->size() > most_tree_nodes)
      return wrong("has " + std::to_string(list->size()) + " nodes; at most " + std::to_string(most_tree_nodes) +
                   " are possible.");
    std::vector<std::size_t> waiting;  // questions whose right child has not come yet
    bool open = true;                  // whether a node may come at all
    for (const Json& element : *list) {
      const auto feature = whole_number(element, -1, static_cast<double>(features_) - 1);
      if (!feature)
        return wrong("asks for feature " + quoted(element) + "; it must be a whole number from 0 to " +
                     std::to_string(features_ - 1) + ", or -1 for a leaf.");
      if (!open) return wrong("has nodes after its last leaf.");
      const std::size_t place = tree_.nodes.size();
      tree_.nodes.push_back({.feature = static_cast<std::int32_t>(*feature), .threshold = 0, .right = 0});
      if (*feature >= 0) {
        waiting.push_back(place);
        ++questions_;
      } else if (waiting.empty()) {
        open = false;
      } else {
        tree_.nodes[waiting.back()].right = static_cast<std::uint32_t>(place + 1);
        waiting.pop_back();
      }
    }
    if (open) return wrong("ends before its last leaf.");
    return {};
  }

  Result<void> read_thresholds() {
    const Json::Array* list = json_.find("threshold")->array();
    if (list == nullptr || list->size() != questions_)
      return wrong("must have a list of " + std::to_string(questions_) + " thresholds, one for each question.");
    auto next = list->begin();
    for (TreeNode& node : tree_.nodes) {
      if (node.is_leaf()) continue;
      const double* threshold = next->number();
      if (threshold == nullptr) return wrong("has the threshold " + quoted(*next) + "; it must be a number.");
      node.threshold = *threshold;
      ++next;
    }
    return {};
  }

  /// The leaves' counts; a question's are the sums of its children's, which come after it.
  Result<void> read_counts() {
    const std::size_t leaves = tree_.nodes.size() - questions_;
    const Json::Array* list = json_.find("counts")->array();
    if (list == nullptr || list->size() != leaves * classes_)
      return wrong("must have a list of " + std::to_string(leaves * classes_) + " counts, one for each class of its " +
                   std::to_string(leaves) + " leaves.");
    tree_.counts.resize(tree_.nodes.size() * classes_);
    auto next = list->end();
    for (std::size_t i = tree_.nodes.size(); i-- > 0;) {
      const TreeNode& node = tree_.nodes[i];
      double all = 0;
      for (std::size_t k = classes_; k-- > 0;) {
        std::uint32_t& count = tree_.counts[i * classes_ + k];
        if (!node.is_leaf()) {
          count = tree_.counts[(i + 1) * classes_ + k] + tree_.counts[node.right * classes_ + k];
          continue;
        }
        --next;
        const auto read = whole_number(*next, 0, static_cast<double>(most_training_samples));
        if (!read)
          return wrong("has the count " + quoted(*next) + "; it must be a whole number from 0 to " +
                       std::to_string(most_training_samples) + ".");
        count = static_cast<std::uint32_t>(*read);
        all += *read;
      }
      if (node.is_leaf() && all == 0) return wrong("has a leaf that no sample reached.");
      if (too_many(i)) return wrong("has more samples than a forest learns from.");
    }
    return {};
  }

  [[nodiscard]] bool too_many(std::size_t node) const {
    std::size_t sum = 0;
    for (std::size_t k = 0; k < classes_; ++k) sum += tree_.counts[node * classes_ + k];
    return sum > most_training_samples;
  }

  const Json& json_;
  std::string name_;
  std::size_t features_;
  std::size_t classes_;
  std::size_t questions_ = 0;
  DecisionTree tree_;
};

Json tree_to_json(const Forest& forest, const DecisionTree& tree) {
  Json::Array feature;
  Json::Array threshold;
  Json::Array counts;
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    const TreeNode& node = tree.nodes[i];
    feature.emplace_back(static_cast<int>(node.feature));
    if (!node.is_leaf()) {
      threshold.emplace_back(node.threshold);
      continue;
    }
    for (const std::uint32_t count : forest.counts(tree, i)) counts.emplace_back(static_cast<double>(count));
  }
  return Json::Object{
      {"feature", std::move(feature)}, {"threshold", std::move(threshold)}, {"counts", std::move(counts)}};
}

}  // namespace

Json forest_to_json(const Forest& forest) {
  Json::Array classes;
  for (const std::uint8_t label : forest.classes) classes.emplace_back(static_cast<int>(label));
  Json::Array trees;
  for (const DecisionTree& tree : forest.trees) trees.push_back(tree_to_json(forest, tree));
  return Json::Object{
      {"features", static_cast<double>(forest.features)}, {"classes", std::move(classes)}, {"trees", std::move(trees)}};
}

Result<Forest> forest_from_json(const Json& json) {
  if (auto checked = check_members(json, "The forest", {"features", "classes", "trees"}); !checked)
    return std::unexpected(checked.error());
  Forest forest;
  const auto features = whole_number(*json.find("features"), 1, static_cast<double>(most_features));
  if (!features) {
    return fail("The forest's number of features is " + quoted(*json.find("features")) +
                "; it must be a whole number from 1 to " + std::to_string(most_features) + ".");
  }
  forest.features = static_cast<std::size_t>(*features);
  auto classes = read_classes(*json.find("classes"));
  if (!classes) return std::unexpected(classes.error());
  forest.classes = std::move(*classes);
  const Json::Array* trees = json.find("trees")->array();
  if (trees == nullptr || trees->empty() || trees->size() > most_trees)
    return fail("The forest's trees must be a list of 1 to " + std::to_string(most_trees) + " trees.");
  for (const Json& tree : *trees) {
    const std::string name = "Tree " + std::to_string(forest.trees.size() + 1) + " of the forest";
    auto read = TreeReader(tree, name, forest.features, forest.classes.size()).read();
    if (!read) return std::unexpected(read.error());
    forest.trees.push_back(std::move(*read));
  }
  return forest;
}

}  // namespace floodlight
