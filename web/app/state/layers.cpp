#include "web/app/state/layers.h"

#include <algorithm>
#include <array>

#include "web/app/state/app.h"

namespace floodlight::ui {
namespace {

/// What a layer is called.
struct Words {
  std::string_view name;     ///< on screen
  std::string_view value;    ///< its value at one pixel
  std::string_view in_tour;  ///< empty: no stop shows it
};

/// In the order of the layers.
constexpr std::array<Words, layer_count> words = {{
    {"Raw", "raw", stage_name(Stage::raw)},
    {"Filtered", "filtered", stage_name(Stage::filtered)},
    {"Mask of the raw image", "raw mask", "raw mask"},
    {"Mask", "mask", stage_name(Stage::mask)},
    {"Components", "component", stage_name(Stage::components)},
    {"Refined", "refined", stage_name(Stage::refined)},
    {"Distance", "distance", stage_name(Stage::distance)},
    {"Seeds", "distance", stage_name(Stage::seeds)},
    {"Labels", "label", stage_name(Stage::labels)},
    {"Probability of nuclei", "probability", "probability"},
    {"Experiment", "experiment", ""},
    {"Photons", "photons", ""},
    {"Labels against the truth", "label", ""},
    {"Labelling, step by step", "component", ""},
    {"What the repairs changed", "refined", ""},
    {"The flood", "flood", ""},
    {"Components", "component", ""},
    {"What was cut", "label", ""},
    {"Feature", "feature", "feature"},
    {"Uncertainty", "uncertainty", "uncertainty"},
    {"Pixels that pass the question", "passes", ""},
}};
static_assert(words[static_cast<std::size_t>(Layer::labels)].name == "Labels");
static_assert(words[static_cast<std::size_t>(Layer::differences)].name == "What was cut");
static_assert(words[static_cast<std::size_t>(Layer::uncertainty)].name == "Uncertainty");

constexpr const Words& words_of(Layer layer) { return words[static_cast<std::size_t>(layer)]; }

Layer watershed_layer(const App& app) {
  if (app.watershed.flood.open && app.has(Stage::labels)) return Layer::flood;
  if (app.watershed.differences_open && !app.covers(Covers::counts) && app.has(Layer::differences))
    return Layer::differences;
  return app.watershed.by_fate && app.has(Layer::fates) ? Layer::fates : Layer::labels;
}

Layer forest_layer(const App& app) {
  if (app.painting.node && app.has(Layer::passing)) return Layer::passing;
  if (app.painting.picture == ForestPicture::mask) return Layer::mask;
  if (app.painting.picture == ForestPicture::uncertainty && app.has(Layer::uncertainty)) return Layer::uncertainty;
  return Layer::probability;
}

Layer training_layer(const App& app) {
  return app.network.picture == NetworkPicture::mask ? Layer::mask : Layer::probability;
}

/// What an open exercise has on the screen: what it asks about stays there until its answer is known, and a mask that no
/// step shows until it is closed.
std::optional<LayerPair> picture_of_exercise(const App& app) {
  if (!app.exercise) return std::nullopt;
  const Exercise& e = app.exercise->exercise;
  if (!e.teaching_image.empty() && app.image.stem != e.teaching_image) return std::nullopt;
  switch (e.picture) {
    case ExercisePicture::of_the_step:
      break;
    case ExercisePicture::raw:
      if (!app.exercise->solved()) return LayerPair{Layer::raw, Layer::raw};
      break;
    case ExercisePicture::raw_mask:
      return LayerPair{Layer::raw, Layer::raw_mask};
    case ExercisePicture::mask:
      if (!app.exercise->solved()) return LayerPair{Layer::raw, Layer::mask};
      break;
  }
  return std::nullopt;
}

}  // namespace

LayerPair layers_of(const App& app, StepId id) {
  const bool covered = app.exercise && !app.exercise->solved();
  if (id == app.step) {
    if (const auto picture = picture_of_exercise(app)) return *picture;
  }
  if (app.layers_of_stop && !covered) return {app.layers_of_stop->first, app.layers_of_stop->second};
  switch (id) {
    case StepId::pixels:
      if (app.experiment.kind == ExperimentKind::fewer_bits && app.has(Layer::experiment))
        return {Layer::raw, Layer::experiment};
      return {app.has(Layer::photons) ? Layer::photons : Layer::raw, Layer::raw};
    case StepId::threshold:
      return app.threshold.on_raw ? LayerPair{Layer::raw, Layer::raw_mask} : LayerPair{Layer::filtered, Layer::mask};
    case StepId::filter:
      return {Layer::raw, app.experiment.kind == ExperimentKind::kernel && app.has(Layer::experiment)
                              ? Layer::experiment
                              : Layer::filtered};
    case StepId::features:
      return {Layer::raw, app.has(Layer::feature) ? Layer::feature : Layer::filtered};
    case StepId::forest:
      return {Layer::raw, forest_layer(app)};
    case StepId::network:
      return {Layer::raw, app.has(Layer::feature) ? Layer::feature : Layer::filtered};
    case StepId::training:
      return {Layer::raw, training_layer(app)};
    case StepId::label:
      if (app.covers(Covers::component)) return {Layer::raw, Layer::mask};
      return {Layer::mask, app.label.growth.open && app.has(Layer::growth) ? Layer::growth : Layer::components};
    case StepId::refine:
      if (app.covers(Covers::refined)) return {Layer::raw, Layer::mask};
      return {Layer::mask, app.refine.show_repairs && app.has(Layer::repairs) ? Layer::repairs : Layer::refined};
    case StepId::distance:
      if (app.covers(Covers::distance)) return {Layer::raw, Layer::refined};
      return {Layer::refined, Layer::distance};
    case StepId::seeds:
      return {Layer::distance, app.covers(Covers::seeds) ? Layer::distance : Layer::seeds};
    case StepId::watershed:
      // Colours and numbers would tell; summits and seeds must do.
      if (app.covers(Covers::labels)) return {Layer::refined, Layer::seeds};
      return {app.has(Layer::islands) ? Layer::islands : Layer::components, watershed_layer(app)};
    case StepId::measure:
    case StepId::image_set:
      return {Layer::raw, Layer::labels};
  }
  return {Layer::raw, Layer::raw};
}

std::string_view layer_name(Layer layer) { return words_of(layer).name; }

std::string_view value_name(Layer layer) { return words_of(layer).value; }

std::optional<Layer> layer_called(std::string_view name) {
  const auto found = std::ranges::find(words, name, &Words::in_tour);
  if (name.empty() || found == words.end()) return std::nullopt;
  return static_cast<Layer>(found - words.begin());
}

}  // namespace floodlight::ui
