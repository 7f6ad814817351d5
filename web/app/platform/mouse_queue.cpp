// The mouse's events on their way to Dear ImGui.
#include "web/app/platform/mouse_queue.h"

#include "imgui_internal.h"

namespace floodlight::platform {

void MouseQueue::move(ImVec2 to, ImGuiMouseSource source) {
  add({.kind = Event::Kind::move, .at = to, .source = source});
}

void MouseQueue::press(int button, bool down) {
  add({.kind = Event::Kind::press, .at = {}, .button = button, .down = down});
}

void MouseQueue::turn_wheel(float x, float y) { add({.kind = Event::Kind::wheel, .at = {x, y}}); }

void MouseQueue::add(const Event& event) {
  waiting_.push_back(event);
  pass();
}

bool MouseQueue::pass() {
  ImGuiIO& io = ImGui::GetIO();
  const auto& taken = ImGui::GetCurrentContext()->InputEventsQueue;
  while (!waiting_.empty()) {
    const Event event = waiting_.front();
    if (event.kind == Event::Kind::press && !event.down && !taken.empty()) return true;
    waiting_.pop_front();
    switch (event.kind) {
      case Event::Kind::move:
        io.AddMouseSourceEvent(event.source);
        io.AddMousePosEvent(event.at.x, event.at.y);
        break;
      case Event::Kind::press:
        io.AddMouseButtonEvent(event.button, event.down);
        break;
      case Event::Kind::wheel:
        io.AddMouseWheelEvent(event.at.x, event.at.y);
        break;
    }
  }
  return !taken.empty();
}

}  // namespace floodlight::platform
