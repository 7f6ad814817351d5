// What is seen of a picture's pixels from near: the grid between them, and the number in each.
#pragma once

#include "imgui.h"

#include "web/app/picture/pane.h"

namespace floodlight::ui {

/// Draws lines between pixels, the stronger the nearer.
void draw_grid(const App& app, const Pane& pane, ImDrawList& draw);

/// Writes each pixel's value, fading in as space allows, all in one size where they fit; none that would be cut off, which would
/// be read as another.
void draw_numbers(const App& app, const Pane& pane, const DisplaySettings& display, ImDrawList& draw);

}  // namespace floodlight::ui
