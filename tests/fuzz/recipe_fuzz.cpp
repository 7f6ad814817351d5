// libFuzzer: a text is no recipe, and a sentence says why; or it is one that reads back, holds to its own table, and can be
// taken home in every form.
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/json.h"
#include "core/export/python_export.h"
#include "core/pipeline/parameters.h"
#include "core/pipeline/recipe.h"
#include "tests/fuzz/require.h"

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace floodlight;
  using fuzz::require;
  const auto read = recipe_from_text(std::string(data, data + size));
  if (!read) {
    require(read.error().message.ends_with("."), "a refusal is a sentence");
    return 0;
  }
  Recipe recipe = *read;
  for (const auto& p : recipe_parameters()) {
    require(set_checked(p, recipe, p.get(recipe)).has_value(), "every parameter is within its range");
  }
  for (Refinement refinement : recipe.refinements) {
    for (const auto& p : refinement_parameters()) {
      require(set_checked(p, refinement, p.get(refinement)).has_value(), "every repair is within its ranges");
    }
  }
  const Json json = recipe_to_json(*read);
  for (const int indent : {0, 2}) {
    const auto back = recipe_from_text(write_json(json, indent));
    require(back.has_value(), "what was written can be read");
    require(recipe_to_json(*back) == json, "what was written reads back as the same");
  }
  const auto notebook_read = parse_json(notebook(*read, "a \"b\"\\.tif"));
  require(notebook_read.has_value() && notebook_read->find("cells") != nullptr, "the notebook is JSON");
  require(python_script(*read, "a.tif").ends_with('\n'), "the script is whole");
  require(python_loop(*read, "{stem}_labeled.tif").ends_with('\n'), "the loop is whole");
  require(imagej_macro(*read).ends_with('\n'), "the macro is whole");
  return 0;
}
