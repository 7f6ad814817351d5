// Tells a TIFF from the other files people drop on a page, by content.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace floodlight {

/// Why these bytes are no TIFF, as a sentence that names the file ("holiday.jpg is a JPEG; Floodlight reads TIFF."), or
/// nothing when they begin as a TIFF or BigTIFF does. Looks at no more than the first 512 bytes.
std::optional<std::string> why_not_tiff(std::span<const std::byte> bytes, std::string_view name);

}  // namespace floodlight
