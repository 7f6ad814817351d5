// A forest as text that a recipe can carry.
#pragma once

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/learn/forest.h"

namespace floodlight {

constexpr std::size_t most_tree_nodes = 2 * most_training_samples;  ///< a tree has fewer, since each leaf has a sample

/// `{"features": 12, "classes": [1, 2], "trees": [{"feature": [...], "threshold": [...], "counts": [...]}, ...]}`. A tree's
/// nodes are listed depth first, left first: `feature` has one number a node (-1: a leaf), `threshold` one a question,
/// `counts` one a class for each leaf. Nothing is said twice; thresholds are the shortest text that reads back the same.
Json forest_to_json(const Forest& forest);

/// The forest that was written. Refuses, with what is wrong, everything that is no such forest: members that are missing or
/// unknown, lists of the wrong length, nodes that are no tree, features and classes that do not exist, counts that are no
/// whole numbers, leaves without samples, and sizes beyond those of `core/learn/forest.h`. O(nodes).
Result<Forest> forest_from_json(const Json& json);

}  // namespace floodlight
