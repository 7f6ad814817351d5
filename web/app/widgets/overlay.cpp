#include "web/app/widgets/overlay.h"

#include <algorithm>

#include "imgui_internal.h"

#include "web/app/platform/platform.h"

namespace floodlight::ui {

Overlay begin_overlay(const char* name, float width, float height_share, float top) {
  if (!ImGui::IsPopupOpen(name)) ImGui::OpenPopup(name);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  width = std::min(width, screen.x - px(32));
  ImGui::SetNextWindowPos({screen.x * 0.5F, top + (screen.y - top) * height_share}, ImGuiCond_Always,
                          {0.5F, height_share});
  ImGui::SetNextWindowSizeConstraints({width, 0}, {width, screen.y - top});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(10));
  ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 1);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(px(24), px(24)));
  const bool shown = ImGui::BeginPopupModal(name, nullptr,
                                            ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                                ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                                                ImGuiWindowFlags_AlwaysAutoResize);
  if (!shown) {
    ImGui::PopStyleVar(3);
    return Overlay::hidden;
  }
  // Dear ImGui would fade the page out over several frames; nothing moves here by itself.
  ImGui::GetCurrentContext()->DimBgRatio = 1;
  const bool outside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !ImGui::IsWindowAppearing() &&
                       !ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  return outside ? Overlay::left : Overlay::shown;
}

GroupScope dialog_group(const char* name) {
  const ImVec2 at = ImGui::GetWindowPos();
  return {name, Role::dialog, at, at + ImGui::GetWindowSize()};
}

void end_overlay(bool close) {
  if (close) {
    ImGui::CloseCurrentPopup();
    ImGui::GetCurrentContext()->DimBgRatio = 0;
    platform::request_frame();
  }
  ImGui::EndPopup();
  ImGui::PopStyleVar(3);
}

}  // namespace floodlight::ui
