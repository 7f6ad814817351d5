// Step 10: the same recipe over many images.
#include "web/app/image_set/image_set.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "imgui.h"

#include "core/export/recipe_words.h"
#include "web/app/image_set/image_set_page.h"
#include "web/app/image_set/image_set_view.h"
#include "web/app/steps/steps.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

void progress_bar(const RunProgress& progress) {
  const float share = static_cast<float>(progress.done + progress.failed) / static_cast<float>(progress.all);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = content_width(px(8));
  ImGui::Dummy(size);
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + size.x, at.y + size.y}, theme().hovered, px(4));
  draw->AddRectFilled(at, {at.x + size.x * share, at.y + size.y}, theme().accent, px(4));
  mirror().add({.id = ImGui::GetID("progress of the run"),
                .role = Role::progressbar,
                .name = "Images done",
                .number = static_cast<double>(progress.done + progress.failed),
                .max = static_cast<double>(progress.all),
                .rect_min = at,
                .rect_max = {at.x + size.x, at.y + size.y}});
}

void run_controls(App& app) {
  const FontScope face(Font::regular, body_text);
  const RunProgress progress = run_progress(app.image_set.set);
  if (app.image_set.set.running) {
    if (button(app.image_set.set.paused ? "Go on" : "Pause",
               {.help = "The images that have been begun are finished.", .primary = app.image_set.set.paused}))
      pause_run(app, !app.image_set.set.paused);
    ImGui::SameLine(0, px(8));
    if (button("Cancel", {.help = "What is done stays."})) cancel_run(app);
  } else if (const bool current = results_are_current(app); !current || progress.done < progress.all) {
    const bool on = current && progress.done > 0;
    if (button(on ? "Run the rest" : "Run all " + std::to_string(progress.all),
               {.help = "Runs the recipe of steps 1 to 9 over every image.", .primary = true}))
      start_run(app);
    if (!current) note("The recipe has changed since these results were made.");
  }
  note("Recipe: " + recipe_at_hand(app));
  if (!app.image_set.set.running && !differences_from_lab(app.recipe()).empty()) {
    const FontScope small(Font::regular, small_text);
    if (button("Use the lab's recipe", {.help = "In the place of the one at hand; Undo brings yours back."}))
      take_lab_recipe(app);
  }
  gap(8);
  progress_bar(progress);
  note(image_set_status(app));
  if (const std::size_t n = app.image_set.set.left_out; n > 0)
    note(std::to_string(n) + (n == 1 ? " file of the folder is no TIFF by its name and was left out."
                                     : " files of the folder are no TIFFs by their names and were left out."));
}

void set_controls(App& app) {
  const FontScope face(Font::regular, body_text);
  const bool samples = app.image_set.set.fields.front().sample.has_value();
  if (button("Files...", {.help = samples ? "They take the place of the 25 fields." : "They join the list."}))
    choose_fields(app, false);
  ImGui::SameLine(0, px(8));
  if (button("Folder...", {.help = "Every *.tif and *.tiff that lies directly in it."})) choose_fields(app, true);
  ImGui::SameLine(0, px(8));
  if (button("Empty the list", {.help = "Lets go of the files and of their results.", .quiet = true}))
    forget_fields(app);
}

void save_controls(App& app) {
  ImageSetView& view = app.image_set.view;
  if (!fold("Save the results", view.save_open)) return;
  const FontScope face(Font::regular, body_text);
  paragraph("Each label image (uint32) is named after its image's stem:");
  text_input("Name of each label image", view.pattern, false);
  for (const auto& [label, pattern] :
       {std::pair{"As in the lab", "{stem}_labeled.tif"}, std::pair{"As in the lecture", "{stem}_.tif"}}) {
    if (button(label, {.help = pattern, .pressed = view.pattern == pattern})) view.pattern = pattern;
    ImGui::SameLine(0, px(8));
  }
  ImGui::NewLine();
  const auto wrong = wrong_with_names(app);
  const auto first =
      std::ranges::find_if(app.image_set.set.fields, [](const Field& f) { return f.result.has_value(); });
  const bool none = first == app.image_set.set.fields.end();
  if (wrong) {
    note(*wrong);
  } else if (!none) {
    note("For example " + output_name(view.pattern, first->stem, first->name).value_or("") +
         ". With them: measurements.csv of all images, and recipe.json.");
  }
  const bool can = !none && !wrong && !app.image_set.set.running;
  if (button("Save as a ZIP", {.help = "One archive with every label image, the measurements and the recipe.",
                               .primary = true,
                               .disabled = !can}))
    save_results(app, false);
  if (page_has_folders()) {
    ImGui::SameLine(0, px(8));
    if (button("Into a folder...", {.help = "Files of the same name in it are replaced.", .disabled = !can}))
      save_results(app, true);
  }
  if (!app.image_set.set.saved.empty()) note(app.image_set.set.saved);
}

}  // namespace

void image_set_controls(App& app) {
  if (app.image_set.set.fields.empty()) return;  // the list says how to begin
  run_controls(app);
  gap(8);
  std::vector<std::string> names;
  for (const StepId id : lesson(*app.recipe().mask_from)) {
    if (id != StepId::image_set) names.emplace_back(step(id).name);
  }
  combo("A row opens its image at", names, app.image_set.view.opens_at, "Key 0 comes back to the list.");
  gap(8);
  set_controls(app);
  save_controls(app);
}

std::string why_image_set(const App& /*app*/, Pixel /*pixel*/) { return {}; }

}  // namespace floodlight::ui
