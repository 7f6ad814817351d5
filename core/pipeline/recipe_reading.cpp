// Reading a recipe. Apart from writing it, which the page's first picture needs.
#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <string_view>

#include "core/base/foreign_text.h"
#include "core/pipeline/parameter_checks.h"
#include "core/pipeline/parameters.h"
#include "core/pipeline/recipe.h"
#include "core/pipeline/recipe_members.h"

namespace floodlight {

template <>
Result<void> check_together(const Recipe& recipe) {
  return check_together(recipe_parameters(), recipe);
}
template <>
Result<void> check_together(const Refinement& refinement) {
  return check_together(refinement_parameters(), refinement);
}
template Result<void> set_from_json(const RecipeParameter&, Recipe&, const Json&);
template Result<void> set_from_json(const RefinementParameter&, Refinement&, const Json&);

namespace {

constexpr int largest_coordinate = 32767;

template <typename Owner>
const Parameter<Owner>* find(std::span<const Parameter<Owner>> table, std::string_view key) {
  for (const auto& p : table) {
    if (p.key == key) return &p;
  }
  return nullptr;
}

std::unexpected<Error> unknown(std::string_view key) {
  return fail("\"" + shown(key) + "\" is no parameter of a recipe; `floodlight recipe` prints one with them all.");
}

Result<Refinement> read_refinement(const Json& json) {
  if (json.object() == nullptr) return fail("refinements holds " + shown(json.text()) + "; each must be an object.");
  Refinement refinement;
  if (json.find("operation") == nullptr) return fail("A refinement has no \"operation\": " + shown(json.text()) + ".");
  for (const auto& [key, value] : *json.object()) {
    const auto* p = find(refinement_parameters(), key);
    if (p == nullptr) return unknown("refinements." + key);
    if (auto read = set_from_json(*p, refinement, value); !read) return fail("refinements." + read.error().message);
  }
  if (auto good = check_together(refinement); !good) return fail("refinements." + good.error().message);
  return refinement;
}

Result<void> read_refinements(Recipe& recipe, const Json& json) {
  if (json.array() == nullptr)
    return fail("refinements is " + shown(json.text()) + "; it must be a list of operations.");
  recipe.refinements.clear();
  for (const auto& element : *json.array()) {
    auto refinement = read_refinement(element);
    if (!refinement) return std::unexpected(refinement.error());
    recipe.refinements.push_back(*refinement);
  }
  return {};
}

Result<void> read_coordinates(Recipe& recipe, const Json& json) {
  const auto wrong = [&](const Json& what) {
    return fail(std::string(recipe_members::coordinates) + " is " + shown(what.text()) +
                "; it must be a list of [row, column] pairs of whole numbers from 0 to " +
                std::to_string(largest_coordinate) + ".");
  };
  if (json.array() == nullptr) return wrong(json);
  recipe.seeds_by_hand.clear();
  for (const auto& element : *json.array()) {
    const auto* pair = element.array();
    if (pair == nullptr || pair->size() != 2) return wrong(element);
    Pixel pixel;
    for (const int i : {0, 1}) {
      const double* number = (*pair)[static_cast<std::size_t>(i)].number();
      if (number == nullptr || *number != std::trunc(*number) || *number < 0 || *number > largest_coordinate)
        return wrong(element);
      (i == 0 ? pixel.row : pixel.col) = static_cast<int>(*number);
    }
    recipe.seeds_by_hand.push_back(pixel);
  }
  return {};
}

/// Whether there are parameters called "name.something".
bool is_group(std::string_view name) {
  return std::ranges::any_of(recipe_parameters(), [&](const RecipeParameter& p) {
    return p.key.size() > name.size() && p.key.starts_with(name) && p.key[name.size()] == '.';
  });
}

/// A way has what it must have learnt, and nothing was learnt for a way that is not gone.
Result<void> check_learnt(const Recipe& recipe) {
  for (const MaskSource* source : all_mask_sources()) {
    if (source->learnt == nullptr) continue;
    const bool wanted = source->learnt == recipe.mask_from->learnt;
    if (source->learnt->there(recipe) == wanted) continue;
    const std::string from = "mask.from is \"" + std::string(recipe.mask_from->name) + "\"; ";
    const std::string key = recipe_members::learnt(*source->learnt);
    if (wanted) return fail(from + "then " + key + " must be there, too.");
    return fail(from + "where " + key + " is there, it must be \"" + std::string(source->name) + "\".");
  }
  return {};
}

Result<void> read_member(Recipe& recipe, std::string_view key, const Json& json) {
  for (const MaskSource* source : all_mask_sources()) {
    if (source->learnt != nullptr && key == recipe_members::learnt(*source->learnt))
      return source->learnt->from_json(recipe, json);
  }
  if (key == recipe_members::coordinates) return read_coordinates(recipe, json);
  const auto* p = find(recipe_parameters(), key);
  if (p == nullptr) return unknown(key);
  return set_from_json(*p, recipe, json);
}

}  // namespace

Result<Recipe> recipe_from_json(const Json& json) {
  const Json* version = json.find(recipe_members::version);
  if (version == nullptr || version->number() == nullptr)
    return fail("This is no Floodlight recipe: \"" + std::string(recipe_members::version) +
                "\" with its version is missing.");
  if (*version->number() != recipe_version)
    return fail("This recipe has version " + version->text() + "; this Floodlight reads version " +
                std::to_string(recipe_version) + ".");
  Recipe recipe;
  for (const auto& [name, value] : *json.object()) {
    Result<void> read;
    if (name == recipe_members::version) continue;
    if (name == recipe_members::refinements) {
      read = read_refinements(recipe, value);
    } else if (!is_group(name)) {
      read = unknown(name);
    } else if (value.object() == nullptr) {
      read = fail(name + " is " + shown(value.text()) + "; it must be an object that holds this step's parameters.");
    } else {
      for (const auto& [inner, inner_value] : *value.object()) {
        read = read_member(recipe, name + "." + inner, inner_value);
        if (!read) break;
      }
    }
    if (!read) return std::unexpected(read.error());
  }
  if (auto good = check_together(recipe); !good) return std::unexpected(good.error());
  if (auto good = check_learnt(recipe); !good) return std::unexpected(good.error());
  return recipe;
}

Result<Recipe> recipe_from_text(std::string_view text) {
  return parse_json(text).and_then([](const Json& json) { return recipe_from_json(json); });
}

}  // namespace floodlight
