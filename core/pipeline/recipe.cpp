#include "core/pipeline/recipe.h"

#include <algorithm>
#include <cmath>

#include "core/base/foreign_text.h"
#include "core/pipeline/parameters.h"

namespace floodlight {
namespace {

constexpr std::string_view version_key = "floodlight_recipe";
constexpr std::string_view refinements_key = "refinements";
constexpr std::string_view coordinates_key = "seeds.coordinates";
constexpr int largest_coordinate = 32767;

Json& member(Json::Object& object, std::string_view name) {
  for (auto& [key, value] : object) {
    if (key == name) return value;
  }
  object.emplace_back(std::string(name), Json());
  return object.back().second;
}

/// The place of "group.name" in the recipe's object; a key without a dot stands at the top.
Json& place(Json::Object& top, std::string_view key) {
  const auto dot = key.find('.');
  if (dot == std::string_view::npos) return member(top, key);
  Json& group = member(top, key.substr(0, dot));
  if (group.object() == nullptr) group = Json(Json::Object{});
  return member(*group.object(), key.substr(dot + 1));
}

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
    return fail(std::string(coordinates_key) + " is " + shown(what.text()) +
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

std::string learnt_key(const MaskSource& source) { return "mask." + std::string(source.name); }

/// A way has what it must have learnt, and nothing was learnt for a way that is not gone.
Result<void> check_learnt(const Recipe& recipe) {
  for (const MaskSource* source : all_mask_sources()) {
    if (source->learnt == nullptr || source->learnt->there(recipe) == (source == recipe.mask_from)) continue;
    const std::string from = "mask.from is \"" + std::string(recipe.mask_from->name) + "\"; ";
    if (source == recipe.mask_from) return fail(from + "then " + learnt_key(*source) + " must be there, too.");
    return fail(from + "where " + learnt_key(*source) + " is there, it must be \"" + std::string(source->name) + "\".");
  }
  return {};
}

Result<void> read_member(Recipe& recipe, std::string_view key, const Json& json) {
  for (const MaskSource* source : all_mask_sources()) {
    if (source->learnt != nullptr && key == learnt_key(*source)) return source->learnt->from_json(recipe, json);
  }
  if (key == coordinates_key) return read_coordinates(recipe, json);
  const auto* p = find(recipe_parameters(), key);
  if (p == nullptr) return unknown(key);
  return set_from_json(*p, recipe, json);
}

}  // namespace

PixelSize pixel_size(const Recipe& recipe) {
  const bool square = std::isnan(recipe.pixel_height_um);
  return {recipe.pixel_size_um, square ? recipe.pixel_size_um : recipe.pixel_height_um};
}

void take_pixel_size(Recipe& to, const Recipe& from) {
  to.pixel_size_um = from.pixel_size_um;
  to.pixel_height_um = from.pixel_height_um;
}

namespace {

/// All but what was learnt.
Json::Object plain_json(const Recipe& recipe) {
  Json::Object top;
  member(top, version_key) = Json(recipe_version);
  for (const auto& p : recipe_parameters()) {
    // The list of repairs stands where it is applied: between threshold and seeds.
    if (p.stage >= Stage::seeds && member(top, refinements_key).is_null()) {
      Json::Array list;
      for (const auto& refinement : recipe.refinements) {
        Json::Object object;
        for (const auto& rp : refinement_parameters()) {
          if (rp.matters(refinement)) member(object, rp.key) = value_to_json(rp, refinement);
        }
        list.emplace_back(std::move(object));
      }
      member(top, refinements_key) = Json(std::move(list));
    }
    if (p.matters(recipe)) place(top, p.key) = value_to_json(p, recipe);
    if (p.key == "seeds.method" && recipe.seeds == SeedMethod::by_hand) {
      Json::Array list;
      for (const Pixel seed : recipe.seeds_by_hand) list.emplace_back(Json::Array{Json(seed.row), Json(seed.col)});
      place(top, coordinates_key) = Json(std::move(list));
    }
  }
  return top;
}

}  // namespace

bool operator==(const Recipe& a, const Recipe& b) {
  const MaskLearnt* learnt = a.mask_from->learnt;
  return Json(plain_json(a)) == Json(plain_json(b)) && (learnt == nullptr || !learnt->first_change(a, b));
}

Json recipe_to_json(const Recipe& recipe) {
  Json::Object top = plain_json(recipe);
  const MaskSource& source = *recipe.mask_from;
  if (source.learnt != nullptr && source.learnt->there(recipe))
    place(top, learnt_key(source)) = source.learnt->to_json(recipe);
  return Json(std::move(top));
}

Result<Recipe> recipe_from_json(const Json& json) {
  const Json* version = json.find(version_key);
  if (version == nullptr || version->number() == nullptr)
    return fail("This is no Floodlight recipe: \"" + std::string(version_key) + "\" with its version is missing.");
  if (*version->number() != recipe_version)
    return fail("This recipe has version " + version->text() + "; this Floodlight reads version " +
                std::to_string(recipe_version) + ".");
  Recipe recipe;
  for (const auto& [name, value] : *json.object()) {
    Result<void> read;
    if (name == version_key) continue;
    if (name == refinements_key) {
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
