// The set of images as a list, in the place of one image.
#pragma once

#include <string>

#include "imgui.h"

#include "web/app/state/app.h"

namespace floodlight::ui {

void image_set_view(App& app, ImVec2 min, ImVec2 max);
/// For the status line: what there is, and how far the run is.
std::string image_set_status(const App& app);
/// How many nuclei were found in all of them.
std::string image_set_totals(const App& app);

}  // namespace floodlight::ui
