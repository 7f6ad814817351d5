// Translates the browser's keyboard events to Dear ImGui's keys.
#pragma once

#include <string_view>

#include "imgui.h"

namespace floodlight::platform {

/// The key for KeyboardEvent.key and .code (https://www.w3.org/TR/uievents-key/): by what is printed on it for letters,
/// digits and punctuation, so that shortcuts follow the reader's layout; by its place otherwise. ImGuiKey_None if unknown.
ImGuiKey translate_key(std::string_view key, std::string_view code);

/// Whether KeyboardEvent.key is one character that typing it would give, rather than a key's name.
bool is_character(std::string_view key);

}  // namespace floodlight::platform
