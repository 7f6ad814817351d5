// What the exported script, loop and notebook have in common.
#pragma once

#include <string>
#include <string_view>

namespace floodlight::python_program {

/// The packages that all of them need, one import a line.
std::string imports();

/// Sets `skimage_version` and refuses a scikit-image or numpy that would give other labels, by raising `exception`.
std::string version_check(std::string_view exception);

/// The text between double quotes, so that Python reads it back whatever it holds; `braces`: as in an f-string, too.
std::string quoted(std::string_view text, bool braces = false);

/// Every line that is not empty, four blanks to the right.
std::string indented(std::string_view lines);

}  // namespace floodlight::python_program
