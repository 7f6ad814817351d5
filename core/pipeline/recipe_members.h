// What a recipe holds as JSON beside its parameters. Only writing and reading it need this.
#pragma once

#include <string>
#include <string_view>

#include "core/pipeline/mask_source.h"

namespace floodlight::recipe_members {

inline constexpr std::string_view version = "floodlight_recipe";
inline constexpr std::string_view refinements = "refinements";
inline constexpr std::string_view coordinates = "seeds.coordinates";

/// Where what a way to the mask has learnt stands.
inline std::string learnt(const MaskLearnt& learnt) { return "mask." + std::string(learnt.name); }

}  // namespace floodlight::recipe_members
