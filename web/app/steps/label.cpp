// Step 4: the connected components of the unrefined mask.
#include <cmath>
#include <string>

#include "web/app/steps.h"
#include "web/app/widgets.h"

namespace floodlight::ui {

void label_controls(App& app) {
  if (!app.has(Stage::components)) return;
  fact("Objects (8 neighbours)", std::to_string(app.values().components.count));
  double opacity = std::round(static_cast<double>(app.display.label_opacity) * 100);
  if (slider(
          "Opacity of the colours", opacity,
          {.minimum = 0, .maximum = 100, .step = 5, .unit = "%", .help = "How much of the raw image shows through."}))
    app.display.label_opacity = static_cast<float>(opacity / 100);
  toggle("Over the raw image", app.display.labels_over_raw, "Shows the labels over the raw image, or over black.");
}

std::string why_label(const App& app, Pixel p) {
  if (!app.has(Stage::components)) return {};
  const auto& labels = app.values().components.labels;
  const Label label = labels[p];
  if (label == 0) return "Background: 0. The mask is False here.";
  const auto size = app.values().component_sizes[static_cast<std::size_t>(label)];
  return "Label " + std::to_string(label) + ", an object of " + std::to_string(size) +
         " px. Numbers follow the raster: row by row, the first pixel met gives its object the next number.";
}

}  // namespace floodlight::ui
