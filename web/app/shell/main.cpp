// The page's program: starts Dear ImGui on the canvas, then draws a frame whenever one is owed.
#include <emscripten/console.h>
#include <emscripten/eventloop.h>

#include "imgui.h"
#include "imgui_internal.h"

#include "web/app/platform/platform.h"
#include "web/app/shell/frame.h"

int main() {
  namespace platform = floodlight::platform;
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = false;
  // What Dear ImGui can mend in passing, as a font that was not taken back, is a mistake of ours: it is told to the console,
  // where every test looks.
  ImGui::GetCurrentContext()->ErrorCallback = [](ImGuiContext*, void*, const char* mistake) {
    emscripten_console_error(mistake);
  };
  if (!platform::start()) {
    platform::give_up("This browser gives no canvas to draw on. A current Firefox, Chrome, Edge or Safari does.");
    return 0;
  }
  // What the processor draws with comes with the rest of the program, which then begins.
  if (!platform::draws_by_processor()) floodlight::ui::begin();
  // Otherwise main's return is the end of the program, and no timer of it is heard any more.
  emscripten_runtime_keepalive_push();
  return 0;
}
