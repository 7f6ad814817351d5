// Seeds set with the mouse: a click adds one or deletes it, dragging moves it, and the flood follows at once.
#pragma once

#include "web/app/state/app.h"

namespace floodlight::ui {

/// The switch, what it does, undo.
void seed_controls(App& app);
/// Begins with the seeds that there are, which this method found.
void start_seed_editor(App& app, SeedMethod before);
/// What the pointer does over the image while seeds are edited: `pressed` when it was released without being dragged.
void edit_seeds(App& app, bool pressed);

}  // namespace floodlight::ui
