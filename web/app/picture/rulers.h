// Rulers along a picture whose numbers can be read: which row and which column each of them is in.
#pragma once

#include "imgui.h"

#include "web/app/picture/pane.h"
#include "web/app/widgets/theme.h"

namespace floodlight::ui {

/// Whether a picture of this zoom has numbers in its pixels, rulers beside it, and its caption above it.
[[nodiscard]] inline bool has_rulers(float zoom) { return zoom / scale() >= numbers_from; }

/// The room that the rulers of a whole image take at its left and upper side, in points of the screen.
[[nodiscard]] ImVec2 rulers_size(int last_row);

/// The part of a pane that neither its rulers nor the controls cover. A number that is not wholly in it would be read as another.
[[nodiscard]] ImRect free_of_rulers(const App& app, const Pane& pane);

/// Draws the numbers of rows along the left side of the image and of columns along the upper one, or of the pane where the image
/// reaches further; as many as fit. Those of the pixel at hand stand out. Nothing where no numbers are shown.
void draw_rulers(const App& app, const Pane& pane, ImDrawList& draw);

}  // namespace floodlight::ui
