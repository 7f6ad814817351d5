// The top of the window: the image, what is done with it, and the steps. What has no room there stands in a menu.
#pragma once

#include "imgui.h"
#include "imgui_internal.h"

namespace floodlight::ui {

class App;

/// Draws it into an area of the current window.
void header(App& app, const ImRect& area);
/// The menu of what the header has no room for, over the page; closes itself.
void menu_overlay(App& app);

}  // namespace floodlight::ui
