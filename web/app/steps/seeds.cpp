// Step 7: which summits become seeds.
#include <string>

#include "web/app/image_view.h"
#include "web/app/steps.h"
#include "web/app/widgets.h"

namespace floodlight::ui {

void seeds_controls(App& app) {
  for (const char* key :
       {"seeds.method", "seeds.window", "seeds.min_distance", "seeds.exclude_border", "seeds.threshold_abs"})
    recipe_widget(app, key);
  if (!app.has(Stage::seeds)) return;
  gap(4);
  fact("Peaks", std::to_string(app.values().peaks.size()));
  fact("Seeds (peaks that touch are one)", std::to_string(app.values().seeds.count));
}

std::string why_seeds(const App& app, Pixel p) {
  if (!app.has(Stage::seeds)) return {};
  const Label seed = app.values().seeds.labels[p];
  const std::string height = layer_value(app, Layer::distance, p);
  if (seed > 0) return "Seed " + std::to_string(seed) + ": a summit of height " + height + " px.";
  return "Distance " + height + " px, and no seed.";
}

}  // namespace floodlight::ui
