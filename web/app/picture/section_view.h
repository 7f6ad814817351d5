// The flood cut along a line of the picture, as textbooks draw the watershed: ground, water, seeds, and where waters meet.
#pragma once

#include <optional>
#include <vector>

#include "imgui.h"

#include "web/app/state/app.h"

namespace floodlight::ui {

/// The line over the picture, which is dark in either theme.
inline constexpr ImU32 section_ink = IM_COL32(255, 255, 255, 235);

/// Whether the step at hand shows the line and its profile.
[[nodiscard]] bool shows_section(const App& app);
/// The line's pixels, while it is shown.
[[nodiscard]] std::vector<Pixel> section_pixels(const App& app);
/// Opens it, with a line through two seeds whose waters meet unless there is one; or closes it.
void show_or_leave_section(App& app);
/// The switch, and what draws another line.
void section_controls(App& app);
/// While a line is to be drawn: what the pointer does over the item just submitted, the picture.
void draw_line_with_pointer(App& app);
/// The profile, at the moment that the flood shows; the line's pixel under the pointer.
std::optional<Pixel> section_view(const App& app, ImVec2 min, ImVec2 max);

}  // namespace floodlight::ui
