// The flood on screen: its player, its queue, and which water came to a pixel.
#pragma once

#include <string>

#include "web/app/app.h"

namespace floodlight::ui {

void flood_controls(App& app);
/// Which water came to a pixel, when, and from where.
std::string why_flooded(const FloodStory& story, Pixel pixel);

}  // namespace floodlight::ui
