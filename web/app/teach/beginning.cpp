#include "web/app/teach/beginning.h"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"

#include "web/app/files/share.h"
#include "web/app/platform/platform.h"
#include "web/app/teach/tour.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr float padding = 20;

/// The next button stands beside the last one where it fits, else below it.
void beside(const char* next) {
  const float needed = px(8) + ImGui::CalcTextSize(next, nullptr, true).x + px(24);
  const float right = ImGui::GetWindowPos().x + ImGui::GetWindowWidth() - px(padding);
  if (ImGui::GetItemRectMax().x + needed <= right) ImGui::SameLine(0, px(8));
}

}  // namespace

void beginning(App& app, ImVec2 min, ImVec2 max) {
  if (!app.panel.beginning) return;
  // While nothing was done the page's link has nothing to say.
  const bool untouched = !app.tour.on && !app.presenting && !app.can_undo() && fragment_of(app).empty();
  if (!untouched) {
    app.panel.beginning = false;
    return;
  }
  const float width = std::min(px(560), max.x - min.x - px(32));
  // In a low window it covers the image's own buttons rather than the header.
  const ImGuiWindow* drawn = ImGui::FindWindowByName("Beginning");
  const float bottom = std::max(max.y - px(62), min.y + px(4) + (drawn != nullptr ? drawn->Size.y : 0));
  ImGui::SetNextWindowPos({(min.x + max.x) / 2, bottom}, ImGuiCond_Always, {0.5F, 1});
  ImGui::SetNextWindowSize({width, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(10));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(px(padding), px(16)));
  ImGui::Begin("Beginning", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoFocusOnAppearing);
  {
    const ImVec2 at = ImGui::GetWindowPos();
    const GroupScope group("How to begin", Role::region, at, at + ImGui::GetWindowSize());
    const FontScope face(Font::regular, body_text);
    paragraph(
        "How does a computer find every nucleus in an image? Ten steps lead from the numbers to the answer that you "
        "see here, and each says why.");
    gap(8);
    if (button("Start the tour", {.help = "Sixteen prepared views, one after the other.", .primary = true})) {
      start_tour(app);
    }
    beside("Begin at step 1");
    if (button("Begin at step 1", {.help = "The image as numbers; then one step after the other."}))
      app.go_to(StepId::pixels);
    beside("Open my image");
    if (button("Open my image", {.help = "A TIFF of your own. It stays on this machine."})) {
      app.panel.beginning = false;
      platform::open_file_dialog();
    }
    beside("Close");
    if (button("Close##beginning", {.help = "The image stays as it is.", .quiet = true, .name = "Close this"}))
      app.panel.beginning = false;
  }
  ImGui::End();
  ImGui::PopStyleVar(2);
}

}  // namespace floodlight::ui
