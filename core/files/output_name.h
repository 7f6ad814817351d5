// What a result is saved as: a pattern such as `{stem}_labeled.tif`, filled in.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"

namespace floodlight {

inline constexpr std::string_view default_output_pattern = "{stem}_labeled.tif";

/// The pattern with the input's stem in the place of `{stem}`. Refuses a pattern without `{stem}` (every image would be
/// saved under the same name), with a path separator, with other braces or with control characters, and one that is the
/// input's own name (upper and lower case alike; an empty `input_name`, for a result that goes elsewhere, is nobody's).
Result<std::string> output_name(std::string_view pattern, std::string_view stem, std::string_view input_name);

/// A file's name without folder and without its last extension: "b/nuclei 03.ome.tif" has the stem "nuclei 03.ome".
/// A name that only begins with a point keeps it.
std::string_view stem_of(std::string_view path);

}  // namespace floodlight
