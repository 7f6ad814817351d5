// The flood on screen: its player, its queue, and which water came to a pixel.
#pragma once

#include <string>

#include "web/app/state/app.h"

namespace floodlight::ui {

void flood_controls(App& app);
/// The way of a drop that falls on a pixel of the flooded landscape, and the ridge that decides where it goes.
[[nodiscard]] const FallenDrop& fallen_drop(const App& app, const FloodExplanation& explanation, Pixel pixel);
/// Which water came to a pixel, when, and from where.
std::string why_flooded(const App& app, const FloodExplanation& explanation, Pixel pixel);

}  // namespace floodlight::ui
