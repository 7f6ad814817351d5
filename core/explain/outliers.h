// Fields of a set that lie apart from the others.
#pragma once

#include <optional>
#include <vector>

namespace floodlight {

/// Which values lie more than three interquartile ranges below the lower or above the upper quartile (Tukey's "far out"); none
/// of fewer than five, of which nothing can be said. Fields without a value are never apart. O(n log n).
std::vector<bool> lie_apart(const std::vector<std::optional<double>>& values);

}  // namespace floodlight
