// The mouse's events on their way to Dear ImGui.
#pragma once

#include <deque>

#include "imgui.h"

namespace floodlight::platform {

/// Hands the events over in their order. A button is let go only when a frame has seen where the mouse went before: Dear
/// ImGui takes both in one frame, in which nothing is dragged any more, and on a slow picture a drag would end far from
/// where it was ended.
class MouseQueue {
 public:
  /// The pointer went to a place, in CSS pixels.
  void move(ImVec2 to, ImGuiMouseSource source);
  /// A button went down or up.
  void press(int button, bool down);
  /// The wheel was turned by so many of Dear ImGui's notches.
  void turn_wheel(float x, float y);
  /// To be called after each frame; true while something waits for the next one.
  bool pass();

 private:
  struct Event {
    enum class Kind { move, press, wheel } kind;
    ImVec2 at;  // where to, or by how much
    ImGuiMouseSource source = ImGuiMouseSource_Mouse;
    int button = 0;
    bool down = false;
  };
  void add(const Event& event);

  std::deque<Event> waiting_;
};

}  // namespace floodlight::platform
