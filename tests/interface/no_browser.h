// A browser that there is none of: the platform of the interface's tests. Its clock is simulated, its files are bytes, its
// keys and its mouse are functions; what the app asks of it is kept and can be looked at.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"

#include "core/base/json.h"
#include "web/app/platform/platform.h"

namespace floodlight::test {

struct SavedFile {
  std::string name;
  std::vector<std::uint8_t> bytes;
  std::string mime;
};

/// Keys that are held while another is pressed, or the mouse is used.
struct Modifiers {
  bool ctrl = false;
  bool shift = false;
  bool alt = false;
  bool meta = false;
};

/// What the page has been told of the mirror, kept as the page keeps it: from differences alone.
struct ToldMirror {
  std::map<ImGuiID, Json::Object> entries;
  std::vector<ImGuiID> order;
  void apply(const Json& differences);
  /// How it differs from what the app has registered; empty where it does not.
  [[nodiscard]] std::string difference() const;
};

struct Browser {
  // What a machine keeps, also when the page is loaded again.
  std::map<std::string, std::string> settings;
  bool reduced_motion = false;

  // What the page was opened with.
  ImVec2 size{1280, 800};
  float ratio = 1;
  bool has_gpu = true;  ///< else the processor draws
  std::string fragment;

  // What the app has made of it.
  std::string title;
  bool light = false;
  std::string clipboard;
  std::vector<std::uint32_t> picture;  ///< as the processor has drawn it, row by row
  std::vector<SavedFile> saved;
  std::vector<platform::FilePurpose> asked_for;  ///< files, through the chooser
  int notices_shown = 0;                         ///< how often
  std::optional<std::string> gave_up;
  std::vector<std::string> misuses;  ///< of Dear ImGui, which it can tell: what was begun and not ended, and the like
  ToldMirror told;

  // Time.
  double now = 0;                   ///< milliseconds
  double frame_time = 1000.0 / 60;  ///< from frame to frame
  std::uint64_t frames = 0;
};
Browser& browser();

/// Loads the page: the app begins anew with `browser().fragment`, at that size. Nothing is drawn yet.
void load_page();
/// The part of the program that the page fetches after its first picture is there.
void deliver_rest();

/// Draws a frame if one is owed, or does what is to be done between two; false where neither is.
bool go_on();
/// Lets this time pass, with whatever is due in it.
void pass(double milliseconds);
/// Whether nothing is computed, drawn or answered any more until somebody does something.
bool is_settled();
/// The screen changes its size; CSS pixels, and device pixels for each of them.
void resize(ImVec2 size, float ratio = 1);

// The functions of the mouse; places in CSS pixels.
void move_mouse(ImVec2 to);
void press_mouse(ImGuiMouseButton button = ImGuiMouseButton_Left);
void release_mouse(ImGuiMouseButton button = ImGuiMouseButton_Left);
/// Positive `y` scrolls down, as the DOM counts; a notch is 100. With Ctrl it is a pinch.
void turn_wheel(ImVec2 by, bool ctrl = false);
void leave_with_mouse();
/// Two fingers moved their middle and spread by this factor.
void pinch(ImVec2 centre, ImVec2 pan, float zoom);
void focus_window(bool focused);

/// Presses and releases a key by KeyboardEvent.key. Whether the app uses it, so that the browser does not.
bool type_key(std::string_view key, const Modifiers& held = {});
bool key_down(std::string_view key, const Modifiers& held = {});
void key_up(std::string_view key, const Modifiers& held = {});

/// The GPU's objects go, and come back empty.
void lose_gpu();

}  // namespace floodlight::test
