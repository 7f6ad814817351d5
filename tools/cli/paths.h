// Which files are meant: patterns such as `plate_?/*.tif` and what they stand for.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace floodlight::cli {

/// The files that an operand stands for, in the order of their names' bytes. `*` stands for any characters and `?` for one,
/// in folders' names too, but not for a `/` nor for the point that hides a file; folders are no files. What has neither, or
/// is the name of a file, stands for itself, whether it is there or not. Refuses a pattern that no file matches.
Result<std::vector<std::string>> matching_files(const std::string& operand);

/// One text for one file, however it was written: absolute, without `..` and links in its folders. The file need not be
/// there.
std::string identity_of(const std::filesystem::path& path);

}  // namespace floodlight::cli
