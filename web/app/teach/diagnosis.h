// The life of a nucleus on screen: which step and which parameter decided its fate, and the way there.
#pragma once

#include <string>

#include "web/app/state/app.h"

namespace floodlight::ui {

/// All lives by their causes, most frequent first; one is shown, with a way to its step.
void diagnosis_controls(App& app);
/// The life of the nucleus at a pixel; null where there is none to tell.
[[nodiscard]] const NucleusLife* life_at(const App& app, Pixel pixel);
/// A button that leads to the step that decided it.
void life_button(App& app, const NucleusLife& life);

}  // namespace floodlight::ui
