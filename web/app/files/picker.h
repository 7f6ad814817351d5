// The dialog in which one of Floodlight's own images is chosen by its picture.
#pragma once

#include "web/app/state/app.h"

namespace floodlight::ui {

/// Opens the dialog, at the group of the image at hand where that is one of them.
void open_picker(App& app);
/// The middle of an image as a small square of greys, each the mean of the pixels that it covers.
std::vector<std::uint8_t> small_picture(FloatView image, std::pair<float, float> window);
/// Draws it while it is open, and makes the pictures that are missing, one a frame.
void picker_overlay(App& app);

}  // namespace floodlight::ui
