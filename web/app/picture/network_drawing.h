// The network as a drawing: every map a small picture of the image at hand, down the levels on the left, up on the right.
#pragma once

#include <string>

#include "core/learn/network_units.h"
#include "web/app/state/app.h"

namespace floodlight::ui {

/// Draws all units of the recipe's network as wide as there is room; pressing one chooses it, and while the pointer is at
/// one only its inputs stay bright.
void network_drawing(App& app);

/// What a unit is called: "Level 2 down, map 3"; of the last layer by what it scores: "Score of rim".
[[nodiscard]] std::string unit_name(const UNetShape& shape, Unit unit);
/// What one of a layer's inputs is called: "the image", "map 3 from below".
[[nodiscard]] std::string input_name(const InputMap& input);

/// The kernels of a unit as little grids, one an input, with the part of the sum that each adds; the place of the one that
/// is chosen, or was pressed.
std::size_t kernel_strip(const UnitTerms& terms, std::size_t chosen);

}  // namespace floodlight::ui
