// Windows over the middle of the page, while the page steps back.
#pragma once

#include <cstdint>

#include "web/app/widgets/widgets.h"

namespace floodlight::ui {

enum class Overlay : std::uint8_t { hidden, shown, left };

/// A window of this width, its middle at this share of the height below `top`. `left`: the page beside it was pressed. Unless it is
/// hidden, `end_overlay` follows.
Overlay begin_overlay(const char* name, float width, float height_share, float top = 0);
/// What belongs to the overlay at hand: for the mirror a dialog, beneath which nothing can be operated.
GroupScope dialog_group(const char* name);
/// Ends what begin_overlay began; `close`: it and its shade are gone at once.
void end_overlay(bool close);

}  // namespace floodlight::ui
