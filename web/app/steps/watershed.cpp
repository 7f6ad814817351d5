// Step 8: flooding from the seeds.
#include <string>

#include "web/app/image_view.h"
#include "web/app/steps.h"
#include "web/app/widgets.h"

namespace floodlight::ui {

void watershed_controls(App& app) {
  if (app.has(Stage::labels)) {
    fact("Nuclei", std::to_string(app.values().nuclei));
    if (app.has(Stage::components)) fact("Objects before the watershed", std::to_string(app.values().components.count));
    gap(4);
  }
  for (const char* key : {"watershed.flooded", "watershed.neighbours", "watershed.line", "watershed.compactness"})
    recipe_widget(app, key);
  toggle("Save labels as uint16", app.labels_as_uint16, "Half the size of uint32; holds up to 65535 labels.");
}

std::string why_watershed(const App& app, Pixel p) {
  if (!app.has(Stage::labels)) return {};
  const Label label = app.values().labels[p];
  if (label > 0)
    return "Label " + std::to_string(label) + ": the water of seed " + std::to_string(label) +
           " reached this pixel first.";
  if (app.values().refined[p] == 0) return "Background: 0. The mask is False here, so no water comes.";
  return "0, although the mask is True: no water came here. The object has no seed, or this is a watershed line.";
}

}  // namespace floodlight::ui
