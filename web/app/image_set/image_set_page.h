// What the page's JavaScript does for many images (web/page/set.js), asked for from here.
#pragma once

#include <string_view>

#include "core/base/json.h"

namespace floodlight::ui {

/// Calls the page's object for many images, which is fetched when it is first called.
void ask_page(std::string_view command, const Json& request = {});
/// Whether the browser lets a page write into a folder that its reader chooses.
[[nodiscard]] bool page_has_folders();

}  // namespace floodlight::ui
