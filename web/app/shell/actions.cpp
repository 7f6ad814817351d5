#include "web/app/shell/actions.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "imgui_internal.h"

#include "core/base/version.h"
#include "web/app/files/app_files.h"
#include "web/app/files/picker.h"
#include "web/app/files/take_home.h"
#include "web/app/picture/landscape.h"
#include "web/app/picture/player.h"
#include "web/app/picture/section_view.h"
#include "web/app/platform/platform.h"
#include "web/app/shell/search.h"
#include "web/app/steps/steps.h"
#include "web/app/teach/help.h"
#include "web/app/teach/lab.h"
#include "web/app/teach/tour.h"
#include "web/app/widgets/overlay.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

void step_by(App& app, int offset) {
  if (app.tour.on) {
    move_tour(app, offset);
    return;
  }
  const int next = std::clamp(static_cast<int>(app.wanted_step) + offset, 0, static_cast<int>(step_count) - 1);
  app.go_to(static_cast<StepId>(next));
}

void next_comparison(App& app) {
  app.choose_comparison(static_cast<Comparison>((static_cast<int>(app.shown_comparison()) + 1) % 4));
}

constexpr std::string_view digits = "1234567890";

/// Every step has a digit, in their order.
template <StepId id>
constexpr Action to_step{step(id).name, digits.substr(static_cast<std::size_t>(id), 1), ImGuiKey_None,
                         digits[static_cast<std::size_t>(id)], [](App& app) { app.go_to(id); }};

/// An action of a deferred file.
template <auto act, auto... arguments>
void later(App& app) {
  app.when_loaded([](App& a) { act(a, arguments...); });
}

/// The arrow keys: they move the pinned pixel, or turn the landscape while it is looked at.
template <int rows, int cols>
void arrow(App& app) {
  if (app.everything_loaded && shows_landscape(app)) {
    turn_landscape(app, -5.0F * cols, -5.0F * rows);
  } else {
    app.move_pin(rows, cols);
  }
}

void open_flood(App& app) {
  app.go_to(StepId::watershed);
  app.watershed.flood.open = true;
}

void profile_of_flood(App& app) {
  const bool there = app.step == StepId::watershed && app.watershed.flood.open;
  open_flood(app);
  if (there || !app.watershed.section.open) show_or_leave_section(app);
}

void show_or_leave_landscape(App& app) {
  // What it needs is opened: the step and its flood.
  const bool there = app.step == StepId::watershed && app.watershed.flood.open;
  open_flood(app);
  show_landscape(app, !there || !app.watershed.landscape.on);
}
void from_above_or_side(App& app) {
  if (shows_landscape(app))
    look_from_above(app, app.watershed.landscape.wanted_tilt != 0 || app.watershed.landscape.wanted_turn != 0);
}

constexpr bool repeats = true;
constexpr auto list = std::to_array<Action>({
    {"Next step or stop", "PageDown", ImGuiKey_PageDown, 0, [](App& a) { step_by(a, 1); }},
    {"Previous step or stop", "PageUp", ImGuiKey_PageUp, 0, [](App& a) { step_by(a, -1); }},
    to_step<StepId::pixels>,
    to_step<StepId::threshold>,
    to_step<StepId::filter>,
    to_step<StepId::label>,
    to_step<StepId::refine>,
    to_step<StepId::distance>,
    to_step<StepId::seeds>,
    to_step<StepId::watershed>,
    to_step<StepId::measure>,
    to_step<StepId::image_set>,
    {"Open a TIFF", "O", ImGuiKey_O, 0, [](App&) { platform::open_file_dialog(); }},
    {"Choose an image", "M", ImGuiKey_M, 0, later<open_picker>},
    {"Undo", "U Control+Z", ImGuiKey_U, 0, [](App& a) { a.undo(); }, {ImGuiMod_Ctrl | ImGuiKey_Z}},
    {"Redo",
     "Control+Y Control+Shift+Z",
     ImGuiKey_None,
     0,
     [](App& a) { a.redo(); },
     {ImGuiMod_Ctrl | ImGuiKey_Y, ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z}},
    {"Save the labels", "S", ImGuiKey_S, 0, later<save_labels>},
    {"Take it home: results, programs, link", "K", ImGuiKey_K, 0, later<open_take_home>},
    {"Compare before and after", "C", ImGuiKey_C, 0, next_comparison},
    {"Fit the image", "F", ImGuiKey_F, 0, [](App& a) { a.fit(); }},
    {"One to one", "X", ImGuiKey_X, 0, [](App& a) { a.set_zoom(1); }},
    {"Zoom to pixel", "Z", ImGuiKey_Z, 0, [](App& a) { a.zoom_to_pixel(); }},
    {"Zoom in", "+", ImGuiKey_None, '+', [](App& a) { a.zoom_by(1.5F); }, {}, repeats},
    {"Zoom out", "-", ImGuiKey_None, '-', [](App& a) { a.zoom_by(1 / 1.5F); }, {}, repeats},
    {"Pin the next pixel up", "ArrowUp", ImGuiKey_UpArrow, 0, arrow<-1, 0>, {}, repeats},
    {"Pin the next pixel down", "ArrowDown", ImGuiKey_DownArrow, 0, arrow<1, 0>, {}, repeats},
    {"Pin the next pixel left", "ArrowLeft", ImGuiKey_LeftArrow, 0, arrow<0, -1>, {}, repeats},
    {"Pin the next pixel right", "ArrowRight", ImGuiKey_RightArrow, 0, arrow<0, 1>, {}, repeats},
    {"Unpin, or close this", "Escape", ImGuiKey_Escape, 0,
     [](App& a) {
       if (a.dialogs.help_open) {
         a.dialogs.help_open = false;
       } else {
         a.view.pinned.reset();
       }
     }},
    {"Pin or unpin the result", "G", ImGuiKey_G, 0,
     [](App& a) { a.pinned_result ? a.unpin_result() : a.pin_result(); }},
    {"Play or pause", "Space", ImGuiKey_Space, 0, later<toggle_player>},
    {"One unit back", ",", ImGuiKey_None, ',', later<step_player, -1>, {}, repeats},
    {"One unit on", ".", ImGuiKey_None, '.', later<step_player, 1>, {}, repeats},
    {"The lab's exercises, in order", "B", ImGuiKey_B, 0, later<open_lab>},
    {"Flood in 3D, or flat", "D", ImGuiKey_D, 0, later<show_or_leave_landscape>},
    {"Flood in 3D from above", "V", ImGuiKey_V, 0, later<from_above_or_side>},
    {"Profile through the flood", "R", ImGuiKey_R, 0, later<profile_of_flood>},
    {"Invert the greys", "I", ImGuiKey_I, 0,
     [](App& a) { a.display.map = a.display.map == ColourMap::inverted ? ColourMap::grey : ColourMap::inverted; }},
    {"Tour: start it, or back to its stop", "T", ImGuiKey_T, 0, later<start_tour>},
    {"Tour: leave it", "", ImGuiKey_None, 0, later<leave_tour>},
    {"Tour: presenter's notes", "N", ImGuiKey_N, 0, [](App& a) { a.tour.notes = !a.tour.notes; }},
    {"Light or dark", "L", ImGuiKey_L, 0, [](App& a) { a.set_light(!theme().light); }},
    {"Presentation", "P", ImGuiKey_P, 0, [](App& a) { a.set_presenting(!a.presenting); }},
    {"Find anything", "/", ImGuiKey_None, '/', open_palette},
    {"Help, and all keys", "?", ImGuiKey_None, '?', [](App& a) { a.dialogs.help_open = !a.dialogs.help_open; }},
});

}  // namespace

std::span<const Action> actions() { return list; }

const Action& action(std::string_view name) {
  const auto found = std::ranges::find(list, name, &Action::name);
  IM_ASSERT(found != list.end());
  return *found;
}

bool uses_key(ImGuiKey key) {
  if (key == ImGuiKey_Slash) return true;  // Firefox would search the page
  return std::ranges::any_of(list, [&](const Action& a) { return a.key != ImGuiKey_None && a.key == key; });
}

bool repeats_key(ImGuiKey key, std::string_view character) {
  return std::ranges::any_of(list, [&](const Action& a) {
    return a.repeats && (a.character != 0 ? character == std::string_view(&a.character, 1) : a.key == key);
  });
}

namespace {

/// Whether shortcuts are to be heard: not by who looks for a command, or chooses.
bool hears(const App& app, ImGuiKey key) {
  // A wall that a stop of the tour has opened does not stop the tour.
  const bool turns = key == ImGuiKey_PageDown || key == ImGuiKey_PageUp;
  const bool wall = app.wall.open && !(app.tour.on && turns);
  // Escape closes one thing at a time: an open list first.
  constexpr ImGuiPopupFlags any = ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel;
  if (key == ImGuiKey_Escape && !app.dialogs.help_open && ImGui::IsPopupOpen("", any)) return false;
  return !app.dialogs.palette_open && !app.dialogs.picker_open && !app.dialogs.lab_open &&
         !app.dialogs.take_home_open && !wall && !ImGui::GetIO().WantTextInput;
}

bool runs(const Action& action, const platform::KeyPress& press) {
  if (press.command) {
    const ImGuiKeyChord chord = ImGuiMod_Ctrl | (press.shift ? ImGuiMod_Shift : 0) | press.key;
    return std::ranges::find(action.chords, chord) != action.chords.end();
  }
  if (action.character != 0) return press.character == std::string_view(&action.character, 1);
  return action.key != ImGuiKey_None && action.key == press.key;
}

}  // namespace

void run_shortcuts(App& app) {
  for (const platform::KeyPress& press : platform::take_key_presses()) {
    const auto action = std::ranges::find_if(list, [&](const Action& a) { return runs(a, press); });
    if (action != list.end() && hears(app, press.key)) action->run(app);
  }
}

namespace {

std::vector<const Action*> matching(std::string_view query) {
  std::vector<const Action*> found;
  for (const Action& action : list) {
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
  const std::size_t half = (list.size() + 1) / 2;
  for (std::size_t i = 0; i < list.size(); ++i) {
    ImGui::SetCursorScreenPos({at.x + (i < half ? 0 : column + gutter), at.y + static_cast<float>(i % half) * px(26)});
    fact(list[i].name, list[i].keys, column);
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
