#include "web/app/plots/field_plots.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "imgui_internal.h"

#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr float gutter = 46;  // for the numbers of the upright axis

std::string rounded(double value) {
  const double grain = std::abs(value) >= 100 ? 1 : std::abs(value) >= 10 ? 10 : 100;
  return number(std::round(value * grain) / grain);
}

std::string title_of(std::string_view name, std::string_view unit) {
  return std::string(name) + (unit.empty() ? "" : " (" + std::string(unit) + ")");
}

/// A plot's place: a title above, numbers at the left, an axis below.
struct Frame {
  ImRect plot;
  double low = 0;
  double high = 1;
  std::size_t count = 1;  ///< of places along the axis

  [[nodiscard]] float y(double value) const {
    const double share = std::clamp((value - low) / (high - low), 0.0, 1.0);
    return plot.Max.y - static_cast<float>(share) * plot.GetHeight();
  }
  [[nodiscard]] float pitch() const { return plot.GetWidth() / static_cast<float>(count); }
  [[nodiscard]] float x(std::size_t i) const { return plot.Min.x + pitch() * (static_cast<float>(i) + 0.5F); }
  /// The place under the pointer.
  [[nodiscard]] std::size_t under(float mouse) const {
    const float share = (mouse - plot.Min.x) / pitch();
    return static_cast<std::size_t>(std::clamp(share, 0.0F, static_cast<float>(count) - 1));
  }
};

Frame frame_at(ImVec2 at, float width, float height, std::size_t count, double low, double high) {
  const float line = ImGui::GetTextLineHeight();
  Frame f;
  f.plot = {{at.x + px(gutter), at.y + line + px(10)}, {at.x + width, at.y + height - line - px(6)}};
  f.low = low;
  f.high = high > low ? high : low + 1;
  f.count = count;
  return f;
}

/// `readout`: of the place at hand, below the axis in the middle.
void draw_axes(const Frame& f, const std::string& title, const std::string& readout) {
  auto* draw = ImGui::GetWindowDrawList();
  const float line = ImGui::GetTextLineHeight();
  const float left = f.plot.Min.x - px(gutter);
  const auto right_aligned = [&](float x, float y, ImU32 colour, const std::string& text) {
    draw->AddText({x - ImGui::CalcTextSize(text.c_str()).x, y}, colour, text.c_str());
  };
  draw->AddText({left, f.plot.Min.y - line - px(10)}, theme().text, title.c_str());
  const float numbers = f.plot.Min.x - px(6);
  right_aligned(numbers, f.plot.Min.y - line / 2, theme().muted, rounded(f.high));
  right_aligned(numbers, f.plot.Max.y - line / 2, theme().muted, rounded(f.low));
  draw->AddLine({f.plot.Min.x, f.plot.Max.y}, f.plot.Max, theme().muted);
  const float below = f.plot.Max.y + px(4);
  draw->AddText({f.plot.Min.x, below}, theme().muted, "1");
  right_aligned(f.plot.Max.x, below, theme().muted, std::to_string(f.count));
  const std::string middle = readout.empty() ? std::string("image") : readout;
  draw->AddText({f.plot.GetCenter().x - ImGui::CalcTextSize(middle.c_str()).x / 2, below},
                readout.empty() ? theme().muted : theme().accent, middle.c_str());
}

/// At most so many bytes, cut between characters.
std::string shortened(const std::string& name, std::size_t room) {
  if (name.size() <= room) return name;
  std::size_t end = room - 2;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end) + "..";
}

std::string readout(const FieldPlot& p, std::optional<std::size_t> i) {
  if (!i || *i >= p.values.size()) return {};
  constexpr std::size_t room = 18;
  std::string text = shortened(p.fields[*i], room) + ": ";
  if (const auto& v = p.values[*i]) {
    text += rounded(v->median);
    if (p.marks == FieldMarks::boxes) text += " (" + rounded(v->low) + " to " + rounded(v->high) + ")";
  } else {
    text += "no value";
  }
  if (*i < p.others.size() && p.others[*i]) text += ", " + std::string(p.others_name) + " " + rounded(*p.others[*i]);
  return text;
}

std::pair<double, double> range_of(const FieldPlot& p) {
  std::optional<std::pair<double, double>> range;
  const auto take = [&](double value) {
    range = range ? std::pair(std::min(range->first, value), std::max(range->second, value)) : std::pair(value, value);
  };
  for (const auto& v : p.values) {
    if (!v) continue;
    take(p.marks == FieldMarks::boxes ? v->low : v->median);
    take(p.marks == FieldMarks::boxes ? v->high : v->median);
  }
  for (const auto& v : p.others) {
    if (v) take(*v);
  }
  if (p.line) take(*p.line);
  const auto [low, high] = range.value_or(std::pair(0.0, 1.0));
  // Dots and boxes keep off the frame; bars stand on it.
  const double margin = p.marks == FieldMarks::bars ? 0 : 0.04 * (high - low);
  // What is never negative has an axis that is never negative.
  const double below = low >= 0 ? std::max(low - margin, 0.0) : low - margin;
  return {std::min(below, p.lowest), high + margin};
}

void draw_mark(const FieldPlot& p, const Frame& f, std::size_t i, bool here) {
  auto* draw = ImGui::GetWindowDrawList();
  const float x = f.x(i);
  const float half = std::clamp(f.pitch() * 0.36F, px(1), px(7));
  const ImU32 ink = here ? theme().accent : theme().border;
  if (const auto& v = p.values[i]) {
    const float y = f.y(v->median);
    switch (p.marks) {
      case FieldMarks::bars:
        draw->AddRectFilled({x - half, y}, {x + half, f.plot.Max.y}, here ? theme().accent : theme().dim);
        break;
      case FieldMarks::dots:
        draw->AddCircleFilled({x, y}, std::min(half + px(1), px(4)), ink);
        break;
      case FieldMarks::boxes:
        draw->AddRectFilled({x - half, f.y(v->high)}, {x + half, f.y(v->low)}, here ? theme().accent : theme().dim);
        draw->AddLine({x - half, y}, {x + half, y}, here ? theme().on_accent : theme().text, px(2));
        break;
    }
  } else {
    draw->AddText({x - px(3), f.plot.Max.y - ImGui::GetTextLineHeight()}, theme().muted, "-");
  }
  if (i < p.others.size() && p.others[i]) {
    // A ring with a dark core, so that it is seen on a bar as well.
    const ImVec2 centre(x, f.y(*p.others[i]));
    draw->AddCircleFilled(centre, px(4), theme().panel);
    draw->AddCircle(centre, px(4), theme().seed, 0, px(1.5F));
  }
}

/// Registers a plot as a slider over its places; the place that was asked for.
std::optional<std::size_t> registered_places(const std::string& name, const std::string& value, std::size_t at,
                                             std::size_t count, std::string_view help) {
  std::optional<std::size_t> asked;
  while (auto request = mirror().take_request(item_id())) {
    if (request->kind == Request::Kind::number)
      asked = static_cast<std::size_t>(std::clamp(request->number, 1.0, static_cast<double>(count))) - 1;
  }
  registered({.role = Role::slider,
              .name = name,
              .value_text = value,
              .number = static_cast<double>(at + 1),
              .min = 1,
              .max = static_cast<double>(count),
              .step = 1},
             help);
  return asked;
}

}  // namespace

bool pointer_moved() {
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  return moved.x != 0 || moved.y != 0;
}

std::optional<std::size_t> field_plot(const FieldPlot& p, std::optional<std::size_t>& at_hand, float height) {
  if (p.values.empty()) return std::nullopt;
  const FontScope face(Font::regular, small_text);
  const float width = available_width();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string title = title_of(p.name, p.unit);
  const bool pressed = ImGui::InvisibleButton(title.c_str(), {width, height});
  const auto [low, high] = range_of(p);
  const Frame f = frame_at(at, width, height, p.values.size(), low, high);
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (pressed || pointer_moved()) at_hand = f.under(ImGui::GetIO().MousePos.x);
  }
  const std::string read = readout(p, at_hand);
  draw_axes(f, title, read);
  if (p.line) {
    const float y = f.y(*p.line);
    for (float x = f.plot.Min.x; x < f.plot.Max.x; x += px(7))
      ImGui::GetWindowDrawList()->AddLine({x, y}, {std::min(x + px(4), f.plot.Max.x), y}, theme().seed, px(1.5F));
  }
  for (std::size_t i = 0; i < p.values.size(); ++i) draw_mark(p, f, i, at_hand == i);
  const auto asked = registered_places(title, read.empty() ? "no image chosen" : read, at_hand.value_or(0),
                                       p.values.size(), "One mark for each image. A click opens it.");
  if (asked) at_hand = asked;
  return pressed && hovered ? at_hand : std::nullopt;
}

void running_plot(const RunningPlot& p, std::size_t& at, float height) {
  if (p.running.empty()) return;
  const FontScope face(Font::regular, small_text);
  const float width = available_width();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const std::string title = title_of("Running " + std::string(p.name), p.unit);
  ImGui::InvisibleButton(title.c_str(), {width, height});
  const double last = p.running.back();
  const double reach = p.share * std::abs(last);
  double low = last - 2 * reach;
  double high = last + 2 * reach;
  for (std::size_t i = 0; i < p.running.size(); ++i) {
    for (const double value : {p.running[i], p.band.low[i], p.band.high[i]}) {
      if (std::isnan(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  const Frame f = frame_at(corner, width, height, p.running.size(), low, high);
  at = std::min(at, p.running.size() - 1);
  if (ImGui::IsItemHovered() && pointer_moved()) at = f.under(ImGui::GetIO().MousePos.x);
  const std::string read = "after " + std::to_string(at + 1) + (at == 0 ? " image: " : " images: ") +
                           (std::isnan(p.running[at]) ? std::string("no nucleus") : rounded(p.running[at]));
  draw_axes(f, title, read);
  auto* draw = ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i + 1 < p.running.size(); ++i) {
    if (std::isnan(p.band.low[i])) continue;
    draw->AddQuadFilled({f.x(i), f.y(p.band.high[i])}, {f.x(i + 1), f.y(p.band.high[i + 1])},
                        {f.x(i + 1), f.y(p.band.low[i + 1])}, {f.x(i), f.y(p.band.low[i])}, faded(theme().dim, 0.45F));
  }
  const float upper = f.y(last + reach);
  const float lower = f.y(last - reach);
  draw->AddRectFilled({f.plot.Min.x, upper}, {f.plot.Max.x, lower}, faded(theme().border, 0.16F));
  for (const float y : {upper, lower}) draw->AddLine({f.plot.Min.x, y}, {f.plot.Max.x, y}, theme().border);
  std::vector<ImVec2> points;
  for (std::size_t i = 0; i < p.running.size(); ++i) {
    if (!std::isnan(p.running[i])) points.emplace_back(f.x(i), f.y(p.running[i]));
  }
  draw->AddPolyline(points.data(), static_cast<int>(points.size()), theme().text, 0, px(2));
  if (p.needed > 0) {
    const float x = f.x(p.needed - 1);
    draw->AddLine({x, f.plot.Min.y}, {x, f.plot.Max.y}, theme().accent, px(1.5F));
    const std::string text = std::to_string(p.needed);
    draw->AddText({x + px(4), f.plot.Min.y}, theme().accent, text.c_str());
  }
  if (!std::isnan(p.running[at])) draw->AddCircleFilled({f.x(at), f.y(p.running[at])}, px(4), theme().accent);
  if (const auto asked =
          registered_places(title, read + (p.unit.empty() ? "" : " " + std::string(p.unit)), at, p.running.size(),
                            "The line: this order. The grey band: nine tenths of 200 orders. Between the lines: within "
                            "5 % of the mean of all."))
    at = *asked;
}

}  // namespace floodlight::ui
