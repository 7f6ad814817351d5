// What became of the recipe when another image was opened: it came along, or it stayed behind. Never without a word.
#pragma once

#include "web/app/state/app.h"

namespace floodlight::ui {

/// The sentence and its two answers, where there is something to say; until it is answered, or the next image is opened.
void carried_recipe(App& app);

}  // namespace floodlight::ui
