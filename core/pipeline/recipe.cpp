#include "core/pipeline/recipe.h"

#include <cmath>

#include "core/pipeline/parameters.h"
#include "core/pipeline/recipe_members.h"

namespace floodlight {
namespace {

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
  member(top, recipe_members::version) = Json(recipe_version);
  for (const auto& p : recipe_parameters()) {
    // The list of repairs stands where it is applied: between threshold and seeds.
    if (p.stage >= Stage::seeds && member(top, recipe_members::refinements).is_null()) {
      Json::Array list;
      for (const auto& refinement : recipe.refinements) {
        Json::Object object;
        for (const auto& rp : refinement_parameters()) {
          if (rp.matters(refinement)) member(object, rp.key) = value_to_json(rp, refinement);
        }
        list.emplace_back(std::move(object));
      }
      member(top, recipe_members::refinements) = Json(std::move(list));
    }
    if (p.matters(recipe)) place(top, p.key) = value_to_json(p, recipe);
    if (p.key == "seeds.method" && recipe.seeds == SeedMethod::by_hand) {
      Json::Array list;
      for (const Pixel seed : recipe.seeds_by_hand) list.emplace_back(Json::Array{Json(seed.row), Json(seed.col)});
      place(top, recipe_members::coordinates) = Json(std::move(list));
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
    place(top, recipe_members::learnt(*source.learnt)) = source.learnt->to_json(recipe);
  return Json(std::move(top));
}

}  // namespace floodlight
