// The lab's exercises in the notebook's order, each a way to the step where it is done.
#pragma once

#include "web/app/state/app.h"

namespace floodlight::ui {

void open_lab(App& app);
void lab_overlay(App& app);

}  // namespace floodlight::ui
