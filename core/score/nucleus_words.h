// The words of which the sentences about a nucleus are made.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "core/pipeline/recipe.h"

namespace floodlight {

/// A number for a sentence: from 100 on whole, else with `digits` significant ones.
std::string number(double value, int digits = 3);
/// Two numbers with as many digits as it takes to see that they differ.
std::pair<std::string, std::string> two_numbers(double a, double b);
/// "12 px".
std::string px(std::int64_t count);
/// What a repair does: "closing with disk(5)".
std::string operation_name(const Refinement& repair);

}  // namespace floodlight
