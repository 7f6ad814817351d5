// The formats in which outlines of labels leave, a row each: page, command line and JavaScript offer these.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/image.h"

namespace floodlight {

struct OutlineFormat {
  std::string_view name;    ///< the program that reads it, as it is called on the command line and in JavaScript
  std::string_view ending;  ///< of a file's name, after the image's stem
  std::string_view mime;
  /// The file's bytes, also of no labels. Refuses more labels than the format has room for.
  Result<std::vector<std::byte>> (*encode)(LabelView labels) = nullptr;
};

/// All of them, in the order in which they are offered.
std::span<const OutlineFormat> outline_formats();

/// The row of that name; refuses any other with a sentence that calls the name `option`.
Result<const OutlineFormat*> find_outline_format(std::string_view name, std::string_view option);

}  // namespace floodlight
