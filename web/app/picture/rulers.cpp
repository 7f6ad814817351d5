#include "web/app/picture/rulers.h"

#include <cmath>
#include <optional>
#include <string>

#include "web/app/picture/chip.h"
#include "web/app/widgets/theme.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr float air = 5;  // CSS pixels around a number

ImVec2 extent_of(int number) { return ImGui::CalcTextSize(std::to_string(number).c_str()); }

/// From one number to the next: no two of them touch.
int spacing(float zoom, float largest) {
  for (const int step : {1, 2, 5, 10, 20}) {
    if (static_cast<float>(step) * zoom >= largest + px(2 * air)) return step;
  }
  return 50;
}

/// The pixel that is asked about, pointed at or pinned.
std::optional<Pixel> pixel_at_hand(const App& app) {
  if (app.exercise && app.exercise->exercise.pixel) return app.exercise->exercise.pixel;
  return app.probed();
}

/// A number in the middle of its part of a ruler, if it is wholly on the ruler: cut off it would be another. The one at hand, the
/// other way round, moves until it is.
void draw_number(int number, const ImRect& part, bool at_hand, const ImRect& ruler, ImDrawList& draw) {
  const ImVec2 extent = extent_of(number);
  ImVec2 middle = part.GetCenter();
  if (at_hand) middle = ImClamp(middle, ruler.Min + extent * 0.5F, ruler.Max - extent * 0.5F);
  if (!at_hand && !ruler.Contains(ImRect(middle - extent * 0.5F, middle + extent * 0.5F))) return;
  if (at_hand) {
    const ImVec2 half = extent * 0.5F + ImVec2(px(air - 1), px(1));
    draw.AddRectFilled(middle - half, middle + half, theme().text, px(3));
  }
  draw.AddText(middle - extent * 0.5F, at_hand ? theme().window : theme().text, std::to_string(number).c_str());
}

/// Calls `draw_one(number, at_hand)` for each number of a ruler that is written: every `step`-th, and the one at hand, which
/// takes the place of those that it would touch.
template <typename DrawOne>
void each_number(int first, int last, int step, std::optional<int> at_hand, const DrawOne& draw_one) {
  for (int number = (first + step - 1) / step * step; number <= last; number += step) {
    if (!at_hand || std::abs(number - *at_hand) >= step) draw_one(number, false);
  }
  if (at_hand && *at_hand >= first && *at_hand <= last) draw_one(*at_hand, true);
}

/// Where the two rulers of a pane stand.
struct Rulers {
  PixelRange range;
  ImRect rows;
  ImRect cols;
};

std::optional<Rulers> rulers_of(const App& app, const Pane& pane) {
  if (!has_rulers(app.view.zoom) || !app.has(pane.layer)) return std::nullopt;
  const PixelRange range = visible_pixels(app, pane);
  const ImVec2 size = rulers_size(range.last.row);
  const ImVec2 first = pixel_rect(app, pane, range.first).Min;
  const ImVec2 last = pixel_rect(app, pane, range.last).Max;
  const ImVec2 corner = ImMax(pane.rect.Min + size, first);
  const ImVec2 end = ImMin(last, pane.rect.Max - ImVec2(0, pane.covered));
  return Rulers{.range = range,
                .rows = {{corner.x - size.x, corner.y}, {corner.x, end.y}},
                .cols = {{corner.x, corner.y - size.y}, {end.x, corner.y}}};
}

}  // namespace

ImVec2 rulers_size(int last_row) {
  const FontScope face(Font::mono, small_text);
  const ImVec2 widest = extent_of(last_row);
  return {std::ceil(widest.x + px(2 * air)), std::ceil(widest.y + px(air))};
}

ImRect free_of_rulers(const App& app, const Pane& pane) {
  const auto rulers = rulers_of(app, pane);
  return {rulers ? rulers->rows.GetTR() : pane.rect.Min, pane.rect.Max - ImVec2(0, pane.covered)};
}

void draw_rulers(const App& app, const Pane& pane, ImDrawList& draw) {
  const auto rulers = rulers_of(app, pane);
  if (!rulers) return;
  const FontScope face(Font::mono, small_text);
  const auto& [range, rows, cols] = *rulers;
  const std::optional<Pixel> at_hand = pixel_at_hand(app);
  const float zoom = app.view.zoom;
  const auto row_at_hand = at_hand ? std::optional(at_hand->row) : std::nullopt;
  const auto col_at_hand = at_hand ? std::optional(at_hand->col) : std::nullopt;
  draw.AddRectFilled({rows.Min.x, cols.Min.y}, cols.Max, theme().window);
  draw.AddRectFilled(rows.Min, rows.Max, theme().window);
  draw.PushClipRect(rows.Min, rows.Max, true);
  each_number(range.first.row, range.last.row, spacing(zoom, extent_of(0).y - px(air)), row_at_hand,
              [&](int row, bool marked) {
                const ImRect pixel = pixel_rect(app, pane, {row, 0});
                draw_number(row, {{rows.Min.x, pixel.Min.y}, {rows.Max.x, pixel.Max.y}}, marked, rows, draw);
              });
  draw.PopClipRect();
  draw.PushClipRect(cols.Min, cols.Max, true);
  each_number(range.first.col, range.last.col, spacing(zoom, extent_of(range.last.col).x), col_at_hand,
              [&](int col, bool marked) {
                const ImRect pixel = pixel_rect(app, pane, {0, col});
                draw_number(col, {{pixel.Min.x, cols.Min.y}, {pixel.Max.x, cols.Max.y}}, marked, cols, draw);
              });
  draw.PopClipRect();
  const auto span = [](int first, int last) { return std::to_string(first) + " to " + std::to_string(last); };
  add_text(
      Role::text, "rulers " + std::to_string(static_cast<int>(pane.rect.Min.x)),
      "Rulers: rows " + span(range.first.row, range.last.row) + ", columns " + span(range.first.col, range.last.col),
      cols.Min, cols.Max);
}

}  // namespace floodlight::ui
