#include "core/explain/explanations.h"

#include <cmath>
#include <limits>
#include <utility>

#include "core/pipeline/recipe_options.h"
#include "core/segment/label_colours.h"
#include "core/segment/region_terms.h"

namespace floodlight {
namespace {

float height_of(std::int32_t squared) {
  const float root = std::sqrt(std::abs(static_cast<float>(squared)));
  return squared < 0 ? -root : root;
}
float height_of(double value) { return static_cast<float>(value); }

/// The flood over an image of this shape, whose values `at` gives by their place.
template <typename T, typename At>
Sliced<FloodExplanation> flood_over(Pixel shape, At at, LabelView seeds, MaskView mask, WatershedOptions options) {
  constexpr std::size_t slice = 1U << 16U;
  FloodExplanation result;
  Image<T> landscape(shape.row, shape.col);
  co_yield Pause{};
  result.landscape = Image<float>(shape.row, shape.col);
  for (std::size_t i = 0; i < landscape.size(); ++i) {
    const T value = at(i);
    landscape.pixels()[i] = value;
    result.landscape.pixels()[i] = static_cast<float>(value);
    if (i % slice == slice - 1) co_yield Pause{};
  }
  result.flood = co_await flood_in_slices<T>(std::as_const(landscape).view(), seeds, mask, options);
  result.queue_lengths = co_await queue_lengths_in_slices(result.flood);
  const auto& sequence = result.flood.sequence;
  T highest = sequence.empty() ? std::numeric_limits<T>::lowest() : landscape.pixels()[sequence.front()];
  float level = height_of(highest);
  result.levels.reserve(sequence.size() + 1);
  result.levels.push_back(level);
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const T value = landscape.pixels()[sequence[i]];
    if (value > highest) {
      highest = value;
      level = height_of(highest);
    }
    result.levels.push_back(level);
    if (i % slice == slice - 1) co_yield Pause{};
  }
  result.colours = co_await label_colours_in_slices(result.flood.labels);
  co_return result;
}

}  // namespace

Sliced<GrowthExplanation> explain_growth_in_slices(MaskView mask, Connectivity connectivity) {
  GrowthExplanation result;
  result.growth = co_await label_growth_in_slices(mask, connectivity);
  result.components = co_await label_in_slices(mask, connectivity);
  co_return result;
}

Sliced<RepairsExplanation> explain_repairs_in_slices(MaskView mask, std::vector<Refinement> refinements) {
  RepairsExplanation result;
  result.masks = co_await refinement_stages_in_slices(mask, refinements);
  for (std::size_t i = 0; i < refinements.size(); ++i) {
    const Judges judges = refinements[i]->judges;
    result.sizes.push_back(judges == Judges::no_sizes ? std::vector<std::int64_t>()
                                                      : region_sizes(result.masks[i], judges == Judges::holes));
    co_yield Pause{};
  }
  for (std::size_t i = 0; i < result.masks.size(); ++i) {
    RepairEffect effect;
    const Components components = co_await label_in_slices(result.masks[i]);
    effect.objects = components.count;
    if (i > 0) {
      const auto before = std::as_const(result.masks[i - 1]).pixels();
      const auto after = std::as_const(result.masks[i]).pixels();
      for (std::size_t p = 0; p < after.size(); ++p) {
        effect.added += after[p] > before[p] ? 1 : 0;
        effect.removed += after[p] < before[p] ? 1 : 0;
      }
    }
    result.effects.push_back(effect);
    co_yield Pause{};
  }
  result.changes = repair_image(result.masks.front(), result.masks.back());
  co_return result;
}

Sliced<SeedsExplanation> explain_seeds_in_slices(const StageValues& values, Recipe recipe) {
  const PeakOptions<std::int32_t> options = seed_options(recipe);
  const Connectivity connectivity = recipe.connectivity;
  SeedsExplanation result;
  result.candidates = co_await peak_candidates_in_slices(seed_heights(values), options);
  result.components = co_await label_in_slices(values.refined, connectivity);
  result.seedless = seedless_objects(result.components.labels, seed_heights(values), result.candidates, options);
  co_return result;
}

Sliced<DifferencesExplanation> explain_differences_in_slices(const StageValues& values, Connectivity connectivity) {
  DifferencesExplanation result;
  result.islands = co_await label_in_slices(values.refined, connectivity);
  result.found = co_await components_and_labels_in_slices(result.islands.labels, values.labels);
  co_return result;
}

Sliced<FloodExplanation> explain_flood_in_slices(const StageValues& v, const Recipe& recipe, Forgotten forgotten) {
  const WatershedOptions options = watershed_options(recipe);
  const MaskView mask = forgotten.mask ? MaskView() : v.refined.view();
  const bool negated = !forgotten.minus;
  const Pixel shape{v.raw.rows(), v.raw.cols()};
  const bool intensity = floods_intensity(recipe);
  if (intensity || recipe.compactness > 0) {
    const auto height = [&v, intensity, negated](std::size_t i) {
      const double value = intensity ? static_cast<double>(v.filtered.pixels()[i])
                                     : std::sqrt(static_cast<double>(v.distance_squared.pixels()[i]));
      return negated ? -value : value;
    };
    return flood_over<double>(shape, height, v.seeds.labels, mask, options);
  }
  const auto depth = [&v, negated](std::size_t i) {
    const std::int32_t squared = v.distance_squared.pixels()[i];
    return negated ? -squared : squared;
  };
  return flood_over<std::int32_t>(shape, depth, v.seeds.labels, mask, options);
}

}  // namespace floodlight
