// The two dialogs in which every action stands: the palette that finds them, with all else that can be found, and the help.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "imgui_internal.h"

#include "core/base/version.h"
#include "web/app/platform/platform.h"
#include "web/app/shell/actions.h"
#include "web/app/shell/search.h"
#include "web/app/teach/help.h"
#include "web/app/widgets/overlay.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

std::vector<const Action*> matching(std::string_view query) {
  std::vector<const Action*> found;
  for (const Action& action : actions()) {
    if (lower_case(action.name).find(lower_case(query)) != std::string::npos) found.push_back(&action);
  }
  return found;
}

}  // namespace

void open_palette(App& app) {
  app.dialogs.palette_open = true;
  app.dialogs.palette_query.clear();
  app.dialogs.palette_choice = 0;
}

void palette_overlay(App& app) {
  constexpr const char* name = "Commands";
  if (!app.dialogs.palette_open && !ImGui::IsPopupOpen(name)) return;
  constexpr std::size_t rows = 8;
  const Overlay overlay = begin_overlay(name, px(560), 0.25F);
  if (overlay == Overlay::hidden) return;
  const GroupScope dialog = dialog_group(name);
  const bool appearing = ImGui::IsWindowAppearing();
  if (text_input("Find anything", app.dialogs.palette_query, appearing)) app.dialogs.palette_choice = 0;
  const auto found = matching(app.dialogs.palette_query);
  const auto places = app.everything_loaded ? find_places(app.dialogs.palette_query) : std::vector<FoundPlace>();
  const std::size_t all = found.size() + places.size();
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) ++app.dialogs.palette_choice;
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow) && app.dialogs.palette_choice > 0) --app.dialogs.palette_choice;
  app.dialogs.palette_choice = std::min(app.dialogs.palette_choice, std::max<std::size_t>(all, 1) - 1);
  std::optional<std::size_t> chosen;
  // The list follows the choice.
  const std::size_t first = app.dialogs.palette_choice < rows ? 0 : app.dialogs.palette_choice - rows + 1;
  for (std::size_t i = first; i < std::min(all, first + rows); ++i) {
    const bool command = i < found.size();
    const std::string_view row = command ? found[i]->name : std::string_view(places[i - found.size()].name);
    const std::string_view detail = command ? found[i]->keys : std::string_view(places[i - found.size()].detail);
    const SectionScope kind(command ? "command" : detail.data());
    if (list_row(row, detail, i == app.dialogs.palette_choice)) chosen = i;
  }
  if (all == 0) note("Nothing here has this in its words.");
  if (!appearing && ImGui::IsKeyPressed(ImGuiKey_Enter) && all > 0) chosen = app.dialogs.palette_choice;
  if (chosen || overlay == Overlay::left || ImGui::IsKeyPressed(ImGuiKey_Escape)) {
    app.dialogs.palette_open = false;
    mirror().focus(0);
  }
  end_overlay(!app.dialogs.palette_open);
  if (!chosen) return;
  if (*chosen < found.size()) {
    found[*chosen]->run(app);
  } else {
    const FoundPlace& place = places[*chosen - found.size()];
    place.go(app, place.which);
  }
}

void help_overlay(App& app) {
  constexpr const char* name = "All keys";
  if (!app.dialogs.help_open && !ImGui::IsPopupOpen(name)) return;
  const Overlay overlay = begin_overlay(name, px(680), 0.5F);
  if (overlay == Overlay::hidden) return;
  const GroupScope dialog = dialog_group(name);
  const bool appearing = ImGui::IsWindowAppearing();
  if (overlay == Overlay::left) app.dialogs.help_open = false;
  if (app.everything_loaded) help_words();
  heading("All keys", 2);
  gap(8);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float gutter = px(32);
  const float column = (available_width() - gutter) / 2;
  const auto all = actions();
  const std::size_t half = (all.size() + 1) / 2;
  for (std::size_t i = 0; i < all.size(); ++i) {
    ImGui::SetCursorScreenPos({at.x + (i < half ? 0 : column + gutter), at.y + static_cast<float>(i % half) * px(26)});
    fact(all[i].name, all[i].keys, column);
  }
  ImGui::SetCursorScreenPos({at.x, at.y + static_cast<float>(half) * px(26)});
  gap(8);
  note(
      "Drag moves the image, the wheel zooms around the cursor, a click pins a pixel. Drop a TIFF anywhere to open "
      "it.");
  note("Floodlight " + std::string(version()));
  gap(8);
  {
    const FontScope face(Font::regular, body_text);
    if (button("Close", {.help = "Back to the image.", .shortcut = "Escape"})) app.dialogs.help_open = false;
    if (appearing) mirror().focus(item_id());
    ImGui::SameLine();
    if (button("Licences", {.help = "Of Floodlight, and of all that it is built with."})) platform::show_notices();
  }
  if (!app.dialogs.help_open) mirror().focus(0);
  end_overlay(!app.dialogs.help_open);
}

}  // namespace floodlight::ui
