#include "web/app/state/at_pixel.h"

#include "web/app/state/app.h"

namespace floodlight::ui {

bool shows_own_kernel(const App& app) {
  return app.experiment.kind == ExperimentKind::kernel && app.has(Layer::experiment);
}

int footprint_radius(const App& app) {
  if (shows_own_kernel(app)) return app.experiment.kernel.rows / 2;
  const auto& filter = app.recipe().filter;
  return filter->reach(filter.values);
}

const RepairsExplanation* explained_repairs(const App& app) {
  const RepairsExplanation* repairs = app.explanations.repairs.get();
  return repairs != nullptr && repairs->masks.size() == app.recipe().refinements.size() + 1 ? repairs : nullptr;
}

std::optional<std::size_t> explained_repair(const App& app, Pixel p) {
  const RepairsExplanation* repairs = explained_repairs(app);
  if (repairs == nullptr) return std::nullopt;
  const auto& list = app.recipe().refinements;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (repairs->masks[i][p] != repairs->masks[i + 1][p]) return i;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i]->footprint != nullptr) return i;
  }
  return std::nullopt;
}

Unit shown_unit(const App& app) {
  Unit unit = app.network.unit;
  const auto layers = layers_of(app.recipe().network->net.shape);
  unit.layer = std::min(unit.layer, static_cast<int>(layers.size()) - 1);
  unit.map = std::min(unit.map, layers[static_cast<std::size_t>(unit.layer)].outputs - 1);
  return unit;
}

const UnitTerms& unit_terms_at(const App& app, Pixel pixel) {
  const Unit unit = shown_unit(app);
  const auto& network = app.recipe().network;
  const std::uint32_t run = app.pipeline.runs(Stage::filtered);
  auto& kept = app.network.terms;
  if (!kept || kept->unit != unit || kept->pixel != pixel || kept->network != network || kept->run != run)
    kept = NetworkState::Terms{unit, pixel, network, run, unit_terms(network->net, app.values().filtered, unit, pixel)};
  return kept->terms;
}

void update_summits(App& app) {
  const auto pixel = app.probed();
  if (app.step != StepId::distance || !app.panel.profile_open || !pixel || !app.pipeline.current(Stage::labels)) return;
  const std::uint32_t version = app.pipeline.version(Stage::labels);
  if (app.distance.summits_version != version) app.distance.summits.reset();
  const Label label = app.values().labels[*pixel];
  if (label == 0 || (app.distance.summits_of == label && app.distance.summits_version == version)) return;
  app.distance.summits_of = label;
  app.distance.summits_version = version;
  app.distance.summits = summit_pair(app.values().labels, app.values().distance_squared, *pixel);
}

}  // namespace floodlight::ui
