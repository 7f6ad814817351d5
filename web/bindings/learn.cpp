// Features of a pixel classifier and random forests for JavaScript.
#include <cmath>
#include <memory>

#include <emscripten/bind.h>

#include "core/learn/features.h"
#include "core/learn/forest.h"
#include "core/learn/forest_json.h"
#include "core/learn/forest_prediction.h"
#include "core/pipeline/pipeline.h"
#include "web/bindings/convert.h"

namespace floodlight::bindings {
namespace {

// ---- features

FeatureChoice choice_of(const Maybe& options) {
  only(options, {"intensity", "edges", "texture", "sigmaMin", "sigmaMax"});
  FeatureChoice choice;
  if (const Maybe kind = option(options, "intensity")) choice.intensity = toggle(*kind, "intensity");
  if (const Maybe kind = option(options, "edges")) choice.edges = toggle(*kind, "edges");
  if (const Maybe kind = option(options, "texture")) choice.texture = toggle(*kind, "texture");
  const Maybe low = option(options, "sigmaMin");
  const Maybe high = option(options, "sigmaMax");
  choice.sigmas =
      value_or_throw(stretched_sigmas(low ? number(*low, "sigmaMin") : 0.5, high ? number(*high, "sigmaMax") : 16));
  return choice;
}

val features_of_image(val image, Maybe options) {
  const FeatureChoice choice = choice_of(options);
  val names = val::array();
  for (const Feature& feature : features_of(choice)) names.call<void>("push", feature_name(feature));
  val planes = val::array();
  for (const Image<float>& plane : value_or_throw(multiscale_basic_features(finite_image(image, "image"), choice)))
    planes.call<void>("push", to_js(plane.view()));
  val result = val::object();
  result.set("names", names);
  result.set("planes", planes);
  return result;
}

// ---- forests

std::vector<float> finite_values(const val& values, const char* name) {
  std::vector<float> result = numbers<float>(values, name);
  if (count_nonfinite(FloatView(result.data(), 1, static_cast<int>(result.size()))) > 0)
    refuse(std::string(name) + " must hold finite numbers only.");
  return result;
}

TrainingSet training_set(const val& set) {
  if (set.isNull() || set.isUndefined()) refuse("The training set must be {samples, features, labels}.");
  TrainingSet result;
  result.features =
      static_cast<std::size_t>(whole_number(set["features"], "features", 1, static_cast<int>(most_features)));
  result.values = finite_values(set["samples"], "samples");
  for (const double label : numbers<double>(set["labels"], "labels")) {
    if (!(label >= 0 && label <= 255) || label != std::trunc(label))
      refuse("labels holds " + shortest(label) + "; a label must be a whole number from 0 to 255.");
    result.labels.push_back(static_cast<std::uint8_t>(label));
  }
  return result;
}

ForestSettings settings_of(const Maybe& options) {
  constexpr double largest_seed = 4294967295;
  only(options, {"trees", "maxDepth", "randomState"});
  ForestSettings settings;
  if (const Maybe trees = option(options, "trees")) settings.trees = whole_number(*trees, "trees", 1, most_trees);
  if (const Maybe depth = option(options, "maxDepth")) {
    settings.max_depth = whole_number(*depth, "maxDepth", 1, largest_max_depth);
  } else if (given(options) && (*options)["maxDepth"].isNull()) {
    settings.max_depth.reset();
  }
  if (const Maybe seed = option(options, "randomState"))
    settings.seed = static_cast<std::uint32_t>(whole_number(*seed, "randomState", 0.0, largest_seed));
  return settings;
}

Forest trained(val set, Maybe options) { return value_or_throw(train_forest(training_set(set), settings_of(options))); }

/// JavaScript's own from here on, until it calls `dispose`.
Forest* read_forest(val saved) {
  const val text = saved.isString() ? saved : val::global("JSON").call<val>("stringify", saved);
  if (!text.isString()) refuse("A forest is read from what toJSON() gave, or from its JSON text.");
  return std::make_unique<Forest>(value_or_throw(forest_from_json(value_or_throw(parse_json(text.as<std::string>())))))
      .release();
}

val written_forest(const Forest& forest) { return to_js(forest_to_json(forest)); }

double features_of_forest(const Forest& forest) { return static_cast<double>(forest.features); }

val classes_of_forest(const Forest& forest) {
  return typed_array("Uint8Array", std::span<const std::uint8_t>(forest.classes));
}

val trees_of(const Forest& forest) {
  val trees = val::array();
  for (const DecisionTree& tree : forest.trees) {
    std::vector<std::int32_t> feature;
    std::vector<double> threshold;
    for (const TreeNode& node : tree.nodes) {
      feature.push_back(node.feature);
      threshold.push_back(node.threshold);
    }
    val row = val::object();
    row.set("feature", typed_array("Int32Array", std::span<const std::int32_t>(feature)));
    row.set("threshold", typed_array("Float64Array", std::span<const double>(threshold)));
    row.set("counts", typed_array("Uint32Array", std::span<const std::uint32_t>(tree.counts)));
    trees.call<void>("push", row);
  }
  return trees;
}

val probabilities_of(const Forest& forest, val samples) {
  const std::vector<float> values = finite_values(samples, "samples");
  if (values.size() % forest.features != 0) {
    refuse("samples holds " + std::to_string(values.size()) + " numbers; it must hold " +
           std::to_string(forest.features) + " for each sample.");
  }
  const std::vector<double> result = sample_probabilities(forest, values);
  return typed_array("Float64Array", std::span<const double>(result));
}

}  // namespace
}  // namespace floodlight::bindings

EMSCRIPTEN_BINDINGS(floodlight_learn) {
  using namespace floodlight::bindings;  // NOLINT(google-build-using-namespace): names of what is bound
  using floodlight::Forest;
  emscripten::function("multiscaleBasicFeatures", &Guarded<&features_of_image>::call);
  emscripten::function("trainForest", &Guarded<&trained>::call);
  emscripten::class_<Forest>("Forest")
      .constructor(&Guarded<&read_forest>::call, emscripten::allow_raw_pointers())
      .property("features", &features_of_forest)
      .property("classes", &classes_of_forest)
      .property("trees", &trees_of)
      .function("probabilities", &Guarded<&probabilities_of>::call)
      .function("toJSON", &Guarded<&written_forest>::call);
}
