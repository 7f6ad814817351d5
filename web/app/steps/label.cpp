// Step 4: the connected components of the unrefined mask, how they grow, and which of them are several nuclei.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "web/app/picture/player.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr std::size_t most_listed = 8;

void growth_controls(App& app) {
  constexpr std::array<std::string_view, 2> neighbours = {"8 neighbours", "4 neighbours"};
  int chosen = app.label.four ? 1 : 0;
  if (segmented("Which pixels touch", neighbours, chosen)) app.label.four = chosen == 1;
  player_controls(app, "Pixels reached",
                  "Scans row by row; a pixel without a number starts an object, and all that touch follow.");
  const GrowthExplanation* explanation = app.explanations.growth.get();
  if (explanation == nullptr) return;
  const auto& starts = explanation->growth.starts;
  const auto reached = static_cast<std::int32_t>(app.label.growth.position);
  const auto begun = std::ranges::lower_bound(starts, reached) - starts.begin();
  const auto next = std::ranges::upper_bound(starts, reached) - starts.begin();
  fact("Objects begun",
       app.covers(Covers::counts) ? "?" : std::to_string(begun) + " of " + std::to_string(starts.size()));
  const FontScope face(Font::regular, small_text);
  const auto go_to = [&](std::ptrdiff_t object) {
    const auto last = static_cast<std::ptrdiff_t>(starts.size()) - 1;
    if (last >= 0) move_player(app, starts[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(object, 0, last))]);
  };
  if (button("Object before", {.help = "Back to the first pixel of the object before."})) go_to(begun - 2);
  ImGui::SameLine(0, px(8));
  if (button("Next object", {.help = "On to the first pixel of the next object."})) go_to(next);
}

void touching(App& app) {
  const auto* objects = app.explanations.touching.get();
  const bool covered = app.covers(Covers::component) || app.covers(Covers::counts) || app.covers(Covers::labels);
  if (objects == nullptr || covered) return;
  if (!fold("Objects that the watershed cuts", app.label.touching_open)) return;
  if (objects->empty()) {
    note("None: the watershed cuts no object.");
    return;
  }
  note(
      "Size and dents tell of several nuclei: area in medians, solidity. What the watershed cuts is its answer, not "
      "the truth:");
  for (std::size_t i = 0; i < std::min(objects->size(), most_listed); ++i) {
    const TouchingObject& o = (*objects)[i];
    const std::string name = "Object " + std::to_string(o.component) + ": cut in " + std::to_string(o.nuclei);
    const std::string detail = number(std::round(o.times_median * 10) / 10) + " x, " + two_decimals(o.solidity);
    if (list_row(name, detail, false)) app.show(o.first);
  }
  if (objects->size() > most_listed) note("And " + std::to_string(objects->size() - most_listed) + " more.");
}

}  // namespace

void label_controls(App& app) {
  if (!app.has(Stage::components)) return;
  const bool covered = app.covers(Covers::counts);
  fact("Objects (8 neighbours)", covered ? "?" : std::to_string(app.values().components.count));
  note(
      "The mask as it was thresholded: the repairs of step 5 come after it, and the watershed counts with neighbours "
      "of its own.");
  note("Before: semantic, nucleus or not. After: instance, which one, as far as islands go.");
  if (fold("Grow them step by step", app.label.growth.open)) growth_controls(app);
  if (!app.label.growth.open) app.label.growth.playing = false;
  touching(app);
  gap(4);
  double opacity = std::round(static_cast<double>(app.display.label_opacity) * 100);
  if (slider(
          "Opacity of the colours", opacity,
          {.minimum = 0, .maximum = 100, .step = 5, .unit = "%", .help = "How much of the raw image shows through."}))
    app.display.label_opacity = static_cast<float>(opacity / 100);
  toggle("Over the raw image", app.display.labels_over_raw, "Shows the labels over the raw image, or over black.");
}

std::string why_label(const App& app, Pixel p) {
  if (!app.has(Stage::components)) return {};
  if (app.covers(Covers::component)) return "Which number? That is for you to say.";
  const auto& labels = app.values().components.labels;
  const Label label = labels[p];
  if (label == 0) return "Background: 0. The mask is False here.";
  const auto size = app.values().component_sizes[static_cast<std::size_t>(label)];
  const auto first = static_cast<int>(app.values().component_firsts[static_cast<std::size_t>(label)]);
  std::string text = "Label " + std::to_string(label) + ", an object of " + std::to_string(size) +
                     " px. The scan goes row by row; it met this object's first pixel at " +
                     row_and_column({first / labels.cols(), first % labels.cols()}) + ", after " +
                     std::to_string(label - 1) + " others.";
  if (const auto* objects = app.explanations.touching.get(); objects != nullptr && !app.covers(Covers::labels)) {
    const auto found = std::ranges::find(*objects, label, &TouchingObject::component);
    if (found != objects->end())
      text += " The watershed of step 8 cuts it in " + std::to_string(found->nuclei) + ": it has " +
              number(std::round(found->times_median * 10) / 10) + " times the median area, solidity " +
              two_decimals(found->solidity) + ".";
  }
  return text;
}

}  // namespace floodlight::ui
