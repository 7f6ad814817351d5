// The line along the lower edge: the life of the pixel at hand, and what came of the image.
#pragma once

#include "imgui_internal.h"

#include "web/app/state/app.h"

namespace floodlight::ui {

/// Draws it into the rectangle; with the size of the image and the time that it took where there is room.
void status_line(const App& app, const ImRect& rect, bool with_size);

}  // namespace floodlight::ui
