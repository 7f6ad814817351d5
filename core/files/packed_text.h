// Text packed into letters, digits, - and _: what a link can carry.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace floodlight {

/// The text, deflated (RFC 1950) and written in base64's alphabet for addresses (RFC 4648, section 5) without padding.
std::string packed_text(std::string_view text);

/// The text that was packed. Refuses what was not packed so, what was cut, and texts of more than `most` bytes, of which no
/// more than that is ever made. O(most).
Result<std::string> unpacked_text(std::string_view packed, std::size_t most);

}  // namespace floodlight
