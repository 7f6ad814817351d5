// Recipe and pipeline for JavaScript.
#include "core/pipeline/pipeline.h"

#include <algorithm>
#include <limits>

#include <emscripten/bind.h>

#include "core/export/measurements_csv.h"
#include "core/export/python.h"
#include "web/bindings/convert.h"
#include "web/bindings/parameter_row.h"
#include "web/bindings/results.h"

namespace floodlight::bindings {
namespace {

// ---- recipes and their parameters

val default_recipe() { return to_js(recipe_to_json(Recipe{})); }

val checked_recipe(val value) { return to_js(recipe_to_json(recipe(value))); }

std::string recipe_text(val value) { return write_json(recipe_to_json(recipe(value)), 2); }

/// What a line that reads the page has to know of it, as `inspectTiff` tells it.
TiffPage page_at_hand(const Maybe& given_page) {
  TiffPage page;
  const auto count = [&](const char* name, int otherwise) {
    const Maybe value = option(given_page, name);
    return value ? whole_number(*value, name, 1, std::numeric_limits<int>::max()) : otherwise;
  };
  const auto yes = [&](const char* name) {
    const Maybe value = option(given_page, name);
    return value && toggle(*value, name);
  };
  page.rows = count("rows", 0);
  page.cols = count("cols", 0);
  page.samples = count("samples", 1);
  page.planar = yes("planar");
  page.rgb = yes("rgb");
  if (const Maybe value = option(given_page, "kept")) {
    const auto found = std::ranges::find(kept_names, text(*value, "kept"));
    if (found == kept_names.end()) refuse("kept must be one of: alone, directories, stack.");
    page.kept = static_cast<PagesKept>(found - kept_names.begin());
  }
  return page;
}

std::string python(val value, val name, Maybe page) {
  return python_lines(recipe(value), stage(name), PythonFor::typing, page_at_hand(page));
}

std::string python_raw(val value) { return python_raw_threshold(recipe(value)); }

template <typename Owner>
val table_to_js(std::span<const Parameter<Owner>> table) {
  val result = val::array();
  for (const auto& p : table) {
    val row = parameter_row(p);
    row.set("python", std::string(p.python));
    row.set("stage", std::string(stage_name(p.stage)));
    result.call<void>("push", row);
  }
  return result;
}

val parameters() {
  val result = val::object();
  result.set("recipe", table_to_js(recipe_parameters()));
  result.set("refinement", table_to_js(refinement_parameters()));
  return result;
}

val all_stages() {
  val result = val::array();
  for (const Stage s : stages) result.call<void>("push", std::string(stage_name(s)));
  return result;
}

// ---- the pipeline

void set_image(Pipeline& pipeline, val image) { pipeline.set_image(float_image(image, "image")); }
void set_recipe(Pipeline& pipeline, val value) { pipeline.set_recipe(recipe(value)); }
val recipe_of(Pipeline& pipeline) { return to_js(recipe_to_json(pipeline.recipe())); }

bool advance(Pipeline& pipeline) { return pipeline.advance(); }
void finish(Pipeline& pipeline) { pipeline.finish(); }

bool run_for(Pipeline& pipeline, val milliseconds) {
  constexpr double longest = 1e9;
  const double time = std::min(std::max(number(milliseconds, "milliseconds"), 0.0), longest);
  return pipeline.run_for(std::chrono::microseconds(static_cast<std::int64_t>(time * 1000)));
}

bool busy(Pipeline& pipeline) { return pipeline.busy(); }
bool current(Pipeline& pipeline, val name) { return pipeline.current(stage(name)); }
double version(Pipeline& pipeline, val name) { return pipeline.version(stage(name)); }
double milliseconds(Pipeline& pipeline, Maybe name) {
  return given(name) ? pipeline.milliseconds(stage(*name)) : pipeline.total_milliseconds();
}

val failure(Pipeline& pipeline) {
  if (!pipeline.failure()) return val::null();
  val result = val::object();
  result.set("stage", std::string(stage_name(pipeline.failure()->stage)));
  result.set("message", pipeline.failure()->error.message);
  return result;
}

val thresholded_to_js(const Thresholded& thresholded) {
  val result = val::object();
  result.set("mask", to_js(thresholded.mask.view()));
  const Cutoff& cutoff = thresholded.cutoff;
  result.set("threshold", cutoff.differs() ? to_js(cutoff.image.view()) : val(cutoff.lowest));
  val range = val::array();
  range.call<void>("push", cutoff.lowest);
  range.call<void>("push", cutoff.highest);
  result.set("thresholdRange", range);
  result.set("above", static_cast<double>(thresholded.above));
  result.set("histogram", to_js(thresholded.histogram));
  return result;
}

/// Null where there is none.
val probabilities_to_js(const NetworkPrediction& prediction) {
  if (prediction.probabilities.empty()) return val::null();
  val probabilities = val::array();
  for (const Image<float>& plane : prediction.probabilities) probabilities.call<void>("push", to_js(plane.view()));
  return probabilities;
}

val prediction_to_js(const Prediction& prediction) {
  if (prediction.classes.empty()) return val::null();
  val probabilities = val::array();
  for (const Image<float>& plane : prediction.probabilities) probabilities.call<void>("push", to_js(plane.view()));
  val result = val::object();
  result.set("classes", typed_array("Uint8Array", std::span<const std::uint8_t>(prediction.classes)));
  result.set("probabilities", probabilities);
  return result;
}

val value_of(Pipeline& pipeline, val name) {
  const Stage s = stage(name);
  if (!pipeline.has(s)) return val::null();
  const StageValues& values = pipeline.values();
  switch (s) {
    case Stage::raw:
      return to_js(values.raw.view());
    case Stage::filtered:
      return to_js(values.filtered.view());
    case Stage::mask: {
      val result = thresholded_to_js(values.thresholded);
      const bool answered = !values.raw_thresholded.mask.empty();
      result.set("onRaw", answered ? thresholded_to_js(values.raw_thresholded) : val::null());
      result.set("prediction", prediction_to_js(values.prediction));
      result.set("network", probabilities_to_js(values.network));
      return result;
    }
    case Stage::components:
      return to_js(values.components);
    case Stage::refined:
      return to_js(values.refined.view());
    case Stage::distance: {
      val result = to_js(values.distance.view());
      result.set("squared", to_js(values.distance_squared.view())["data"]);
      return result;
    }
    case Stage::seeds: {
      val result = to_js(values.seeds);
      result.set("peaks", to_js(values.peaks));
      return result;
    }
    case Stage::labels: {
      val result = val::object();
      result.set("labels", to_js(values.labels.view()));
      result.set("count", values.nuclei);
      return result;
    }
    case Stage::measurements:
      break;
  }
  return to_js(values.measurements);
}

std::string table_header() { return measurements_csv_header(); }

std::string measurements_table(Pipeline& pipeline, val file, Maybe pixel_size_um, Maybe pixel_height_um) {
  const std::string name = text(file, "file");
  Recipe sizes;
  if (given(pixel_size_um))
    sizes.pixel_size_um = checked(recipe_parameter("measure.pixel_size"), *pixel_size_um, "pixelSizeUm");
  if (given(pixel_height_um)) {
    sizes.pixel_height_um = checked(recipe_parameter("measure.pixel_height"), *pixel_height_um, "pixelHeightUm");
  }
  return measurements_csv_rows(name, pipeline.values().measurements, pixel_size(sizes));
}

}  // namespace
}  // namespace floodlight::bindings

EMSCRIPTEN_BINDINGS(floodlight_pipeline) {
  using namespace floodlight::bindings;  // NOLINT(google-build-using-namespace): names of what is bound
  using emscripten::function;
  function("defaultRecipe", &Guarded<&default_recipe>::call);
  function("checkRecipe", &Guarded<&checked_recipe>::call);
  function("recipeText", &Guarded<&recipe_text>::call);
  function("parameters", &Guarded<&parameters>::call);
  function("stages", &Guarded<&all_stages>::call);
  function("pythonLines", &Guarded<&python>::call);
  function("pythonRawThreshold", &Guarded<&python_raw>::call);
  function("measurementsCsvHeader", &Guarded<&table_header>::call);
  emscripten::class_<floodlight::Pipeline>("Pipeline")
      .constructor<>()
      .function("setImage", &Guarded<&set_image>::call)
      .function("setRecipe", &Guarded<&set_recipe>::call)
      .function("recipe", &Guarded<&recipe_of>::call)
      .function("advance", &Guarded<&advance>::call)
      .function("runFor", &Guarded<&run_for>::call)
      .function("finish", &Guarded<&finish>::call)
      .function("busy", &Guarded<&busy>::call)
      .function("current", &Guarded<&current>::call)
      .function("version", &Guarded<&version>::call)
      .function("milliseconds", &Guarded<&milliseconds>::call)
      .function("failure", &Guarded<&failure>::call)
      .function("value", &Guarded<&value_of>::call)
      .function("measurementsCsv", &Guarded<&measurements_table>::call);
}
