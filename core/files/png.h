// Pictures as PNG files.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/error.h"

namespace floodlight {

/// A PNG of 8 bits each of red, green and blue, from as many bytes, row by row from the top, three a pixel. Refuses a
/// picture without pixels and a number of bytes that does not fit. O(bytes).
Result<std::vector<std::uint8_t>> encode_png(std::span<const std::uint8_t> rgb, int rows, int cols);

}  // namespace floodlight
