// Whole files, in and out. Errors name the file and say why.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/tiff.h"

namespace floodlight::cli {

/// Larger images than in a browser.
inline constexpr TiffLimits native_limits{.max_side = 32768};

Result<std::vector<std::byte>> read_bytes(const std::filesystem::path& path);
Result<std::string> read_text(const std::filesystem::path& path);

Result<void> make_folder(const std::filesystem::path& folder);
/// Writes what an encoder gave, or passes on its error.
Result<void> write_bytes(const std::filesystem::path& path, const Result<std::vector<std::byte>>& content);
Result<void> write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace floodlight::cli
