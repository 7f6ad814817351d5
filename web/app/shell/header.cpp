#include "web/app/shell/header.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>

#include "web/app/files/app_files.h"
#include "web/app/files/picker.h"
#include "web/app/platform/platform.h"
#include "web/app/shell/actions.h"
#include "web/app/state/app.h"
#include "web/app/widgets/overlay.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// A button for an action, which leaves the header where there is no room.
struct HeaderButton {
  std::string_view label;
  std::string_view action;  ///< its name in the list of actions
  std::string_view help;
  float from = 0;  ///< CSS pixels of the window's width from which on it stands in the header, else in the menu
  bool quiet = true;
  bool (*possible)(const App& app) = nullptr;  ///< null: always
  std::string_view in_light = {};              ///< its label in the light theme, where it is another
};

constexpr float room_for_all = 1180;
constexpr float room_for_the_right = 940;

/// What can be done with the result, then what concerns the page.
constexpr auto of_result = std::to_array<HeaderButton>({
    {.label = "Take home",
     .action = "Take it home: results, programs, link",
     .help = "Measurements, pictures, Python, a link: everything that can be saved or copied.",
     .from = 1080,
     .quiet = false},
    {.label = "Undo",
     .action = "Undo",
     .help = "Takes the last change of recipe or seeds back.",
     .from = room_for_all,
     .possible = [](const App& app) { return app.can_undo(); }},
    {.label = "Redo",
     .action = "Redo",
     .help = "Does it again.",
     .from = room_for_all,
     .possible = [](const App& app) { return app.can_redo(); }},
});
constexpr auto of_page = std::to_array<HeaderButton>({
    {.label = "Tour",
     .action = "Tour: start it, or back to its stop",
     .help = "Walks through all steps, one prepared view after the other.",
     .from = room_for_the_right},
    {.label = "Search",
     .action = "Find anything",
     .help = "Finds steps, functions, exercises, images and commands.",
     .from = room_for_the_right},
    {.label = "Present",
     .action = "Presentation",
     .help = "Folds the panel away and makes everything larger.",
     .from = room_for_the_right},
    {.label = "Light",
     .action = "Light or dark",
     .help = "Another theme, for another room.",
     .from = room_for_the_right,
     .in_light = "Dark"},
    {.label = "?", .action = "Help, and all keys", .help = "Help, and all keys.", .from = 540},
});

bool pressed(const App& app, const HeaderButton& b, float width = 0) {
  const std::string_view label = theme().light && !b.in_light.empty() ? b.in_light : b.label;
  // In the menu, a word of its own: there is room for it.
  const bool in_menu = width > 0;
  return button(in_menu && label == "?" ? "Help" : label, {.help = b.help,
                                                           .shortcut = action(b.action).keys,
                                                           .disabled = b.possible != nullptr && !b.possible(app),
                                                           .quiet = b.quiet && !in_menu,
                                                           .width = width});
}

/// The key that opens a step, which stands before its name: the tenth has 0.
std::string digit_of(const Step& s) { return std::to_string((s.place + 1) % step_count); }

void step_tabs(App& app, float y, float height) {
  const ImGuiID group = ImGui::GetID("steps");
  const float left = px(8);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  mirror().add({.id = group,
                .role = Role::tab_list,
                .name = "Steps",
                .rect_min = {left, y},
                .rect_max = {screen.x, y + height}});
  const float size = app.presenting ? title_text : body_text;
  const FontScope face(Font::regular, size);
  auto* draw = ImGui::GetWindowDrawList();
  float total = 0;
  float longest = 0;
  const auto shown = lesson(*app.recipe().mask_from);
  for (const StepId id : shown) {
    const Step& s = step(id);
    const float width = ImGui::CalcTextSize(s.name.data(), s.name.data() + s.name.size()).x + px(44);
    total += width;
    longest = std::max(longest, width);
  }
  const float squeeze = std::min(1.0F, (screen.x - 2 * left) / total);
  float x = left;
  for (const StepId id : shown) {
    const Step& s = step(id);
    const std::string name(s.name);
    const std::string digit = digit_of(s);
    const float text = ImGui::CalcTextSize(name.c_str()).x;
    const bool here = app.step == s.id;
    // Where not all names fit, only that of the step at hand is written out.
    const bool only_digit = squeeze < 1 && !here;
    const float digits_share = (screen.x - 2 * left - longest) / static_cast<float>(step_count - 1);
    const float width = squeeze == 1 ? text + px(44) : only_digit ? std::min(digits_share, px(64)) : longest;
    ImGui::SetCursorScreenPos({x, y});
    bool pressed = ImGui::InvisibleButton(name.c_str(), {width, height});
    pressed = mirror().take_press(item_id()) || pressed;
    if (pressed) app.go_to(s.id);
    const ImU32 ink = here ? theme().text : ImGui::IsItemHovered() ? theme().text : theme().muted;
    const float baseline = std::round(y + (height - ImGui::GetTextLineHeight()) / 2);
    const float digit_width = ImGui::CalcTextSize(digit.c_str()).x;
    const float content = only_digit ? digit_width : digit_width + px(8) + text;
    const float start = std::round(x + (width - content) / 2);
    draw->AddText({start, baseline}, here ? theme().accent : ink, digit.c_str());
    if (!only_digit) draw->AddText({start + digit_width + px(8), baseline}, ink, name.c_str());
    if (here)
      draw->AddRectFilled({x + px(8), y + height - px(3)}, {x + width - px(8), y + height}, theme().accent, px(2));
    registered({.role = Role::tab, .name = name, .selected = here, .shortcut = digit, .group = group});
    x += width;
  }
}

}  // namespace

void header(App& app, const ImRect& area) {
  const float window = area.GetWidth();
  float tabs_y = area.Min.y;
  if (!app.presenting) {
    const float line = px(8);
    const float row = px(30);
    // A telephone has no room for the name beside the buttons.
    const bool named = window >= px(640);
    const bool small = window < px(390);
    const float between = px(small ? 4 : 8);
    if (named) {
      const FontScope face(Font::semibold, title_text);
      ImGui::SetCursorScreenPos({px(16), line + px(4)});
      heading("Floodlight", 1);
    }
    const FontScope face(Font::regular, body_text);
    ImGui::SetCursorScreenPos({px(named ? 156 : 8), line});
    const float width = std::clamp(window * 0.2F, px(small ? 60 : 120), px(260));
    const std::string name = "Image: " + app.image.name;
    if (button(app.image.name + "##image", {.help = "Shows the images that come with Floodlight.",
                                            .shortcut = "M",
                                            .width = width,
                                            .name = name,
                                            .opens = true}))
      app.when_loaded(open_picker);
    ImGui::SameLine(0, between);
    if (button("Open...", {.help = "Opens a TIFF of your own. It stays on this machine.", .shortcut = "O"}))
      platform::open_file_dialog();
    ImGui::SameLine(0, between);
    if (button("Save labels", {.help = "Saves the label image as a TIFF.",
                               .shortcut = "S",
                               .primary = !app.panel.beginning,
                               .disabled = !app.pipeline.current(Stage::labels)}))
      app.when_loaded(save_labels);
    for (const HeaderButton& b : of_result) {
      if (window < px(b.from)) continue;
      ImGui::SameLine(0, px(b.quiet && b.label != "Undo" ? 4 : 8));
      if (pressed(app, b)) action(b.action).run(app);
    }
    const bool menu = window < px(room_for_all);
    const float right = window < px(540) ? 68 : window < px(room_for_the_right) ? 122 : menu ? 402 : 336;
    ImGui::SetCursorScreenPos({area.Max.x - px(right), line});
    if (menu) {
      if (button("Menu", {.help = "What else can be done; there is no room for it here.", .quiet = true}))
        app.dialogs.menu_open = true;
      ImGui::SameLine(0, px(4));
    }
    for (const HeaderButton& b : of_page) {
      if (window < px(b.from)) continue;
      if (pressed(app, b)) action(b.action).run(app);
      ImGui::SameLine(0, px(4));
    }
    tabs_y = line + row + px(8);
  }
  step_tabs(app, tabs_y, area.Max.y - tabs_y);
}

void menu_overlay(App& app) {
  constexpr const char* name = "Menu";
  if (!app.dialogs.menu_open && !ImGui::IsPopupOpen(name)) return;
  const Overlay overlay = begin_overlay(name, px(280), 0.25F);
  if (overlay == Overlay::hidden) return;
  const GroupScope dialog = dialog_group(name);
  bool appearing = ImGui::IsWindowAppearing();
  const float window = ImGui::GetIO().DisplaySize.x;
  const HeaderButton* chosen = nullptr;
  const auto offer = [&](std::span<const HeaderButton> buttons) {
    for (const HeaderButton& b : buttons) {
      if (window >= px(b.from)) continue;
      if (pressed(app, b, available_width())) chosen = &b;
      if (appearing) mirror().focus(item_id());
      appearing = false;
      gap(4);
    }
  };
  offer(of_result);
  offer(of_page);
  gap(4);
  const bool close = button("Close", {.help = "Back to the image.", .shortcut = "Escape", .quiet = true});
  // A window that has grown has room for all of them.
  if (chosen != nullptr || close || overlay == Overlay::left || ImGui::IsKeyPressed(ImGuiKey_Escape) ||
      window >= px(room_for_all)) {
    app.dialogs.menu_open = false;
    mirror().focus(0);
  }
  end_overlay(!app.dialogs.menu_open);
  if (chosen != nullptr) action(chosen->action).run(app);
}

}  // namespace floodlight::ui
