// What a step draws over its picture: the footprint and what it reads, distances, candidates, outlines, the probe.
#pragma once

#include "web/app/picture/pane.h"

namespace floodlight::ui {

/// Draws the marks of the step at hand over one pane.
void draw_marks(const App& app, const Pane& pane, ImDrawList& draw);

}  // namespace floodlight::ui
