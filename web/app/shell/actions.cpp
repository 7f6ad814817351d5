#include "web/app/shell/actions.h"

#include <algorithm>
#include <array>

#include "imgui_internal.h"

#include "web/app/files/app_files.h"
#include "web/app/files/picker.h"
#include "web/app/files/take_home.h"
#include "web/app/picture/brush.h"
#include "web/app/picture/landscape.h"
#include "web/app/picture/player.h"
#include "web/app/picture/section_view.h"
#include "web/app/platform/platform.h"
#include "web/app/steps/steps.h"
#include "web/app/teach/lab.h"
#include "web/app/teach/tour.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

void step_by(App& app, int offset) {
  if (app.tour.on) {
    move_tour(app, offset);
    return;
  }
  const int next =
      std::clamp(static_cast<int>(step(app.wanted_step).place) + offset, 0, static_cast<int>(step_count) - 1);
  app.go_to(lesson(*app.recipe().mask_from)[static_cast<std::size_t>(next)]);
}

void next_comparison(App& app) {
  app.choose_comparison(static_cast<Comparison>((static_cast<int>(app.shown_comparison()) + 1) % 4));
}

constexpr std::string_view digits = "1234567890";

/// Every step of the lesson has a digit, in their order; where the mask comes from elsewhere, it opens what stands there.
template <StepId id>
constexpr Action to_step{step(id).name, digits.substr(step(id).place, 1), ImGuiKey_None, digits[step(id).place],
                         [](App& app) { app.go_to(id); }};

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
    if (app.everything_loaded) pen_moved(app);
  }
}

/// The brush paints this class, or erases; in the step that has one.
void take_brush(App& app, std::uint8_t label) {
  if (app.step != StepId::forest) return;
  lift_brush(app);
  app.painting.label = label;
  app.painting.brushing = true;
}

void undo(App& app) { app.undo(); }
void redo(App& app) { app.redo(); }
void open_or_close_help(App& app) { app.dialogs.help_open = !app.dialogs.help_open; }
void pin_or_unpin(App& app) { app.pinned_result ? app.unpin_result() : app.pin_result(); }

void way_to(App& app, const MaskSource* way) { app.choose_way(*way); }

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
    {"Undo", "U Control+Z", ImGuiKey_U, 0, later<undo>, {ImGuiMod_Ctrl | ImGuiKey_Z}},
    {"Redo",
     "Control+Y Control+Shift+Z",
     ImGuiKey_None,
     0,
     later<redo>,
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
    {"Brush: paint nuclei", "Q", ImGuiKey_Q, 0, later<take_brush, label_of_nuclei>},
    {"Brush: paint background", "W", ImGuiKey_W, 0, later<take_brush, label_of_background>},
    {"Brush: erase", "E", ImGuiKey_E, 0, later<take_brush, std::uint8_t{0}>},
    {"Pen at the pin: down, or up", "A", ImGuiKey_A, 0, later<put_pen_down_or_up>},
    {"Mask from a filter and a threshold", "", ImGuiKey_None, 0, later<way_to, &mask_sources::classic>},
    {"Mask from machine learning", "", ImGuiKey_None, 0, later<way_to, &mask_sources::classifier>},
    {"Mask from a network", "", ImGuiKey_None, 0, later<way_to, &mask_sources::network>},
    {"Pin or unpin the result", "G", ImGuiKey_G, 0, later<pin_or_unpin>},
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
    {"Find anything", "/", ImGuiKey_None, '/', later<open_palette>},
    {"Help, and all keys", "?", ImGuiKey_None, '?', later<open_or_close_help>},
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

}  // namespace floodlight::ui
