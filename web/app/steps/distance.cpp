// Step 6: the distance transform of the refined mask.
#include <algorithm>
#include <cmath>
#include <string>

#include "core/explain/distance_terms.h"
#include "core/explain/profile.h"
#include "web/app/picture/image_view.h"
#include "web/app/plots/profile_view.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// The line from summit to summit, and how deep the saddle between them is.
void summits(App& app) {
  if (app.covers(Covers::distance)) {
    note("An exercise covers it.");
    return;
  }
  if (!app.distance.summits) {
    note("Point at two nuclei that touch: the profile runs from one summit to the other.");
    return;
  }
  const SummitPair& pair = *app.distance.summits;
  const auto line = line_pixels(pair.first, pair.second);
  const auto heights = values_along(app.values().distance, line);
  profile_view({}, heights, "distance in px");
  const auto height = [&](Pixel p) {
    return with_unit(std::round(static_cast<double>(app.values().distance[p]) * 100) / 100, "px");
  };
  fact("Summit of label " + std::to_string(pair.first_label), height(pair.first));
  fact("Saddle between", height(pair.saddle));
  fact("Summit of label " + std::to_string(pair.second_label), height(pair.second));
  note("From (row, column) " + in_brackets(pair.first) + " to " + in_brackets(pair.second) +
       ". Two summits make two nuclei; the cut comes at the saddle.");
}

}  // namespace

void distance_controls(App& app) {
  if (!app.has(Stage::distance)) return;
  const auto highest = static_cast<double>(app.values().highest_distance);
  fact("Largest distance", app.covers(Covers::distance) ? "?" : with_unit(std::round(highest * 100) / 100, "px"));
  note("Nothing to set here: the distance follows from the mask alone. It does not know how bright a pixel was.");
  if (fold("Profile from summit to summit", app.panel.profile_open)) summits(app);
}

std::string why_distance(const App& app, Pixel p) {
  if (!app.has(Stage::distance)) return {};
  if (app.covers(Covers::distance)) return "How far to the background? That is for you to say.";
  const std::int32_t squared = app.values().distance_squared[p];
  if (squared == 0) return "Background: 0.";
  const auto nearest = nearest_background(app.values().refined, p);
  if (!nearest) return "There is no background: distances are to a point outside of the image.";
  const int rows = std::abs(nearest->row - p.row);
  const int cols = std::abs(nearest->col - p.col);
  const auto count = [](int n, const char* what) { return std::to_string(n) + " " + what + (n == 1 ? "" : "s"); };
  return "The nearest background pixel is " + count(rows, "row") + " and " + count(cols, "column") + " away: sqrt(" +
         std::to_string(rows) + " x " + std::to_string(rows) + " + " + std::to_string(cols) + " x " +
         std::to_string(cols) + ") = sqrt(" + std::to_string(squared) + ") = " + layer_value(app, Layer::distance, p) +
         " px. A disc of this radius just fits. The outside of the image is not background.";
}

}  // namespace floodlight::ui
