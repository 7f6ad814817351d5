// Two curves of values along a line, over one axis.
#pragma once

#include <string_view>
#include <vector>

namespace floodlight::ui {

/// Draws the raw values and another image's values along the same pixels.
void profile_view(const std::vector<float>& raw, const std::vector<float>& other, std::string_view other_name);

}  // namespace floodlight::ui
