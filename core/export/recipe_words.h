// A recipe in words: how it differs from the lab's.
#pragma once

#include <string>

#include "core/pipeline/recipe.h"

namespace floodlight {

/// What a recipe sets otherwise than the lab's does, by the parameters' own labels and units: "Filter Median, Size 3 px,
/// Repairs Closing (Disk, Radius 5 px)". Empty where it is the lab's. What belongs to a file (page, channel, pixels that are
/// no number, pixel size) is no part of it.
std::string differences_from_lab(const Recipe& recipe);

/// The lab's recipe with what belongs to a file as `recipe` has it.
Recipe lab_recipe_for(const Recipe& recipe);

}  // namespace floodlight
