#include "web/app/steps.h"

#include "web/app/widgets.h"

namespace floodlight::ui {
namespace {

constexpr std::array<Step, step_count> list = {{
    {StepId::pixels, "Pixels", Stage::raw,
     "An image is a grid of numbers. Each number, an intensity value, tells how much light the camera counted at one "
     "place. Zoom in until you can read them: nothing else reaches the computer.",
     pixels_controls, why_pixels},
    {StepId::threshold, "Threshold", Stage::mask,
     "A threshold asks every pixel one question: are you brighter than the cutoff? The answers, True or False, make a "
     "binary mask. The cutoff is set by hand, or by an algorithm that looks at the histogram.",
     threshold_controls, why_threshold},
    {StepId::filter, "Filter", Stage::filtered,
     "A filter replaces each number by one made from its neighbours. That evens out noise, so that the mask gets fewer "
     "specks and smoother edges. Too strong a filter also moves edges and melts neighbours together.",
     filter_controls, why_filter, explain_filter},
    {StepId::label, "Label", Stage::components,
     "Labelling counts islands: pixels of the mask that touch get the same number. Two nuclei that touch are one "
     "island, "
     "and get one number.",
     label_controls, why_label},
    {StepId::refine, "Refine", Stage::refined,
     "Small repairs of the mask: specks go, holes and notches close. Every repair has a price, so look at what else it "
     "changed.",
     refine_controls, why_refine},
    {StepId::distance, "Distance", Stage::distance,
     "How deep inside the mask am I? Every foreground pixel gets its distance to the nearest background pixel. Two "
     "nuclei "
     "that touch have two summits, with a saddle between.",
     distance_controls, why_distance},
    {StepId::seeds, "Seeds", Stage::seeds,
     "The summits of the distance transform become seeds, one for each nucleus to come. No seed, no nucleus; two "
     "seeds, "
     "and a nucleus is cut in two.",
     seeds_controls, why_seeds},
    {StepId::watershed, "Watershed", Stage::labels,
     "Turn the hills into lakes: with a minus sign, summits become the deepest points. Water rises from every seed, "
     "and "
     "where two waters meet, a border is drawn. Now every nucleus has a number of its own.",
     watershed_controls, why_watershed, explain_watershed},
    {StepId::measure, "Measure", Stage::measurements,
     "Each labelled nucleus can be measured: how large, how bright, how round. Brightness is read from the raw image, "
     "since a filter changes it.",
     measure_controls, why_measure, nullptr, measure_table},
    {StepId::many, "Many images", Stage::measurements,
     "One image is an anecdote. The same steps, with the same parameters, run over every image of a folder; what they "
     "find together can be counted, compared and repeated.",
     many_controls, why_many, nullptr, many_lessons},
}};

}  // namespace

std::span<const Step> steps() { return list; }

const Step& step(StepId id) { return list[static_cast<std::size_t>(id)]; }

const Step& step_of(Stage stage) {
  for (const Step& s : list) {
    if (s.stage == stage) return s;
  }
  return list.front();
}

namespace {

Layer watershed_layer(const App& app) {
  if (app.flood.open && app.has(Stage::labels)) return Layer::flood;
  if (app.differences_open && !app.covers(Covers::counts) && app.has(Layer::differences)) return Layer::differences;
  return app.by_fate && app.has(Layer::fates) ? Layer::fates : Layer::labels;
}

}  // namespace

LayerPair layers_of(const App& app, StepId id) {
  const bool covered = app.exercise && !app.exercise->solved();
  if (app.layers_of_stop && !covered) return {app.layers_of_stop->first, app.layers_of_stop->second};
  switch (id) {
    case StepId::pixels:
      if (app.experiment.kind == ExperimentKind::fewer_bits && app.has(Layer::experiment))
        return {Layer::raw, Layer::experiment};
      return {app.has(Layer::photons) ? Layer::photons : Layer::raw, Layer::raw};
    case StepId::threshold:
      return app.threshold_on_raw ? LayerPair{Layer::raw, Layer::raw_mask} : LayerPair{Layer::filtered, Layer::mask};
    case StepId::filter:
      return {Layer::raw, app.experiment.kind == ExperimentKind::kernel && app.has(Layer::experiment)
                              ? Layer::experiment
                              : Layer::filtered};
    case StepId::label:
      if (app.covers(Covers::component)) return {Layer::raw, Layer::mask};
      return {Layer::mask, app.growth.open && app.has(Layer::growth) ? Layer::growth : Layer::components};
    case StepId::refine:
      if (app.covers(Covers::refined)) return {Layer::raw, Layer::mask};
      return {Layer::mask, app.show_repairs && app.has(Layer::repairs) ? Layer::repairs : Layer::refined};
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

void recipe_widget(App& app, std::string_view key) {
  const auto& p = recipe_parameter(key);
  if (!p.matters(app.recipe())) return;
  Recipe recipe = app.recipe();
  if (parameter(p, recipe)) app.edit_recipe(recipe);
}

}  // namespace floodlight::ui
