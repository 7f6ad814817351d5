#include "core/export/recipe_words.h"

#include <cmath>
#include <string_view>

#include "core/base/json.h"
#include "core/pipeline/parameters.h"

namespace floodlight {
namespace {

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool belongs_to_file(const RecipeParameter& p) {
  return p.key.starts_with("input.") || p.key.starts_with("measure.pixel_");
}

template <typename Owner>
std::string value_words(const Parameter<Owner>& p, const Owner& owner) {
  if (p.kind == ParameterKind::choice) return std::string(current_choice(p, owner).label);
  const double value = p.get(owner);
  if (p.kind == ParameterKind::toggle) return value != 0 ? "on" : "off";
  if (std::isnan(value)) return "none";
  return write_json(Json(value)) + (p.unit.empty() ? "" : " " + std::string(p.unit));
}

std::string repair_words(const Refinement& repair) {
  std::string name;
  std::string rest;
  for (const RefinementParameter& p : refinement_parameters()) {
    if (!p.matters(repair)) continue;
    const std::string value = value_words(p, repair);
    if (p.kind == ParameterKind::choice) {
      (name.empty() ? name : rest) += name.empty() || rest.empty() ? value : ", " + value;
    } else {
      rest += (rest.empty() ? "" : ", ") + std::string(p.label) + " " + value;
    }
  }
  return rest.empty() ? name : name + " (" + rest + ")";
}

std::string repairs_words(const Recipe& recipe) {
  if (recipe.refinements.empty()) return "none";
  std::string words;
  for (const Refinement& repair : recipe.refinements) words += (words.empty() ? "" : ", ") + repair_words(repair);
  return words;
}

}  // namespace

std::string differences_from_lab(const Recipe& recipe) {
  const Recipe lab;
  std::string words;
  const auto add = [&](std::string_view label, const std::string& value) {
    words += (words.empty() ? "" : ", ") + std::string(label) + " " + value;
  };
  bool repairs_told = false;
  const std::string repairs = repairs_words(recipe);
  const auto tell_repairs = [&] {
    if (!repairs_told && repairs != repairs_words(lab)) add("Repairs", repairs);
    repairs_told = true;
  };
  for (const RecipeParameter& p : recipe_parameters()) {
    if (belongs_to_file(p) || !p.matters(recipe)) continue;
    if (p.stage > Stage::refined) tell_repairs();
    if (!p.matters(lab) || !same(p.get(recipe), p.get(lab))) add(p.label, value_words(p, recipe));
  }
  tell_repairs();
  return words;
}

Recipe lab_recipe_for(const Recipe& recipe) {
  Recipe lab;
  for (const RecipeParameter& p : recipe_parameters()) {
    if (belongs_to_file(p)) p.set(lab, p.get(recipe));
  }
  return lab;
}

}  // namespace floodlight
