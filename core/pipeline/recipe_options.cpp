#include "core/pipeline/recipe_options.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace floodlight {

PeakOptions<std::int32_t> peak_options(const Recipe& recipe) {
  // As `peak_local_max(distance, min_distance=1, exclude_border=False)`.
  if (recipe.seeds == SeedMethod::every_maximum) return {0, 1, false, std::nullopt};
  PeakOptions<std::int32_t> options{recipe.window, recipe.min_distance, recipe.exclude_border, std::nullopt};
  if (!std::isnan(recipe.threshold_abs)) options.threshold_abs = squared_cutoff(recipe.threshold_abs);
  return options;
}

PeakOptions<float> interior_peak_options(const Recipe& recipe) {
  if (recipe.seeds == SeedMethod::every_maximum) return {0, 1, false, std::nullopt};
  PeakOptions<float> options{recipe.window, recipe.min_distance, recipe.exclude_border, std::nullopt};
  if (!std::isnan(recipe.threshold_abs)) options.threshold_abs = static_cast<float>(recipe.threshold_abs);
  return options;
}

PeakOptions<std::int32_t> seed_options(const Recipe& recipe) {
  if (own_step(recipe, Stage::seeds) == nullptr) return peak_options(recipe);
  const PeakOptions<float> own = interior_peak_options(recipe);
  PeakOptions<std::int32_t> options{own.window, own.min_distance, own.exclude_border, std::nullopt};
  if (own.threshold_abs) options.threshold_abs = height_as_whole(std::max(0.0F, *own.threshold_abs));
  return options;
}

const MaskStep* own_step(const Recipe& recipe, Stage stage) {
  if (stage == Stage::seeds) return recipe.seeds == SeedMethod::by_hand ? nullptr : recipe.mask_from->seeds;
  return recipe.mask_from->step(stage);
}

WatershedOptions watershed_options(const Recipe& recipe) {
  return {recipe.connectivity, recipe.line, recipe.compactness};
}

}  // namespace floodlight
