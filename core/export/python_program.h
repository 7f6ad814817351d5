// What the exported script, loop and notebook have in common.
#pragma once

#include <string>
#include <string_view>

#include "core/pipeline/recipe.h"

namespace floodlight::python_program {

/// The packages that they need for this recipe, one import a line.
std::string imports(const Recipe& recipe);

/// Lines that come once, before the first image is segmented; empty where there are none.
std::string set_up(const Recipe& recipe);

/// Sets `skimage_version` and refuses a scikit-image or numpy that would give other labels, by raising `exception`.
std::string version_check(std::string_view exception);

/// Every line that is not empty, four blanks to the right.
std::string indented(std::string_view lines);

}  // namespace floodlight::python_program
