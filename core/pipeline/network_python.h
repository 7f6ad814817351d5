// What exported Python has for a network: with numpy alone, each sum in Floodlight's order.
#pragma once

#include <string>
#include <string_view>

#include "core/pipeline/mask_source.h"

namespace floodlight {

/// The width of the Gaussian that the distances inside a network's interiors are smoothed with.
constexpr double interior_smoothing = 1;

std::string python_of_network_input(const Recipe& recipe, std::string_view image, bool in_program);
std::string python_of_network(const Recipe& recipe, std::string_view image, bool in_program);
std::string python_of_network_seeds(const Recipe& recipe, std::string_view image, bool in_program);

/// The functions that these lines call, and the weights.
extern const MaskProgram network_program;

}  // namespace floodlight
