// What a recipe holds as JSON beside its parameters. Only writing and reading it need this.
#pragma once

#include <string_view>

namespace floodlight::recipe_members {

inline constexpr std::string_view version = "floodlight_recipe";
inline constexpr std::string_view refinements = "refinements";
inline constexpr std::string_view coordinates = "seeds.coordinates";

}  // namespace floodlight::recipe_members
