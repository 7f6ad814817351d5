// What the readers of this room's JSON ask of a value, so that a bad one is refused in the same words everywhere.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/base/json.h"

namespace floodlight {

/// A whole number from `low` to `high`, if it is one.
std::optional<double> whole_number(const Json& json, double low, double high);

/// A value as a sentence quotes it, cut short between two characters.
std::string quoted(const Json& json);

/// Refuses what is no object, members that are missing, members that nobody knows and members that stand twice; `what`
/// begins the sentence.
Result<void> check_members(const Json& json, const std::string& what, std::initializer_list<const char*> names);

}  // namespace floodlight
