// Numbers as people write them.
#pragma once

#include <string_view>

#include "core/base/error.h"

namespace floodlight {

/// A number with a decimal comma or point, spaces around it, perhaps an exponent. Refuses anything else in one sentence:
/// nothing at all, a second comma or point, what is no number, what is too large for one. O(length).
Result<double> parse_typed_number(std::string_view text);

}  // namespace floodlight
