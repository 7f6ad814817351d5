// What any table of parameters says of a value: the templates that parameters.h declares, for whoever owns a table and
// instantiates them for it.
#pragma once

#include <cmath>
#include <string>

#include "core/base/json.h"
#include "core/pipeline/parameters.h"

namespace floodlight {

template <typename Owner>
std::string allowed(const Parameter<Owner>& p) {
  std::string text;
  switch (p.kind) {
    case ParameterKind::toggle:
      return "true or false";
    case ParameterKind::choice:
      text = "one of ";
      for (std::size_t i = 0; i < p.choices.size(); ++i) {
        if (i > 0) text += ", ";
        text += p.choices[i].name;
      }
      return text;
    case ParameterKind::integer:
      text = p.step == 2 ? "an odd whole number" : "a whole number";
      break;
    case ParameterKind::real:
      text = "a number";
      break;
  }
  text += " from " + shortest(p.minimum) + " to " + shortest(p.maximum);
  if (!p.unit.empty()) text += " " + std::string(p.unit);
  if (p.optional) text += ", or null for none";
  return text;
}

template <typename Owner>
Result<void> set_checked(const Parameter<Owner>& p, Owner& owner, double value) {
  bool good = value >= p.minimum && value <= p.maximum;
  if (p.kind == ParameterKind::integer) good = good && std::fmod(value - p.minimum, p.step) == 0;
  if (p.kind == ParameterKind::toggle) good = value == 0 || value == 1;
  if (p.kind == ParameterKind::choice)
    good = value >= 0 && value < static_cast<double>(p.choices.size()) && value == std::trunc(value);
  if (p.optional && std::isnan(value)) good = true;
  if (!good) return fail(std::string(p.key) + " is " + shortest(value) + "; it must be " + allowed(p) + ".");
  p.set(owner, value);
  return {};
}

}  // namespace floodlight
