// `floodlight recipe`: the recipes that come with the program.
#include <cstdio>
#include <string>

#include "core/base/json.h"
#include "core/pipeline/network_recipe.h"
#include "core/samples/shipped_network.h"
#include "tools/cli/commands.h"

namespace floodlight::cli {
namespace {

Result<Recipe> recipe_of(const std::string& pipeline) {
  if (pipeline == "classic") return Recipe{};
  if (pipeline == "deep_learning") return network_recipe(shipped_network());
  if (pipeline == "machine_learning") {
    return fail(
        "machine_learning learns from your own paint: floodlight train cells.tif cells_paint.tif prints its recipe.");
  }
  return fail("--pipeline is " + pipeline + "; it must be classic, machine_learning or deep_learning.");
}

}  // namespace

int run_recipe(const Arguments& arguments) {
  if (!arguments.operands.empty()) return usage_error("recipe takes no files; it prints the default recipe.");
  const std::string* const pipeline = arguments.value("--pipeline");
  const auto recipe = recipe_of(pipeline == nullptr ? "classic" : *pipeline);
  if (!recipe) return usage_error(recipe.error().message);
  std::puts(write_json(recipe_to_json(*recipe), 2).c_str());
  return all_well;
}

}  // namespace floodlight::cli
