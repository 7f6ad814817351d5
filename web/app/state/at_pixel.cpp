#include "web/app/state/at_pixel.h"

#include "core/segment/filter_terms.h"
#include "web/app/state/app.h"

namespace floodlight::ui {

bool shows_own_kernel(const App& app) {
  return app.experiment.kind == ExperimentKind::kernel && app.has(Layer::experiment);
}

int footprint_radius(const App& app) {
  if (shows_own_kernel(app)) return app.experiment.kernel.rows / 2;
  const Recipe& r = app.recipe();
  switch (r.filter) {
    case FilterMethod::mean:
    case FilterMethod::median:
      return r.filter_size / 2;
    case FilterMethod::gaussian:
      return static_cast<int>(gaussian_weights(r.sigma).size()) / 2;
    case FilterMethod::none:
      break;
  }
  return 0;
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
    if (has_footprint(list[i].operation)) return i;
  }
  return std::nullopt;
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
