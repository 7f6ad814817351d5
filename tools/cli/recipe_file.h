// Recipes from files.
#pragma once

#include <string>

#include "core/base/error.h"
#include "core/pipeline/recipe.h"

namespace floodlight::cli {

/// Errors name the file.
Result<Recipe> read_recipe(const std::string& file);

}  // namespace floodlight::cli
