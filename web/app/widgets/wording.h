// How numbers and places are written on screen, the same everywhere.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/image.h"

namespace floodlight::ui {

/// A number as it is written everywhere on screen: whole numbers whole, others with about five significant digits.
std::string number(double value);
/// A number with its unit, if it has one.
std::string with_unit(double value, std::string_view unit);

/// "row 5, column 14", and "(5, 14)" where there is less room.
std::string row_and_column(Pixel pixel);
/// The shorter of both.
std::string in_brackets(Pixel pixel);
/// "0.82": of scores and shares.
std::string two_decimals(double value);

/// Lines of code broken so that none is longer than `columns`: after a comma if that can be, else after a bracket, an
/// operator or a dot; what continues a line is indented.
std::vector<std::string> broken_code(std::string_view text, std::size_t columns);

}  // namespace floodlight::ui
