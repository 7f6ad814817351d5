#include "web/app/stories.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>

#include "core/label_colours.h"
#include "core/parameters.h"
#include "web/app/app.h"

namespace floodlight::ui {
namespace {

Sliced<GrowthStory> tell_growth(MaskView mask, Connectivity connectivity) {
  GrowthStory story;
  story.growth = co_await label_growth_in_slices(mask, connectivity);
  story.components = co_await label_in_slices(mask, connectivity);
  co_return story;
}

Sliced<RepairStory> tell_repairs(MaskView mask, std::vector<Refinement> refinements) {
  RepairStory story;
  story.masks = co_await refinement_stages_in_slices(mask, refinements);
  for (std::size_t i = 0; i < refinements.size(); ++i) {
    const RefinementOperation operation = refinements[i].operation;
    const bool holes = operation == RefinementOperation::remove_small_holes;
    const bool limited = holes || operation == RefinementOperation::remove_small_objects;
    story.sizes.push_back(limited ? region_sizes(story.masks[i], holes) : std::vector<std::int64_t>());
    co_yield Pause{};
  }
  for (std::size_t i = 0; i < story.masks.size(); ++i) {
    RepairEffect effect;
    const Components components = co_await label_in_slices(story.masks[i]);
    effect.objects = components.count;
    if (i > 0) {
      const auto before = std::as_const(story.masks[i - 1]).pixels();
      const auto after = std::as_const(story.masks[i]).pixels();
      for (std::size_t p = 0; p < after.size(); ++p) {
        effect.added += after[p] > before[p] ? 1 : 0;
        effect.removed += after[p] < before[p] ? 1 : 0;
      }
    }
    story.effects.push_back(effect);
    co_yield Pause{};
  }
  story.changes = repair_image(story.masks.front(), story.masks.back());
  co_return story;
}

Sliced<PeakStory> tell_peaks(const StageValues& values, PeakOptions<std::int32_t> options, Connectivity connectivity) {
  PeakStory story;
  story.candidates = co_await peak_candidates_in_slices(values.distance_squared, options);
  story.components = co_await label_in_slices(values.refined, connectivity);
  story.seedless = seedless_objects(story.components.labels, values.distance_squared, story.candidates, options);
  co_return story;
}

Sliced<DifferenceStory> tell_differences(const StageValues& values, Connectivity connectivity) {
  DifferenceStory story;
  story.islands = co_await label_in_slices(values.refined, connectivity);
  story.found = co_await components_and_labels_in_slices(story.islands.labels, values.labels);
  co_return story;
}

float height_of(std::int32_t squared) {
  const float root = std::sqrt(std::abs(static_cast<float>(squared)));
  return squared < 0 ? -root : root;
}
float height_of(double value) { return static_cast<float>(value); }

/// The flood over an image of this shape, whose values `at` gives by their place.
template <typename T, typename At>
Sliced<FloodStory> tell_flood_of(Pixel shape, At at, LabelView seeds, MaskView mask, WatershedOptions options) {
  constexpr std::size_t slice = 1U << 16U;
  FloodStory story;
  Image<T> landscape(shape.row, shape.col);
  co_yield Pause{};
  story.landscape = Image<float>(shape.row, shape.col);
  for (std::size_t i = 0; i < landscape.size(); ++i) {
    const T value = at(i);
    landscape.pixels()[i] = value;
    story.landscape.pixels()[i] = static_cast<float>(value);
    if (i % slice == slice - 1) co_yield Pause{};
  }
  story.flood = co_await flood_in_slices<T>(std::as_const(landscape).view(), seeds, mask, options);
  story.queue_lengths = co_await queue_lengths_in_slices(story.flood);
  const auto& sequence = story.flood.sequence;
  T highest = sequence.empty() ? std::numeric_limits<T>::lowest() : landscape.pixels()[sequence.front()];
  float level = height_of(highest);
  story.levels.reserve(sequence.size() + 1);
  story.levels.push_back(level);
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const T value = landscape.pixels()[sequence[i]];
    if (value > highest) {
      highest = value;
      level = height_of(highest);
    }
    story.levels.push_back(level);
    if (i % slice == slice - 1) co_yield Pause{};
  }
  story.colours = co_await label_colours_in_slices(story.flood.labels);
  co_return story;
}

std::uint32_t mixed(std::uint32_t hash, double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  for (int shift = 0; shift < 64; shift += 32) hash = (hash ^ static_cast<std::uint32_t>(bits >> shift)) * 16777619U;
  return hash;
}

std::uint32_t hash_of(std::span<const Refinement> refinements) {
  std::uint32_t hash = 2166136261U;
  for (const Refinement& r : refinements) {
    for (const auto& p : refinement_parameters()) hash = mixed(hash, p.get(r));
  }
  return hash;
}

std::uint32_t hash_of(const Recipe& recipe, std::string_view prefix) {
  std::uint32_t hash = 2166136261U;
  for (const auto& p : recipe_parameters()) {
    if (p.key.starts_with(prefix)) hash = mixed(hash, p.get(recipe));
  }
  return hash;
}

Sliced<FloodStory> tell_flood(const App& app) {
  const Recipe& r = app.recipe();
  const StageValues& v = app.values();
  const WatershedOptions options{r.connectivity, r.line, r.compactness};
  const MaskView mask = app.flood_forgets_mask ? MaskView() : v.refined.view();
  const bool negated = !app.flood_forgets_minus;
  const Pixel shape{v.raw.rows(), v.raw.cols()};
  if (r.flooded == FloodedImage::intensity || r.compactness > 0) {
    const bool intensity = r.flooded == FloodedImage::intensity;
    const auto height = [&v, intensity, negated](std::size_t i) {
      const double value = intensity ? static_cast<double>(v.filtered.pixels()[i])
                                     : std::sqrt(static_cast<double>(v.distance_squared.pixels()[i]));
      return negated ? -value : value;
    };
    return tell_flood_of<double>(shape, height, v.seeds.labels, mask, options);
  }
  const auto depth = [&v, negated](std::size_t i) {
    const std::int32_t squared = v.distance_squared.pixels()[i];
    return negated ? -squared : squared;
  };
  return tell_flood_of<std::int32_t>(shape, depth, v.seeds.labels, mask, options);
}

}  // namespace

PeakOptions<std::int32_t> peak_options(const Recipe& recipe) {
  if (recipe.seeds == SeedMethod::every_maximum) return {0, 1, false, std::nullopt};
  PeakOptions<std::int32_t> options{recipe.window, recipe.min_distance, recipe.exclude_border, std::nullopt};
  if (!std::isnan(recipe.threshold_abs)) options.threshold_abs = squared_cutoff(recipe.threshold_abs);
  return options;
}

bool Stories::work(const App& app, std::chrono::microseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  const Pipeline& pipeline = app.pipeline;
  const StageValues& v = app.values();
  const auto version = [&](Stage stage) { return pipeline.version(stage); };
  const bool all = pipeline.current(Stage::measurements);
  bool more = false;
  if (app.step == StepId::label && pipeline.current(Stage::components)) {
    if (app.growth.open) {
      const auto connectivity = app.label_four ? Connectivity::four : Connectivity::eight;
      more = growth.tell(
          {version(Stage::mask), app.label_four ? 4U : 8U},
          [&] { return tell_growth(v.thresholded.mask, connectivity); }, deadline);
    }
    if (all && !more)
      more = touching.tell(
          {version(Stage::components), version(Stage::labels)},
          [&] { return touching_objects_in_slices(v.components.labels, v.labels); }, deadline);
  }
  if (app.step == StepId::refine && pipeline.current(Stage::refined)) {
    more = repairs.tell(
        {version(Stage::mask), hash_of(app.recipe().refinements)},
        [&] { return tell_repairs(v.thresholded.mask, app.recipe().refinements); }, deadline);
  }
  if (app.recipe().seeds == SeedMethod::by_hand) peaks.forget();
  if (app.step == StepId::seeds && pipeline.current(Stage::seeds) && app.recipe().seeds != SeedMethod::by_hand) {
    more = peaks.tell(
        {version(Stage::distance), version(Stage::refined), hash_of(app.recipe(), "seeds."),
         hash_of(app.recipe(), "watershed.neighbours")},
        [&] { return tell_peaks(v, peak_options(app.recipe()), app.recipe().connectivity); }, deadline);
  }
  const bool diagnoses = app.step == StepId::watershed || app.step == StepId::measure;
  if (diagnoses && all && app.truth && app.score_is_current()) {
    more = lives.tell(
               {version(Stage::labels), version(Stage::raw),
                hash_of(app.recipe(), "") ^ hash_of(app.recipe().refinements), app.truth_version()},
               [&] { return nucleus_lives_in_slices(v, app.recipe(), app.truth->labels, *app.score); }, deadline) ||
           more;
  }
  if (app.step == StepId::watershed && pipeline.current(Stage::labels) && app.flood.open && !more) {
    const std::uint32_t forgotten = (app.flood_forgets_minus ? 1U : 0U) + (app.flood_forgets_mask ? 2U : 0U);
    more = flood.tell(
        {version(Stage::seeds), version(Stage::refined) * 4 + forgotten, hash_of(app.recipe(), "watershed."),
         version(Stage::filtered)},
        [&] { return tell_flood(app); }, deadline);
  }
  if (app.step == StepId::watershed && pipeline.current(Stage::labels) && !more) {
    more = differences.tell(
        {version(Stage::refined), version(Stage::labels), hash_of(app.recipe(), "watershed.neighbours"), 1},
        [&] { return tell_differences(v, app.recipe().connectivity); }, deadline);
  }
  return more;
}

}  // namespace floodlight::ui
