// The lab's exercises in the notebook's order, each a way to the step where it is done.
#pragma once

#include "web/app/state/app.h"

namespace floodlight::ui {

/// Opens the list of the lab's exercises.
void open_lab(App& app);
/// Draws it while it is open, over the page; closes itself.
void lab_overlay(App& app);

}  // namespace floodlight::ui
