// The one table of everything that can be set: widgets, JSON, command line, Python and documentation are rendered from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/pipeline/recipe.h"
#include "core/pipeline/stage.h"

namespace floodlight {

enum class ParameterKind : std::uint8_t { real, integer, choice, toggle };

struct Choice {
  std::string_view name;    ///< in JSON and on the command line
  std::string_view label;   ///< on screen
  std::string_view python;  ///< in exported code, where it differs from the name
};

/// One parameter of an `Owner` (a Recipe, or a Refinement in its list). Every value travels as a double: a choice as the
/// index of its Choice, a toggle as 0 or 1, "none" as NaN.
template <typename Owner>
struct Parameter {
  std::string_view key;    ///< in JSON: "filter.sigma" is member sigma of object filter
  std::string_view label;  ///< on screen
  ParameterKind kind = ParameterKind::real;
  double minimum = 0;
  double maximum = 1;
  double step = 1;  ///< of the widget; for integers also of the allowed values, counted from the minimum
  std::string_view unit = {};
  std::string_view help = {};            ///< what it does to the picture
  std::string_view python = {};          ///< its keyword in Python
  std::span<const Choice> choices = {};  ///< of kind choice
  bool optional = false;                 ///< may be none
  Stage stage = Stage::raw;              ///< the first stage that it changes
  double (*get)(const Owner&) = nullptr;
  void (*set)(Owner&, double) = nullptr;
  bool (*matters)(const Owner&) = nullptr;  ///< does it change anything, given the other values?
};

using RecipeParameter = Parameter<Recipe>;
using RefinementParameter = Parameter<Refinement>;

/// All of a recipe's parameters but the list of refinements and the coordinates of seeds set by hand.
std::span<const RecipeParameter> recipe_parameters();
/// The parameters of one refinement; `operation` first.
std::span<const RefinementParameter> refinement_parameters();

/// The parameter of that key, which must exist.
const RecipeParameter& recipe_parameter(std::string_view key);
const RefinementParameter& refinement_parameter(std::string_view key);

/// The name or label of the current choice.
template <typename Owner>
const Choice& current_choice(const Parameter<Owner>& parameter, const Owner& owner) {
  return parameter.choices[static_cast<std::size_t>(parameter.get(owner))];
}

/// What is allowed, for messages: "a number from 0.1 to 20 px", "an odd whole number from 3 to 31 px", "one of a, b".
template <typename Owner>
std::string allowed(const Parameter<Owner>& parameter);

/// Sets the parameter, or refuses with its key, the value and what is allowed.
template <typename Owner>
Result<void> set_checked(const Parameter<Owner>& parameter, Owner& owner, double value);

}  // namespace floodlight
