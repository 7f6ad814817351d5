// The one table of everything that can be set: widgets, JSON, command line, Python and documentation are rendered from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/option.h"
#include "core/pipeline/recipe.h"
#include "core/pipeline/stage.h"

namespace floodlight {

/// A function of a parameter's owner. Where the parameter is an option of a row, the function is given that option too.
template <typename Result, typename... Arguments>
class OwnerFunction {
 public:
  constexpr OwnerFunction() = default;
  constexpr OwnerFunction(Result (*function)(Arguments...))  // NOLINT(google-explicit-constructor): a table names it
      : plain_(function) {}
  constexpr OwnerFunction(Result (*function)(const Option&, Arguments...), const Option& option)
      : of_option_(function), option_(&option) {}
  explicit constexpr operator bool() const { return plain_ != nullptr || of_option_ != nullptr; }
  Result operator()(Arguments... arguments) const {
    return option_ == nullptr ? plain_(arguments...) : of_option_(*option_, arguments...);
  }

 private:
  Result (*plain_)(Arguments...) = nullptr;
  Result (*of_option_)(const Option&, Arguments...) = nullptr;
  const Option* option_ = nullptr;
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
  OwnerFunction<double, const Owner&> get = {};
  OwnerFunction<void, Owner&, double> set = {};
  OwnerFunction<bool, const Owner&> matters = {};  ///< does it change anything, given the other values?
  std::string_view at_least = {};                  ///< the key of another one, than which it may not be smaller
};

using RecipeParameter = Parameter<Recipe>;
using RefinementParameter = Parameter<Refinement>;

/// All of a recipe's parameters but the list of refinements and the coordinates of seeds set by hand. Those of filters and
/// thresholds are made from the rows of these.
std::span<const RecipeParameter> recipe_parameters();
/// The parameters of one refinement, made from the repairs' rows; `operation` first.
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

/// The value as JSON holds it: a choice's name, true or false, a number, or null for none.
template <typename Owner>
Json value_to_json(const Parameter<Owner>& parameter, const Owner& owner);
/// Sets the parameter to a value from JSON, or refuses with its key, the value and what is allowed.
template <typename Owner>
Result<void> set_from_json(const Parameter<Owner>& parameter, Owner& owner, const Json& json);

/// The smallest and largest value that is allowed beside the owner's other values: the parameter's own range, or less where
/// one must be at least another.
template <typename Owner>
std::pair<double, double> range_beside(const Parameter<Owner>& parameter, const Owner& owner);

/// Whether all values are allowed together: says which is smaller than one that it must be at least.
template <typename Owner>
Result<void> check_together(const Owner& owner);

/// Sets the parameter, or refuses with its key, the value and what is allowed.
template <typename Owner>
Result<void> set_checked(const Parameter<Owner>& parameter, Owner& owner, double value);

}  // namespace floodlight
