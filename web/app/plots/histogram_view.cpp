#include "web/app/plots/histogram_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "imgui_internal.h"

#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

double bar_height(double count, bool logarithmic) { return logarithmic ? std::log10(1 + count) : count; }

}  // namespace

double axis_end(const Histogram& h, double cutoff) {
  const auto first = static_cast<double>(h.edges.front());
  const auto brightest = static_cast<double>(h.edges.back());
  std::int64_t all = 0;
  for (const std::int64_t count : h.counts) all += count;
  std::int64_t below = 0;
  double end = brightest;
  for (std::size_t i = 0; i < h.counts.size(); ++i) {
    below += h.counts[i];
    if (static_cast<double>(below) < 0.999 * static_cast<double>(all)) continue;
    end = static_cast<double>(h.edges[i + 1]);
    break;
  }
  // The cutoff stays in sight; and where little would be won, nothing is cut off.
  end = std::max(end, cutoff + (cutoff - first) * 0.1);
  return (brightest - first) > 1.5 * (end - first) ? end : brightest;
}

std::int64_t count_beyond(const Histogram& h, double end) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < h.counts.size(); ++i) count += static_cast<double>(h.edges[i]) >= end ? h.counts[i] : 0;
  return count;
}

double round_cutoff(double value, double range) {
  if (range <= 0) return value;
  const double grain = std::pow(10, std::floor(std::log10(range / 1000) + 0.5));
  return std::round(value / grain) * grain;
}

std::optional<double> histogram_view(const Histogram& h, const HistogramMarks& marks, float height,
                                     std::optional<BarRange>* pointed) {
  const FontScope face(Font::regular, small_text);
  const float line = ImGui::GetTextLineHeight();
  const float width = available_width();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton("Cutoff", {width, height});
  const ImGuiID id = item_id();
  const bool active = ImGui::IsItemActive();
  const bool hovered = ImGui::IsItemHovered();
  auto* draw = ImGui::GetWindowDrawList();
  // Room for the handle's number above and the axis below.
  const ImRect plot({at.x, at.y + line + px(8)}, {at.x + width, at.y + height - line - px(12)});
  const double low = static_cast<double>(h.edges.front());
  const double high = marks.axis_high.value_or(static_cast<double>(h.edges.back()));
  const double range = high > low ? high - low : 1;
  const auto x_of = [&](double value) {
    return plot.Min.x + static_cast<float>(std::clamp((value - low) / range, 0.0, 1.0)) * plot.GetWidth();
  };

  const double tallest = bar_height(static_cast<double>(std::ranges::max(h.counts)), marks.logarithmic);
  // Bars narrower than a pixel of the screen are drawn as the tallest of their column.
  const auto shown = static_cast<std::size_t>(
      std::ranges::count_if(h.edges, [&](float edge) { return static_cast<double>(edge) < high; }));
  const std::size_t bars = std::clamp(shown, std::size_t{1}, h.counts.size());
  const auto columns = static_cast<std::size_t>(std::clamp(plot.GetWidth(), 1.0F, static_cast<float>(bars)));
  for (std::size_t c = 0; c < columns; ++c) {
    const std::size_t first = c * bars / columns;
    const std::size_t last = std::max(first + 1, (c + 1) * bars / columns);
    const auto most = *std::max_element(h.counts.begin() + static_cast<std::ptrdiff_t>(first),
                                        h.counts.begin() + static_cast<std::ptrdiff_t>(last));
    if (most == 0) continue;
    const double share = bar_height(static_cast<double>(most), marks.logarithmic) / tallest;
    const float left = x_of(static_cast<double>(h.edges[first]));
    const float right = std::max(left + 1, x_of(static_cast<double>(h.edges[last])));
    const bool above = !marks.covered && static_cast<double>(h.centres[first]) > marks.highest;
    const float mouse = ImGui::GetIO().MousePos.x;
    const bool under = pointed != nullptr && hovered && !active && mouse >= left && mouse < right &&
                       ImGui::GetIO().MousePos.y > plot.Min.y + px(8);
    if (under) {
      std::int64_t count = 0;
      for (std::size_t i = first; i < last; ++i) count += h.counts[i];
      // The last bar includes its end.
      const float end = last == h.counts.size() ? std::nextafter(h.edges[last], INFINITY) : h.edges[last];
      *pointed = BarRange{h.edges[first], end, count};
    }
    const bool probed_here = marks.probed && *marks.probed >= static_cast<double>(h.edges[first]) &&
                             (*marks.probed < static_cast<double>(h.edges[last]) ||
                              (last == h.counts.size() && *marks.probed <= static_cast<double>(h.edges[last])));
    const ImU32 ink = under || probed_here ? theme().seed
                      : above              ? (theme().light ? theme().text : theme().foreground)
                                           : theme().dim;
    draw->AddRectFilled({left, plot.Max.y - static_cast<float>(share) * plot.GetHeight()}, {right, plot.Max.y}, ink);
  }
  draw->AddLine({plot.Min.x, plot.Max.y}, {plot.Max.x, plot.Max.y}, theme().muted);

  const auto label = [&](float x, float y, ImU32 colour, const std::string& text) {
    const float w = ImGui::CalcTextSize(text.c_str()).x;
    draw->AddText({std::clamp(x - w / 2, plot.Min.x, std::max(plot.Min.x, plot.Max.x - w)), y}, colour, text.c_str());
  };
  const float axis = plot.Max.y + px(9);
  label(plot.Min.x, axis, theme().muted, number(low));
  label(plot.Max.x, axis, theme().muted, number(high));
  label(plot.GetCenter().x, axis, theme().muted, "intensity value");
  const char* const counts = marks.logarithmic ? "pixels, logarithmic" : "pixels";
  draw->AddText({plot.Max.x - ImGui::CalcTextSize(counts).x, at.y}, theme().muted, counts);
  if (marks.probed) {
    const float x = x_of(*marks.probed);
    draw->AddTriangleFilled({x, plot.Max.y}, {x - px(4), plot.Max.y + px(7)}, {x + px(4), plot.Max.y + px(7)},
                            theme().text);
  }
  if (marks.suggestion) {
    const float x = x_of(*marks.suggestion);
    for (float y = plot.Min.y; y < plot.Max.y; y += px(6))
      draw->AddLine({x, y}, {x, std::min(y + px(3), plot.Max.y)}, theme().text, px(1));
  }
  if (!marks.covered) {
    const float x = x_of(marks.cutoff);
    const float last = x_of(marks.highest);
    if (last > x) {  // what lies in between is above the cutoff at some places and not at others
      draw->AddRectFilled({x, plot.Min.y}, {last, plot.Max.y}, faded(theme().accent, 0.25F));
      draw->AddLine({last, plot.Min.y - px(2)}, {last, plot.Max.y}, theme().accent, px(2));
    }
    draw->AddLine({x, plot.Min.y - px(2)}, {x, plot.Max.y}, theme().accent, px(2));
    draw->AddCircleFilled({x, plot.Min.y}, active || hovered ? px(7) : px(6), theme().accent);
    label((x + last) / 2, at.y, theme().accent, from_to(marks.cutoff, marks.highest));
  }

  std::optional<double> chosen;
  if (hovered || active) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (active) {
    const double share = (ImGui::GetIO().MousePos.x - plot.Min.x) / plot.GetWidth();
    chosen = std::clamp(low + share * range, low, high);
  }
  while (auto request = mirror().take_request(id)) {
    if (request->kind == Request::Kind::number) chosen = request->number;
  }
  MirrorItem item;
  item.role = Role::slider;
  item.name = "Cutoff in the histogram";
  item.value_text = marks.covered ? "?" : from_to(marks.cutoff, marks.highest);
  item.number = marks.covered ? low : marks.cutoff;
  item.min = low;
  item.max = static_cast<double>(h.edges.back());
  item.step = round_cutoff(range / 200, range);
  registered(std::move(item), "Drag the cutoff: pixels to its right become foreground.");
  if (chosen) chosen = round_cutoff(*chosen, range);
  if (chosen && *chosen == marks.cutoff) chosen.reset();
  return chosen;
}

std::optional<double> variance_view(const OtsuCurve& curve, double cutoff, double axis_high, std::string_view caption,
                                    float height) {
  const FontScope face(Font::regular, small_text);
  const float width = available_width();
  const float line = ImGui::GetTextLineHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton("Variance", {width, height});
  const ImGuiID id = item_id();
  const bool active = ImGui::IsItemActive();
  const ImRect plot({at.x, at.y}, {at.x + width, at.y + height - line - px(4)});
  auto* draw = ImGui::GetWindowDrawList();
  const double low = curve.splits.front().cutoff;
  const double high = std::max(std::min(curve.splits.back().cutoff, axis_high), low + 1e-9);
  const double most = curve.splits[curve.best].variance;
  const auto point = [&](const OtsuSplit& s) {
    const auto x = static_cast<float>((s.cutoff - low) / (high - low));
    const auto y = static_cast<float>(most > 0 ? s.variance / most : 0);
    return ImVec2(plot.Min.x + x * plot.GetWidth(), plot.Max.y - y * (plot.GetHeight() - px(4)));
  };
  std::vector<ImVec2> points;
  // One for each column of the screen, its highest: of a histogram with thousands of bins no more can be seen.
  for (const OtsuSplit& s : curve.splits) {
    if (s.cutoff > high) break;
    const ImVec2 p = point(s);
    if (points.empty() || std::floor(p.x) != std::floor(points.back().x)) {
      points.push_back(p);
    } else if (p.y < points.back().y) {
      points.back() = p;
    }
  }
  draw->AddPolyline(points.data(), static_cast<int>(points.size()), theme().border, 0, px(1.5F));
  draw->AddLine({plot.Min.x, plot.Max.y}, {plot.Max.x, plot.Max.y}, theme().muted);
  if (curve.splits[curve.best].cutoff <= high)
    draw->AddCircleFilled(point(curve.splits[curve.best]), px(4), theme().border);
  const auto x = plot.Min.x + static_cast<float>(std::clamp((cutoff - low) / (high - low), 0.0, 1.0)) * plot.GetWidth();
  draw->AddLine({x, plot.Min.y}, {x, plot.Max.y}, theme().accent, px(2));
  draw->AddText({plot.Min.x, plot.Max.y + px(2)}, theme().muted, caption.data(), caption.data() + caption.size());
  add_text(Role::text, "what the curve is", std::string(caption), {plot.Min.x, plot.Max.y}, at + ImVec2(width, height));
  std::optional<double> chosen;
  if (ImGui::IsItemHovered() || active) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (active) {
    const double share = static_cast<double>((ImGui::GetIO().MousePos.x - plot.Min.x) / plot.GetWidth());
    chosen = std::clamp(low + share * (high - low), low, high);
  }
  while (auto request = mirror().take_request(id)) {
    if (request->kind == Request::Kind::number) chosen = request->number;
  }
  registered({.role = Role::slider,
              .name = "Cutoff on Otsu's curve",
              .value_text = number(cutoff),
              .number = cutoff,
              .min = low,
              .max = curve.splits.back().cutoff,
              .step = round_cutoff((high - low) / 200, high - low)},
             "Drag it and watch the variance between the two classes fall.");
  if (chosen) chosen = round_cutoff(*chosen, high - low);
  if (chosen && *chosen == cutoff) chosen.reset();
  return chosen;
}

std::optional<int> size_view(std::string_view what, const std::vector<std::int64_t>& sizes, int limit, float height) {
  constexpr std::size_t bar_count = 32;
  const FontScope face(Font::regular, small_text);
  const float width = available_width();
  const float line = ImGui::GetTextLineHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton("Sizes", {width, height});
  const ImGuiID id = item_id();
  const bool active = ImGui::IsItemActive();
  const ImRect plot({at.x, at.y}, {at.x + width, at.y + height - line - px(6)});
  auto* draw = ImGui::GetWindowDrawList();
  const double largest = std::max(100.0, sizes.empty() ? 0.0 : static_cast<double>(sizes.back()));
  const double decades = std::log10(largest * 1.5);
  const auto share_of = [&](double size) { return std::clamp(std::log10(std::max(size, 1.0)) / decades, 0.0, 1.0); };
  std::array<int, bar_count> counts{};
  for (const auto size : sizes) {
    const auto bar = static_cast<std::size_t>(share_of(static_cast<double>(size)) * bar_count);
    ++counts[std::min(bar, bar_count - 1)];
  }
  const int tallest = std::max(1, std::ranges::max(counts));
  const float step = plot.GetWidth() / static_cast<float>(bar_count);
  const float cut = plot.Min.x + static_cast<float>(share_of(limit + 0.5)) * plot.GetWidth();
  for (std::size_t i = 0; i < bar_count; ++i) {
    if (counts[i] == 0) continue;
    const float left = plot.Min.x + step * static_cast<float>(i);
    const auto share = std::sqrt(static_cast<float>(counts[i]) / static_cast<float>(tallest));
    const ImU32 ink = left + step / 2 < cut ? theme().error : theme().dim;
    draw->AddRectFilled({left, plot.Max.y - share * plot.GetHeight()}, {left + step - 1, plot.Max.y}, ink);
  }
  draw->AddLine({plot.Min.x, plot.Max.y}, {plot.Max.x, plot.Max.y}, theme().muted);
  draw->AddLine({cut, plot.Min.y}, {cut, plot.Max.y}, theme().accent, px(2));
  draw->AddCircleFilled({cut, plot.Min.y + px(5)}, px(5), theme().accent);
  const std::string right = number(largest) + " px";
  draw->AddText({plot.Min.x, plot.Max.y + px(3)}, theme().muted, "1");
  const std::string name = "size (logarithmic)";
  draw->AddText({plot.GetCenter().x - ImGui::CalcTextSize(name.c_str()).x / 2, plot.Max.y + px(3)}, theme().muted,
                name.c_str());
  draw->AddText({plot.Max.x - ImGui::CalcTextSize(right.c_str()).x, plot.Max.y + px(3)}, theme().muted, right.c_str());
  std::optional<int> chosen;
  if (ImGui::IsItemHovered() || active) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (active) {
    const double share = static_cast<double>((ImGui::GetIO().MousePos.x - plot.Min.x) / plot.GetWidth());
    chosen = static_cast<int>(std::lround(std::pow(10, std::clamp(share, 0.0, 1.0) * decades)));
  }
  while (auto request = mirror().take_request(id)) {
    if (request->kind == Request::Kind::number) chosen = static_cast<int>(request->number);
  }
  const auto below = std::ranges::upper_bound(sizes, static_cast<std::int64_t>(limit)) - sizes.begin();
  registered({.role = Role::slider,
              .name = "Limit among the sizes",
              .value_text = std::to_string(limit) + " px",
              .number = static_cast<double>(limit),
              .min = 1,
              .max = largest,
              .step = 1},
             "Drag the limit: what is at most so large goes.");
  note(std::to_string(below) + " of " + std::to_string(sizes.size()) + " " + std::string(what) + " are at most " +
       std::to_string(limit) + " px.");
  if (chosen && *chosen == limit) chosen.reset();
  return chosen;
}

}  // namespace floodlight::ui
