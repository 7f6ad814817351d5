// What is written over a picture: the layer's name, what its colours mean, a scale bar.
#pragma once

#include <string_view>

#include "web/app/picture/pane.h"

namespace floodlight::ui {

inline constexpr ImU32 plate = IM_COL32(10, 11, 12, 235);  ///< beneath what is written over an image
inline constexpr ImU32 plate_ink = IM_COL32(245, 243, 238, 255);

/// Writes a short text on a plate; `at` is its upper left corner, or with `from_right` its upper right one.
void draw_chip(ImDrawList& draw, ImVec2 at, std::string_view text, bool from_right);
/// A pane's name and legend in one of its upper corners.
void draw_caption(const App& app, Layer layer, ImVec2 at, bool from_right, ImDrawList& draw);
/// A bar that says how long so many micrometres or pixels are on the screen, and the zoom if that is wanted, centred at
/// `middle`.
void scale_bar(const App& app, ImVec2 middle, float room, ImDrawList& draw, bool with_zoom = true);

}  // namespace floodlight::ui
