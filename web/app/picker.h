// The dialog in which one of Floodlight's own images is chosen by its picture.
#pragma once

#include "web/app/app.h"

namespace floodlight::ui {

void open_picker(App& app);
/// Draws it while it is open, and makes the pictures that are missing, one a frame.
void picker_overlay(App& app);

}  // namespace floodlight::ui
