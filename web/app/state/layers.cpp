#include "web/app/state/layers.h"

#include <optional>

#include "web/app/state/app.h"

namespace floodlight::ui {
namespace {

Layer watershed_layer(const App& app) {
  if (app.watershed.flood.open && app.has(Stage::labels)) return Layer::flood;
  if (app.watershed.differences_open && !app.covers(Covers::counts) && app.has(Layer::differences))
    return Layer::differences;
  return app.watershed.by_fate && app.has(Layer::fates) ? Layer::fates : Layer::labels;
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
    case StepId::many:
      return {Layer::raw, Layer::labels};
  }
  return {Layer::raw, Layer::raw};
}

std::string_view layer_name(Layer layer) {
  switch (layer) {
    case Layer::raw:
      return "Raw";
    case Layer::filtered:
      return "Filtered";
    case Layer::raw_mask:
      return "Mask of the raw image";
    case Layer::mask:
      return "Mask";
    case Layer::components:
      return "Components";
    case Layer::refined:
      return "Refined";
    case Layer::distance:
      return "Distance";
    case Layer::seeds:
      return "Seeds";
    case Layer::labels:
      return "Labels";
    case Layer::experiment:
      return "Experiment";
    case Layer::photons:
      return "Photons";
    case Layer::fates:
      return "Labels against the truth";
    case Layer::growth:
      return "Labelling, step by step";
    case Layer::repairs:
      return "What the repairs changed";
    case Layer::flood:
      return "The flood";
    case Layer::islands:
      return "Components";
    case Layer::differences:
      return "What was cut";
  }
  return {};
}

}  // namespace floodlight::ui
