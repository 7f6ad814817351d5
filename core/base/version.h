// Which Floodlight this is: told in the page's help, in saved TIFFs and in exported programs.
#pragma once

#include <string_view>

namespace floodlight {

/// "0.2.0": the project's version in CMakeLists.txt, which CHANGELOG.md tells of.
[[nodiscard]] std::string_view version();

}  // namespace floodlight
