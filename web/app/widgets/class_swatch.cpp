#include "web/app/widgets/class_swatch.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "imgui_internal.h"

#include "web/app/widgets/theme.h"

namespace floodlight::ui {
namespace {

/// Lines across a rectangle, 45 degrees to it and the same distance from each other wherever it lies on the screen, so that
/// rectangles side by side are hatched as one.
void hatch(const ImRect& r, bool rising, ImDrawList& draw) {
  const float distance = px(7);
  const float from = rising ? r.Min.x + r.Min.y : r.Min.x - r.Max.y;
  const float to = rising ? r.Max.x + r.Max.y : r.Max.x - r.Min.y;
  for (float along = std::ceil(from / distance) * distance; along < to; along += distance) {
    // x + y, or x - y, is the same all along a line.
    const auto y_at = [&](float x) { return rising ? along - x : x - along; };
    const auto x_at = [&](float y) { return rising ? along - y : along + y; };
    const float left = std::max(r.Min.x, std::min(x_at(r.Min.y), x_at(r.Max.y)));
    const float right = std::min(r.Max.x, std::max(x_at(r.Min.y), x_at(r.Max.y)));
    if (left < right) draw.AddLine({left, y_at(left)}, {right, y_at(right)}, IM_COL32(0, 0, 0, 150), px(1));
  }
}

}  // namespace

ImU32 class_colour(std::uint8_t label) {
  return paint_palette[(label == 0 ? std::size_t{0} : std::size_t{label} - 1) % paint_palette.size()];
}

void draw_class(std::uint8_t label, ImVec2 min, ImVec2 max, ImDrawList& draw, float opacity) {
  draw.AddRectFilled(min, max, faded(class_colour(label), opacity));
  if (label > 1) hatch({min, max}, label % 2 != 0, draw);
}

}  // namespace floodlight::ui
