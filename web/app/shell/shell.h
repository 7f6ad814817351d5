// The window's parts round the image: header, step panel, film strip, status line.
#pragma once

#include "web/app/state/app.h"

namespace floodlight::ui {

/// Lays out and draws everything for this frame.
void shell(App& app);

}  // namespace floodlight::ui
