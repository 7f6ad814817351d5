// Step 3: the filter and its size.
#include <string>

#include "web/app/image_view.h"
#include "web/app/steps.h"
#include "web/app/widgets.h"

namespace floodlight::ui {

void filter_controls(App& app) {
  for (const char* key : {"filter.method", "filter.size", "filter.sigma"}) recipe_widget(app, key);
}

std::string why_filter(const App& app, Pixel p) {
  if (!app.has(Stage::filtered)) return {};
  return layer_value(app, Layer::raw, p) + " became " + layer_value(app, Layer::filtered, p) +
         ", made from the pixels around it. Beyond the image's edge, the edge pixel repeats.";
}

}  // namespace floodlight::ui
