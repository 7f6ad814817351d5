// How code is broken into lines on screen, and the words that the whole house uses.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/words.h"

namespace floodlight::ui {

/// Lines of code broken so that none is longer than `columns`: after a comma if that can be, else after a bracket, an
/// operator or a dot; what continues a line is indented.
std::vector<std::string> broken_code(std::string_view text, std::size_t columns);

}  // namespace floodlight::ui
