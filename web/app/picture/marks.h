// What a step draws over its picture: the footprint and what it reads, distances, candidates, outlines, the probe.
#pragma once

#include "web/app/picture/pane.h"

namespace floodlight::ui {

void draw_marks(const App& app, const Pane& pane, ImDrawList& draw);

}  // namespace floodlight::ui
