// Step 2: the cutoff in the histogram, and the mask it makes.

#include <array>
#include <cmath>
#include <string>

#include "web/app/histogram_view.h"
#include "web/app/image_view.h"
#include "web/app/steps.h"
#include "web/app/widgets.h"

namespace floodlight::ui {
void threshold_controls(App& app) {
  const std::array<std::string_view, 2> images = {"Raw", "Filtered"};
  int on = app.threshold_on_raw ? 0 : 1;
  note("Threshold on");
  if (segmented("Threshold on", images, on)) app.threshold_on_raw = on == 0;
  recipe_widget(app, "threshold.method");
  if (!app.has(Stage::mask)) return;

  const bool raw = app.threshold_on_raw;
  const FloatView image = raw ? app.values().raw.view() : app.values().filtered.view();
  const Thresholded& shown = raw ? app.values().raw_thresholded : app.values().thresholded;
  if (shown.mask.empty()) {
    note("This method has no answer for the raw image; see the filtered one.");
    return;
  }
  const bool manual = app.recipe().cutoff == CutoffMethod::manual;
  HistogramMarks marks{.cutoff = shown.threshold, .logarithmic = app.logarithmic};
  if (manual) {
    marks.suggestion = shown.otsu;
    marks.suggestion_name = "Otsu";
  }
  if (const auto pixel = app.probed()) marks.probed = static_cast<double>(image[*pixel]);
  gap(4);
  if (const auto chosen = histogram_view(shown.histogram, marks, px(176))) {
    Recipe recipe = app.recipe();
    recipe.cutoff = CutoffMethod::manual;
    recipe.cutoff_value = *chosen;
    app.edit_recipe(recipe);
  }
  recipe_widget(app, "threshold.value");
  const auto size = static_cast<double>(image.size());
  const auto above = static_cast<double>(shown.above);
  const auto share = [&](double count) {
    return number(count) + " px  (" + number(std::round(1000 * count / size) / 10) + " %)";
  };
  fact("Above the cutoff", share(above));
  fact("Not above", share(size - above));
  if (manual && marks.suggestion) fact("Otsu would choose (dashed)", number(*marks.suggestion));
  toggle("Logarithmic counts", app.logarithmic,
         "Draws the bars by the logarithm of their counts, so that rare values show.");
  recipe_widget(app, "threshold.bins");
}

std::string why_threshold(const App& app, Pixel p) {
  if (!app.has(Stage::mask)) return {};
  const bool raw = app.threshold_on_raw;
  const Thresholded& shown = raw ? app.values().raw_thresholded : app.values().thresholded;
  if (shown.mask.empty()) return {};
  const bool above = shown.mask[p] != 0;
  const float value = raw ? app.values().raw[p] : app.values().filtered[p];
  return number(static_cast<double>(value)) + (above ? " > " : " is not > ") + number(shown.threshold) +
         ", so the mask is " + (above ? "True." : "False.");
}

}  // namespace floodlight::ui
