// What there is to be found beside the commands: the steps' texts, functions, exercises, images, pitfalls.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "web/app/state/app.h"

namespace floodlight::ui {

/// A place that a search has found, and the way there.
struct FoundPlace {
  std::string name;
  std::string detail;  ///< what kind of place it is
  void (*go)(App& app, std::size_t which);
  std::size_t which = 0;
};

/// All whose words have this in them, in upper or lower case: functions first, then steps, exercises, images, pitfalls.
/// Nothing where less than two characters are asked for.
std::vector<FoundPlace> find_places(std::string_view query);

}  // namespace floodlight::ui
