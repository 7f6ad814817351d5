// The brush: a drag over the picture paints examples for the forest, and moving the pin does while the pen is down.
#pragma once

#include "web/app/picture/pane.h"

namespace floodlight::ui {

/// Whether a drag over the picture paints.
[[nodiscard]] bool brushes(const App& app);
/// In each frame of the view: `down` while the button is pressed over a pixel.
void brush_with_pointer(App& app, bool down);
/// Puts the pen down on the pinned pixel, or in the middle of the view, or lifts it.
void put_pen_down_or_up(App& app);
/// The pin was moved: with the pen down, it has painted.
void pen_moved(App& app);
/// The paint on the picture, each class in its colour and its hatch, and the brush under the pointer.
void draw_paint(const App& app, const Pane& pane, ImDrawList& draw);

}  // namespace floodlight::ui
