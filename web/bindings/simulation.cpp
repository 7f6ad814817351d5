// The simulator and the samples for JavaScript.
#include <algorithm>

#include <emscripten/bind.h>

#include "core/samples/samples.h"
#include "core/simulate/simulate.h"
#include "core/simulate/simulation_parameters.h"
#include "web/bindings/convert.h"
#include "web/bindings/parameter_row.h"

namespace floodlight::bindings {
namespace {

SimulationParameters parameters_or_default(const Maybe& value) {
  if (!given(value)) return {};
  const val text = value->isString() ? *value : val::global("JSON").call<val>("stringify", *value);
  if (!text.isString()) refuse("parameters must be an object of a simulation's parameters, or its JSON text.");
  return value_or_throw(simulation_from_json(value_or_throw(parse_json(text.as<std::string>()))));
}

SimulationSeeds seeds_or_default(const Maybe& value) {
  constexpr double largest = 9007199254740991;  // Number.MAX_SAFE_INTEGER
  only(value, {"specimen", "exposure"});
  SimulationSeeds seeds;
  if (const Maybe seed = option(value, "specimen"))
    seeds.specimen = static_cast<std::uint64_t>(whole_number(*seed, "seeds.specimen", 0.0, largest));
  if (const Maybe seed = option(value, "exposure"))
    seeds.exposure = static_cast<std::uint64_t>(whole_number(*seed, "seeds.exposure", 0.0, largest));
  return seeds;
}

/// What a simulated image and a sample have in common.
val picture_to_js(const auto& picture) {
  val result = val::object();
  result.set("pixels", to_js(picture.pixels.view()));
  result.set("type", std::string(pixel_type_name(picture.type)));
  result.set("typeMaximum", picture.type_maximum);
  return result;
}

val simulated(Maybe parameters, Maybe seeds) {
  const auto made = value_or_throw(simulate(parameters_or_default(parameters), seeds_or_default(seeds)));
  val result = picture_to_js(made);
  result.set("photons", to_js(made.photons.view()));
  result.set("truth", to_js(made.truth.view()));
  result.set("pixelSizeUm", made.pixel_size_um);
  return result;
}

val table() {
  val result = val::array();
  for (const SimulationParameter& p : simulation_parameters()) {
    const std::string_view group = simulation_group(p);
    val row = parameter_row(p);
    row.set("group", std::string(group));
    row.set("groupTitle", std::string(simulation_group_title(group)));
    row.set("main", std::ranges::contains(main_simulation_keys(), p.key));
    result.call<void>("push", row);
  }
  return result;
}

std::string group_name(SampleGroup group) {
  switch (group) {
    case SampleGroup::population:
      return "population";
    case SampleGroup::special:
      return "special";
    case SampleGroup::small:
      break;
  }
  return "small";
}

val simulation_to_js(const SampleSimulation& simulation) {
  val seeds = val::object();
  seeds.set("specimen", static_cast<double>(simulation.seeds.specimen));
  seeds.set("exposure", static_cast<double>(simulation.seeds.exposure));
  val result = val::object();
  result.set("parameters", to_js(simulation_to_json(simulation.parameters)));
  result.set("seeds", seeds);
  return result;
}

val all_samples() {
  val result = val::array();
  for (const SampleInfo& info : samples()) {
    val row = val::object();
    row.set("id", std::string(info.id));
    row.set("title", std::string(info.title));
    row.set("lookFor", std::string(info.look_for));
    row.set("group", group_name(info.group));
    row.set("recipe", to_js(recipe_to_json(info.recipe)));
    row.set("simulation", info.simulation ? simulation_to_js(*info.simulation) : val::null());
    result.call<void>("push", row);
  }
  return result;
}

val sample(val id) {
  const auto made = value_or_throw(make_sample(text(id, "id")));
  val result = picture_to_js(made);
  result.set("truth", made.truth ? to_js(made.truth->view()) : val::null());
  result.set("pixelSizeUm", to_js(made.pixel_size_um));
  return result;
}

}  // namespace
}  // namespace floodlight::bindings

EMSCRIPTEN_BINDINGS(floodlight_simulation) {
  using namespace floodlight::bindings;  // NOLINT(google-build-using-namespace): names of what is bound
  using emscripten::function;
  function("simulate", &Guarded<&simulated>::call);
  function("simulationParameters", &Guarded<&table>::call);
  function("samples", &Guarded<&all_samples>::call);
  function("makeSample", &Guarded<&sample>::call);
}
