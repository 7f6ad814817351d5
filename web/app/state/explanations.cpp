#include "web/app/state/explanations.h"

#include "web/app/state/app.h"
#include "web/app/state/at_pixel.h"

namespace floodlight::ui {
namespace {

constexpr std::size_t most_tree_nodes_shown = 1U << 16U;
/// More units than a network has.
constexpr std::uint32_t most_units = 1U << 12U;
/// Pixels of the image that the little pictures of a network's maps show.
constexpr int unit_picture_side = 96;

Sliced<Image<float>> uncertainty_of(const Prediction& prediction) {
  co_yield Pause{};
  co_return uncertainty_image(prediction);
}

Sliced<std::vector<std::vector<FeatureSpread>>> spreads_of(const TrainingSet& samples, const Forest& forest) {
  co_yield Pause{};
  co_return feature_spreads(samples, forest.classes);
}

}  // namespace

bool Explanations::work(const App& app, std::chrono::microseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  const Pipeline& pipeline = app.pipeline;
  const StageValues& v = app.values();
  const Recipe& recipe = app.recipe();
  const bool all = pipeline.current(Stage::measurements);
  bool more = false;
  if (app.step == StepId::label && pipeline.current(Stage::components)) {
    if (app.label.growth.open) {
      const auto connectivity = app.label.four ? Connectivity::four : Connectivity::eight;
      more = growth.work(
          {pipeline.version(Stage::mask), app.label.four ? 4U : 8U},
          [&] { return explain_growth_in_slices(v.thresholded.mask, connectivity); }, deadline);
    }
    if (all && !more)
      more = touching.work(
          {pipeline.version(Stage::components), pipeline.version(Stage::labels)},
          [&] { return touching_objects_in_slices(v.components.labels, v.labels); }, deadline);
  }
  if (app.step == StepId::refine && pipeline.current(Stage::refined)) {
    more = repairs.work(
        {pipeline.runs(Stage::refined)},
        [&] { return explain_repairs_in_slices(v.thresholded.mask, recipe.refinements); }, deadline);
  }
  if (recipe.seeds == SeedMethod::by_hand) seeds.forget();
  if (app.step == StepId::seeds && pipeline.current(Stage::labels) && recipe.seeds != SeedMethod::by_hand) {
    more = seeds.work(
        {pipeline.runs(Stage::seeds), pipeline.runs(Stage::labels)}, [&] { return explain_seeds_in_slices(v, recipe); },
        deadline);
  }
  const bool diagnoses = app.step == StepId::watershed || app.step == StepId::measure;
  if (diagnoses && all && app.truth && app.score_is_current()) {
    more = lives.work(
               {pipeline.runs(), app.truth_version()},
               [&] { return nucleus_lives_in_slices(v, recipe, app.truth->labels, *app.score); }, deadline) ||
           more;
  }
  if (app.step == StepId::watershed && pipeline.current(Stage::labels) && app.watershed.flood.open && !more) {
    const Forgotten forgotten{app.watershed.forgets_minus, app.watershed.forgets_mask};
    more = flood.work(
        {pipeline.runs(Stage::labels), (forgotten.minus ? 1U : 0U) + (forgotten.mask ? 2U : 0U)},
        [&] { return explain_flood_in_slices(v, recipe, forgotten); }, deadline);
  }
  if (app.step == StepId::watershed && pipeline.current(Stage::labels) && !more) {
    more = differences.work(
        {pipeline.runs(Stage::labels)}, [&] { return explain_differences_in_slices(v, recipe.connectivity); },
        deadline);
  }
  if (app.step == StepId::features && pipeline.current(Stage::filtered)) {
    const std::size_t which = shown_feature(app);
    more = feature.work(
        {pipeline.runs(Stage::filtered), static_cast<std::uint32_t>(which) + 1},
        [&] { return feature_image_in_slices(v.features, which); }, deadline);
  }
  if (app.step == StepId::network && app.has_network() && recipe.network != nullptr &&
      pipeline.current(Stage::filtered)) {
    if (recipe.network != network_of) {
      network_of = recipe.network;
      ++network_age;
    }
    const UNet& net = network_of->net;
    const Unit unit = shown_unit(app);
    more = feature.work(
        {pipeline.runs(Stage::filtered),
         network_age * most_units + static_cast<std::uint32_t>(place_of_unit(net.shape, unit))},
        [&] { return unit_map_in_slices(net, v.filtered, unit); }, deadline);
    // Around the pinned pixel, else in the middle; a pin that is walked makes them anew only when it comes to another block.
    constexpr int walked = 16;
    Pixel around = app.view.pinned.value_or(Pixel{v.raw.rows() / 2, v.raw.cols() / 2});
    around = {around.row / walked * walked + walked / 2, around.col / walked * walked + walked / 2};
    const auto place =
        static_cast<std::uint32_t>(around.row / walked * (v.raw.cols() / walked + 1) + around.col / walked);
    if (!more)
      more = unit_pictures.work(
          {pipeline.runs(Stage::filtered) * most_units + network_age, place + 1},
          [&] { return unit_pictures_in_slices(net, v.filtered, around, unit_picture_side); }, deadline);
  }
  if (app.step == StepId::forest && pipeline.current(Stage::mask)) {
    const Forest& forest = recipe.classifier->forest;
    if (app.painting.picture == ForestPicture::uncertainty)
      more = uncertainty.work({pipeline.runs(Stage::mask), 1}, [&] { return uncertainty_of(v.prediction); }, deadline);
    const std::size_t tree = app.painting.tree;
    if (const auto node = app.painting.node;
        node && tree < forest.trees.size() && *node < forest.trees[tree].nodes.size())
      more = passing.work(
                 {pipeline.runs(Stage::mask), static_cast<std::uint32_t>(tree * most_tree_nodes_shown + *node)},
                 [&] { return pixels_passing_in_slices(v.features, forest, tree, *node); }, deadline) ||
             more;
    if (const TrainingSet* samples = samples_of_forest(app); samples != nullptr && !more) {
      if (app.painting.similar_open)
        more = leaves.work({app.painting.trained, 1}, [&] { return leaf_table_in_slices(forest, *samples); }, deadline);
      if (app.painting.bars_open && !more)
        more = spreads.work({app.painting.trained, 1}, [&] { return spreads_of(*samples, forest); }, deadline);
    }
  }
  return more;
}

}  // namespace floodlight::ui
