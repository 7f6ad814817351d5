// The picture: one or two layers of a step under one zoom and one cursor.
#pragma once

#include <string>

#include "imgui.h"

#include "web/app/state/app.h"

namespace floodlight::ui {

/// Draws the view of two layers into the rectangle, with numbers, seeds, cursor and controls; handles pointer and gestures.
void image_view(App& app, ImVec2 min, ImVec2 max);
/// Its pictures with what is written over them, and nothing that can be worked; `covered` is the height at the lower end that
/// controls will cover.
void draw_panes(App& app, ImVec2 min, ImVec2 max, float covered, ImDrawList& draw);

/// The layer's value at a pixel, as it is written: "431", "True", "7.07", "23".
std::string layer_value(const App& app, Layer layer, Pixel pixel);

}  // namespace floodlight::ui
