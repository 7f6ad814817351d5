// Step 5: the ordered list of repairs.
#include <algorithm>
#include <string>
#include <utility>

#include "web/app/image_view.h"
#include "web/app/steps.h"
#include "web/app/widgets.h"

namespace floodlight::ui {
namespace {

enum class Edit : std::uint8_t { none, changed, remove, up };

Edit refinement_widgets(Refinement& r, std::size_t index, bool first) {
  const std::string suffix = " " + std::to_string(index + 1);
  ImGui::PushID(static_cast<int>(index));
  Edit edit = Edit::none;
  const GroupScope group("Repair" + suffix);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorScreenPos({at.x, at.y + px(6)});
  heading("Repair" + suffix, 3);
  {
    const FontScope face(Font::regular, small_text);
    const float remove_width = px(72);
    const float up_width = px(40);
    if (!first) {
      ImGui::SetCursorScreenPos({at.x + width - remove_width - up_width, at.y});
      if (button("Up", {.help = "Does this repair before the one above.", .quiet = true, .width = up_width}))
        edit = Edit::up;
    }
    ImGui::SetCursorScreenPos({at.x + width - remove_width, at.y});
    if (button("Remove", {.help = "Takes this repair out of the list.", .quiet = true, .width = remove_width}))
      edit = Edit::remove;
  }
  for (const auto& p : refinement_parameters()) {
    if (p.matters(r) && parameter(p, r, suffix) && edit == Edit::none) edit = Edit::changed;
  }
  ImGui::PopID();
  gap(8);
  return edit;
}

}  // namespace

void refine_controls(App& app) {
  Recipe recipe = app.recipe();
  auto& list = recipe.refinements;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Edit edit = refinement_widgets(list[i], i, i == 0);
    if (edit == Edit::none) continue;
    if (edit == Edit::remove) list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
    if (edit == Edit::up) std::swap(list[i], list[i - 1]);
    app.edit_recipe(recipe);
    break;
  }
  if (button("Add a repair", {.help = "Adds another repair at the end of the list."})) {
    list.push_back({RefinementOperation::fill_holes, Refinement{}.max_size, {}});
    app.edit_recipe(recipe);
  }
  if (!app.has(Stage::refined)) return;
  gap(4);
  fact("Pixels added", std::to_string(app.values().refined_added));
  fact("Pixels removed", std::to_string(app.values().refined_removed));
}

std::string why_refine(const App& app, Pixel p) {
  if (!app.has(Stage::refined)) return {};
  const std::string before = layer_value(app, Layer::mask, p);
  const std::string after = layer_value(app, Layer::refined, p);
  return before == after ? "Still " + after + ": no repair changed this pixel."
                         : "Was " + before + ", and a repair made it " + after + ".";
}

}  // namespace floodlight::ui
