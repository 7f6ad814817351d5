// Several files as one ZIP archive.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace floodlight {

struct ZipEntry {
  std::string name;  ///< ASCII
  std::vector<std::byte> content;
};

/// A ZIP archive (APPNOTE 6.3) of the entries in their order, stored as they are, with their sizes before their bytes: also
/// programs that read it from its beginning, as Java's do, can. All are dated 1 January 1980, so that the same entries give
/// the same bytes. Refuses more than 65,535 entries and more than 4 GB, which the format's plain form has no room for. O(bytes).
Result<std::vector<std::byte>> encode_zip(std::span<const ZipEntry> entries);

}  // namespace floodlight
