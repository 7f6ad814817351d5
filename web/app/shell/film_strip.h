// The small pictures of the stages below the image: where am I, what flows where.
#pragma once

#include "imgui.h"

#include "web/app/state/app.h"

namespace floodlight::ui {

/// Draws them into the rectangle of the current window; a press goes to the step.
void film_strip(App& app, ImVec2 min, ImVec2 max);

}  // namespace floodlight::ui
