// Before anything was done: what this page is, and three ways to begin.
#pragma once

#include "imgui.h"

#include "web/app/state/app.h"

namespace floodlight::ui {

/// Draws it over the lower part of the image, until one of the three is taken or something else is done.
void beginning(App& app, ImVec2 min, ImVec2 max);

}  // namespace floodlight::ui
