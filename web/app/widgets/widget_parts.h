// What the widgets are drawn with. Only web/app/widgets needs it.
#pragma once

#include <string>
#include <string_view>

#include "imgui_internal.h"

#include "web/app/widgets/widgets.h"

namespace floodlight::ui {

inline const char* begin_of(std::string_view text) { return text.data(); }
inline const char* end_of(std::string_view text) { return text.data() + text.size(); }

/// A label without what follows "##" in it.
std::string visible(std::string_view label);
void draw_text(ImVec2 at, ImU32 colour, std::string_view text);
float text_width(std::string_view text);
/// Where text stands in the middle of a rectangle.
ImVec2 centred(const ImRect& rect, std::string_view text);
void label_line(std::string_view label, ImVec2 at, bool disabled);
/// Text wrapped to the width there is. Where words of the trade are to be explained, it is registered too.
void wrapped(std::string_view text, ImU32 colour, float leading = 1.16F, bool explains = false);
/// Registers the text that was just drawn.
void register_text(Role role, std::string_view text, int level = 0);

}  // namespace floodlight::ui
