// The recipe as Python: the lines a student would type, with the lab's variable names.
#pragma once

#include <string>

#include "core/recipe.h"
#include "core/stage.h"

namespace floodlight {

/// The line or lines of one stage, for scikit-image 0.26, joined by newlines. Every name they use is set by the lines of
/// an earlier stage. `np`, `skimage`, `scipy`, `tifffile` and `pd` are imported elsewhere.
std::string python_lines(const Recipe& recipe, Stage stage);

/// The threshold step on `raw_image`, as the lecture first does it.
std::string python_raw_threshold(const Recipe& recipe);

}  // namespace floodlight
