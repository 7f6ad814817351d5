// What a result is saved as: a pattern such as `{stem}_labeled.tif`, filled in.
#include "core/files/output_name.h"

#include <algorithm>

namespace floodlight {
namespace {

constexpr std::string_view place = "{stem}";

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Of ASCII letters: enough for a disk that takes CELLS.TIF and cells.tif for the same file.
bool same_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

Result<std::string> output_name(std::string_view pattern, std::string_view stem, std::string_view input_name) {
  const auto refuse = [&](const char* why) {
    return fail("The name for results is " + std::string(pattern) + "; " + why);
  };
  std::string name;
  bool has_stem = false;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern.substr(i).starts_with(place)) {
      name += stem;
      has_stem = true;
      i += place.size();
      continue;
    }
    const char c = pattern[i++];
    if (c == '/' || c == '\\') return refuse("it must be a name without a folder.");
    if (c == '{' || c == '}') return refuse("it must have no braces but those of {stem}.");
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return refuse("it must have no control characters.");
    name += c;
  }
  if (!has_stem) return refuse("it must contain {stem}, or every image is saved under the same name.");
  if (same_but_for_case(name, name_of(input_name))) {
    return refuse("that is the image's own name, and the result would take the image's place.");
  }
  return name;
}

std::string_view stem_of(std::string_view path) {
  const std::string_view name = name_of(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

}  // namespace floodlight
