#include "web/app/plots/plots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "imgui_internal.h"

#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

struct Range {
  double low = 0;
  double high = 1;
  [[nodiscard]] float share(double value) const {
    return static_cast<float>(std::clamp((value - low) / (high - low), 0.0, 1.0));
  }
};

Range range_of(const std::vector<double>& values) {
  const auto [low, high] = std::ranges::minmax(values);
  return {low, high > low ? high : low + 1};
}

std::string title(const PlotAxis& axis) {
  return std::string(axis.name) + (axis.unit.empty() ? "" : " (" + std::string(axis.unit) + ")");
}

std::string short_number(double value) { return number(std::abs(value) >= 100 ? std::round(value) : value); }

/// The axis' ends and its name, below a plot.
void label_axis(const PlotAxis& axis, const Range& range, const ImRect& plot) {
  auto* draw = ImGui::GetWindowDrawList();
  const float y = plot.Max.y + px(3);
  const auto write = [&](float x, float part, const std::string& text, ImU32 colour) {
    draw->AddText({x - part * ImGui::CalcTextSize(text.c_str()).x, y}, colour, text.c_str());
  };
  write(plot.Min.x, 0, short_number(range.low), theme().muted);
  write(plot.GetCenter().x, 0.5F, title(axis), theme().text);
  write(plot.Max.x, 1, short_number(range.high), theme().muted);
  draw->AddLine({plot.Min.x, plot.Max.y}, plot.Max, theme().muted);
}

}  // namespace

void property_histogram(const PlotAxis& axis, std::optional<std::size_t> at_hand, float height) {
  if (axis.values.empty()) return;
  constexpr std::size_t bars = 24;
  const FontScope face(Font::regular, small_text);
  const float width = available_width();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImRect plot(at, {at.x + width, at.y + height - ImGui::GetTextLineHeight() - px(6)});
  const Range range = range_of(axis.values);
  const auto bar_of = [&](double value) {
    return std::min(static_cast<std::size_t>(range.share(value) * static_cast<float>(bars)), bars - 1);
  };
  std::array<int, bars> counts{};
  for (const double value : axis.values) ++counts[bar_of(value)];
  const auto most = static_cast<float>(std::ranges::max(counts));
  const float step = plot.GetWidth() / static_cast<float>(bars);
  auto* draw = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < bars; ++i) {
    const float left = plot.Min.x + step * static_cast<float>(i);
    const float top = plot.Max.y - static_cast<float>(counts[i]) / most * plot.GetHeight();
    const bool here = at_hand && bar_of(axis.values[*at_hand]) == i;
    draw->AddRectFilled({left, top}, {left + step - 1, plot.Max.y}, here ? theme().accent : theme().dim);
  }
  label_axis(axis, range, plot);
  ImGui::Dummy({width, height});
  add_text(Role::text, "property histogram",
           "Histogram of " + title(axis) + ", from " + short_number(range.low) + " to " + short_number(range.high) +
               ", at most " + number(static_cast<double>(most)) + " nuclei a bar",
           at, at + ImVec2(width, height));
}

std::optional<std::size_t> scatter_plot(const PlotAxis& x, const PlotAxis& y, std::optional<std::size_t> at_hand,
                                        float height) {
  if (x.values.empty()) return std::nullopt;
  const FontScope face(Font::regular, small_text);
  const float width = available_width();
  const float line = ImGui::GetTextLineHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string name = title(y) + " against " + title(x);
  bool pressed = ImGui::InvisibleButton(name.c_str(), {width, height});
  const ImRect plot({at.x, at.y + line + px(4)}, {at.x + width, at.y + height - line - px(6)});
  auto* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(plot.Min, plot.Max, theme().raised, px(3));
  const Range across = range_of(x.values);
  const Range up = range_of(y.values);
  const auto place = [&](std::size_t i) {
    return ImVec2(plot.Min.x + px(5) + across.share(x.values[i]) * (plot.GetWidth() - px(10)),
                  plot.Max.y - px(5) - up.share(y.values[i]) * (plot.GetHeight() - px(10)));
  };
  std::optional<std::size_t> nearest;
  float reach = px(10) * px(10);
  const bool hovered = ImGui::IsItemHovered();
  for (std::size_t i = 0; i < x.values.size(); ++i) {
    const ImVec2 dot = place(i);
    draw->AddCircleFilled(dot, px(2.5F), faded(theme().border, 0.75F), 8);
    const ImVec2 away = dot - ImGui::GetIO().MousePos;
    const float squared = away.x * away.x + away.y * away.y;
    if (hovered && squared < reach) {
      reach = squared;
      nearest = i;
    }
  }
  if (nearest) draw->AddCircle(place(*nearest), px(5), theme().text, 0, px(1.5F));
  if (at_hand) draw->AddCircleFilled(place(*at_hand), px(5), theme().accent);
  draw->AddText({plot.Min.x, at.y}, theme().text, title(y).c_str());
  const std::string top = short_number(up.high);
  draw->AddText({plot.Max.x - ImGui::CalcTextSize(top.c_str()).x, at.y}, theme().muted, top.c_str());
  label_axis(x, across, plot);
  pressed = mirror().take_press(ImGui::GetID(name.c_str())) || pressed;
  registered({.role = Role::button, .name = name, .value_text = std::to_string(x.values.size()) + " nuclei"},
             "A click goes to the nucleus.");
  return pressed ? nearest : std::nullopt;
}

}  // namespace floodlight::ui
