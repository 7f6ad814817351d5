// `floodlight python`, `notebook` and `macro`: a recipe as a program to take home.
#include <cstdio>
#include <string>

#include "core/export/python_export.h"
#include "core/files/output_name.h"
#include "tools/cli/commands.h"
#include "tools/cli/recipe_file.h"

namespace floodlight::cli {
namespace {

/// The one recipe that was named, or the lab's.
Result<Recipe> recipe_of(const Arguments& arguments) {
  if (arguments.operands.size() > 1) {
    return fail("one recipe at a time makes a program; " + arguments.operands[1] + " is one too many.");
  }
  return arguments.operands.empty() ? Recipe{} : read_recipe(arguments.operands.front());
}

std::string image_of(const Arguments& arguments) {
  const std::string* const name = arguments.value("--image");
  return name == nullptr ? "nuclei.tif" : *name;
}

int print(const std::string& program) {
  std::fputs(program.c_str(), stdout);
  if (!program.ends_with('\n')) std::fputc('\n', stdout);
  return all_well;
}

}  // namespace

int run_python(const Arguments& arguments) {
  const auto recipe = recipe_of(arguments);
  if (!recipe) return usage_error(recipe.error().message);
  const std::string* const pattern = arguments.value("--name");
  if (arguments.value("--loop") == nullptr) {
    if (pattern != nullptr) return usage_error("--name is for --loop; for one image, --image names it.");
    return print(python_script(*recipe, image_of(arguments)));
  }
  if (arguments.value("--image") != nullptr) return usage_error("--loop is for a folder; it takes no --image.");
  const std::string name = pattern == nullptr ? std::string(default_output_pattern) : *pattern;
  if (const auto good = output_name(name, "cells", ""); !good) return usage_error(good.error().message);
  return print(python_loop(*recipe, name));
}

int run_notebook(const Arguments& arguments) {
  const auto recipe = recipe_of(arguments);
  return recipe ? print(notebook(*recipe, image_of(arguments))) : usage_error(recipe.error().message);
}

int run_macro(const Arguments& arguments) {
  const auto recipe = recipe_of(arguments);
  return recipe ? print(imagej_macro(*recipe)) : usage_error(recipe.error().message);
}

}  // namespace floodlight::cli
