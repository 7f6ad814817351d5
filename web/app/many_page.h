// What the page's JavaScript does for many images (web/page/many.mjs), asked for from here.
#pragma once

#include <string_view>

#include "core/json.h"

namespace floodlight::ui {

/// Calls the page's object for many images, which is fetched when it is first called.
void ask_page(std::string_view command, const Json& request = {});

}  // namespace floodlight::ui
