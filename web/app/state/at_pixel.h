// What the step at hand explains at a pixel: how far its footprint reaches, which repair, which summits.
#pragma once

#include <cstddef>
#include <optional>

#include "core/base/image.h"
#include "core/explain/explanations.h"
#include "core/learn/network_units.h"

namespace floodlight::ui {

class App;

/// Whether the filter step shows a kernel of the student's own in the place of the recipe's filter.
[[nodiscard]] bool shows_own_kernel(const App& app);
/// Of what the filter step shows: how far its footprint reaches from its middle; 0 without a footprint.
[[nodiscard]] int footprint_radius(const App& app);
/// What the repairs did, where that is known of the recipe's list of them; null where not.
[[nodiscard]] const RepairsExplanation* explained_repairs(const App& app);
/// The repair that is explained at a pixel: the one that changed it, else the first with a footprint; by its place.
[[nodiscard]] std::optional<std::size_t> explained_repair(const App& app, Pixel pixel);
/// The network's unit that is looked at; another network may have fewer than the one that it was chosen of.
[[nodiscard]] Unit shown_unit(const App& app);
/// How the network's unit that is looked at came by its value at a pixel. Network and what it sees are there.
[[nodiscard]] const UnitTerms& unit_terms_at(const App& app, Pixel pixel);
/// Finds the two summits near the pixel that is explained.
void update_summits(App& app);

}  // namespace floodlight::ui
