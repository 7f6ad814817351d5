// A row of a table of parameters as a JavaScript object.
#pragma once

#include <cmath>
#include <string>

#include "core/pipeline/parameters.h"
#include "web/bindings/convert.h"

namespace floodlight::bindings {

inline std::string kind_name(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::real:
      return "real";
    case ParameterKind::integer:
      return "integer";
    case ParameterKind::choice:
      return "choice";
    case ParameterKind::toggle:
      break;
  }
  return "toggle";
}

template <typename Owner>
val default_of(const Parameter<Owner>& p) {
  const Owner owner;
  const double value = p.get(owner);
  if (p.kind == ParameterKind::toggle) return val(value != 0);
  if (p.kind == ParameterKind::choice) return val(std::string(current_choice(p, owner).name));
  return std::isnan(value) ? val::null() : val(value);
}

/// What tables of every owner have.
template <typename Owner>
val parameter_row(const Parameter<Owner>& p) {
  val row = val::object();
  row.set("key", std::string(p.key));
  row.set("label", std::string(p.label));
  row.set("kind", kind_name(p.kind));
  row.set("default", default_of(p));
  if (p.kind == ParameterKind::real || p.kind == ParameterKind::integer) {
    row.set("minimum", p.minimum);
    row.set("maximum", p.maximum);
    row.set("step", p.step);
  }
  if (p.kind == ParameterKind::choice) {
    val choices = val::array();
    for (const auto& choice : p.choices) {
      val entry = val::object();
      entry.set("name", std::string(choice.name));
      entry.set("label", std::string(choice.label));
      choices.call<void>("push", entry);
    }
    row.set("choices", choices);
  }
  row.set("unit", std::string(p.unit));
  row.set("help", std::string(p.help));
  row.set("optional", p.optional);
  row.set("allowed", allowed(p));
  return row;
}

}  // namespace floodlight::bindings
