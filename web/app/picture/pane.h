// One picture on the screen, and where its pixels lie.
#pragma once

#include <algorithm>

#include "imgui.h"
#include "imgui_internal.h"

#include "web/app/state/app.h"

namespace floodlight::ui {

inline constexpr float numbers_from = 20;  ///< CSS pixels a pixel, where numbers begin to fade in
inline constexpr float grid_from = 8;      ///< and where the grid of pixels does

/// A layer, the part of the screen it fills, where the image's corner lies.
struct Pane {
  Layer layer;
  ImRect rect;
  ImVec2 origin;
  float covered = 0;  ///< at its lower end, by the row of controls
};

/// Where a pixel, which may lie outside of the image, stands on the screen.
[[nodiscard]] inline ImRect pixel_rect(const App& app, const Pane& pane, Pixel p) {
  const ImVec2 corner = pane.origin + ImVec2(static_cast<float>(p.col), static_cast<float>(p.row)) * app.view.zoom;
  return {corner, corner + ImVec2(app.view.zoom, app.view.zoom)};
}

/// From the upper left pixel to the lower right one.
struct PixelRange {
  Pixel first;
  Pixel last;
};
/// The pixels of the image of which at least a part lies in the pane.
[[nodiscard]] inline PixelRange visible_pixels(const App& app, const Pane& pane) {
  const auto& raw = app.values().raw;
  const ImVec2 a = (pane.rect.Min - pane.origin) / app.view.zoom;
  const ImVec2 b = (pane.rect.Max - pane.origin) / app.view.zoom;
  return {{std::max(0, static_cast<int>(a.y)), std::max(0, static_cast<int>(a.x))},
          {std::min(raw.rows() - 1, static_cast<int>(b.y)), std::min(raw.cols() - 1, static_cast<int>(b.x))}};
}

/// How values are drawn in the right one of two windows: it ends at a quarter, and what is brighter is white.
[[nodiscard]] DisplaySettings display_of_right(const App& app);
/// How bright the layer's colour is at a pixel, 0 to 1, so that text can stand out against it.
[[nodiscard]] float brightness(const App& app, const DisplaySettings& display, Layer layer, Pixel p);

}  // namespace floodlight::ui
