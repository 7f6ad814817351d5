// Step 5: the ordered list of repairs, what each of them changed, and why.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/segment/fill_holes.h"
#include "web/app/picture/image_view.h"
#include "web/app/plots/histogram_view.h"
#include "web/app/state/at_pixel.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

enum class Edit : std::uint8_t { none, changed, remove, up };

Edit refinement_widgets(Refinement& r, std::size_t index, bool first) {
  const std::string suffix = " " + std::to_string(index + 1);
  ImGui::PushID(static_cast<int>(index));
  Edit edit = Edit::none;
  const GroupScope group("Repair" + suffix);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = available_width();
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

void effect_of(App& app, Refinement& repair, std::size_t i) {
  const RepairsExplanation* explanation = explained_repairs(app);
  if (explanation == nullptr || app.covers(Covers::refined)) return;
  const RepairEffect& e = explanation->effects[i + 1];
  note("+" + std::to_string(e.added) + " px, -" + std::to_string(e.removed) + " px; objects (8 neighbours) " +
       std::to_string(explanation->effects[i].objects) + " > " + std::to_string(e.objects));
  // The explanation may still be of another operation, which judged by sizes.
  if (repair->limit == nullptr || explanation->sizes[i].empty()) return;
  const Option& limit_of = *repair->limit;
  ImGui::PushID(static_cast<int>(i));
  const auto limit = size_view(repair->judges == Judges::holes ? "holes" : "objects", explanation->sizes[i],
                               repair.values.whole(limit_of), px(64));
  ImGui::PopID();
  if (!limit) return;
  Recipe recipe = app.recipe();
  recipe.refinements[i][limit_of] = std::clamp<double>(*limit, limit_of.minimum, limit_of.maximum);
  app.edit_recipe(recipe);
}

/// The two orders of the same two repairs.
void orders(App& app) {
  const auto set = [&](bool specks_first) {
    Recipe recipe = app.recipe();
    const Refinement specks{repairs::remove_small_objects};
    const Refinement close{repairs::closing, values_of({FootprintShape::disk, 2})};
    recipe.refinements = specks_first ? std::vector{specks, close} : std::vector{close, specks};
    app.edit_recipe(recipe);
  };
  note("The order counts. The same two repairs:");
  const FontScope face(Font::regular, small_text);
  if (button("Specks first", {.help = "Removes specks, then closes with disk(2)."})) set(true);
  ImGui::SameLine(0, px(8));
  if (button("Closing first", {.help = "Closes with disk(2), which may join specks so that they stay."})) set(false);
}

}  // namespace

void refine_controls(App& app) {
  Recipe recipe = app.recipe();
  auto& list = recipe.refinements;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Edit edit = refinement_widgets(list[i], i, i == 0);
    if (edit == Edit::none) {
      effect_of(app, list[i], i);
      continue;
    }
    if (edit == Edit::remove) list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
    if (edit == Edit::up) std::swap(list[i], list[i - 1]);
    app.edit_recipe(recipe);
    break;
  }
  if (button("Add a repair", {.help = "Adds another repair at the end of the list."})) {
    list.emplace_back(repairs::fill_holes);
    app.edit_recipe(recipe);
  }
  gap(4);
  orders(app);
  if (!app.has(Stage::refined)) return;
  gap(4);
  const bool covered = app.covers(Covers::refined) || app.covers(Covers::counts);
  fact("Pixels added", covered ? "?" : std::to_string(app.values().refined_added));
  fact("Pixels removed", covered ? "?" : std::to_string(app.values().refined_removed));
  toggle("Colour what changed", app.refine.show_repairs,
         "Green and rising stripes: added. Red and falling stripes: removed.");
}

std::string why_refine(const App& app, Pixel p) {
  if (!app.has(Stage::refined)) return {};
  if (app.covers(Covers::refined, p) || app.covers(Covers::mask_value, p))
    return "True or False? That is for you to say.";
  const std::string before = layer_value(app, Layer::mask, p);
  const std::string after = layer_value(app, Layer::refined, p);
  std::string text = before == after ? "Still " + after + "." : "Was " + before + ", and is " + after + ".";
  const RepairsExplanation* explanation = explained_repairs(app);
  const auto repair = explained_repair(app, p);
  if (explanation == nullptr || !repair) return text;
  const auto& r = app.recipe().refinements[*repair];
  text += " Repair " + std::to_string(*repair + 1) + ": " + r->terms(explanation->masks[*repair], r.values, p).why;
  return text;
}

}  // namespace floodlight::ui
