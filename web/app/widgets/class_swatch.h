// The classes of a pixel classifier: each has a colour and, all but the nuclei, a hatch, the same wherever it is drawn.
#pragma once

#include <cstdint>

#include "imgui.h"

namespace floodlight::ui {

/// The colour of a class; 0, which erases, has the first one's.
[[nodiscard]] ImU32 class_colour(std::uint8_t label);
/// A box in the colour and the hatch of a class.
void draw_class(std::uint8_t label, ImVec2 min, ImVec2 max, ImDrawList& draw, float opacity = 0.85F);

}  // namespace floodlight::ui
