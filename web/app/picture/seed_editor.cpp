#include "web/app/picture/seed_editor.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "imgui.h"

#include "web/app/platform/platform.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

void set_seeds(App& app, std::vector<Pixel> seeds) {
  Recipe recipe = app.recipe();
  recipe.seeds = SeedMethod::by_hand;
  recipe.seeds_by_hand = std::move(seeds);
  app.edit_recipe(recipe);
}

/// The seed at a pixel, or so near that it is meant; -1: none.
int seed_near(const App& app, Pixel pixel) {
  const auto& seeds = app.recipe().seeds_by_hand;
  const double reach = std::max(0.5, static_cast<double>(px(8) / app.view.zoom));
  int best = -1;
  double least = reach;
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    const double away = std::hypot(seeds[i].row - pixel.row, seeds[i].col - pixel.col);
    if (away > least) continue;
    least = away;
    best = static_cast<int>(i);
  }
  return best;
}

void add_or_delete(App& app, Pixel pixel) {
  auto seeds = app.recipe().seeds_by_hand;
  if (const int there = seed_near(app, pixel); there >= 0) {
    seeds.erase(seeds.begin() + there);
  } else {
    seeds.push_back(pixel);
  }
  set_seeds(app, std::move(seeds));
}

void switch_editor(App& app, bool on) {
  if (on) {
    start_seed_editor(app, app.recipe().seeds);
    return;
  }
  Recipe recipe = app.recipe();
  recipe.seeds = app.seeds.editor.before;
  app.seeds.editor = {};
  app.edit_recipe(recipe);
}

}  // namespace

void start_seed_editor(App& app, SeedMethod before) {
  app.seeds.editor = {.on = true, .before = before == SeedMethod::by_hand ? SeedMethod::peaks : before};
  if (before != SeedMethod::by_hand) set_seeds(app, app.values().peaks);
}

void edit_seeds(App& app, bool pressed) {
  SeedEditor& editor = app.seeds.editor;
  const auto hovered = app.view.hovered;
  if (ImGui::IsItemActivated()) editor.grabbed = hovered ? seed_near(app, *hovered) : -1;
  if (editor.grabbed >= 0 && hovered && ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left, px(4))) {
    auto seeds = app.recipe().seeds_by_hand;
    const auto place = static_cast<std::size_t>(editor.grabbed);
    editor.moved = true;
    if (place < seeds.size() && seeds[place] != *hovered) {
      seeds[place] = *hovered;
      set_seeds(app, std::move(seeds));
    }
  }
  if (pressed && hovered && !editor.moved) add_or_delete(app, *hovered);
  if (!ImGui::IsItemActive()) {
    editor.grabbed = -1;
    editor.moved = false;
  }
}

void seed_controls(App& app) {
  bool on = app.seeds.editor.on;
  if (toggle("Seeds by hand", on, "A click on the image adds a seed or deletes it; dragging moves it."))
    switch_editor(app, on);
  if (!app.seeds.editor.on) return;
  note("Click: a new seed, or away with it. Drag: move it. The flood follows at once.");
  if (app.pipeline.current(Stage::refined)) {
    const auto outside =
        std::ranges::count_if(app.recipe().seeds_by_hand, [&](Pixel seed) { return app.values().refined[seed] == 0; });
    if (outside > 0) note(std::to_string(outside) + " outside of the mask: no water comes from there.");
  }
  const FontScope face(Font::regular, small_text);
  if (button("Undo##seed",
             {.help = "Takes the last change back.", .shortcut = "Control+Z", .disabled = !app.can_undo()}))
    app.undo();
  if (app.view.pinned) {
    ImGui::SameLine(0, px(8));
    const bool there = seed_near(app, *app.view.pinned) >= 0;
    if (button(there ? "Delete the pinned seed" : "Add a seed at the pin", {.help = "For the keyboard."}))
      add_or_delete(app, *app.view.pinned);
  }
}

}  // namespace floodlight::ui
