// What any table of parameters says of a value: the templates that parameters.h declares, for whoever owns a table and
// instantiates them for it.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/foreign_text.h"
#include "core/base/json.h"
#include "core/base/words.h"
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
      text = number_between(p.minimum, p.maximum, p.unit, p.step, shortest);
      break;
    case ParameterKind::real:
      text = number_between(p.minimum, p.maximum, p.unit, 0, shortest);
      break;
  }
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

template <typename Owner>
Json value_to_json(const Parameter<Owner>& p, const Owner& owner) {
  const double value = p.get(owner);
  if (p.kind == ParameterKind::toggle) return value != 0;
  if (p.kind == ParameterKind::choice) return current_choice(p, owner).name;
  return std::isnan(value) ? Json() : Json(value);
}

template <typename Owner>
Result<void> set_from_json(const Parameter<Owner>& p, Owner& owner, const Json& json) {
  if (p.kind == ParameterKind::toggle && json.boolean() != nullptr) return set_checked(p, owner, *json.boolean());
  if (p.kind == ParameterKind::choice && (json.string() != nullptr || json.number() != nullptr)) {
    // Some names are numbers ("8" neighbours); whoever writes them without quotes means the same.
    const std::string name = json.string() != nullptr ? *json.string() : shortest(*json.number());
    const auto found = std::ranges::find(p.choices, std::string_view(name), &Choice::name);
    if (found != p.choices.end()) return set_checked(p, owner, static_cast<double>(found - p.choices.begin()));
  }
  const bool numeric = p.kind == ParameterKind::integer || p.kind == ParameterKind::real;
  if (numeric && json.number() != nullptr) return set_checked(p, owner, *json.number());
  if (numeric && p.optional && json.is_null()) return set_checked(p, owner, no_value);
  return fail(std::string(p.key) + " is " + shown(json.text()) + "; it must be " + allowed(p) + ".");
}

/// `range_beside` and `check_together` of a table.
template <typename Owner>
std::pair<double, double> range_beside(std::span<const Parameter<Owner>> table, const Parameter<Owner>& p,
                                       const Owner& owner) {
  std::pair<double, double> range(p.minimum, p.maximum);
  for (const auto& other : table) {
    if (p.at_least == other.key) range.first = std::max(range.first, other.get(owner));
    if (other.at_least == p.key) range.second = std::min(range.second, other.get(owner));
  }
  return range;
}

template <typename Owner>
Result<void> check_together(std::span<const Parameter<Owner>> table, const Owner& owner) {
  for (const auto& p : table) {
    for (const auto& other : table) {
      if (p.at_least != other.key || p.get(owner) >= other.get(owner)) continue;
      return fail(std::string(p.key) + " is " + shortest(p.get(owner)) + "; it must be at least " +
                  std::string(other.key) + ", which is " + shortest(other.get(owner)) + ".");
    }
  }
  return {};
}

}  // namespace floodlight
