// The switches of the page that a link and the tour carry: what each is called there, and where it stands in the app.
#pragma once

#include <array>
#include <string_view>

#include "core/export/shared_state.h"

namespace floodlight::ui {

class App;

struct Switch {
  std::string_view name;    ///< in a link and in assets/tour.json
  bool named = true;        ///< the value that the name stands for; without it, the switch is the other way
  bool opens_part = false;  ///< it opens a part of the panel, which comes into sight with it
  bool (*is_on)(const App&) = nullptr;
  bool& (*in)(App&) = nullptr;
};

/// In the order of shared_parts.
[[nodiscard]] const std::array<Switch, shared_parts.size()>& switches();

}  // namespace floodlight::ui
