#include "web/app/plots/profile_view.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "imgui_internal.h"

#include "web/app/widgets/widgets.h"

namespace floodlight::ui {

void profile_view(const std::vector<float>& raw, const std::vector<float>& other, std::string_view other_name) {
  const FontScope face(Font::regular, small_text);
  const float width = available_width();
  const float line = ImGui::GetTextLineHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImRect plot({at.x, at.y + line + px(6)}, {at.x + width, at.y + line + px(106)});
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(plot.Min, plot.Max, theme().raised, px(4));
  float low = std::numeric_limits<float>::max();
  float high = std::numeric_limits<float>::lowest();
  for (const auto* values : {&raw, &other}) {
    for (const float value : *values) {
      if (std::isnan(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  high = std::max(high, low + 1e-6F);
  const auto curve = [&](const std::vector<float>& values, ImU32 colour, float thickness) {
    std::vector<ImVec2> points;
    const auto stroke = [&] {
      draw->AddPolyline(points.data(), static_cast<int>(points.size()), colour, 0, thickness);
      points.clear();
    };
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isnan(values[i])) {
        stroke();
        continue;
      }
      const float x = values.size() < 2 ? 0 : static_cast<float>(i) / static_cast<float>(values.size() - 1);
      const float y = (values[i] - low) / (high - low);
      points.emplace_back(plot.Min.x + px(4) + x * (plot.GetWidth() - px(8)),
                          plot.Max.y - px(4) - y * (plot.GetHeight() - px(8)));
    }
    stroke();
  };
  const std::string thin = raw.empty() ? "" : "raw (thin)";
  if (!raw.empty()) curve(raw, theme().muted, px(1));
  curve(other, theme().accent, px(2));
  // The names stand in their curves' colours; the thicker line is the second one.
  const std::string second = std::string(other_name) + (raw.empty() ? "" : " (thick)");
  draw->AddText(at, theme().muted, thin.c_str());
  const float beside = raw.empty() ? 0 : ImGui::CalcTextSize(thin.c_str()).x + px(16);
  draw->AddText({at.x + beside, at.y}, theme().accent, second.c_str());
  const std::string top = number(static_cast<double>(high));
  const std::string bottom = number(static_cast<double>(low));
  draw->AddText({plot.Max.x - ImGui::CalcTextSize(top.c_str()).x - px(4), plot.Min.y + px(2)}, theme().text,
                top.c_str());
  draw->AddText({plot.Max.x - ImGui::CalcTextSize(bottom.c_str()).x - px(4), plot.Max.y - line - px(2)}, theme().text,
                bottom.c_str());
  ImGui::Dummy({width, line + px(110)});
  add_text(Role::text, "profile",
           "Profile of " + std::string(raw.empty() ? "" : "raw and ") + std::string(other_name) + " values from " +
               bottom + " to " + top,
           at, at + ImVec2(width, line + px(110)));
}

}  // namespace floodlight::ui
