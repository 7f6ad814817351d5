// Step 6: the distance transform of the refined mask.
#include <string>

#include "web/app/image_view.h"
#include "web/app/steps.h"
#include "web/app/widgets.h"

namespace floodlight::ui {

void distance_controls(App& app) {
  if (!app.has(Stage::distance)) return;
  fact("Largest distance", with_unit(static_cast<double>(app.values().highest_distance), "px"));
  note("Nothing to set here: the distance follows from the mask alone. It does not know how bright a pixel was.");
}

std::string why_distance(const App& app, Pixel p) {
  if (!app.has(Stage::distance)) return {};
  const std::int32_t squared = app.values().distance_squared[p];
  if (squared == 0) return "Background: 0.";
  return "The nearest background pixel is " + layer_value(app, Layer::distance, p) + " px away: the square root of " +
         std::to_string(squared) + ". The outside of the image is not background.";
}

}  // namespace floodlight::ui
