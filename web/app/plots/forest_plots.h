// A random forest at one pixel, drawn: the trees' votes as a strip, one tree as a tree, the pixel's features as bars.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/learn/features.h"
#include "core/learn/forest.h"
#include "core/learn/forest_terms.h"

namespace floodlight::ui {

/// A box a tree, in the colour and the hatch of the class that it votes for; the one that is drawn below is framed. The
/// place of the tree that is pressed.
std::optional<std::size_t> votes_strip(const Forest& forest, const ForestVotes& votes, std::size_t shown);

/// The tree as a tree, the pixel's way thick. The node that the pointer is at, or that was pressed before.
std::optional<std::size_t> tree_drawing(const Forest& forest, std::size_t tree, const TreePath& path,
                                        std::optional<std::size_t> chosen, float height);

/// For each feature its value at the pixel as a mark over the spread of the painted pixels of each class: the middle half
/// as a bar, all as a line.
void feature_bars(const std::vector<Feature>& features, const std::vector<float>& values,
                  const std::vector<std::vector<FeatureSpread>>& spreads, const std::vector<std::uint8_t>& classes);

/// Of several shares of 1, one a name, as bars with a number; the longest takes the width, or 1 does.
void share_bars(const std::vector<std::string>& names, const std::vector<double>& shares, bool of_one = false);

}  // namespace floodlight::ui
