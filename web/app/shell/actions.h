// Everything that can be done with one key or one press: buttons, shortcuts and the help are made from this list.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "imgui.h"

#include "web/app/state/app.h"

namespace floodlight::ui {

struct Action {
  std::string_view name;
  std::string_view keys;  ///< as shown and as aria-keyshortcuts spells them
  ImGuiKey key = ImGuiKey_None;
  char character = 0;  ///< typed, where the key depends on the keyboard's layout
  void (*run)(App& app);
  std::array<ImGuiKeyChord, 2> chords = {};  ///< keys with Ctrl (Cmd on a Mac), which work as well
  bool repeats = false;                      ///< while its key is held
};

/// All of them, in the order of the help and of the palette.
std::span<const Action> actions();
/// The one of that name.
const Action& action(std::string_view name);
/// Runs the actions whose keys were pressed since the last frame, in that order.
void run_shortcuts(App& app);
/// Whether the page uses this key by itself.
bool uses_key(ImGuiKey key);
/// Whether this key, or the character that it types, does its work again while it is held.
bool repeats_key(ImGuiKey key, std::string_view character);
/// Opens the command palette: every action, found by typing a part of its name.
void open_palette(App& app);
/// The palette, over the page; closes itself.
void palette_overlay(App& app);
/// The list of all keys, over the page; closes itself.
void help_overlay(App& app);

}  // namespace floodlight::ui
