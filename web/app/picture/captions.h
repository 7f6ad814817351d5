// What is written over a picture: the layer's name, what its colours mean, a scale bar.
#pragma once

#include "web/app/picture/chip.h"
#include "web/app/picture/pane.h"

namespace floodlight::ui {

/// A pane's name and legend in one of its upper corners: in a `row` of so many device pixels, what does not fit in lines below
/// it; all one below the other where that is 0.
void draw_caption(const App& app, Layer layer, ImVec2 at, bool from_right, float row, ImDrawList& draw);
/// How high that is, where there is a row.
float caption_height(const App& app, Layer layer, bool from_right, float row);
/// How wide what its colours and marks stand for is, one below the other; 0 where there is no such list.
float caption_width(const App& app, Layer layer);
/// A bar that says how long so many micrometres or pixels are on the screen, and the zoom if that is wanted, centred at
/// `middle`.
void scale_bar(const App& app, ImVec2 middle, float room, ImDrawList& draw, bool with_zoom = true);

}  // namespace floodlight::ui
