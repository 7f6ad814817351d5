// The file of the image at hand: which of its pixels the recipe reads, and what is told of them.
#pragma once

#include "core/files/tiff.h"
#include "core/pipeline/recipe.h"
#include "web/app/state/parts.h"

namespace floodlight::ui {

/// The page and channel that the recipe asks for.
[[nodiscard]] TiffSelection selection_of(const Recipe& recipe);
/// What was found in the pixels, told of their source.
void describe(ImageSource& source, const Intensities& read);

}  // namespace floodlight::ui
