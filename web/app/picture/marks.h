// What a step draws over its picture: the footprint and what it reads, distances, candidates, outlines, the probe.
#pragma once

#include "web/app/picture/pane.h"

namespace floodlight::ui {

/// Draws the marks of the step at hand over one pane.
void draw_marks(const App& app, const Pane& pane, ImDrawList& draw);
/// What leads from one of two pictures side by side to the other: from a filter's window to the pixel that it makes.
void draw_marks_between(const App& app, const Pane& from, const Pane& to, ImDrawList& draw);

}  // namespace floodlight::ui
