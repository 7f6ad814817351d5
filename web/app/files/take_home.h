// Everything that can be taken home: results, programs that make them again, and what is passed on.
#pragma once

#include "web/app/state/app.h"

namespace floodlight::ui {

/// Opens the list.
void open_take_home(App& app);
/// The list, over the page; closes itself.
void take_home_overlay(App& app);

}  // namespace floodlight::ui
