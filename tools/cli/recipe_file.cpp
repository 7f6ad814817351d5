// Recipes from files.
#include "tools/cli/recipe_file.h"

#include "tools/cli/files.h"

namespace floodlight::cli {

Result<Recipe> read_recipe(const std::string& file) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  auto recipe = recipe_from_text(*text);
  if (!recipe) return fail(file + ": " + recipe.error().message);
  return recipe;
}

}  // namespace floodlight::cli
