#include "web/app/picture/brush.h"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"

#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/widgets/class_swatch.h"
#include "web/app/widgets/theme.h"

namespace floodlight::ui {

bool brushes(const App& app) { return app.step == StepId::forest && app.painting.brushing && app.has(Stage::raw); }

void brush_with_pointer(App& app, bool down) {
  Painting& p = app.painting;
  // One stroke at a time: the pointer's ends the pen's, and no pen is down where nothing is pinned.
  if (p.pen_down && (down || !app.view.pinned)) {
    p.pen_down = false;
    lift_brush(app);
  }
  if (down) {
    brush_at(app, *app.view.hovered);
  } else if (p.current && !p.pen_down && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    lift_brush(app);
  }
}

void put_pen_down_or_up(App& app) {
  if (app.step != StepId::forest || !app.has(Stage::raw)) return;
  app.painting.pen_down = !app.painting.pen_down;
  if (!app.painting.pen_down) return lift_brush(app);
  if (!app.view.pinned) app.move_pin(0, 0);
  if (app.view.pinned) brush_at(app, *app.view.pinned);
}

void pen_moved(App& app) {
  if (app.painting.pen_down && app.step == StepId::forest && app.view.pinned) brush_at(app, *app.view.pinned);
}

void draw_paint(const App& app, const Pane& pane, ImDrawList& draw) {
  const PaintImage& paint = app.painting.paint;
  const auto& raw = app.values().raw;
  if (paint.rows() == raw.rows() && paint.cols() == raw.cols()) {
    const ImVec2 low = (pane.rect.Min - pane.origin) / app.view.zoom;
    const ImVec2 high = (pane.rect.Max - pane.origin) / app.view.zoom;
    const int last_row = std::min(paint.rows() - 1, static_cast<int>(high.y));
    const int last_col = std::min(paint.cols() - 1, static_cast<int>(high.x));
    for (int row = std::max(0, static_cast<int>(low.y)); row <= last_row; ++row) {
      for (int col = std::max(0, static_cast<int>(low.x)); col <= last_col; ++col) {
        const std::uint8_t label = paint[row, col];
        if (label == 0) continue;
        const int first = col;
        while (col < last_col && paint[row, col + 1] == label) ++col;
        const ImRect begin = pixel_rect(app, pane, {row, first});
        const ImRect end = pixel_rect(app, pane, {row, col});
        // A single pixel's line can be seen from afar, too.
        const ImVec2 more(0, std::max(0.0F, (px(3) - app.view.zoom) / 2));
        draw_class(label, begin.Min - more, end.Max + more, draw, app.view.zoom > px(20) ? 0.45F : 0.95F);
      }
    }
  }
  // The brush, as large as it paints.
  const auto at = app.painting.pen_down ? app.view.pinned : app.view.hovered;
  if (!at || (!app.painting.brushing && !app.painting.pen_down)) return;
  const ImVec2 middle = pixel_rect(app, pane, *at).GetCenter();
  const float radius = std::max(px(4), (static_cast<float>(app.painting.radius) + 0.5F) * app.view.zoom);
  draw.AddCircle(middle, radius, IM_COL32(0, 0, 0, 210), 0, px(4));
  draw.AddCircle(middle, radius, app.painting.label == 0 ? IM_COL32_WHITE : class_colour(app.painting.label), 0, px(2));
}

}  // namespace floodlight::ui
