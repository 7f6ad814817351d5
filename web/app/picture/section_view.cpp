#include "web/app/picture/section_view.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "imgui_internal.h"

#include "core/explain/profile.h"
#include "web/app/picture/flood_view.h"
#include "web/app/picture/pane.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/state/layers.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

/// The ground that is flooded, as its height is written: minus the distance, or as the student has it.
float ground_of(const App& app, Pixel p) {
  const bool intensity = app.recipe().flooded == FloodedImage::intensity;
  const float value = intensity ? app.values().filtered[p] : app.values().distance[p];
  return app.watershed.forgets_minus ? value : -value;
}

std::string ground_name(const App& app) {
  const bool intensity = app.recipe().flooded == FloodedImage::intensity;
  const std::string name = intensity ? "filtered" : "distance in px";
  return app.watershed.forgets_minus ? name : "\xE2\x88\x92" + name;
}

/// A line through the seeds of two waters that meet: near the pinned pixel, else near the middle of the view.
std::pair<Pixel, Pixel> first_line(const App& app) {
  const Flood& flood = app.explanations.flood.get()->flood;
  const Pixel middle =
      app.view.pinned.value_or(Pixel{static_cast<int>(app.view.centre.y), static_cast<int>(app.view.centre.x)});
  if (flood.meetings.empty()) {
    const int row = flood.labels.view().nearest(middle).row;
    return {{row, 0}, {row, flood.labels.cols() - 1}};
  }
  const auto nearest = std::ranges::min_element(flood.meetings, {}, [&](const FloodMeeting& m) {
    return std::hypot(m.at.row - middle.row, m.at.col - middle.col);
  });
  const auto [from, to] = line_through_meeting(flood, *nearest);
  return from.col <= to.col ? std::pair(from, to) : std::pair(to, from);
}

/// From places on the line and heights to the screen.
struct Plot {
  ImRect rect;
  float low = 0;
  float high = 1;
  std::size_t pixels = 1;

  [[nodiscard]] float y(float height) const { return rect.Max.y - (height - low) / (high - low) * rect.GetHeight(); }
  /// The left edge of a pixel's column.
  [[nodiscard]] float x(std::size_t i) const {
    return rect.Min.x + rect.GetWidth() * static_cast<float>(i) / static_cast<float>(pixels);
  }
  [[nodiscard]] float middle(std::size_t i) const { return (x(i) + x(i + 1)) / 2; }
};

ImU32 colour_of(const FloodExplanation& explanation, Label label) {
  if (label <= 0) return IM_COL32(40, 40, 40, 255);
  return label_palette[explanation.colours[static_cast<std::size_t>(label)]];
}

ImU32 lighter(ImU32 colour) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
  const auto part = [](float v) { return v + (1 - v) * 0.55F; };
  return ImGui::ColorConvertFloat4ToU32({part(c.x), part(c.y), part(c.z), 1});
}

/// The seeds on the line or beside it, by their place on it.
std::vector<std::size_t> seeds_near(const App& app, const std::vector<Pixel>& line) {
  std::vector<std::size_t> places;
  for (const Pixel peak : app.values().peaks) {
    const auto nearest = std::ranges::min_element(
        line, {}, [&](Pixel p) { return std::max(std::abs(p.row - peak.row), std::abs(p.col - peak.col)); });
    if (std::max(std::abs(nearest->row - peak.row), std::abs(nearest->col - peak.col)) <= 1)
      places.push_back(static_cast<std::size_t>(nearest - line.begin()));
  }
  return places;
}

/// Water on ground, column by column; where columns are thinner than the screen's pixels, not every one.
void draw_columns(const FloodExplanation& explanation, const Plot& plot, const std::vector<SectionPixel>& section,
                  const std::vector<float>& ground, float level, ImDrawList& draw) {
  const auto every = std::max<std::size_t>(1, section.size() / static_cast<std::size_t>(plot.rect.GetWidth() + 1));
  const ImU32 rock = theme().light ? IM_COL32(0x9A, 0x93, 0x88, 255) : IM_COL32(0x5A, 0x55, 0x4E, 255);
  const float waits = px(3);
  for (std::size_t i = 0; i < section.size(); i += every) {
    const float left = plot.x(i);
    const float right = plot.x(std::min(i + every, section.size()));
    const float top = plot.y(ground[i]);
    draw.AddRectFilled({left, top}, {right, plot.rect.Max.y}, rock);
    if (!section[i].wet) continue;
    const ImU32 water = colour_of(explanation, section[i].label);
    if (level > ground[i]) draw.AddRectFilled({left, plot.y(level)}, {right, top}, water);
    if (section[i].waits)
      draw.AddRectFilled({left, std::min(top, plot.y(level)) - waits}, {right, std::min(top, plot.y(level))},
                         lighter(water));
  }
}

void small_label(ImDrawList& draw, ImVec2 at, const std::string& text, ImU32 ink) {
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  draw.AddRectFilled(at - ImVec2(px(3), 0), at + size + ImVec2(px(3), 0), faded(theme().panel, 0.8F), px(3));
  draw.AddText(at, ink, text.c_str());
}

std::string height_text(float height) { return number(std::round(static_cast<double>(height) * 100) / 100 + 0.0); }

}  // namespace

bool shows_section(const App& app) {
  return app.watershed.section.open && app.watershed.section.from && app.watershed.section.to &&
         app.step == StepId::watershed && app.explanations.flood.get() != nullptr &&
         layers_of(app, app.step).after == Layer::flood && !app.covers(Covers::labels);
}

std::vector<Pixel> section_pixels(const App& app) {
  return line_pixels(*app.watershed.section.from, *app.watershed.section.to);
}

void show_or_leave_section(App& app) {
  SectionLine& s = app.watershed.section;
  if (app.step != StepId::watershed || app.explanations.flood.get() == nullptr) return;
  s.open = !s.open;
  s.drawing = false;
  if (s.open && !(s.from && s.to)) std::tie(s.from, s.to) = first_line(app);
  platform::request_frame();
}

void section_controls(App& app) {
  SectionLine& s = app.watershed.section;
  bool open = s.open;
  if (toggle("Profile along a line", open, "The landscape cut along a line, and the water in it."))
    show_or_leave_section(app);
  if (!s.open) return;
  const FontScope face(Font::regular, small_text);
  if (button("Draw a line", {.help = "Drag over the picture, from one end to the other.", .pressed = s.drawing}))
    s.drawing = !s.drawing;
  ImGui::SameLine(0, px(8));
  if (button("From the pin", {.help = "The line begins at the pinned pixel.", .disabled = !app.view.pinned}))
    s.from = app.view.pinned;
  ImGui::SameLine(0, px(8));
  if (button("To the pin", {.help = "The line ends at the pinned pixel.", .disabled = !app.view.pinned}))
    s.to = app.view.pinned;
  if (s.drawing) note("Drag over the picture.");
}

void draw_line_with_pointer(App& app) {
  SectionLine& s = app.watershed.section;
  const auto hovered = app.view.hovered;
  if (ImGui::IsItemActive() && hovered) {
    if (ImGui::IsItemActivated()) s.from = hovered;
    s.to = hovered;
  }
  if (ImGui::IsItemDeactivated() && s.from != s.to) s.drawing = false;
}

std::optional<Pixel> section_view(const App& app, ImVec2 min, ImVec2 max) {
  const FloodExplanation& explanation = *app.explanations.flood.get();
  const std::vector<Pixel> line = section_pixels(app);
  const std::int32_t time = app.display.flood_time;
  const auto section = flood_section(explanation.flood, app.values().seeds.labels, line, time);
  const auto borders = section_borders(explanation.flood, line);
  std::vector<float> ground;
  for (const Pixel p : line) ground.push_back(ground_of(app, p));
  const float level = explanation.levels[std::min(static_cast<std::size_t>(time), explanation.levels.size() - 1)];

  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(min, max, theme().panel);
  draw.AddLine(min, {max.x, min.y}, theme().line);
  const FontScope face(Font::regular, small_text);
  const float text = ImGui::GetTextLineHeight();
  const std::string title = "Profile along the line, " + ground_name(app);
  draw.AddText(min + ImVec2(px(16), px(8)), theme().text, title.c_str());
  const float axis = px(16) + ImGui::CalcTextSize("-0000.00").x;
  Plot plot;
  plot.rect = {{min.x + axis, min.y + text + px(22)}, {max.x - px(20), max.y - text - px(10)}};
  const auto [low, high] = std::ranges::minmax(ground);
  plot.low = low;
  plot.high = std::max(high, low + 1e-6F);
  // A rim of air above the highest ground, where dams may stand.
  plot.high += (plot.high - plot.low) * 0.06F;
  plot.low -= (plot.high - plot.low) * 0.12F;
  plot.pixels = line.size();
  draw_columns(explanation, plot, section, ground, level, draw);

  const bool rising = static_cast<std::size_t>(time) < explanation.flood.sequence.size();
  if (level <= plot.high && level >= plot.low) {
    const float y = std::round(plot.y(level));
    for (float x = plot.rect.Min.x; x < plot.rect.Max.x; x += px(8))
      draw.AddLine({x, y}, {std::min(x + px(4), plot.rect.Max.x), y}, faded(theme().text, 0.6F), px(1));
    if (rising)
      // Below its line: above it stand the saddles.
      small_label(draw, {plot.rect.Max.x - px(110), std::min(y + px(2), plot.rect.Max.y - text)},
                  "water " + height_text(level), theme().text);
  }
  for (const SectionBorder& b : borders) {
    const float crest = std::max(ground[b.before], ground[b.after]);
    const float x = (plot.middle(b.before) + plot.middle(b.after)) / 2;
    if (b.time <= time) {
      // Where they have met stands a dam, as high as the water.
      const float top = plot.y(std::max(crest, level)) - px(6);
      draw.AddLine({x, plot.rect.Max.y}, {x, top}, theme().panel, px(5));
      draw.AddLine({x, plot.rect.Max.y}, {x, top}, theme().text, px(2.5F));
    }
    draw.AddCircle({x, plot.y(crest)}, px(6), highlight_colour, 0, px(2));
    if (borders.size() <= 4)
      small_label(draw, {x + px(10), plot.y(crest) - text - px(4)}, "saddle " + height_text(crest), theme().text);
  }
  for (const std::size_t i : seeds_near(app, line)) {
    const ImVec2 at(plot.middle(i), plot.y(ground[i]));
    draw.AddCircleFilled(at, px(6.5F), IM_COL32(0, 0, 0, 220));
    draw.AddCircleFilled(at, px(5), theme().seed);
  }
  draw.AddLine({plot.rect.Min.x, plot.rect.Min.y}, {plot.rect.Min.x, plot.rect.Max.y}, theme().muted);
  for (const float height : {high, low}) {
    const std::string value = height_text(height);
    draw.AddText({plot.rect.Min.x - px(6) - ImGui::CalcTextSize(value.c_str()).x, plot.y(height) - text / 2},
                 theme().muted, value.c_str());
  }
  const auto end_text = [&](Pixel p, bool right) {
    const std::string place = row_and_column(p);
    const float width = right ? ImGui::CalcTextSize(place.c_str()).x : 0;
    draw.AddText({(right ? plot.rect.Max.x : plot.rect.Min.x) - width, plot.rect.Max.y + px(4)}, theme().muted,
                 place.c_str());
  };
  end_text(line.front(), false);
  end_text(line.back(), true);

  const auto dams = std::ranges::count_if(borders, [&](const SectionBorder& b) { return b.time <= time; });
  add_text(Role::text, "section",
           title + ": " + std::to_string(line.size()) + " pixels from " + row_and_column(line.front()) + " to " +
               row_and_column(line.back()) + ", heights " + height_text(low) + " to " + height_text(high) +
               ", water at " + height_text(level) + ", dams " + std::to_string(dams) + " of " +
               std::to_string(borders.size()),
           min, max);
  std::optional<Pixel> hovered;
  if (ImGui::IsMouseHoveringRect(plot.rect.Min, plot.rect.Max)) {
    const float share = (ImGui::GetIO().MousePos.x - plot.rect.Min.x) / std::max(1.0F, plot.rect.GetWidth());
    const auto place = static_cast<std::size_t>(share * static_cast<float>(line.size()));
    hovered = line[std::min(place, line.size() - 1)];
  }
  const auto at_hand = hovered ? hovered : app.probed();
  const auto found = at_hand ? std::ranges::find(line, *at_hand) : line.end();
  if (found != line.end()) {
    const float x = plot.middle(static_cast<std::size_t>(found - line.begin()));
    draw.AddLine({x, plot.rect.Min.y}, {x, plot.rect.Max.y}, pin_colour, px(1.5F));
  }
  return hovered;
}

}  // namespace floodlight::ui
