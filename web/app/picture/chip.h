// A short text on a plate, over a picture.
#pragma once

#include <string_view>

#include "imgui.h"

namespace floodlight::ui {

inline constexpr ImU32 plate = IM_COL32(10, 11, 12, 235);  ///< beneath what is written over an image
inline constexpr ImU32 plate_ink = IM_COL32(245, 243, 238, 255);

/// How large a plate with this text is.
ImVec2 chip_size(std::string_view text);
/// Writes a short text on a plate; `at` is its upper left corner, or with `from_right` its upper right one.
/// Returns the plate's size.
ImVec2 draw_chip(ImDrawList& draw, ImVec2 at, std::string_view text, bool from_right);

}  // namespace floodlight::ui
