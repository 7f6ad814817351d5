// One file of each layout that the app opens, the exported lines that read it, and the pixels that the app reads.
#pragma once

#include <filesystem>

namespace floodlight::test {

/// Writes `layout_NNN_NAME` into the folder, one a layout, page and channel: the image, the line that is typed, the
/// function of the programs, and the expected pixels as float32. False when something cannot be written or read.
bool write_layouts(const std::filesystem::path& folder);

}  // namespace floodlight::test
