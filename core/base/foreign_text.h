// Text that others wrote (file names, values in a recipe), as it may stand in a sentence or a table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace floodlight {

/// The length of the valid UTF-8 character at the text's beginning; 0 when there is none.
std::size_t character_length(std::string_view text);

/// The text with U+FFFD in the place of every byte that is no UTF-8.
std::string valid_utf8(std::string_view text);

/// The text as a sentence shows it: at most `longest` characters, with three points where its middle is left out, and with
/// what has no picture of its own (control characters, marks that change the direction of writing) as <U+202E>.
std::string shown(std::string_view text, std::size_t longest = 60);

/// The text between double quotes, so that Python reads it back whatever it holds; `braces`: as in an f-string, too.
std::string python_string(std::string_view text, bool braces = false);

}  // namespace floodlight
