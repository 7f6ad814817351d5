// Facts that follow from a recipe: the options that its steps hand to the algorithms. Whoever computes, explains, asks or
// exports takes them from here.
#pragma once

#include <cstdint>

#include "core/pipeline/recipe.h"
#include "core/pipeline/stage_values.h"
#include "core/segment/peaks.h"
#include "core/segment/watershed.h"

namespace floodlight {

/// The options that the recipe finds the peaks of the squared distance with. Seeds that are set by hand have none; for
/// these, those of the recipe's numbers.
[[nodiscard]] PeakOptions<std::int32_t> peak_options(const Recipe& recipe);

/// The same for `seed_heights`, whichever these are.
[[nodiscard]] PeakOptions<std::int32_t> seed_options(const Recipe& recipe);
/// The same for the summits inside a network's interiors, whose heights are distances.
[[nodiscard]] PeakOptions<float> interior_peak_options(const Recipe& recipe);

/// How the recipe's way to the mask computes a stage for itself; null: as all do. Seeds that are set by hand are never a way's.
[[nodiscard]] const MaskStep* own_step(const Recipe& recipe, Stage stage);

/// The options that the recipe floods with.
[[nodiscard]] WatershedOptions watershed_options(const Recipe& recipe);

/// Whether the filtered intensity is flooded, else the distance.
[[nodiscard]] constexpr bool floods_intensity(const Recipe& recipe) {
  return recipe.flooded == FloodedImage::intensity;
}

}  // namespace floodlight
